"""The sample as a file to fill in: a workbook with lists to choose from, or a CSV."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.agreement.cells import words_to_choose
from portfolj.agreement.sample import COLUMNS, SHOWN
from portfolj.coding import Codebook
from portfolj.coding.codebook import DIMENSIONS, ORIENTATION, OWNER, TARGET_GROUPS
from portfolj.errors import PortfoljError
from portfolj.files import replace_whole
from portfolj.ledger import write_table

CODERS = ("coder1", "coder2")
RANKS = 4  # columns for target groups: a list in a cell gives one value
SAMPLE_SHEET, CODES_SHEET, GUIDE_SHEET = "Urval", "Koder", "Läs mig"
GUIDE = (
    "Koda varje insats för sig, utan att se den andra kodarens svar och utan att se maskinens.",
    "Gör en kopia av filen till varje kodare. Kodare 1 fyller i kolumnerna som slutar på coder1, kodare 2 coder2.",
    "Välj i listorna. Vad koderna betyder står på bladet Koder. Den främsta målgruppen först, de andra efter.",
    "Går det inte att avgöra: välj Ej definierad. En tom cell betyder att du inte har kodat raden.",
    "Låt kolumnen key stå kvar, och de dolda kolumnerna stratum och weight: "
    "med dem räknas urvalet upp till hela liggaren.",
    "Räkna sedan samstämmigheten: portfolj agreement KOPIA1.xlsx KOPIA2.xlsx --machine",
)
_DATE = datetime(2000, 1, 1)  # the file's own date would make two draws differ
_WIDTHS = {"key": 14, "name": 34, "applicant": 24, "description": 70, "goal_text": 40, "target_group_text": 28}


def answer_columns(coders: Sequence[str] = CODERS) -> list[str]:
    """The columns that coders fill in, in order."""
    columns = []
    for coder in coders:
        ranks = [f"targets_{coder}", *(f"targets_{coder}_{rank}" for rank in range(2, RANKS + 1))]
        columns += [f"{OWNER}_{coder}", *ranks, f"{ORIENTATION}_{coder}"]
    return columns


def write_sample(sample: pd.DataFrame, path: Path, *, codebook: Codebook) -> None:
    """Writes the sample with empty columns for two coders, ``.xlsx`` or ``.csv`` by the name's ending.

    In the workbook the answers are chosen from lists of the codebook's names, and stratum and weight are hidden. Raises
    PortfoljError where the file is there already (it may hold a coder's answers), can't be written or ends otherwise.
    """
    if path.exists():
        raise PortfoljError(
            f"{path.name} finns redan och kan hålla kodares svar. Ange en annan fil med --out, eller ta bort den."
        )
    empty = dict.fromkeys(answer_columns(), "")
    frame = sample.assign(**empty)[[*COLUMNS[:-2], *empty, *COLUMNS[-2:]]]
    if path.suffix.lower() != ".xlsx":
        write_table(frame, path)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, _workbook(frame, codebook))
    except OSError as error:
        raise PortfoljError(
            f"Kan inte skriva {path.name} i {path.parent}: {error.strerror}. Kontrollera att mappen går att skriva i."
        ) from error


def _workbook(frame: pd.DataFrame, codebook: Codebook) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": "Urval att koda två gånger", "created": _DATE})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        fill = book.add_format({"valign": "top", "bg_color": "#FFF7DD", "border": 1, "border_color": "#C9C2A8"})
        sheet = book.add_worksheet(SAMPLE_SHEET)
        _write_codes(book.add_worksheet(CODES_SHEET), codebook, head, wrap)
        _write_guide(book.add_worksheet(GUIDE_SHEET), wrap)
        for place, column in enumerate(map(str, frame.columns)):
            sheet.write_string(0, place, column, head)
            answer = column not in COLUMNS
            for row, value in enumerate(frame[column], start=1):
                if column == "weight":
                    sheet.write_number(row, place, float(value), wrap)
                elif answer:
                    sheet.write_blank(row, place, None, fill)
                else:
                    sheet.write_string(row, place, str(value), wrap)
            hidden = {"hidden": True} if column in COLUMNS and column not in ("key", *SHOWN) else {}
            sheet.set_column(place, place, _WIDTHS.get(column, 22 if answer else 10), None, hidden)
            if answer:
                sheet.data_validation(1, place, len(frame), place, _choice(column, codebook))
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return content.getvalue()


def _dimension_of(column: str) -> str:
    return TARGET_GROUPS if column.startswith("targets_") else column.rpartition("_")[0]


def _choice(column: str, codebook: Codebook) -> dict[str, Any]:
    """The list of a column, from the sheet of codes; Excel takes no more than 255 characters in a list of its own."""
    first = 2
    for dimension in DIMENSIONS:
        count = len(codebook.codes(dimension))
        if dimension == _dimension_of(column):
            break
        first += count
    return {
        "validate": "list",
        "source": f"={CODES_SHEET}!$B${first}:$B${first + count - 1}",
        "error_title": "Inget i listan",
        "error_message": "Välj ett svar i listan. Vad de betyder står på bladet Koder.",
    }


def _write_codes(sheet: Any, codebook: Codebook, head: Any, wrap: Any) -> None:
    for place, (heading, width) in enumerate((("Uppgift", 14), ("Svar", 34), ("Betydelse", 90), ("Kod", 28))):
        sheet.write_string(0, place, heading, head)
        sheet.set_column(place, place, width)
    row = 0
    for dimension in DIMENSIONS:
        words = words_to_choose(codebook, dimension)
        for code, word in words.items():
            row += 1
            cells = (codebook.dimension_label(dimension), word, codebook.definition(dimension, code), code)
            for place, text in enumerate(cells):
                sheet.write_string(row, place, text, wrap)
    sheet.freeze_panes(1, 0)


def _write_guide(sheet: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(GUIDE):
        sheet.write_string(row, 0, line, wrap)
