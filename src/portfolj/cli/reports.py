"""Commands about a federation's reports: run, check, new."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from portfolj.cli.app import DataOption, OutOption, app
from portfolj.cli.letters import MailOption, check_letters, send_letters
from portfolj.errors import PortfoljError
from portfolj.federation import SETTINGS_FILE, Unit
from portfolj.places import Places, find_places


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
    mail: MailOption = None,
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Gör rapporter: läser liggaren, kör notebookerna, publicerar sidor och tabeller."""
    from portfolj import fleet
    from portfolj.federation import federations_in

    letterbox = check_letters(mail, context=context)
    places = find_places(data=data, out=out)
    chosen = list(dict.fromkeys([*(federations or []), *(federations_in(places) if everything else [])]))
    if not federations_in(places):
        raise PortfoljError(f"Det finns inga förbund i {places.data / 'raw'}. Skapa ett med portfolj new NAMN LIGGARE.")
    if not chosen:
        known = ", ".join(federations_in(places))
        raise PortfoljError(f"Ange minst ett förbund, eller --all för alla. Förbund i {places.data / 'raw'}: {known}.")
    named = {"period": period, "basis": basis, "counting": counting}
    parameters: dict[str, object] = {name: value for name, value in named.items() if value is not None}
    more = dict(_name_and_value(text) for text in parameter or [])
    if twice := sorted(set(parameters) & set(more)):
        raise PortfoljError(f"{', '.join(twice)} är angiven två gånger, både med --{twice[0]} och med --parameter.")
    parameters |= more
    outcomes = fleet.run(chosen, places=places, parameters=parameters, tell=_tell)
    made = sum(outcome.status == fleet.Status.DONE for outcome in outcomes)
    read = f" Börja läsa i {places.out / 'index.html'}" if made else ""
    typer.echo(f"Klara rapporter: {made} av {len(outcomes)}.{read}")
    raise typer.Exit(send_letters(letterbox, outcomes, out=places.out, code=fleet.exit_code(outcomes)))


def _tell(outcome: object) -> None:
    from portfolj.fleet import Outcome, Status

    assert isinstance(outcome, Outcome)
    if outcome.status == Status.DONE:
        rows_in, used, aside = outcome.rows
        typer.echo(
            f"{outcome.federation}: klar. {rows_in} rader in = {used} använda + {aside} åt sidan. {outcome.folder}"
        )
        return
    kept = " Den förra rapporten ligger kvar." if outcome.has_earlier_report else ""
    typer.echo(f"{outcome.federation}: ingen ny rapport.{kept}\n{outcome.message}", err=True)


def _name_and_value(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise PortfoljError(f"Parametern {text!r} saknar värde. Skriv --parameter NAMN=VÄRDE.")
    return name.strip(), value


@app.command()
def check(
    path: Annotated[
        Path, typer.Argument(metavar="SÖKVÄG", help="Ett förbunds mapp, ett förbunds namn eller en liggare.")
    ],
    unit: Annotated[
        Unit | None, typer.Option(case_sensitive=False, help="Beloppens enhet, för en liggare för sig.")
    ] = None,
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Kontrollerar en liggare utan att köra något: alla fel på en gång, med fil, blad och cell."""
    from portfolj import checking

    if not path.exists() and len(path.parts) == 1:
        named = find_places(data=data, out=out).raw(path.name)
        path = named if named.exists() else path
    if path.is_dir() and unit is not None:
        raise PortfoljError("--unit gäller en liggare för sig. Ett förbunds enhet står i dess federation.toml.")
    result = checking.check(path, unit=unit)
    typer.echo(result.text.rstrip())
    if result.faults:
        raise typer.Exit(PortfoljError.exit_code)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Förbundets mapp: små bokstäver, siffror, bindestreck.")],
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Liggaren som den är.")],
    unit: Annotated[Unit | None, typer.Option(case_sensitive=False, help="Beloppens enhet i liggaren.")] = None,
    data: DataOption = None,
    out: OutOption = None,
) -> None:
    """Börjar med en egen liggare: känner igen rubrikerna och skriver federation.toml."""
    from portfolj.start import start_federation

    places = _places_for_new(data, out)
    folder = start_federation(name, file, unit=unit, places=places, ask=_ask if sys.stdin.isatty() else None)
    typer.echo(f"Skrev {folder / SETTINGS_FILE}. Läs igenom den, kontrollera liggaren och gör rapporten:")
    elsewhere = (("data", places.data), ("out", places.out)) if data or out else ()
    extra = "".join(f" --{flag} {shlex.quote(str(folder))}" for flag, folder in elsewhere)
    typer.echo(f"  portfolj check {folder}\n  portfolj run {name}{extra}")


def _places_for_new(data: Path | None, out: Path | None) -> Places:
    if data is not None:
        (data / "raw").mkdir(parents=True, exist_ok=True)
        out = out or data.parent / "reports"
    return find_places(data=data, out=out)


def _ask(question: str, choices: Sequence[str]) -> str:
    """The choice that the user makes, by its number or its words; asked again until it is one of them."""
    typer.echo(question)
    for number, choice in enumerate(choices, start=1):
        typer.echo(f"  {number}. {choice}")
    while True:
        answer = input("Svara med siffran eller orden: ").strip()
        if answer in choices:
            return answer
        if answer.isdigit() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
        typer.echo(f"{answer!r} är inget av valen 1-{len(choices)}.")
