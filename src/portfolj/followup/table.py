"""The rows below a header, column by column: each distinct value once, so that half a million rows read quickly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.headings import Header, is_mapped
from portfolj.ledger.cells import Sheet, Uncached, Value, is_blank, is_error_value, text_of

EMPTY_ROW, SUM_ROW, NOTE_ROW, HEADER_REPEAT = "empty_row", "sum_row", "note_row", "header_repeat"
_SUM_WORD = re.compile(
    r"(?:del|total|slut)?summa(?:\s.*)?|totalt?(?: antal)?|s:a|sum|(?:samtliga|alla)(?: insatser)?"
    r"|antal(?: rader| personer| deltagare)?:?(?: \d+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Column:
    """``values``: the distinct cells; ``codes``: per row of the body, which of them it has."""

    codes: np.ndarray
    values: Sequence[Value]

    def each(self, read: Callable[[Value], Any]) -> np.ndarray:
        """Per row what ``read`` says of its cell; every distinct cell is asked for once."""
        return objects([read(value) for value in self.values])[self.codes]


@dataclass
class Table:
    """A sheet's rows below its header. ``aside``: per row why it is not used, empty where it is."""

    sheet: Sheet
    header: Header
    kind: str
    aside: np.ndarray = field(init=False)
    _columns: dict[int, Column] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.aside = np.full(len(self), "", dtype=object)
        self._sort_rows()

    def __len__(self) -> int:
        return max(len(self.sheet.rows) - self.header.row - 1, 0)

    @property
    def width(self) -> int:
        """How many columns have a heading or anything under it."""
        return max(len(self.header.headings), max(map(len, self.sheet.rows[self.header.row + 1 :]), default=0))

    @property
    def used(self) -> np.ndarray:
        """Per row whether it is used."""
        return self.aside == ""

    def number(self, row: int) -> int:
        """The row of the body as it is numbered in the sheet, or the line of the text file."""
        return self.sheet.numbers[self.header.row + 1 + row]

    def address(self, row: int, position: int) -> str:
        """``J14`` for a row of the body and a column."""
        return self.sheet.address(self.header.row + 1 + row, position)

    def column(self, position: int) -> Column:
        """The cells of a column, merged cells filled."""
        if position not in self._columns:
            first = self.header.row + 1
            cells: list[Value] = [row[position] if position < len(row) else None for row in self.sheet.rows[first:]]
            for span in self.sheet.merged:
                if span.left <= position <= span.right and span.bottom > span.top >= first:
                    value = cells[span.top - first]
                    for row in range(span.top, min(span.bottom, len(self.sheet.rows) - 1) + 1):
                        cells[row - first] = value
            if not self.sheet.is_text:
                # True and 1 are equal to Python, and not to anybody else.
                cells = [text_of(cell) if isinstance(cell, bool) else cell for cell in cells]
            order: dict[Value, int] = {}
            codes = np.fromiter(
                (order.setdefault(cell, len(order)) for cell in cells), dtype=np.int64, count=len(cells)
            )
            self._columns[position] = Column(codes, list(order))
        return self._columns[position]

    def positions(self, name: str) -> list[int]:
        """The columns of a field; none where it has none."""
        return self.header.fields.get(name, [])

    def texts(self, name: str) -> np.ndarray:
        """Per row the field's text, or its constant; empty where the table has no such field."""
        for position in self.positions(name):
            return self.column(position).each(text_of)
        return np.full(len(self), self.header.constants.get(name, ""), dtype=object)

    def set_aside(self, rows: np.ndarray, reason: str) -> None:
        """Marks the rows (booleans) that are still used as not used."""
        self.aside[rows & self.used] = reason

    def set_aside_sums(self, position: int) -> None:
        """Marks the rows whose cell in the column says that they sum up others (``Totalt``)."""
        is_sum = self.column(position).each(lambda v: isinstance(v, str) and bool(_SUM_WORD.fullmatch(text_of(v))))
        self.set_aside(is_sum.astype(bool), SUM_ROW)

    def _sort_rows(self) -> None:
        filled = np.zeros(len(self), dtype=int)
        for position in range(self.width):
            filled += self.column(position).each(_is_filled).astype(bool)
        self.set_aside(filled == 0, EMPTY_ROW)
        known = sorted(c for columns in self.header.fields.values() for c in columns)
        for texts in self.header.written:
            # A row of a header in two is known by all that stands in it; the fields may stand in the other.
            of_header = known if len(self.header.written) == 1 else [p for p, text in enumerate(texts) if text]
            repeated = np.ones(len(self), dtype=bool)
            for position in sorted(of_header, key=lambda p: len(self.column(p).values)):
                if repeated.any():
                    folded = self.column(position).each(lambda value: text_of(value).casefold())
                    repeated &= (folded == texts[position].casefold()).astype(bool)
            self.set_aside(repeated, HEADER_REPEAT)
        labels = {*self.positions("intervention"), *self.positions("person"), *({0} - set(known))}
        for position in labels if is_mapped(self.kind) and self.kind not in ("goals", "published") else ():
            self.set_aside_sums(position)
        if len(known) > 2:
            self.set_aside(filled == 1, NOTE_ROW)


def cell_reader(read: Callable[[Value], Any]) -> Callable[[Value], Any]:
    """The same reader, which refuses cells that no reader can make anything of."""

    def checked(value: Value) -> Any:
        if isinstance(value, Uncached):
            raise CellFault(
                Reason.FORMULA_WITHOUT_VALUE, "Formeln har inget sparat värde", "",
                "Öppna filen i Excel, låt den räkna om och spara",
            )  # fmt: skip
        if is_error_value(value):
            raise CellFault(Reason.ERROR_VALUE, "Cellen håller ett felvärde", "", "Rätta formeln eller skriv värdet")
        return read(value)

    return checked


def _is_filled(value: Value) -> bool:
    if isinstance(value, str) and value.isascii():
        return not (not value or value.isspace())
    return not is_blank(value)


def objects(values: Sequence[Any]) -> np.ndarray:
    """The values as an array of objects, also where they are tuples of one length."""
    made = np.empty(len(values), dtype=object)
    for n, value in enumerate(values):
        made[n] = value
    return made
