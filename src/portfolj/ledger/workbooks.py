"""Workbooks: XLSX through openpyxl (formulas, merged cells and formats are needed), XLS and ODS through calamine."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from portfolj.errors import Fault, InputRefused, Reason
from portfolj.ledger.cells import UNCACHED, Sheet, Span, Value, is_blank
from portfolj.ledger.ods_cells import Details, ods_details
from portfolj.ledger.xls_cells import hidden_values


def read_xlsx(path: Path, content: bytes) -> list[Sheet]:
    """Every sheet of an XLSX workbook. Raises InputRefused where it can't be read."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations that it does not keep
            values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(content)) if _has_formulas(content) else None
    except Exception as error:  # whatever a damaged workbook makes the library raise
        raise unreadable(path, error) from None
    return [
        _xlsx_sheet(path.name, sheet, formulas[sheet.title] if formulas else None, values.epoch.year == 1904)
        for sheet in values.worksheets
    ]


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f>" in data or b"<f " in data or b":f>" in data for data in map(archive.read, sheets))


def _xlsx_sheet(file: str, values: Any, formulas: Any, from_1904: bool) -> Sheet:
    rows: list[list[Value]] = []
    formats: dict[tuple[int, int], str] = {}
    for r, cells in enumerate(values.iter_rows(min_row=1, min_col=1)):
        row: list[Value] = []
        for c, cell in enumerate(cells):
            value = cell.value
            row.append(plain(value))
            if isinstance(value, int | float) and not isinstance(value, bool) and cell.number_format != "General":
                formats[r, c] = cell.number_format
        rows.append(row)
    written: dict[tuple[int, int], str] = {}
    for r, cells in enumerate(formulas.iter_rows(min_row=1, min_col=1) if formulas is not None else ()):
        for c, cell in enumerate(cells):
            if cell.data_type == "f":
                written[r, c] = str(getattr(cell.value, "text", None) or cell.value)
                if rows[r][c] is None:
                    rows[r][c] = UNCACHED
    merged = [Span(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in values.merged_cells.ranges]
    hidden = frozenset(n - 1 for n, row in values.row_dimensions.items() if row.hidden)
    sheet = trimmed(file, values.title, rows, merged, written, formats, hidden, from_1904)
    return replace(sheet, hidden=values.sheet_state != "visible")


def read_calamine(path: Path, content: bytes) -> list[Sheet]:
    """Every sheet of an XLS or ODS workbook. Raises InputRefused where it can't be read."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        details = ods_details(content) if content.startswith(b"PK") else _xls_details(content, workbook)
        hidden_titles = {s.name for s in workbook.sheets_metadata if not str(s.visible).endswith(".Visible")}
        for title in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(title)
            rows: list[list[Value]] = [[plain(v) for v in row] for row in sheet.to_python(skip_empty_area=False)]
            own = details.get(title, Details())
            merged = own.merged or [
                Span(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            for (r, c), value in own.unread.items():
                while r >= len(rows):
                    rows.append([])
                rows[r] += [None] * (c + 1 - len(rows[r]))
                if rows[r][c] is None or value is not UNCACHED:
                    rows[r][c] = value
            hidden = frozenset(r for run in own.hidden for r in range(run.start, min(run.stop, len(rows))))
            made = trimmed(path.name, title, rows, merged, own.formulas, {}, hidden, False)
            sheets.append(replace(made, hidden=title in hidden_titles))
    except InputRefused:
        raise
    except Exception as error:  # whatever a damaged workbook makes the library raise
        raise unreadable(path, error) from None
    return sheets


def _xls_details(content: bytes, workbook: Any) -> dict[str, Details]:
    worksheets = [sheet.name for sheet in workbook.sheets_metadata if str(sheet.typ).endswith("WorkSheet")]
    unread = zip(worksheets, hidden_values(content), strict=False)
    return {title: Details(unread=values) for title, values in unread}


def plain(value: Any) -> Value:
    """A cell as a library gives it, as a ``Sheet`` has it: dates with a time, nothing for an empty text."""
    if value is None or value == "":
        return None
    if isinstance(value, str | bool | int | float | datetime | time):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def trimmed(
    file: str,
    title: str,
    rows: list[list[Value]],
    merged: Sequence[Span],
    formulas: dict[tuple[int, int], str],
    formats: dict[tuple[int, int], str],
    hidden: frozenset[int],
    from_1904: bool,
) -> Sheet:
    """The sheet without the empty rows at its end."""
    while rows and all(is_blank(value) for value in rows[-1]):
        rows.pop()
    return Sheet(
        file=file,
        title=title,
        rows=rows,
        numbers=range(1, len(rows) + 1),
        merged=tuple(merged),
        formulas=formulas,
        formats=formats,
        hidden_rows=frozenset(r for r in hidden if r < len(rows)),
        dates_from_1904=from_1904,
    )


def unreadable(path: Path, error: Exception) -> InputRefused:
    """The one fault of a workbook that can't be opened: protected, or damaged."""
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        found = "Arbetsboken är skyddad med lösenord"
        action = "Öppna den i Excel, ta bort lösenordet (Arkiv > Info > Skydda arbetsbok) och spara"
    else:
        found = "Arbetsboken är skadad eller inte en arbetsbok"
        action = "Öppna den i Excel eller LibreOffice och spara den på nytt som .xlsx"
    return InputRefused(path.name, [Fault(path.name, "", "", Reason.FILE_UNREADABLE, found, "", action)])
