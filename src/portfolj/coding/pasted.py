"""The fields of an intervention in a text that was pasted: a row with its headings, or ``Mål: Arbete``."""

from __future__ import annotations

import csv
import re

from portfolj.coding.codebook import TEXT_FIELDS
from portfolj.errors import PortfoljError
from portfolj.ledger.headings import field_of_heading, match_headings

_HEADED = re.compile(r"\s*([^\W\d_][^:\n]{1,40}):\s*(.*)", re.DOTALL)


def pasted_fields(text: str, *, unheaded: str = "description") -> dict[str, str]:
    """Field -> its text.

    - A heading row and a row as copied from a spreadsheet, cells parted by tabs: the columns that are fields.
    - Where the first line begins with a known heading and a colon: such a line opens a field, up to the next one.
    - Else the whole text is ``unheaded``, so that a colon within a description is never read as a heading.

    Raises PortfoljError where several rows were pasted, or two columns could be the same field.
    """
    lines = text.splitlines(keepends=True)
    if not lines:
        return {unheaded: text}
    if "\t" in lines[0] and len(match_headings(lines[0].split("\t")).fields) > 1:
        return _row(lines)
    if _heading(lines[0]) is None:
        return {unheaded: text}
    fields: dict[str, str] = {}
    field = unheaded
    for line in lines:
        headed = _heading(line)
        if headed:
            field, line = headed
        fields[field] = fields.get(field, "") + line
    return {field: told.strip() for field, told in fields.items()}


def _heading(line: str) -> tuple[str, str] | None:
    """The field that a line opens, and the rest of the line."""
    match = _HEADED.match(line)
    known = field_of_heading(match[1]) if match else None
    return (known[0], match[2]) if match and known is not None and known[0] in TEXT_FIELDS else None


def _row(lines: list[str]) -> dict[str, str]:
    headings, *rows = [row for row in csv.reader(lines, delimiter="\t") if any(cell.strip() for cell in row)]
    if len(rows) != 1:
        raise PortfoljError(f"{len(rows)} rader under rubrikraden. Klistra in rubrikraden och en rad i taget.")
    match = match_headings(headings)
    doubled = [headings[place] for field in match.ambiguous if field in TEXT_FIELDS for place in match.ambiguous[field]]
    if doubled:
        raise PortfoljError(f"Kolumnerna {', '.join(doubled)} kan vara samma fält. Ta bort den ena.")
    return {
        field: rows[0][place].strip()
        for field, place in match.fields.items()
        if field in TEXT_FIELDS and place < len(rows[0])
    }
