"""The fields of an intervention in a text that was pasted or written as lines: ``Sökande: Flens kommun``."""

from __future__ import annotations

import re
from collections.abc import Collection

from portfolj.coding.codebook import TEXT_FIELDS
from portfolj.ledger.headings import field_of_heading

_HEADED = re.compile(r"\s*([^\W\d_][^:\n]{1,40}):\s*(.*)", re.DOTALL)


def pasted_fields(text: str, *, unheaded: str = "description") -> dict[str, str]:
    """Field -> its text. A line that begins with a known heading and a colon opens a field, up to the next such line.

    Lines before the first heading belong to ``unheaded``; so does the whole text where its first line has none, so
    that a colon within a description is never read as a heading.
    """
    lines = text.splitlines(keepends=True)
    if not lines or _heading(lines[0]) is None:
        return {unheaded: text}
    fields: dict[str, str] = {}
    field = unheaded
    for line in lines:
        headed = _heading(line)
        if headed:
            field, line = headed
        fields[field] = fields.get(field, "") + line
    return {field: told.strip() for field, told in fields.items()}


def _heading(line: str, fields: Collection[str] = TEXT_FIELDS) -> tuple[str, str] | None:
    """The field that a line opens, and the rest of the line."""
    match = _HEADED.match(line)
    if not match:
        return None
    known = field_of_heading(match[1])
    return (known[0], match[2]) if known is not None and known[0] in fields else None
