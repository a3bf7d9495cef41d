"""What calamine does not give of an ODS workbook: merged cells, hidden rows, formulas and error values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from portfolj.ledger.cells import UNCACHED, Span, Value, is_error_value

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_VALUES = ("value", "date-value", "time-value", "boolean-value", "string-value")


@dataclass
class Details:
    """One sheet, by 0-based (row, column). ``unread``: error values as text, UNCACHED for formulas without value.

    ``hidden`` holds runs of rows that are hidden or filtered out, empty rows at the sheet's end too.
    """

    merged: list[Span] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    unread: dict[tuple[int, int], Value] = field(default_factory=dict)
    hidden: list[range] = field(default_factory=list)


def ods_details(content: bytes) -> dict[str, Details]:
    """Title -> details of each sheet of the workbook whose bytes are ``content``."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    return {table.get(f"{_TABLE}name", ""): _details(table) for table in root.iter(f"{_TABLE}table")}


def _details(table: ElementTree.Element) -> Details:
    details = Details(hidden=list(_hidden(table)))
    for r, c, cell in _cells(table):
        across, down = (int(cell.get(f"{_TABLE}number-{kind}-spanned", "1")) for kind in ("columns", "rows"))
        if across > 1 or down > 1:
            details.merged.append(Span(r, c, r + down - 1, c + across - 1))
        formula = cell.get(f"{_TABLE}formula")
        text = "".join(cell.itertext()).strip()
        if formula:
            details.formulas[r, c] = formula
        if is_error_value(text):
            details.unread[r, c] = text
        elif formula and not text and not any(cell.get(f"{_OFFICE}{name}") for name in _VALUES):
            details.unread[r, c] = UNCACHED
    return details


def _hidden(table: ElementTree.Element) -> Iterator[range]:
    for r, row in _rows(table):
        if row.get(f"{_TABLE}visibility", "visible") != "visible":
            yield range(r, r + _repeated(row, "rows"))


def _cells(table: ElementTree.Element) -> Iterator[tuple[int, int, ElementTree.Element]]:
    for r, row in _rows(table):
        c = 0
        for cell in row:
            yield r, c, cell
            c += _repeated(cell, "columns")


def _rows(table: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    r = 0
    for row in table.iter(f"{_TABLE}table-row"):
        yield r, row
        r += _repeated(row, "rows")


def _repeated(element: ElementTree.Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
