"""The command that lets the system's own scheduler start ``portfolj run``."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from portfolj.cli.app import app
from portfolj.cli.letters import check_letters
from portfolj.cli.listed import chosen_federations
from portfolj.cli.run import check_numbers, check_parameters
from portfolj.errors import PortfoljError, cause_of
from portfolj.places import DATA_VARIABLE, NOTEBOOKS_VARIABLE, OUT_VARIABLE, find_places
from portfolj.schedule import crontab, systemd, windows
from portfolj.schedule.job import Job, checked_name
from portfolj.schedule.times import daily, weekly

# What a scheduler's own environment lacks. Never more than these: a password in a variable must not reach a file.
_CARRIED = (DATA_VARIABLE, OUT_VARIABLE, NOTEBOOKS_VARIABLE, "PORTFOLJ_KEYS")


class System(StrEnum):
    """What starts the run."""

    CRONTAB = "crontab"
    SYSTEMD = "systemd"
    WINDOWS = "windows"


@app.command("schedule")
def schedule_run(
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[-- FLAGGOR]", help="Vad portfolj run ska få. Förval: --all.")
    ] = None,
    every_day: Annotated[
        str | None, typer.Option("--daily", metavar="02:00", help="Varje dag vid klockslaget.")
    ] = None,
    every_week: Annotated[
        tuple[str, str] | None, typer.Option("--weekly", metavar="DAG 02:00", help="En dag i veckan, till exempel mån.")
    ] = None,
    system: Annotated[System | None, typer.Option(help="Förval: det som datorn har.")] = None,
    name: Annotated[str, typer.Option(metavar="NAMN", help="Skiljer flera scheman åt.")] = "natt",
    log: Annotated[Path | None, typer.Option(metavar="FIL", help="Filen som körningen skriver till.")] = None,
    install: Annotated[bool, typer.Option("--install", help="Lägg in schemat. Annars visas det bara.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Ta bort schemat med namnet.")] = False,
) -> None:
    """Kör portfolj run varje natt eller vecka: visar eller lägger in en rad i crontab, en systemd-timer, en uppgift."""
    chosen = system or _system_here()
    checked_name(name)
    if remove:
        if install or every_day or every_week or arguments:
            raise PortfoljError("--remove tar bara --name och --system.")
        _remove(chosen, name)
        return
    if (every_day is None) == (every_week is None):
        raise PortfoljError("Ange när: antingen --daily 02:00 eller --weekly mån 02:00.")
    job = Job(
        name=name,
        when=weekly(*every_week) if every_week else daily(every_day or ""),
        command=(_python(), "-m", "portfolj", "run", *_checked(arguments or ["--all"])),
        folder=Path.cwd(),
        log=(log or _log_folder() / f"{name}.log").expanduser().absolute(),
        variables={name: str(Path(value).absolute()) for name in _CARRIED if (value := os.environ.get(name))},
    )
    if install:
        _install(chosen, job)
    else:
        _show(chosen, job)


def _show(system: System, job: Job) -> None:
    if system == System.CRONTAB:
        typer.echo(crontab.crontab_line(job))
    elif system == System.SYSTEMD:
        typer.echo("\n".join(f"# {path}\n{text}" for path, text in systemd.units(job).items()).rstrip("\n"))
    else:
        typer.echo(windows.task_xml(job, now=datetime.now()).rstrip("\n"))
    typer.echo(f"Inget är ändrat. Lägg till --install för att köra detta {job.when}.", err=True)
    if not job.log.parent.is_dir():
        typer.echo(f"Mappen {job.log.parent} för loggen finns inte; --install skapar den.", err=True)


def _install(system: System, job: Job) -> None:
    try:
        job.log.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PortfoljError(
            f"Mappen {job.log.parent} för loggen går inte att skapa: {cause_of(error)}. Välj en annan med --log FIL."
        ) from None
    where, also = f"din {system}", ""
    if system == System.CRONTAB:
        replaced = crontab.install(job)
    elif system == System.SYSTEMD:
        replaced = systemd.install(job)
        where = str(systemd.unit_folder())
        also = "Ska den köras också när du är utloggad: loginctl enable-linger\n"
    else:
        replaced = windows.install(job, now=datetime.now())
        where, also = "Schemaläggaren", "Den körs när du är inloggad.\n"
    done = "Ersatte det förra schemat" if replaced else "Lade in schemat"
    typer.echo(
        f"{done} {job.name} i {where}: {job.when}.\n"
        f"Kör: {shlex.join(job.command[2:])}\nLogg: {job.log}\n{also}"
        f"Ta bort det så: portfolj schedule --remove --system {system} --name {job.name}"
    )


def _remove(system: System, name: str) -> None:
    removers = {System.CRONTAB: crontab.remove, System.SYSTEMD: systemd.remove, System.WINDOWS: windows.remove}
    if not removers[system](name):
        raise PortfoljError(f"Det finns inget schema {name} i {system}. Inget är ändrat.")
    typer.echo(f"Tog bort schemat {name} ur {system}. Loggen ligger kvar.")


def _system_here() -> System:
    if sys.platform == "win32":
        return System.WINDOWS
    return System.SYSTEMD if not shutil.which("crontab") and shutil.which("systemctl") else System.CRONTAB


def _checked(arguments: list[str]) -> list[str]:
    """The arguments of ``portfolj run``. A wrong one is told now and not in the night."""
    group: Any = typer.main.get_command(app)
    given = group.commands["run"].make_context("portfolj run", list(arguments)).params
    if not any(given.get(name) for name in ("federations", "everything", "list_file")):
        raise PortfoljError("Ange efter -- vilka förbund som ska köras: namn, eller --all för alla.")
    check_numbers(jobs=given["jobs"], timeout=given["timeout"], keep=given["keep"], cluster=given["cluster"])
    check_letters(given["mail"])
    places = find_places(data=given["data"], out=given["out"])
    rules = {name: given[name] for name in ("period", "basis", "counting")}
    check_parameters(rules, given["parameter"] or (), places=places)
    chosen_federations(
        given["federations"] or [],
        everything=given["everything"],
        list_file=given["list_file"],
        places=places,
    )
    return arguments


def _python() -> str:
    return os.path.abspath(sys.executable)


def _log_folder() -> Path:
    """Outside the reports, which others may read, and outside the data."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "portfolj"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "portfolj"
