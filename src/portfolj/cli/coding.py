"""Commands about the coding: classify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portfolj.cli.app import DataOption, app
from portfolj.errors import PortfoljError
from portfolj.federation import Basis


@app.command()
def classify(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="En tabell med minst en kolumn för namn.")],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Den nya tabellen, .csv eller .xlsx.")],
    sheet: Annotated[str | None, typer.Option(help="Bladet, om arbetsboken har flera.")] = None,
    basis: Annotated[Basis, typer.Option(help="Vad ett svar minst ska vila på.")] = Basis.NAMED,
    derive_orientation: Annotated[
        bool, typer.Option("--derive-orientation", help="Härled inriktning där ingen text säger den.")
    ] = False,
    data: DataOption = None,
) -> None:
    """Kodar insatserna i en tabell: huvudman, målgrupper och inriktning, med grund, ord och skäl."""
    from portfolj import coding, ledger

    if out.exists() and file.exists() and out.samefile(file):
        raise PortfoljError(f"{out.name} är själva tabellen. Ange en annan fil med --out, så står den kvar.")
    frame = ledger.read_table(file, sheet=sheet)
    coded = coding.classify_table(
        frame, codebook=coding.load_codebook(), basis=basis, derive_orientation=derive_orientation
    )
    # A table that came as programs write it goes back so; one from a spreadsheet gets the mark that Excel needs.
    ledger.write_table(coded, out, byte_order_mark=not ledger.is_plain_utf8(file))
    typer.echo(f"{len(coded)} rader kodade. Skrev {out}")
    cells = sum(ledger.mask_personal_numbers(text) != text for column in frame for text in frame[column])
    if cells:
        what = f"Personnummer i {file.name}: {cells} {'cell' if cells == 1 else 'celler'}. De står kvar i {out.name}."
        typer.echo(what, err=True)
