"""The sample as workbooks to fill in, one per coder: lists to choose from, and nothing of what the machine said."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.agreement.columns import KEY, NOTE, RANKS, STRATUM, TEXT_HEADINGS, WEIGHT, answer_headings
from portfolj.agreement.sample import SHOWN
from portfolj.coding import Codebook
from portfolj.coding.choices import choices
from portfolj.coding.codebook import DIMENSIONS
from portfolj.errors import PortfoljError
from portfolj.ledger.tables import CELL_LIMIT, write_whole

CODERS = ("kodare1", "kodare2")
GUIDE_SHEET, SAMPLE_SHEET, CODES_SHEET = "Läs först", "Urval", "Koder"
GUIDE = (
    f"Gå till bladet {SAMPLE_SHEET}. Läs en insats i taget och välj svar i listorna i de gula cellerna.",
    f"Vad svaren betyder står på bladet {CODES_SHEET}.",
    f"Målgrupp 1 är den som insatsen främst är till för. Är den till för fler: fortsätt i Målgrupp 2 till {RANKS}.",
    "Går det inte att avgöra: välj Ej definierad. En tom cell betyder att du inte har kodat raden.",
    "Koda ensam. Titta inte i den andra kodarens fil och inte i rapporten.",
    "Var något svårt att avgöra: skriv varför under Anteckning. Skriv inga uppgifter om personer.",
    "Ändra inga rubriker och nycklar. De dolda kolumnerna längst till höger räknar upp urvalet till alla insatser.",
    "Spara filen som .xlsx och lämna den till den som drog urvalet.",
)
_CREATED = datetime(2000, 1, 1)  # the file's own date would make two draws differ
_WIDTHS = {"key": 14, "name": 32, "applicant": 22, "target_group_text": 26, "description": 64, "goal_text": 36}
_GUIDE_WIDTH, _CODE_WIDTHS, _ANSWER_WIDTH, _NOTE_WIDTH = 110, (14, 30, 70, 60), 22, 36
_LINE_POINTS, _HIGHEST_POINTS = 15, 400  # Excel's own limit is 409
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class About:
    """What the workbooks say of themselves: ``title``, and sentences such as how the sample was drawn."""

    title: str
    sentences: tuple[str, ...]


def write_sample(
    sample: pd.DataFrame, folder: Path, *, stem: str, about: About, codebook: Codebook, coders: Sequence[str] = CODERS
) -> list[Path]:
    """Writes ``STEM-CODER.xlsx`` for each coder; the paths that were written.

    Columns without any text are left out. Raises PortfoljError, before anything is written, where one of the files is
    there already (it may hold a coder's answers) or a text is too long for a cell; also where a file can't be written.
    """
    paths = [folder / f"{stem}-{coder}.xlsx" for coder in coders]
    if there := [path for path in paths if path.exists()]:
        raise PortfoljError(
            f"{' och '.join(path.name for path in there)} finns redan i {folder} och kan ha en kodares svar. Inget är "
            "skrivet. Ange en annan mapp med --out, eller dra ett annat urval med --seed."
        )
    books = [_workbook(sample, coder, about=about, codebook=codebook) for coder in coders]
    for path, content in zip(paths, books, strict=True):
        write_whole(path, content)
    return paths


def _workbook(sample: pd.DataFrame, coder: str, *, about: About, codebook: Codebook) -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": about.title, "created": _CREATED})
        title = book.add_format({"bold": True, "font_size": 16})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#DCE3EA"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        fill = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF4C2", "border": 1,
                                "border_color": "#C8C8C8"})  # fmt: skip
        _guide(book.add_worksheet(GUIDE_SHEET), about, coder, title, wrap)
        _Rows(book.add_worksheet(SAMPLE_SHEET), sample, coder, head, wrap, fill).write(codebook)
        _codes(book.add_worksheet(CODES_SHEET), codebook, head, wrap)
        for sheet in book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
    return content.getvalue()


class _Rows:
    """The sheet with one row per intervention: its texts, the coder's empty cells, the hidden columns."""

    def __init__(self, sheet: Any, sample: pd.DataFrame, coder: str, head: Any, wrap: Any, fill: Any) -> None:
        self.sheet, self.sample, self.head, self.wrap, self.fill = sheet, sample, head, wrap, fill
        self.answers = answer_headings(coder)
        self.texts = ["key", *(field for field in SHOWN if (sample[field] != "").any())]

    def write(self, codebook: Codebook) -> None:
        place = 0
        for place, field in enumerate(self.texts):
            self._column(place, KEY if field == "key" else TEXT_HEADINGS[field], _WIDTHS[field])
            for row, text in enumerate(self.sample[field], start=1):
                if len(text) > CELL_LIMIT:
                    raise PortfoljError(f"Texten om insatsen {self.sample['key'].iloc[row - 1]!r} är längre än en "
                                        "Excelcell rymmer. Korta den i liggaren.")  # fmt: skip
                self.sheet.write_string(row, place, text, self.wrap)
        for place, (heading, dimension) in enumerate(self.answers.items(), start=len(self.texts)):
            self._column(place, heading, _NOTE_WIDTH if dimension == NOTE else _ANSWER_WIDTH)
            for row in range(1, len(self.sample) + 1):
                self.sheet.write_blank(row, place, None, self.fill)
            if dimension != NOTE:
                self.sheet.data_validation(1, place, len(self.sample), place, _list(dimension, codebook))
        self._column(place + 1, STRATUM, 10, hidden=True)
        self._column(place + 2, WEIGHT, 10, hidden=True)
        for row, intervention in enumerate(self.sample.to_dict("records"), start=1):
            self.sheet.write_string(row, place + 1, intervention["stratum"], self.wrap)
            self.sheet.write_number(row, place + 2, intervention["weight"], self.wrap)
            self.sheet.set_row(row, _height([(intervention[field], _WIDTHS[field]) for field in self.texts]))
        self.sheet.freeze_panes(1, 2)
        self.sheet.repeat_rows(0)

    def _column(self, place: int, heading: str, width: int, *, hidden: bool = False) -> None:
        self.sheet.set_column(place, place, width, None, {"hidden": hidden})
        self.sheet.write_string(0, place, heading, self.head)


def _list(dimension: str, codebook: Codebook) -> dict[str, Any]:
    """The list of a column, from the sheet of codes: Excel takes no more than 255 letters in a list of its own."""
    before = DIMENSIONS[: DIMENSIONS.index(dimension)]
    first = 2 + sum(len(choices(codebook, earlier)) for earlier in before)
    return {
        "validate": "list",
        "source": f"={CODES_SHEET}!$B${first}:$B${first + len(choices(codebook, dimension)) - 1}",
        "error_title": "Välj i listan",
        "error_message": f"Välj ett svar i listan. Vad de betyder står på bladet {CODES_SHEET}.",
    }


def _codes(sheet: Any, codebook: Codebook, head: Any, wrap: Any) -> None:
    rows: list[Sequence[str]] = [("Uppgift", "Svar", "Betydelse", "Exempel")]
    for dimension in DIMENSIONS:
        for label, code in choices(codebook, dimension).items():
            of_code = codebook.code(dimension, code)
            rows.append(
                (codebook.dimension_label(dimension), label, of_code.definition_sv, "\n".join(of_code.examples_sv))
            )
    for row, texts in enumerate(rows):
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, wrap if row else head)
        sheet.set_row(row, _height(list(zip(texts, _CODE_WIDTHS, strict=True))))
    for place, width in enumerate(_CODE_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)


def _guide(sheet: Any, about: About, coder: str, title: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"{about.title}: {coder}", title)
    for row, sentence in enumerate((*about.sentences, "", *GUIDE), start=1):
        sheet.write_string(row, 0, sentence, wrap)
        sheet.set_row(row, _height([(sentence, _GUIDE_WIDTH)]))


def _height(texts: Sequence[tuple[str, int]]) -> float:
    """Points that the longest of the texts takes in a column of its width: not every program fits rows by itself."""
    lines = [sum(1 + len(line) // width for line in text.split("\n")) for text, width in texts]
    return min(_LINE_POINTS * max(lines) + 2, _HIGHEST_POINTS)
