"""The year of rows in a table without any column for it: from a row that is a year, the sheet's name or its title.

A row that is nothing but a year ("2019", "År 2019") is the heading of the rows below it, up to the next. Without such
rows the year in the sheet's name ("2022", "Beslut 2022") or in the rows above the table ("Beviljade medel 2021") holds
for all rows, where it is the only one there. Dates, spans of years and laws are no such year, nor is a row that tells
when the file was made. ``year = ""`` under [ledger.columns] says that the rows have no year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import text_of
from portfolj.ledger.kinds import DATA, NOTE
from portfolj.ledger.table import Table
from portfolj.ledger.year_columns import year_of

_YEAR = re.compile(r"(?<![\d:/.–-])(?:199\d|20\d{2})(?![\d:/–-]|\.\d)")
_SPAN = re.compile(r"(?:19|20)\d{2}\s*[-–/]\s*(?:\d{4}|\d{2})\b(?!-)")
_MADE = re.compile(
    r"\b(?:uppdater\w*|utskri\w*|revider\w*|senast|version|lag|lagen|sparad|datum|skapad|per)\b", re.IGNORECASE
)
_SECTION = re.compile(r"(?:år(?:et)?\s)?((?:19|20)\d{2})", re.IGNORECASE)


@dataclass
class ImpliedYears:
    """Row -> year, the rows that are headings of years, and the remarks that tell where the years come from."""

    years: dict[int, int] = field(default_factory=dict)
    headings: list[int] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def implied_years(table: Table, kinds: Mapping[int, str], *, mapping: Mapping[str, str]) -> ImpliedYears:
    """The years of the table's data rows; nothing where the table has a year, a date or years as columns."""
    out, fields = ImpliedYears(), table.header.fields
    has_own = "year" in fields or "decision_date" in fields or any(year_of(f) for f in fields)
    if has_own or "year" in mapping or any(f in table.header.match.ambiguous for f in ("year", "decision_date")):
        return out
    data = [row for row, kind in kinds.items() if kind == DATA]
    sections = {row: year for row, kind in kinds.items() if kind == NOTE and (year := _section(table, row))}
    if sections:
        out.headings = list(sections)
        for row in data:
            above = [s for s in sections if s < row]
            if above:
                out.years[row] = sections[max(above)]
        years = ", ".join(str(year) for year in dict.fromkeys(sections.values()))
        out.remarks = [_remark(table, f"raderna med bara ett årtal gäller för raderna under dem: {years}")]
        return out
    above_table = [text_of(v) for row in table.sheet.rows[: table.header.first] for v in row]
    in_name, in_title = _years_in([table.sheet.title]), _years_in(above_table)
    if len(in_name | in_title) == 1 and data:
        (year,) = in_name | in_title
        where = "bladets namn" if in_name else "raden ovanför tabellen"
        out.years = dict.fromkeys(data, year)
        out.remarks = [_remark(table, f"{year} i {where} gäller för alla rader")]
    return out


def _section(table: Table, row: int) -> int | None:
    filled = table.filled(row)
    match = _SECTION.fullmatch(text_of(table.value(row, filled[0]))) if len(filled) == 1 else None
    return int(match[1]) if match else None


def _years_in(texts: Iterable[str]) -> set[int]:
    return {int(y) for text in texts if not (_SPAN.search(text) or _MADE.search(text)) for y in _YEAR.findall(text)}


def _remark(table: Table, what: str) -> Fault:
    found = f"Det finns ingen kolumn med år; {what}"
    action = 'Stämmer det inte: lägg till en kolumn År, eller skriv year = "" under [ledger.columns] i federation.toml'
    place = f"rad {table.sheet.numbers[table.header.last]}"
    return Fault(table.sheet.file, table.sheet.title, place, Reason.YEAR_FROM_TITLE, found, "", action)
