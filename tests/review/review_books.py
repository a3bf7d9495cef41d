"""Review workbooks as a person changes them: cells found by the intervention's key and the column's heading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl


def fill(path: Path, cells: Mapping[tuple[str, str], Any], *, by: str = "") -> None:
    """Writes ``cells`` ((key, heading) -> value) into the sheet of interventions, and ``by`` on the cover."""
    book = openpyxl.load_workbook(path, rich_text=True)
    if by:
        (label,) = [row[0] for row in book["Läs först"].iter_rows() if row[0].value == "Beslutat av"]
        label.offset(column=1).value = by
    for (key, heading), value in cells.items():
        cell_of(book, key, heading).value = value
    book.save(path)


def cell_of(book: Any, key: str, heading: str) -> Any:
    """The cell of an intervention under a heading."""
    sheet = book["Insatser"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    (row,) = [cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[columns["Nyckel"] - 1].value == key]
    return sheet.cell(row, columns[heading])


def review_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of the sheet of interventions, by heading."""
    sheet = openpyxl.load_workbook(path)["Insatser"]
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]
