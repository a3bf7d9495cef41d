"""Commands about goals: goals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portfolj.cli.app import app
from portfolj.errors import PortfoljError


@app.command()
def goals(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="En tabell med en kolumn för måltexter.")],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Den nya tabellen, .csv eller .xlsx.")],
    sheet: Annotated[str | None, typer.Option(help="Bladet, om arbetsboken har flera.")] = None,
    column: Annotated[
        str | None, typer.Option(metavar="RUBRIK", help="Kolumnen med målen, om den inte heter text eller Mål.")
    ] = None,
) -> None:
    """Graderar måltexterna i en tabell: går de att mäta, vad avgjorde det, och vad saknas?"""
    from portfolj import ledger
    from portfolj.goals.grade import CLASSES
    from portfolj.goals.table import column_of_goals, grade_table, is_goal_heading

    if out.exists() and file.exists() and out.samefile(file):
        raise PortfoljError(f"{out.name} är själva tabellen. Ange en annan fil med --out, så står den kvar.")
    frame = ledger.read_table(
        file, sheet=sheet, is_heading=is_goal_heading if column is None else lambda heading: heading == column
    )
    graded = grade_table(frame, column=column)
    ledger.write_table(graded, out, byte_order_mark=not ledger.is_plain_utf8(file))
    counts = graded["main_class"].value_counts()
    told = ", ".join(f"{counts[name]} {name}" for name in CLASSES if name in counts)
    rows = f"{len(graded)} {'rad graderad' if len(graded) == 1 else 'rader graderade'}"
    typer.echo(f"{rows} efter kolumnen {column_of_goals(frame, column)}{': ' + told if told else ''}. Skrev {out}")
    cells = sum(ledger.mask_personal_numbers(cell) != cell for heading in frame for cell in frame[heading])
    if cells:
        what = f"Personnummer i {file.name}: {cells} {'cell' if cells == 1 else 'celler'}. De står kvar i {out.name}."
        typer.echo(what, err=True)
