"""Years as columns: ``Insats, Beviljat 2019, Beviljat 2020`` or ``Insats, 2019, 2020``, one amount per year and row.

- A year column has a heading that is a bare year over numbers, or that of an amount with a single year. Under a bare
  year stand granted amounts. Two or more of them are read as one entry per cell, of the column's year; a single one
  where the table has no year of its own.
- 0 in a year column is no entry where another year of the row has an amount: nothing was granted that year.
- Another column of granted amounts, or one called a total, is compared with the years' sum and never counted. A total
  that differs is remarked on; any other that differs is refused.
- Settings that name an amount column under [ledger.columns] go before all this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from portfolj.ledger.amounts import without_unit
from portfolj.ledger.cells import Value, clean_text, text_of
from portfolj.ledger.headings import AMOUNT_FIELDS, HeadingMatch, field_of_heading

_YEAR = re.compile(r"\b(?:19[9]\d|20\d{2})\b")
_TOTAL = frozenset({"summa", "total", "totalt", "tot", "totalsumma", "totalbelopp", "sammanlagt"})
_BESIDE_TOTAL = frozenset({"beviljat", "beviljade", "belopp", "medel", "alla", "år", "för"})


def over_years(
    match: HeadingMatch, headings: Sequence[str], body: Sequence[Sequence[Value]], *, mapping: Mapping[str, str]
) -> HeadingMatch:
    """The match with a field per year column (``granted@2019``), and the columns that hold their totals."""
    if any(field in mapping for field in AMOUNT_FIELDS):
        return match
    years_alone = [p for p in match.ambiguous.get("year", []) if _year_column(headings[p], p, body)]
    if years_alone and years_alone == match.ambiguous["year"]:
        # "År 2019" beside "År 2020": columns of these years, not columns that say the year.
        match = replace(match, ambiguous={f: c for f, c in match.ambiguous.items() if f != "year"})
    own_year = "year" in match.fields or "year" in match.ambiguous
    dated = own_year or "decision_date" in match.fields
    columns: dict[str, dict[int, int]] = {}
    for position, heading in enumerate(headings):
        found = _year_column(heading, position, body)
        if found and position not in {c for f, c in match.fields.items() if f not in AMOUNT_FIELDS}:
            field, year, bare = found
            others = [f for f in AMOUNT_FIELDS if f in match.fields or f in match.ambiguous]
            if not (bare and own_year and others):
                columns.setdefault(field, {})[position] = year
    columns = {
        field: years
        for field, years in columns.items()
        if len(set(years.values())) == len(years) and (len(years) > 1 or not dated)
    }
    if not columns:
        return match
    fields, ambiguous, totals = dict(match.fields), dict(match.ambiguous), {}
    for field, years in columns.items():
        for plain in ("amount", "granted") if field == "granted" else (field,):
            for position in [*ambiguous.pop(plain, []), *([fields.pop(plain)] if plain in fields else [])]:
                if position not in years:
                    totals[position] = field
        fields |= {f"{field}@{year}": position for position, year in years.items()}
    if "granted" in columns:
        totals |= {
            position: "granted"
            for position, heading in enumerate(headings)
            if position not in fields.values() and is_total_heading(heading)
        }
    return replace(match, fields=fields, ambiguous=ambiguous, totals=totals)


def year_of(field: str) -> int | None:
    """The year of a year column's field: 2019 for ``granted@2019``; None for any other field."""
    _, _, year = field.partition("@")
    return int(year) if year else None


def is_total_heading(heading: str) -> bool:
    """Whether the heading says that its column is a total, such as ``Totalt`` or ``Summa (tkr)``."""
    words = set(re.sub(r"[\d–-]", " ", _plain(heading)).split())
    return bool(words & _TOTAL) and words <= _TOTAL | _BESIDE_TOTAL


def _year_column(heading: str, position: int, body: Sequence[Sequence[Value]]) -> tuple[str, int, bool] | None:
    years = _YEAR.findall(heading)
    if len(years) != 1 or re.search(r"\d\s*[-–/]\s*\d", heading):
        return None
    if _plain(_YEAR.sub(" ", heading)) in ("", "år"):
        numbers = any(position < len(row) and _is_number(row[position]) for row in body)
        return ("granted", int(years[0]), True) if numbers else None
    known = field_of_heading(heading)
    if not known or known[0] not in AMOUNT_FIELDS:
        return None
    return "granted" if known[0] == "amount" else known[0], int(years[0]), False


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return bool(re.search(r"\d", value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(heading: str) -> str:
    return clean_text(re.sub(r"[.:;,()\[\]]", " ", without_unit(text_of(heading)))).casefold()
