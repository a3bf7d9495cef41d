"""Rows written as files that are the same bytes every time: CSV with commas or semicolons, and Excel."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

# A workbook keeps the time it was made; a fixed one makes the file the same each time.
MADE = datetime(2023, 1, 31)

Row = Mapping[str, object]


def write_csv(path: Path, rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """One line per row under the first row's headings; dates as 2021-04-01, what is missing as nothing."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_workbook(path: Path, rows: Sequence[Row], *, sheet: str, title: str) -> None:
    """A title, an empty row, the headings and one row per row, on one sheet; dates as dates."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": MADE})
    page = book.add_worksheet(sheet)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    page.write(0, 0, title, bold)
    for column, heading in enumerate(rows[0]):
        page.write(2, column, heading, bold)
        page.set_column(column, column, max(12, len(heading) + 2))
    for r, row in enumerate(rows, start=3):
        for c, value in enumerate(row.values()):
            if isinstance(value, date):
                page.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
            elif value not in (None, ""):
                page.write(r, c, value)
    page.freeze_panes(3, 1)
    book.close()
