"""Commands about the coding: classify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolj.cli.app import DataOption, app
from portfolj.errors import PortfoljError
from portfolj.federation import Basis
from portfolj.places import find_places

if TYPE_CHECKING:
    import pandas as pd


@app.command()
def classify(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="En tabell med minst en kolumn för namn.")],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Den nya tabellen, .csv eller .xlsx.")],
    sheet: Annotated[str | None, typer.Option(help="Bladet, om arbetsboken har flera.")] = None,
    basis: Annotated[
        Basis | None, typer.Option(help="Vad ett svar minst ska vila på. Förval: named, eller förbundets eget val.")
    ] = None,
    derive_orientation: Annotated[
        bool, typer.Option("--derive-orientation", help="Härled inriktning där ingen text säger den.")
    ] = False,
    federation: Annotated[
        str | None, typer.Option(metavar="FÖRBUND", help="Koda som förbundets rapport: kodbok och inställningar.")
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(metavar="FIL", help="En egen kodbok (.toml), eller en lista av reguljära uttryck (.csv)."),
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Option(metavar="RUBRIK", help="Med en lista av uttryck: kolumnen som läses. Kan anges flera gånger."),
    ] = None,
    data: DataOption = None,
) -> None:
    """Kodar insatserna i en tabell: huvudman, målgrupper och inriktning, med grund, ord och skäl."""
    from portfolj import coding, ledger

    if out.exists() and file.exists() and out.samefile(file):
        raise PortfoljError(f"{out.name} är själva tabellen. Ange en annan fil med --out, så står den kvar.")
    if federation is not None and codebook is not None:
        raise PortfoljError("Ange --federation eller --codebook, inte båda: ett förbund har sin egen kodbok.")
    frame = ledger.read_table(file, sheet=sheet)
    if codebook is not None and codebook.suffix.lower() == ".csv":
        if basis is not None or derive_orientation:
            raise PortfoljError("--basis och --derive-orientation gäller inte en lista av reguljära uttryck.")
        coded = coding.tag_table(frame, tags=coding.load_tags(codebook), columns=text or ())
        read = ", ".join(text or coding.read_columns(frame))
        told = f"{len(coded)} rader kodade. Läste {read}. {(coded['tags'] != '').sum()} fick någon kod. Skrev {out}"
    elif text:
        raise PortfoljError("--text gäller bara en lista av reguljära uttryck (--codebook FIL.csv).")
    else:
        coded = _classified(frame, basis, derive_orientation, federation, codebook, data)
        told = f"{len(coded)} rader kodade. Skrev {out}"
    # A table that came as programs write it goes back so; one from a spreadsheet gets the mark that Excel needs.
    ledger.write_table(coded, out, byte_order_mark=not ledger.is_plain_utf8(file))
    typer.echo(told)
    cells = sum(ledger.mask_personal_numbers(cell) != cell for column in frame for cell in frame[column])
    if cells:
        what = f"Personnummer i {file.name}: {cells} {'cell' if cells == 1 else 'celler'}. De står kvar i {out.name}."
        typer.echo(what, err=True)


def _classified(
    frame: pd.DataFrame, basis: Basis | None, derive: bool, federation: str | None, codebook: Path | None,
    data: Path | None,
) -> pd.DataFrame:  # fmt: skip
    """The table coded as a federation's report would, or by a codebook and what is asked for."""
    from portfolj import coding
    from portfolj.federation import known_federation

    if federation is None:
        book = coding.load_codebook(codebook)
        return coding.classify_table(frame, codebook=book, basis=basis or Basis.NAMED, derive_orientation=derive)
    settings = known_federation(federation, places=find_places(data=data))
    return coding.classify_table(
        frame,
        codebook=coding.codebook_of(settings),
        basis=basis or settings.classification.basis,
        derive_orientation=derive or settings.classification.derive_orientation,
        headings=settings.ledger.columns,
    )
