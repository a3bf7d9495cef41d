"""A form as XLSX: one protected sheet to fill in, with lists, and hidden marks that it is read back by."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise
from typing import Any

from portfolj.forms.asked import Asked
from portfolj.forms.looks import Looks, height_of
from portfolj.ledger.cells import column_letters
from portfolj.ledger.filled import FormField, Section
from portfolj.ledger.filled.marks import ANSWERS, columns_mark, field_mark, form_mark, row_mark

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LISTS = "Listor"
_MARKS, _LABELS, _ANSWERS, _LAST = 0, 1, 2, 7
WIDTHS = {_MARKS: 4, _LABELS: 46, **dict.fromkeys(range(_ANSWERS, _LAST + 1), 17)}
# What the height of a page holds where its width holds the columns. Programs differ by their letters; Excel sets its
# own breaks when a width is to be filled.
_PAGE_POINTS = 660
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LARGEST = {"year": _LAST_YEAR, "kronor": 10**10, "count": 10**6}
_REFUSED = {
    "choice": ("Välj i listan", "Välj ett av svaren i rutans lista."),
    "date": ("Skriv ett datum", "Skriv datumet som 2026-01-31."),
    "year": ("Skriv ett årtal", "Skriv året med fyra siffror, som 2026."),
    "kronor": ("Skriv hela kronor", "Skriv beloppet i hela kronor, bara siffror."),
    "count": ("Skriv ett antal", "Skriv ett antal med siffror."),
}


def workbook_of(asked: Asked) -> bytes:
    """The form as the bytes of an XLSX file. The sheet is protected without password; only answers can be written."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        book.set_properties({"title": asked.title, "subject": asked.form.title, "company": asked.federation})
        sheet = book.add_worksheet(asked.form.sheet)
        lists = book.add_worksheet(LISTS)
        _Writer(sheet, asked, Looks(book), _write_lists(lists, asked)).write()
        lists.protect()
        lists.hide()
    return stream.getvalue()


def _write_lists(sheet: Any, asked: Asked) -> dict[tuple[str, ...], str]:
    """Choices -> the reference that a cell's list points at. A list in the cell itself may hold 255 letters only."""
    references: dict[tuple[str, ...], str] = {}
    for field in asked.lists:
        choices = asked.choices(field)
        if choices not in references:
            column = len(references)
            for row, choice in enumerate(choices):
                sheet.write_string(row, column, choice)
            letters = column_letters(column)
            references[choices] = f"={LISTS}!${letters}$1:${letters}${len(choices)}"
    return references


class _Writer:
    def __init__(self, sheet: Any, asked: Asked, looks: Looks, lists: dict[tuple[str, ...], str]) -> None:
        self.sheet, self.asked, self.looks, self.lists = sheet, asked, looks, lists
        self.row = 0
        self.heights: list[float] = []  # points, per row
        self.blocks: list[int] = []  # rows that something kept whole begins with

    def write(self) -> None:
        """The whole sheet, from its marks to how it prints."""
        for column, width in WIDTHS.items():
            options = {"hidden": True} if column == _MARKS else {}
            self.sheet.set_column(column, column, width, None, options)
        self._mark(form_mark(self.asked.form), {_ANSWERS: ANSWERS})
        self._line(self.asked.form.title, self.looks.title, 28)
        if self.asked.federation:
            self._line(self.asked.federation, self.looks.federation, 20)
        for line in self.asked.form.intro:
            self._line(line, self.looks.text, 16)
        for section in self.asked.form.sections:
            self._section(section)
        self._print()

    def _section(self, section: Section) -> None:
        self.blocks.append(self.row)
        self._end_row(12)
        self._line(section.title, self.looks.heading, 24)
        if section.explanation:
            self._line(section.explanation, self.looks.explanation, height_of(section.explanation, self._width()))
        for place, field in enumerate(section.fields):
            if place:
                self.blocks.append(self.row)
            if field.kind == "table":
                self._table(field)
            else:
                self._field(field)

    def _field(self, field: FormField) -> None:
        parts = [self.looks.label_part, field.label]
        if field.explanation:
            parts += [self.looks.explanation_part, f"\n{field.explanation}"]
            self.sheet.write_rich_string(self.row, _LABELS, *parts, self.looks.label)
        else:
            self.sheet.write_string(self.row, _LABELS, field.label, self.looks.label_alone)
        self.sheet.write_string(self.row, _MARKS, field_mark(field.code))
        look = self.looks.answers[field.kind]
        if field.kind in ("text", "long"):
            self.sheet.merge_range(self.row, _ANSWERS, self.row, _LAST, "", look)
        elif field.kind == "choice":
            self.sheet.merge_range(self.row, _ANSWERS, self.row, _ANSWERS + 2, "", look)
        else:
            self.sheet.write_blank(self.row, _ANSWERS, None, look)
        self._validate(field, _ANSWERS)
        lines = f"{field.label}\n{field.explanation}".rstrip()
        self._end_row(height_of(lines, 1.1 * WIDTHS[_LABELS], lowest=96 if field.kind == "long" else 22))

    def _table(self, field: FormField) -> None:
        self._line(field.label, self.looks.table_title, 20)
        if field.explanation:
            self._line(field.explanation, self.looks.explanation, height_of(field.explanation, self._width()))
        starts = self._starts(field)
        self._mark(columns_mark(field.code), {starts[column.code]: column.code for column in field.columns})
        for column in field.columns:
            self._cell(column, starts[column.code], column.label, self.looks.head)
        self._end_row(32)
        for column, text in zip(field.columns, field.example, strict=True):
            shown = f"Exempel: {text}" if column is field.columns[0] else text
            self._cell(column, starts[column.code], shown, self.looks.example)
        fullest = max(zip(field.columns, field.example, strict=True), key=lambda pair: len(pair[1]) / pair[0].span)
        wide = WIDTHS[_LABELS] if starts[fullest[0].code] == _LABELS else 17 * fullest[0].span
        self._end_row(height_of(fullest[1], wide))
        for _ in range(field.rows):
            self.sheet.write_string(self.row, _MARKS, row_mark(field.code))
            for column in field.columns:
                self._cell(column, starts[column.code], "", self.looks.answers[column.kind])
                self._validate(column, starts[column.code])
            self._end_row(44 if any(c.kind == "long" for c in field.columns) else 24)

    def _starts(self, field: FormField) -> dict[str, int]:
        """Column -> where it begins: the first beside the marks, the others after each other."""
        starts, at = {}, _LABELS
        for column in field.columns:
            starts[column.code] = at
            at += column.span
        if at > _LAST + 1:
            raise ValueError(f"The table {field.code} is wider than the sheet")
        return starts

    def _cell(self, column: FormField, at: int, text: str, look: Any) -> None:
        if column.span > 1:
            self.sheet.merge_range(self.row, at, self.row, at + column.span - 1, text, look)
        else:
            self.sheet.write_string(self.row, at, text, look)

    def _validate(self, field: FormField, column: int) -> None:
        """What a cell may hold. Anything else is refused with a word on what to write."""
        rule: dict[str, Any]
        if field.kind == "choice":
            rule = {"validate": "list", "source": self.lists[self.asked.choices(field)]}
        elif field.kind == "date":
            rule = {"validate": "date", "minimum": date(_FIRST_YEAR, 1, 1), "maximum": date(_LAST_YEAR, 12, 31)}
        elif field.kind in _LARGEST:
            lowest = _FIRST_YEAR if field.kind == "year" else 0
            rule = {"validate": "integer", "minimum": lowest, "maximum": _LARGEST[field.kind]}
        else:
            return
        between = {} if field.kind == "choice" else {"criteria": "between"}
        title, message = _REFUSED[field.kind]
        told = {"error_title": title, "error_message": message}
        if field.words:
            words = f"{message} Det går också att skriva {' eller '.join(field.words)}."
            told |= {"error_message": words, "error_type": "warning"}
        self.sheet.data_validation(self.row, column, self.row, column, rule | between | told)

    def _line(self, text: str, look: Any, height: float) -> None:
        self.sheet.merge_range(self.row, _LABELS, self.row, _LAST, text, look)
        self._end_row(height)

    def _mark(self, mark: str, words: dict[int, str]) -> None:
        """A hidden row that says what stands below."""
        self.sheet.write_string(self.row, _MARKS, mark)
        for column, word in words.items():
            self.sheet.write_string(self.row, column, word)
        self._end_row(0)

    def _end_row(self, height: float) -> None:
        """The row's height in points, 0 for one that is hidden; then the next."""
        options = {} if height else {"hidden": True}
        self.sheet.set_row(self.row, height or None, None, options)
        self.heights.append(height)
        self.row += 1

    def _breaks(self) -> list[int]:
        """The rows that a page begins with, so that no question is parted from its answer."""
        breaks, used, blocks = [], 0.0, [0, *self.blocks, self.row]
        for start, end in pairwise(blocks):
            block = sum(self.heights[start:end])
            # A heading stands on the page of what it is the heading of.
            if used and used + block > _PAGE_POINTS:
                breaks.append(start)
                used = 0.0
            used += block
        return breaks

    def _width(self) -> int:
        return sum(width for column, width in WIDTHS.items() if column != _MARKS)

    def _print(self) -> None:
        sheet = self.sheet
        sheet.protect("", {"format_rows": True, "format_columns": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        if breaks := self._breaks():
            sheet.set_h_pagebreaks(breaks)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.print_area(0, _LABELS, self.row - 1, _LAST)
        sheet.set_footer(f"&L{self.asked.title.replace('&', '&&')}&RSida &P av &N")
