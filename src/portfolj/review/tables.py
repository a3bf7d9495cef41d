"""The sheets of a review workbook as it comes back: found by their headings, wherever somebody has moved them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolj.errors import Fault
from portfolj.ledger.cells import Sheet, text_of
from portfolj.review.answers import Cell, Place


@dataclass(frozen=True)
class Table:
    """A sheet with headings. ``columns``: heading in small letters -> place of its column."""

    sheet: Sheet
    head: int
    columns: dict[str, int]
    headings: tuple[str, ...]
    faults: tuple[Fault, ...]

    def rows(self) -> Iterator[int]:
        """The rows below the headings."""
        return iter(range(self.head + 1, len(self.sheet.rows)))

    def cell(self, row: int, heading: str) -> Cell:
        """The cell under ``heading``; empty, and without an address, where the sheet has no such column."""
        column = self.columns.get(heading.casefold())
        if column is None:
            return Cell(None, Place(self.sheet.file, self.sheet.title, f"rad {self.sheet.numbers[row]}"))
        cells = self.sheet.rows[row]
        value = cells[column] if column < len(cells) else None
        return Cell(value, Place(self.sheet.file, self.sheet.title, self.sheet.address(row, column)))


def tables_with(sheets: Sequence[Sheet], *headings: str) -> list[Table]:
    """Each sheet that has a row with all of ``headings``, as a table; the first such row is its head."""
    wanted = {heading.casefold() for heading in headings}
    found = []
    for sheet in sheets:
        for place, row in enumerate(sheet.rows):
            texts = [text_of(value) for value in row]
            if wanted <= {text.casefold() for text in texts}:
                found.append(_table(sheet, place, texts))
                break
    return found


def _table(sheet: Sheet, head: int, texts: list[str]) -> Table:
    columns: dict[str, int] = {}
    faults = []
    for column, text in enumerate(texts):
        if text and text.casefold() in columns:
            first = sheet.address(head, columns[text.casefold()])
            place = Place(sheet.file, sheet.title, sheet.address(head, column))
            faults.append(
                place.fault(f"Rubriken ”{text}” står också i {first}", "varje rubrik en gång", "Ta bort den ena")
            )
        elif text:
            columns[text.casefold()] = column
    return Table(sheet, head, columns, tuple(text for text in texts if text), tuple(faults))
