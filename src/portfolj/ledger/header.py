"""Finding the header: the row whose headings are recognised best, with title rows above it.

The first 60 rows are looked at. A header has a name column (or, failing that, three other known headings, so that the
missing name can be told), and may take two rows: a group heading above its parts ("Belopp" over "Beviljat" and
"Utbetalt").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolj.federation import Unit
from portfolj.ledger.amounts import unit_in_heading, unit_in_title
from portfolj.ledger.cells import Sheet, text_of
from portfolj.ledger.headings import AMOUNT_FIELDS, HeadingMatch, match_headings

_LOOK_AT = 60


@dataclass(frozen=True)
class Header:
    """Where the header is (0-based rows, ``first`` to ``last``), its headings by column, what they were taken for."""

    first: int
    last: int
    headings: tuple[str, ...]
    match: HeadingMatch
    title_unit: Unit | None

    @property
    def fields(self) -> Mapping[str, int]:
        """Field -> 0-based column."""
        return self.match.fields

    def unit_of(self, field: str) -> Unit | None:
        """The unit that the sheet states for an amount column: in its heading, else in a row above the table."""
        return unit_in_heading(self.headings[self.fields[field]]) or self.title_unit


def find_header(sheet: Sheet, *, mapping: Mapping[str, str] | None = None) -> Header | None:
    """The sheet's header, or None where no row looks like one (a sheet of notes)."""
    best: Header | None = None
    best_score = 0.0
    for row in range(min(len(sheet.rows), _LOOK_AT)):
        single = _headings(sheet, row)
        if not any(single):
            continue
        for last, headings in ((row, single), (row + 1, _two_rows(sheet, row, single))):
            if headings is None:
                continue
            match = match_headings(headings, mapping=mapping)
            # A second row must earn its place: what stands there may be data, or what stands above it a title.
            score = _score(match, headings) - (0.5 if last > row else 0)
            if score > best_score:
                best_score = score
                best = Header(row, last, tuple(headings), match, None)
    if best is None:
        return None
    return Header(best.first, best.last, best.headings, best.match, _title_unit(sheet, best.first))


def _score(match: HeadingMatch, headings: Sequence[str]) -> float:
    found = {*match.fields, *match.ambiguous}
    if "name" in found:
        alone = sum(bool(h) for h in headings) == 1
        return len(found) if len(found) > 1 or alone else 0.6
    return len(found) - 0.5 if len(found) >= 3 and found & set(AMOUNT_FIELDS) else 0


def _headings(sheet: Sheet, row: int) -> list[str]:
    # Only text can be a heading; a data row has numbers and dates as well.
    return [text_of(value) if isinstance(value, str) else "" for value in sheet.rows[row]]


def _two_rows(sheet: Sheet, row: int, upper: list[str]) -> list[str] | None:
    if row + 1 >= len(sheet.rows) or any(v is not None and not isinstance(v, str) for v in sheet.rows[row + 1]):
        return None
    lower = _headings(sheet, row + 1)
    if (
        not any(lower)
        or sum(bool(h) for h in lower) > sum(bool(h) for h in upper) + 6
        or any(len(h) > 60 for h in lower)
    ):
        return None
    spread = list(upper)
    for span in sheet.merged:
        if span.top <= row <= span.bottom and span.left < len(upper):
            for column in range(span.left, min(span.right, len(upper) - 1) + 1):
                spread[column] = spread[column] or upper[span.left]
    width = max(len(spread), len(lower))
    spread += [""] * (width - len(spread))
    lower += [""] * (width - len(lower))
    return [_joined(above, below) for above, below in zip(spread, lower, strict=True)]


def _joined(above: str, below: str) -> str:
    if not (above and below):
        return above or below
    # "Belopp (tkr)" over "Beviljat": the part is the heading, and the group lends its unit.
    unit = unit_in_heading(above)
    return f"{below} ({unit})" if unit and not unit_in_heading(below) else below


def _title_unit(sheet: Sheet, header_row: int) -> Unit | None:
    units = {
        unit
        for row in sheet.rows[:header_row]
        for value in row
        if isinstance(value, str) and (unit := unit_in_title(value))
    }
    return units.pop() if len(units) == 1 else None
