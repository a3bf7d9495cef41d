"""The command that makes reports: run."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from portfolj.cli.app import DataOption, OutOption, app
from portfolj.cli.letters import MailOption, check_letters, send_letters
from portfolj.cli.telling import JsonLines, Lines
from portfolj.errors import PortfoljError
from portfolj.places import Places, find_places
from portfolj.report.execute import DEFAULT_TIMEOUT_SECONDS
from portfolj.report.kept import KEPT


@app.command("run")
def run_reports(
    context: typer.Context,
    federations: Annotated[
        list[str] | None, typer.Argument(metavar="[FÖRBUND]...", help="Mappar under data/raw.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Alla förbund under data/raw.")] = False,
    period: Annotated[
        str | None, typer.Option(metavar="2014-2019", help="Tomt: förbundets egen. alla-ar: alla år.")
    ] = None,
    basis: Annotated[str | None, typer.Option(help="Vad ett svar minst ska vila på: stated, described, named.")] = None,
    counting: Annotated[str | None, typer.Option(help="Flera målgrupper: once, split, overlapping.")] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAMN=VÄRDE", help="Annan parameter i notebookerna."),
    ] = None,
    list_file: Annotated[
        Path | None, typer.Option("--list", metavar="FIL", help="Förbund ur en textfil, ett namn per rad.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="ANTAL", help="Hur många rapporter åt gången. Förval: det datorn räcker till.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADRESS", help="Låt ett kluster göra rapporterna: adressen till dess dask scheduler."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(metavar="SEKUNDER", help="Hur länge en notebook får köra.")
    ] = DEFAULT_TIMEOUT_SECONDS,
    force: Annotated[bool, typer.Option("--force", help="Gör om också de rapporter som är oförändrade.")] = False,
    keep: Annotated[int, typer.Option(metavar="ANTAL", help="Hur många tidigare rapporter som sparas.")] = KEPT,
    wait: Annotated[
        float,
        typer.Option(min=0, metavar="SEKUNDER", help="Vänta så länge på en annan körning av samma förbund. Förval: 0."),
    ] = 0.0,
    log_json: Annotated[bool, typer.Option("--log-json", help="Ett JSON-objekt per rad i stället för text.")] = False,
    mail: MailOption = None,
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Gör rapporter: läser liggaren, kör notebookerna, publicerar sidor och tabeller."""
    from portfolj import fleet
    from portfolj.cli.listed import chosen_federations

    check_numbers(jobs=jobs, timeout=timeout, keep=keep, cluster=cluster)
    letterbox = check_letters(mail, context=context)
    places = find_places(data=data, out=out)
    chosen = chosen_federations(federations or [], everything=everything, list_file=list_file, places=places)
    named = {"period": period, "basis": basis, "counting": counting}
    parameters = check_parameters(named, parameter or (), places=places)
    sent: list[int] = []

    def finish(outcomes: list[fleet.Outcome]) -> None:
        teller.finished(outcomes)
        sent.append(send_letters(letterbox, outcomes, out=places.out, code=fleet.exit_code(outcomes)))

    with _teller(chosen, out=places.out, log_json=log_json) as teller:
        fleet.run(
            chosen,
            places=places,
            parameters=parameters,
            jobs=jobs or fleet.sensible_jobs(len(chosen)),
            force=force,
            timeout_seconds=timeout,
            keep=keep,
            cluster=cluster,
            wait_seconds=wait,
            began=teller.began,
            tell=teller.tell,
            finished=finish,
        )
    raise typer.Exit(sent[0])


def check_numbers(*, jobs: int | None, timeout: float, keep: int, cluster: str | None) -> None:
    """Raises PortfoljError with every number that is not allowed, and for jobs beside a cluster."""
    wrong = []
    if jobs is not None and jobs < 1:
        wrong.append(f"--jobs är {jobs}. Tillåtet: ett heltal från 1.")
    if not 0 < timeout < math.inf:
        wrong.append(f"--timeout är {timeout:g}. Tillåtet: ett antal sekunder över 0.")
    if keep < 1:
        wrong.append(
            f"--keep är {keep}. Tillåtet: ett heltal från 1. Gamla rapporter tas bort med portfolj keep --last 0."
        )
    if cluster is not None and jobs is not None:
        wrong.append("Ange --jobs eller --cluster. På ett kluster bestämmer antalet arbetare hur många åt gången.")
    if wrong:
        raise PortfoljError("\n".join(wrong))


def check_parameters(named: Mapping[str, str | None], more: Sequence[str], *, places: Places) -> dict[str, object]:
    """The parameters of the notebooks: options by name, and ``more`` as NAME=VALUE.

    Raises PortfoljError with what is wrong for every federation, before anything is read.
    """
    parameters: dict[str, object] = {name: value for name, value in named.items() if value is not None}
    others = dict(_name_and_value(text) for text in more)
    if twice := sorted(set(parameters) & set(others)):
        raise PortfoljError(f"{', '.join(twice)} är angiven två gånger, både med --{twice[0]} och med --parameter.")
    parameters |= others
    if parameters:
        from portfolj.report.asked import check_asked

        check_asked(parameters, places=places)
    return parameters


def _teller(chosen: Sequence[str], *, out: Path, log_json: bool) -> Lines:
    """Who tells of the run: for a program, on a terminal, or elsewhere."""
    if log_json:
        return JsonLines(chosen, out=out)
    if sys.stdout.isatty():
        from portfolj.cli.live import Live, is_terminal

        if is_terminal(sys.stdout):
            return Live(chosen, out=out)
    return Lines(chosen, out=out)


def _name_and_value(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise PortfoljError(f"Parametern {text!r} saknar värde. Skriv --parameter NAMN=VÄRDE.")
    return name.strip(), value
