"""decisions.csv as it stands: whatever a person keeps in it goes back unchanged when a decision is added.

Comma or semicolon, with or without a byte order mark, columns and rows of the writer's own: all of it is kept. Only
the cells that a decision is about are written anew, and personal numbers are masked in every cell that is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from portfolj.ledger.cells import clean_text
from portfolj.ledger.personal_numbers import mask_personal_numbers

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def read_text(path: Path) -> str:
    """The file as text, UTF-8 or as Excel saves in Western Europe, without a byte order mark."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """Comma or semicolon: the one that there is more of in the first line."""
    first_line = text.split("\n", 1)[0]
    return ";" if first_line.count(";") > first_line.count(",") else ","


def filled_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The line where each row ends and its cells, headings first; rows with nothing under a heading are passed over."""
    reader = _reader(text)
    headings: list[str] | None = None
    for cells in reader:
        if headings is None or _is_filled(cells, headings):
            yield reader.line_num, cells
        headings = cells if headings is None else headings


@dataclass(frozen=True)
class DecisionsFile:
    """A decisions file cell by cell; ``rows`` without the headings, empty ones among them.

    A row is told by its place among those that hold something, which is its place in the frame of ``parse_decisions``.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    delimiter: str = ","
    has_mark: bool = True
    line_end: str = "\n"

    def changed(
        self, *, written: Mapping[int, Mapping[str, str]], added: Iterable[Mapping[str, str]], removed: Iterable[int]
    ) -> DecisionsFile:
        """The file with cells, by heading, ``written`` in its rows, rows ``added`` last and some ``removed``.

        A column that the file lacks is added after the others.
        """
        new = list(added)
        headings = [clean_text(heading) for heading in self.headings]
        headings += [""] * (max((len(row) for row in self.rows), default=0) - len(headings))
        asked = dict.fromkeys(heading for cells in (*written.values(), *new) for heading in cells)
        headings += [heading for heading in asked if heading not in headings]
        filled = [place for place, row in enumerate(self.rows) if _is_filled(row, self.headings)]
        cells_at = {filled[number]: cells for number, cells in written.items()}
        gone = {filled[number] for number in removed}
        old = [
            _with(row, cells_at.get(place, {}), headings) for place, row in enumerate(self.rows) if place not in gone
        ]
        return replace(
            self,
            headings=(*self.headings, *headings[len(self.headings) :]),
            rows=(*old, *(_with((), cells, headings) for cells in new)),
        )

    @property
    def text(self) -> str:
        """The file as text, without personal numbers."""
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=self.delimiter, lineterminator=self.line_end)
        writer.writerows([[mask_personal_numbers(cell) for cell in row] for row in (self.headings, *self.rows)])
        return stream.getvalue()

    @property
    def content(self) -> bytes:
        """The file as bytes in UTF-8, with its byte order mark if it has one."""
        return ((_MARK if self.has_mark else "") + self.text).encode()


def open_decisions(path: Path, *, headings: Sequence[str]) -> DecisionsFile:
    """The file at ``path``; where there is none, an empty one with ``headings`` and a byte order mark for Excel."""
    text = read_text(path) if path.is_file() else ""
    if not text.strip():
        return DecisionsFile(tuple(headings))
    first, *rows = [tuple(cells) for cells in _reader(text)]
    content = path.read_bytes()
    # A file that Excel saved in its own character set is kept readable for Excel.
    has_mark = content.startswith(_MARK.encode()) or content.decode(errors="ignore").encode() != content
    return DecisionsFile(first, tuple(rows), delimiter_of(text), has_mark, "\r\n" if "\r\n" in text else "\n")


def _with(row: Sequence[str], cells: Mapping[str, str], headings: Sequence[str]) -> tuple[str, ...]:
    if not row and not cells:
        return ()  # an empty line stays one
    wide = [*row, *[""] * (len(headings) - len(row))]
    for heading, text in cells.items():
        wide[headings.index(heading)] = guarded(text)
    return tuple(wide)


def _reader(text: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))


def _is_filled(cells: Sequence[str], headings: Sequence[str]) -> bool:
    return any(clean_text(cell) and clean_text(heading) for cell, heading in zip(cells, headings, strict=False))
