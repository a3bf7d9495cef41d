"""Remarks on a sheet: what does not stop a reading but should be seen by whoever keeps the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import Sheet
from portfolj.ledger.header import Header
from portfolj.ledger.personal_numbers import holds_personal_number, row_may_hold_one


def sheet_remarks(sheet: Sheet, header: Header | None, why_not_read: str) -> list[Fault]:
    """Personal numbers in any cell, sheets and columns that are not used, hidden rows and amounts kept as text."""
    remarks = [
        Fault(
            sheet.file,
            sheet.title,
            sheet.address(row, column),
            Reason.PERSONAL_NUMBER,
            "Cellen innehåller ett personnummer",
            "inga personnummer i liggaren",
            "Ta bort det ur liggaren; det har inte förts vidare",
        )
        for row, cells in enumerate(sheet.rows)
        if row_may_hold_one(cells)
        for column, value in enumerate(cells)
        if value is not None and holds_personal_number(value)
    ]
    if holds_personal_number(sheet.title) or holds_personal_number(sheet.file):
        remarks.append(
            Fault(
                sheet.file,
                sheet.title,
                "",
                Reason.PERSONAL_NUMBER,
                "Filens eller bladets namn innehåller ett personnummer",
                "",
                "Byt namn",
            )
        )
    if header is None:
        text = f"Bladet läses inte: det {why_not_read}" if sheet.title else "Filen läses inte"
        return [*remarks, Fault(sheet.file, sheet.title, "", Reason.SHEET_NOT_READ, text, "", "")]
    hidden = [row for row in sheet.hidden_rows if row > header.last]
    if hidden:
        first = sheet.numbers[min(hidden)]
        text = f"{len(hidden)} rader är dolda eller bortfiltrerade (den första är rad {first}) och räknas ändå"
        if len(hidden) == 1:
            text = f"Rad {first} är dold eller bortfiltrerad och räknas ändå"
        remarks.append(
            Fault(
                sheet.file,
                sheet.title,
                "",
                Reason.HIDDEN_ROWS,
                text,
                "",
                "Ta bort filtret, eller radera raderna om de inte gäller",
            )
        )
    return [*remarks, *_unused_columns(sheet, header), *_amounts_as_text(sheet, header)]


def _unused_columns(sheet: Sheet, header: Header) -> Iterator[Fault]:
    unsure = (c for columns in header.match.ambiguous.values() for c in columns)
    taken = {*header.fields.values(), *header.match.totals, *unsure}
    for column, heading in enumerate(header.headings):
        if heading and column not in taken:
            yield Fault(
                sheet.file,
                sheet.title,
                sheet.address(header.last, column),
                Reason.COLUMN_NOT_USED,
                f"Kolumnen ”{heading}” används inte",
                "",
                "Koppla den under [ledger.columns] i federation.toml om den behövs",
            )


def _amounts_as_text(sheet: Sheet, header: Header) -> Iterator[Fault]:
    if sheet.is_text:
        return
    for name in header.amount_fields:
        column = header.fields[name]
        rows = [
            row
            for row in range(header.last + 1, len(sheet.rows))
            if column < len(sheet.rows[row]) and isinstance(v := sheet.rows[row][column], str) and re.search(r"\d", v)
        ]
        if rows:
            heading = header.headings[column]
            text = (
                f"{len(rows)} belopp under ”{heading}” är sparade som text; de räknas här, men Excels SUMMA hoppar "
                "över dem"
            )
            if len(rows) == 1:
                text = f"1 belopp under ”{heading}” är sparat som text; det räknas här, men inte av Excels SUMMA"
            yield Fault(
                sheet.file,
                sheet.title,
                sheet.address(rows[0], column),
                Reason.AMOUNT_AS_TEXT,
                text,
                "",
                "Gör om till tal i liggaren",
            )
