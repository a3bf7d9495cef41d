"""A form that somebody has filled in: its answers, each with the cell that it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import Sheet, Value, is_blank, text_of
from portfolj.ledger.filled.definition import Form
from portfolj.ledger.personal_numbers import mask_personal_numbers

Cell = tuple[int, int]  # 0-based row and column


@dataclass(frozen=True)
class Row:
    """A row of a table in which something stands. ``row`` is 0-based; a column that is not there has no cell."""

    row: int
    answers: Mapping[str, Value]
    columns: Mapping[str, int]

    def text(self, code: str) -> str:
        """The answer as text, empty where there is none."""
        return text_of(self.answers.get(code))


@dataclass(frozen=True)
class FilledForm:
    """The answers of one sheet, as they stand. ``tables`` hold only rows in which something stands.

    ``faults``: what makes the sheet unfit to be read as a form, such as a row of it that is gone.
    """

    form: Form
    sheet: Sheet
    answers: Mapping[str, Value]
    places: Mapping[str, Cell]
    tables: Mapping[str, Sequence[Row]]
    heads: Mapping[str, int]
    faults: tuple[Fault, ...] = ()

    def text(self, code: str) -> str:
        """The answer to a field as text, empty where there is none."""
        return text_of(self.answers.get(code))

    def rows(self, code: str) -> Sequence[Row]:
        """The rows of a table in which something stands."""
        return self.tables.get(code, ())

    def address(self, code: str) -> str:
        """The cell of a field; empty where the form has lost it."""
        return self.sheet.address(*self.places[code]) if code in self.places else ""

    def row_address(self, row: Row, code: str) -> str:
        """The cell of a column in a row of a table."""
        return self.sheet.address(row.row, row.columns[code]) if code in row.columns else f"rad {self.number(row)}"

    def number(self, row: Row) -> int:
        """The row as it is numbered in the sheet."""
        return self.sheet.numbers[row.row]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything in it."""
        return all(map(is_blank, self.answers.values())) and not any(self.tables.values())

    def fault(self, cell: str, reason: Reason, found: str, allowed: str, action: str) -> Fault:
        """A fault of a cell of the form, or a remark on it. No personal number is repeated."""
        file, title, told = map(mask_personal_numbers, (self.sheet.file, self.sheet.title, found))
        return Fault(file, title, cell, reason, told, allowed, action)
