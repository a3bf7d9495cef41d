"""Which sheets are filled forms, and where their answers stand: by marks in cells, wherever rows and sheets have moved.

A form has a hidden column of marks. ``portfolj-blankett:application:1`` says what it is, and ``svar`` in the same row
over which column the answers stand. ``falt:name`` marks the row of a field, ``kolumner:goals`` a row with the code of
each column of a table, and ``rad:goals`` each of its rows. Marks in cells survive what names and positions do not:
other programs, other formats, a copied sheet, rows that are moved, copied or taken away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import Sheet, Value, is_blank, text_of
from portfolj.ledger.filled.definition import Form, FormField, form_of, kinds_of_forms
from portfolj.ledger.filled.form import Cell, FilledForm, Row

ANSWERS: Final = "svar"
_FORM = re.compile(r"portfolj-blankett:([a-z-]+):(\d+)")
_MARK = re.compile(r"(falt|kolumner|rad):([a-z_0-9]+)")
_LOOK_AT_ROWS, _LOOK_AT_COLUMNS = 300, 40
_ANEW = "Hämta en ny blankett med portfolj template och flytta över svaren"


def form_mark(form: Form) -> str:
    """What says which form a sheet is."""
    return f"portfolj-blankett:{form.kind}:{form.version}"


def field_mark(code: str) -> str:
    """What marks the row of a field."""
    return f"falt:{code}"


def columns_mark(table: str) -> str:
    """What marks the row that names a table's columns."""
    return f"kolumner:{table}"


def row_mark(table: str) -> str:
    """What marks a row of a table."""
    return f"rad:{table}"


def forms_in(sheets: Sequence[Sheet]) -> list[FilledForm]:
    """The filled forms among the sheets of a file; none where it is something else."""
    return [_read(sheet, *found) for sheet in sheets if (found := _form_mark_of(sheet)) is not None]


def _form_mark_of(sheet: Sheet) -> tuple[int, int, str, int] | None:
    for row, cells in enumerate(sheet.rows[:_LOOK_AT_ROWS]):
        for column, value in enumerate(cells[:_LOOK_AT_COLUMNS]):
            if isinstance(value, str) and (match := _FORM.fullmatch(value.strip())):
                return row, column, match[1], int(match[2])
    return None


def _read(sheet: Sheet, at: int, column: int, kind: str, version: int) -> FilledForm:
    if kind not in kinds_of_forms() or version > form_of(kind).version:
        found = f"Blanketten är av ett slag eller en version som inte känns igen: {kind}, version {version}"
        allowed = ", ".join(f"{each}, högst version {form_of(each).version}" for each in kinds_of_forms())
        fault = Fault(sheet.file, sheet.title, sheet.address(at, column), Reason.FORM_UNKNOWN, found, allowed,
                      "Uppdatera portfolj, eller hämta en ny blankett med portfolj template")  # fmt: skip
        return FilledForm(Form(kind, version, "", "", (), ()), sheet, {}, {}, {}, {}, (fault,))
    return _Reading(sheet, form_of(kind), at, column).filled()


class _Reading:
    def __init__(self, sheet: Sheet, form: Form, at: int, column: int) -> None:
        self.sheet, self.form, self.at = sheet, form, at
        self.faults: list[Fault] = []
        self.rows_of: dict[tuple[str, str], list[int]] = {}
        for row in range(len(sheet.rows)):
            if match := _MARK.fullmatch(text_of(self._value(row, column))):
                self.rows_of.setdefault((match[1], match[2]), []).append(row)
        self.answer_column = self._column_of(at, ANSWERS)

    def filled(self) -> FilledForm:
        answers: dict[str, Value] = {}
        places: dict[str, Cell] = {}
        tables: dict[str, list[Row]] = {}
        heads: dict[str, int] = {}
        if self.answer_column is None:
            self._fault(f"rad {self.sheet.numbers[self.at]}", "Blanketten har förlorat kolumnen med svar")
            return FilledForm(self.form, self.sheet, {}, {}, {}, {}, tuple(self.faults))
        for field in self.form.fields:
            if field.kind == "table":
                heads[field.code], tables[field.code] = self._table(field)
            elif (row := self._row_of(field)) is not None:
                places[field.code] = row, self.answer_column
                answers[field.code] = self._value(row, self.answer_column)
        return FilledForm(self.form, self.sheet, answers, places, tables, heads, tuple(self.faults))

    def _row_of(self, field: FormField) -> int | None:
        """The row of a field. Of several with the same mark the one that is filled in."""
        rows = self.rows_of.get(("falt", field.code), [])
        if not rows:
            self._fault("", f"Blanketten har förlorat raden ”{field.label}”")
            return None
        assert self.answer_column is not None
        filled = [row for row in rows if not is_blank(self._value(row, self.answer_column))]
        if len({text_of(self._value(row, self.answer_column)) for row in filled}) > 1:
            cell = self.sheet.address(filled[1], self.answer_column)
            self._fault(cell, f"Raden ”{field.label}” finns flera gånger med olika svar", "Ta bort den som inte gäller")
        return (filled or rows)[0]

    def _table(self, field: FormField) -> tuple[int, list[Row]]:
        heads, rows = self.rows_of.get(("kolumner", field.code), []), self.rows_of.get(("rad", field.code), [])
        columns: dict[str, int] = {}
        for head in heads[:1]:
            found = {column.code: self._column_of(head, column.code) for column in field.columns}
            columns = {code: position for code, position in found.items() if position is not None}
        lost = [column.label for column in field.columns if column.code not in columns]
        if not heads or not rows:
            self._fault("", f"Blanketten har förlorat tabellen ”{field.label}”")
            return 0, []
        if lost:
            place = f"rad {self.sheet.numbers[heads[0]]}"
            self._fault(place, f"Tabellen ”{field.label}” har förlorat kolumnen ”{'” och ”'.join(lost)}”")
        made = [Row(row, {c: self._value(row, at) for c, at in columns.items()}, columns) for row in rows]
        return heads[0], [row for row in made if not all(map(is_blank, row.answers.values()))]

    def _column_of(self, row: int, word: str) -> int | None:
        cells = self.sheet.rows[row]
        return next((n for n, value in enumerate(cells) if isinstance(value, str) and value.strip() == word), None)

    def _value(self, row: int, column: int) -> Value:
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def _fault(self, cell: str, found: str, action: str = _ANEW) -> None:
        allowed = "blankettens alla rader och kolumner, i vilken ordning som helst"
        self.faults.append(Fault(self.sheet.file, self.sheet.title, cell, Reason.FORM_DAMAGED, found, allowed, action))
