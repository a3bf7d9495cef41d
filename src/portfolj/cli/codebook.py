"""Commands about the codebook: check, explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolj.cli.app import DataOption, app
from portfolj.errors import PortfoljError
from portfolj.places import find_places

if TYPE_CHECKING:
    from portfolj.coding.faults import Checked

codebook = typer.Typer(
    name="codebook",
    help="Kodboken: kontrollera den, och se varför en text kodas som den gör.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(codebook)


@codebook.command()
def check(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="FIL|FÖRBUND",
            help="En kodbok (.toml), en lista av reguljära uttryck (.csv) eller ett förbund med en egen codebook.toml. "
            "Utelämnat: kodboken som följer med.",
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Kontrollerar en kodbok: alla fel på en gång, med rad. Varningar stoppar inget."""
    from portfolj.coding import load_tags
    from portfolj.coding.faults import check_codebook, check_shipped
    from portfolj.coding.source import read_text

    file = _codebook_file(path, data)
    if file is not None and file.suffix.lower() == ".csv":
        typer.echo(f"{file.name}: inga fel. {len(load_tags(file).tags)} koder med uttryck.")
        return
    checked = check_shipped() if file is None else check_codebook(read_text(file), file=file.name)
    typer.echo(_as_text(checked, "portfoljs kodbok" if file is None else file.name))
    if checked.faults:
        raise typer.Exit(PortfoljError.exit_code)


def _codebook_file(path: Path | None, data: Path | None) -> Path | None:
    """The file that a command's argument means: itself, or the codebook of the federation that it names."""
    from portfolj.coding import ADDITIONS_FILE

    if path is None or path.is_file():
        return path
    folder = path
    if not path.is_dir() and len(path.parts) == 1 and not path.suffix:
        folder = find_places(data=data).raw(path.name)
    if not folder.is_dir():
        raise PortfoljError(f"{path} finns inte. Ange en fil, eller ett förbund under data/raw.")
    if not (folder / ADDITIONS_FILE).is_file():
        raise PortfoljError(
            f"{folder.name} har ingen egen kodbok, så den som följer med gäller. Egna koder och termer skrivs i "
            f"{folder / ADDITIONS_FILE}."
        )
    return folder / ADDITIONS_FILE


def _as_text(checked: Checked, name: str) -> str:
    faults, warnings = len(checked.faults), len(checked.warnings)
    counted = f"{faults} fel" if faults else "inga fel"
    counted += f", {warnings} {'varning' if warnings == 1 else 'varningar'}" if warnings else ""
    lines = [f"{name}: {counted}. {checked.summary}".rstrip()]
    for title, listed in (("Fel", checked.faults), ("Varningar, som inte stoppar något", checked.warnings)):
        if listed:
            lines += ["", title, *(f"  {fault}" for fault in listed)]
    return "\n".join(lines)
