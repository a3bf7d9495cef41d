"""The command about forms to fill in: template."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from portfolj.cli.app import DataOption, app
from portfolj.places import find_places


class Kind(StrEnum):
    """The forms that there are."""

    APPLICATION = "application"
    FINAL_REPORT = "final-report"


@app.command()
def template(
    kind: Annotated[
        Kind, typer.Argument(metavar="application|final-report", help="Ansökan (application) eller slutrapport.")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FIL", help="Filen: .xlsx eller .docx. Utan ändelse skrivs båda."),
    ],
    federation: Annotated[
        str | None,
        typer.Option(metavar="FÖRBUND", help="Ett förbund under data/raw: dess namn och dess egna målgrupper."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Skriv över en fil som finns.")] = False,
    data: DataOption = None,
) -> None:
    """Skriver en blankett att fylla i. En ifylld Excelblankett läses som en del av liggaren."""
    from portfolj.coding import codebook_of, load_codebook
    from portfolj.federation import known_federation
    from portfolj.forms import write_forms

    named = known_federation(federation, places=find_places(data=data)) if federation is not None else None
    codebook = load_codebook() if named is None else codebook_of(named)
    written = write_forms(kind.value, out, codebook=codebook, federation=named.name if named else "", force=force)
    for path in written:
        typer.echo(f"Skrev {path}")
    if any(path.suffix.lower() == ".docx" for path in written):
        typer.echo("Portfolj läser den ifyllda Excelblanketten, inte den i Word.")
