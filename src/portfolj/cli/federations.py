"""Commands about a federation's folder: check, new."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from portfolj.cli.app import DataOption, OutOption, app
from portfolj.errors import PortfoljError
from portfolj.federation import SETTINGS_FILE, Unit
from portfolj.places import Places, find_places


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
