"""A sheet below its header, column by column: texts with merged cells filled, and amounts in öre."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from portfolj.federation import Unit
from portfolj.ledger.amounts import Amount, AmountUnreadable, decimal_mark_of, parse_amount
from portfolj.ledger.cells import Sheet, Value, column_letters, is_error_value, text_of
from portfolj.ledger.header import Header
from portfolj.ledger.headings import AMOUNT_FIELDS, base_field

_SUM_FORMULA = re.compile(
    r"^(?:of:)?=\s*(?:SUM|SUMMA|SUBTOTAL|DELSUMMA|AGGREGATE|MÄNGD)\((?:\d+\s*[;,]\s*){0,2}"
    r"\[?\.?\$?(?P<from>[A-Z]{1,3})\$?(?P<first>\d+):\.?\$?(?P<to>[A-Z]{1,3})\$?(?P<last>\d+)\]?\)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Table:
    """The rows below a header. All rows are 0-based rows of the sheet."""

    sheet: Sheet
    header: Header
    units: dict[str, Unit] = field(default_factory=dict)
    _values: dict[str, dict[int, Value]] = field(default_factory=dict, compare=False, repr=False)
    _texts: dict[str, dict[int, str]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def body(self) -> range:
        """The rows below the header."""
        return range(self.header.last + 1, len(self.sheet.rows))

    @property
    def amount_fields(self) -> list[str]:
        """The fields of the table that hold amounts, in the order of the columns."""
        return self.header.amount_fields

    def value(self, row: int, column: int) -> Value:
        """The cell as it stands; None beyond the end of a short row."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def values(self, name: str) -> dict[int, Value]:
        """Row -> the field's cell. A cell merged over several rows holds for each of them, never so for amounts."""
        if name not in self._values:
            self._values[name] = self._read(name)
        return self._values[name]

    def _read(self, name: str) -> dict[int, Value]:
        column = self.header.fields.get(name)
        if column is None:
            return {}
        values = {row: self.value(row, column) for row in self.body}
        if base_field(name) not in AMOUNT_FIELDS:
            for span in self.sheet.merged:
                if span.left <= column <= span.right and span.bottom > span.top > self.header.last:
                    merged = self.value(span.top, span.left)
                    values.update(
                        dict.fromkeys(range(span.top, min(span.bottom, len(self.sheet.rows) - 1) + 1), merged)
                    )
        return values

    def texts(self, name: str) -> dict[int, str]:
        """Row -> the field's text; empty for error values, which ``error_cells`` lists."""
        if name not in self._texts:
            self._texts[name] = self._read_texts(name)
        return self._texts[name]

    def _read_texts(self, name: str) -> dict[int, str]:
        known: dict[str, str] = {}
        texts = {}
        for row, value in self.values(name).items():
            if isinstance(value, str):
                text = known.get(value)
                if text is None:
                    text = known[value] = "" if is_error_value(value) else text_of(value)
                texts[row] = text
            else:
                texts[row] = text_of(value)
        if name == "name":
            # A dash or a question mark is no name.
            return {row: text if any(c.isalnum() for c in text) else "" for row, text in texts.items()}
        return texts

    @cached_property
    def amounts(self) -> dict[str, dict[int, Amount | AmountUnreadable | None]]:
        """Amount field -> row -> what its cell gives. Nothing is refused here: a sum row may hold anything."""
        return {name: self._amounts(name) for name in self.amount_fields}

    def _amounts(self, name: str) -> dict[int, Amount | AmountUnreadable | None]:
        values = self.values(name)
        mark = decimal_mark_of(values.values())
        unit = self.units.get(name, Unit.KR)
        known: dict[tuple[type, Value], Amount | AmountUnreadable | None] = {}
        found = {}
        for row, value in values.items():
            key = (type(value), value)
            if key not in known:
                try:
                    known[key] = parse_amount(value, unit=unit, decimal_mark=mark)
                except AmountUnreadable as error:
                    known[key] = error
            found[row] = known[key]
        return found

    def sum_range(self, row: int, column: int) -> range | None:
        """The 0-based rows that a SUM formula in the cell adds up in its own column; None for any other cell."""
        formula = self.sheet.formulas.get((row, column))
        match = _SUM_FORMULA.match(formula.strip()) if formula else None
        if not match or {match["from"].upper(), match["to"].upper()} != {column_letters(column)}:
            return None
        return range(int(match["first"]) - 1, int(match["last"]))

    def filled(self, row: int) -> list[int]:
        """The columns of the row that hold something."""
        cells: Sequence[Value] = self.sheet.rows[row]
        return [
            c
            for c, value in enumerate(cells)
            if value is not None and value != "" and (not isinstance(value, str) or value.strip())
        ]
