"""Finding the header: the first row of headings that has rows of data below it, with title rows above it.

The first 60 rows are looked at. A header has a name column and one more known heading. Where no row has that, the row
whose headings are recognised best is taken: a name column alone, or three other known headings, so that the missing
name can be told. A header may take two rows: a group heading above its parts ("Belopp" over "Beviljat" and
"Utbetalt", or over years). A later row of other headings is a second table: see ``second_tables``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from portfolj.errors import Fault, Reason
from portfolj.federation import Unit
from portfolj.ledger.amounts import unit_in_heading, unit_in_title
from portfolj.ledger.cells import Sheet, Value, text_of
from portfolj.ledger.headings import AMOUNT_FIELDS, HeadingMatch, base_field, field_of_heading, match_headings
from portfolj.ledger.year_columns import over_years

_LOOK_AT = 60
_YEARS = range(1990, 2101)


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

    @property
    def amount_fields(self) -> list[str]:
        """The fields that hold amounts, those of year columns among them, in the order of the columns."""
        fields = (f for f in self.fields if base_field(f) in AMOUNT_FIELDS)
        return sorted(fields, key=lambda f: self.fields[f])

    def unit_of(self, field: str) -> Unit | None:
        """The unit that the sheet states for an amount column: in its heading, else in a row above the table."""
        return unit_in_heading(self.headings[self.fields[field]]) or self.title_unit


def find_header(sheet: Sheet, *, mapping: Mapping[str, str] | None = None) -> Header | None:
    """The sheet's header, or None where no row looks like one (a sheet of notes)."""
    candidates = [c for row in range(min(len(sheet.rows), _LOOK_AT)) for c in _candidates(sheet, row, mapping)]
    # With a name and one more heading a row is a header; the first that has data below it is the table's.
    sure = [(score, header) for score, header in candidates if _is_sure(header)]
    best: tuple[float, Header] | None = None
    for score, header in sure or candidates:
        if best is not None and sure and _has_data(sheet, best[1], header.first):
            break
        if best is None or score > best[0]:
            best = score, header
    if best is None:
        return None
    header = best[1]
    match = over_years(header.match, header.headings, sheet.rows[header.last + 1 :], mapping=mapping or {})
    return replace(header, match=match, title_unit=_title_unit(sheet, header.first))


def second_tables(sheet: Sheet, header: Header) -> list[Fault]:
    """One fault per later row of headings that are not the header's own: its rows can't be read with this header."""
    own = [_folded(sheet, row) for row in range(header.first, header.last + 1)]
    own.append({c: h.casefold() for c, h in enumerate(header.headings) if h})
    return [
        Fault(
            sheet.file,
            sheet.title,
            f"rad {sheet.numbers[row]}",
            Reason.TWO_TABLES,
            f"Bladet har två tabeller: rad {sheet.numbers[header.last]} har rubrikerna {_listed(header.headings)} "
            f"och rad {sheet.numbers[row]} har rubrikerna {_listed(map(text_of, sheet.rows[row]))}",
            "en tabell per blad, eller samma rubriker i samma kolumner i alla",
            "Lägg den ena tabellen på ett eget blad, eller ge dem samma rubriker",
        )
        for row in range(header.last + 1, len(sheet.rows))
        if _is_header_row(sheet, row) and not any(_folded(sheet, row).items() <= texts.items() for texts in own)
    ]


def repeats_header(sheet: Sheet, header: Header, row: int) -> bool:
    """Whether the row holds headings of the table again, in the same columns, and nothing else."""
    texts = _folded(sheet, row)
    own = [_folded(sheet, r) for r in range(header.first, header.last + 1)]
    own.append({c: h.casefold() for c, h in enumerate(header.headings) if h})
    return any(len(texts) >= min(2, len(o)) and texts.items() <= o.items() for o in own) and bool(texts)


def over_merged(sheet: Sheet, row: int, texts: Sequence[str]) -> list[str]:
    """The texts of a row with each merged one in all the columns that it stands over."""
    spread = list(texts)
    for span in sheet.merged:
        if span.top <= row <= span.bottom and span.left < len(texts):
            for column in range(span.left, min(span.right, len(texts) - 1) + 1):
                spread[column] = spread[column] or texts[span.left]
    return spread


def _candidates(sheet: Sheet, row: int, mapping: Mapping[str, str] | None) -> list[tuple[float, Header]]:
    single = _headings(sheet, row)
    found: list[tuple[float, Header]] = []
    if not any(single):
        return found
    for last, headings in ((row, single), (row + 1, _two_rows(sheet, row, single))):
        if headings is not None:
            match = match_headings(headings, mapping=mapping)
            # A second row must earn its place: what stands there may be data, or what stands above it a title.
            above_years = last > row and len(_years(_headings(sheet, last))) > 1
            score = _score(match, headings) - (0.5 if last > row and not above_years else 0) + above_years / 4
            if score > 0:
                found.append((score, Header(row, last, tuple(headings), match, None)))
    return found


def _is_sure(header: Header) -> bool:
    found = {*header.match.fields, *header.match.ambiguous}
    return "name" in found and (len(found) > 1 or bool(_years(header.headings)))


def _years(headings: Sequence[str]) -> list[str]:
    return [h for h in headings if h.isdigit() and len(h) == 4]


def _has_data(sheet: Sheet, header: Header, before: int) -> bool:
    """Whether a row between the header and ``before`` has a name and something more under the header's columns."""
    names = header.match.ambiguous.get("name") or [header.fields["name"]]
    for row in range(header.last + 1, before):
        filled = [c for c, value in enumerate(sheet.rows[row]) if text_of(value)]
        if len(filled) > 1 and set(names) & set(filled) and not repeats_header(sheet, header, row):
            return True
    return False


def _is_header_row(sheet: Sheet, row: int) -> bool:
    cells = [value for value in sheet.rows[row] if text_of(value)]
    if len(cells) < 2 or not all(isinstance(v, str) or _is_year(v) for v in cells):
        return False
    texts = [text_of(v) for v in cells]
    years = _years(texts)
    if len(years) == 1 or any(t[0].isdigit() for t in texts if t not in years):
        return False  # an entry: a year of its own, an amount
    known = [field for v in cells if isinstance(v, str) and (field := _known_field(text_of(v)))]
    return len(set(known)) > 1 and "name" in known and 2 * len(known) >= len(cells)


@lru_cache(maxsize=4096)
def _known_field(heading: str) -> str | None:
    found = field_of_heading(heading) if len(heading) < 60 else None
    return found[0] if found else None


def _folded(sheet: Sheet, row: int) -> dict[int, str]:
    return {c: text.casefold() for c, value in enumerate(sheet.rows[row]) if (text := text_of(value))}


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"”{text}”" for text in texts if text)


def _score(match: HeadingMatch, headings: Sequence[str]) -> float:
    found = {*match.fields, *match.ambiguous}
    if "name" in found:
        alone = sum(bool(h) for h in headings) == 1
        return len(found) if len(found) > 1 or alone else 0.6
    return len(found) - 0.5 if len(found) >= 3 and found & set(AMOUNT_FIELDS) else 0


def _headings(sheet: Sheet, row: int) -> list[str]:
    # Only text can be a heading, or a year; a data row has other numbers and dates as well.
    return [text_of(value) if isinstance(value, str) or _is_year(value) else "" for value in sheet.rows[row]]


def _is_year(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value in _YEARS


def _two_rows(sheet: Sheet, row: int, upper: list[str]) -> list[str] | None:
    if row + 1 >= len(sheet.rows):
        return None
    others = [v for v in sheet.rows[row + 1] if v is not None and not isinstance(v, str)]
    if not all(map(_is_year, others)) or len(others) == 1:
        return None
    lower = _headings(sheet, row + 1)
    if (
        not any(lower)
        or sum(bool(h) for h in lower) > sum(bool(h) for h in upper) + 6
        or any(len(h) > 60 for h in lower)
    ):
        return None
    spread = over_merged(sheet, row, upper)
    width = max(len(spread), len(lower))
    spread += [""] * (width - len(spread))
    lower += [""] * (width - len(lower))
    years = _years(lower)
    for column in range(1, width):
        # A group heading over years stands over all of them, merged or not.
        if lower[column] in years and lower[column - 1] in years and not spread[column]:
            spread[column] = spread[column - 1]
    return [f"{a} {b}" if a and b in years else _joined(a, b) for a, b in zip(spread, lower, strict=True)]


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
