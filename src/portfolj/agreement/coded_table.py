"""A file with coders' answers opened: which column holds what, cell by cell with addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portfolj.agreement.cells import Cell, checked_answer, checked_weight
from portfolj.agreement.columns import EXAMPLE, NOTE, TEXT_HEADINGS, about_rows, coder_columns
from portfolj.coding import Codebook
from portfolj.coding.codebook import TEXT_FIELDS
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.ledger.cells import Sheet, clean_text, text_of
from portfolj.ledger.headings import match_headings
from portfolj.ledger.opening import open_file


@dataclass
class CodedTable:
    """A sheet with coders' columns. ``answers``: (dimension, coder) -> columns by rank; ``notes``: coder -> column;
    ``texts``: field -> column; ``about``: key, stratum, weight, grade -> column; columns are 0-based places.
    """

    sheet: Sheet
    header: int
    answers: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    about: dict[str, int] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file's name."""
        return self.sheet.file

    @property
    def rows(self) -> list[int]:
        """Rows below the header that hold anything."""
        return [r for r in range(self.header + 1, len(self.sheet.rows)) if any(text_of(v) for v in self.sheet.rows[r])]

    def cell(self, row: int, column: int) -> Cell:
        """The cell at 0-based row and column."""
        values = self.sheet.rows[row]
        text = text_of(values[column]) if column < len(values) else ""
        return Cell(self.file, self.sheet.title, self.sheet.address(row, column), text)

    def about_cell(self, row: int, name: str) -> Cell | None:
        """The row's key, stratum, weight or grade; None where the table has no such column."""
        return self.cell(row, self.about[name]) if name in self.about else None

    def key(self, row: int) -> str:
        """The row's key, empty where there is none."""
        cell = self.about_cell(row, "key")
        return cell.text if cell else ""

    def answer_cells(self, row: int, dimension: str, coder: str) -> list[Cell]:
        """The filled cells of a coder's answer, in rank order."""
        cells = (self.cell(row, column) for column in self.answers.get((dimension, coder), ()))
        return [cell for cell in cells if cell.text]

    def faults(self, codebook: Codebook) -> Iterator[Fault]:
        """What is wrong with the table's own cells."""
        for row in self.rows:
            for dimension, coder in self.answers:
                yield from checked_answer(self.answer_cells(row, dimension, coder), dimension, codebook)[1]
            if cell := self.about_cell(row, "weight"):
                yield from checked_weight(cell)[1]
        if not self.rows:
            yield self.fault(Reason.NO_ROWS, "Det finns inga rader under rubrikerna", "", "Lägg till en rad per insats")

    def fault(self, reason: Reason, found: str, allowed: str, action: str) -> Fault:
        """A fault of the table as a whole."""
        return Fault(self.file, self.sheet.title, "", reason, found, allowed, action)


def open_table(path: Path, sheet: str | None = None) -> CodedTable:
    """The file's sheet with coders' columns, or the one with the title ``sheet``. Raises InputRefused."""
    sheets = open_file(path)
    if sheet is not None:
        wanted = clean_text(sheet).casefold()
        named = [s for s in sheets if clean_text(s.title).casefold() == wanted]
        if not named:
            listed = ", ".join(s.title for s in sheets if s.title)
            found = f"Bladet {sheet!r} finns inte"
            raise _refused(path, "", Reason.SHEET_MISSING, found, listed, "Rätta --sheet")
        sheets = named
    tables = [table for table in map(_recognised, sheets) if table is not None]
    if not tables:
        found = "Ingen rubrikrad har en kolumn för en kodares svar"
        raise _refused(path, sheet or "", Reason.COLUMN_MISSING, found, f"rubriker som {EXAMPLE}", "Rätta rubrikerna")
    if len(tables) > 1:
        listed = ", ".join(table.sheet.title for table in tables)
        found = "Flera blad har kolumner för kodares svar"
        raise _refused(path, "", Reason.SHEET_AMBIGUOUS, found, listed, "Välj ett med --sheet")
    return tables[0]


def _recognised(sheet: Sheet) -> CodedTable | None:
    """The sheet's table, from the first row that has a coder's column; None where there is no such row."""
    for number, row in enumerate(sheet.rows):
        headings = [text_of(value) for value in row]
        found = coder_columns(headings)
        if not any(column.dimension != NOTE for column in found.values()):
            continue
        table = CodedTable(sheet, number)
        for place, column in sorted(found.items(), key=lambda item: item[1].rank):
            if column.dimension == NOTE:
                table.notes.setdefault(column.coder, place)
            else:
                table.answers.setdefault((column.dimension, column.coder), []).append(place)
        for place, heading in enumerate(headings):
            if (name := about_rows(heading)) and place not in found:
                table.about.setdefault(name, place)
        taken = {*found, *table.about.values()}
        table.texts = _text_columns(["" if place in taken else heading for place, heading in enumerate(headings)])
        if (shared := _place_of((NOTE, "anteckning"), headings)) is not None:
            table.notes[""] = shared
        return table
    return None


def _text_columns(headings: Sequence[str]) -> dict[str, int]:
    """Field -> place: by the field's own name or the sample's heading, else by the headings that ledgers use."""
    exact = {name: place for name in TEXT_FIELDS
             if (place := _place_of((name, TEXT_HEADINGS[name].casefold()), headings)) is not None}  # fmt: skip
    known = match_headings(headings).fields
    found = {name: known[name] for name in TEXT_FIELDS if name in known and name not in exact}
    return exact | {name: place for name, place in found.items() if place not in exact.values()}


def _place_of(words: Sequence[str], headings: Sequence[str]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading.casefold() in words), None)


def _refused(path: Path, sheet: str, reason: Reason, found: str, allowed: str, action: str) -> InputRefused:
    return InputRefused(path.name, [Fault(path.name, sheet, "", reason, found, allowed, action)])
