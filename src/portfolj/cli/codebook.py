"""Commands about the codebook: check, explain."""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum
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


class Field(StrEnum):
    """The texts of an intervention."""

    APPLICANT = "applicant"
    TARGET_GROUP_TEXT = "target_group_text"
    DESCRIPTION = "description"
    GOAL_TEXT = "goal_text"
    NAME = "name"


@codebook.command()
def explain(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT", help="En beskrivning, eller rader som ”Sökande: Flens kommun”. - läser det som klistras in."
        ),
    ] = None,
    field: Annotated[Field | None, typer.Option(help="Fältet som TEXT är. Förval: description.")] = None,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="Insatsens namn.")] = None,
    applicant: Annotated[str | None, typer.Option(metavar="TEXT", help="Sökande.")] = None,
    target_group_text: Annotated[str | None, typer.Option(metavar="TEXT", help="Målgrupp.")] = None,
    description: Annotated[str | None, typer.Option(metavar="TEXT", help="Beskrivning.")] = None,
    goal_text: Annotated[str | None, typer.Option(metavar="TEXT", help="Mål.")] = None,
    federation: Annotated[
        str | None, typer.Option(metavar="FÖRBUND", help="Ett förbund under data/raw: dess kodbok och inställningar.")
    ] = None,
    intervention: Annotated[
        str | None,
        typer.Option(
            metavar="NYCKEL", help="Nyckeln eller namnet på en insats i förbundets liggare, i stället för TEXT."
        ),
    ] = None,
    own_codebook: Annotated[
        Path | None,
        typer.Option(
            "--codebook", metavar="FIL", help="En egen kodbok (.toml), eller en lista av reguljära uttryck (.csv)."
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Visar varför en insats får sina koder: vilka regler som träffar vilka ord, och varför andra inte räknas."""
    from portfolj import coding, ledger
    from portfolj.coding.explained import WIDTH, as_text, tags_as_text
    from portfolj.coding.explaining import explain as explain_fields

    options = {
        "name": name, "applicant": applicant, "target_group_text": target_group_text, "description": description,
        "goal_text": goal_text,
    }  # fmt: skip
    fields = _fields(text, field, {each: told for each, told in options.items() if told is not None})
    fields = {each: ledger.mask_personal_numbers(told) for each, told in fields.items()}
    width = max(shutil.get_terminal_size().columns - 1, 40) if sys.stdout.isatty() else WIDTH
    if federation is not None and own_codebook is not None:
        raise PortfoljError("Ange --federation eller --codebook, inte båda: ett förbund har sin egen kodbok.")
    if intervention is not None and (federation is None or fields):
        raise PortfoljError("--intervention hämtar texten ur ett förbunds liggare. Ange --federation, och ingen text.")
    if federation is not None:
        from portfolj.why import explain_for

        texts = None if intervention is not None else _some(fields)
        places = find_places(data=data)
        told = explain_for(federation, places=places, fields=texts, intervention=intervention or "", width=width)
    elif own_codebook is not None and own_codebook.suffix.lower() == ".csv":
        told = tags_as_text(_some(fields), tags=coding.load_tags(own_codebook), width=width)
    else:
        book = coding.load_codebook(own_codebook)
        told = as_text(explain_fields(_some(fields), codebook=book), codebook=book, width=width)
    typer.echo(told)


def _fields(text: str | None, field: Field | None, options: dict[str, str]) -> dict[str, str]:
    """Field -> text, from the argument and the options."""
    from portfolj.coding.pasted import pasted_fields

    if text is None:
        return options
    written = sys.stdin.read() if text == "-" else text
    named = {field.value: written} if field is not None else pasted_fields(written)
    if twice := sorted(set(named) & set(options)):
        raise PortfoljError(f"Fältet {', '.join(twice)} är angivet två gånger, i texten och som val.")
    return options | named


def _some(fields: dict[str, str]) -> dict[str, str]:
    if not any(text.strip() for text in fields.values()):
        raise PortfoljError(
            'Ingen text att förklara. Skriv till exempel portfolj codebook explain "Coachning för unga".'
        )
    return fields


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
