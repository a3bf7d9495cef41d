"""The column of totals beside year columns, compared with them row by row. See ``year_columns`` for the rule."""

from __future__ import annotations

from collections.abc import Iterable

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import Amount, AmountUnreadable, parse_amount, unit_in_heading, write_kronor
from portfolj.ledger.headings import base_field
from portfolj.ledger.table import Table
from portfolj.ledger.year_columns import is_total_heading


def total_column_findings(table: Table, rows: Iterable[int]) -> tuple[list[Fault], list[Fault]]:
    """Faults and remarks of the columns beside the years that are not their sum, the first row of each column."""
    faults: list[Fault] = []
    remarks: list[Fault] = []
    for column, field in table.header.match.totals.items():
        heading = table.header.headings[column]
        years = [f for f in table.amount_fields if base_field(f) == field]
        unit = unit_in_heading(heading) or next((table.units[f] for f in years if f in table.units), None)
        for row in rows:
            if unit is None:
                break
            try:
                total = parse_amount(table.value(row, column), unit=unit)
            except AmountUnreadable:
                continue
            added = sum(a.ore for f in years if isinstance(a := table.amounts[f][row], Amount))
            if total is None or total.ore == added:
                continue
            is_total = is_total_heading(heading)
            found = (
                f"”{heading}” är {write_kronor(total.ore)} men årens kolumner är tillsammans {write_kronor(added)}: "
                f"skillnaden är {write_kronor(added - total.ore)}"
            )
            action = (
                "Rapporten räknar årens kolumner. Kontrollera raden"
                if is_total
                else "Skriv en rad per beslut, med en kolumn År och en kolumn Belopp, eller ta bort den ena uppgiften"
            )
            reason = Reason.SUM_DIFFERS if is_total else Reason.YEAR_COLUMNS
            place = table.sheet.address(row, column)
            allowed = "" if is_total else "en summa av årens kolumner"
            fault = Fault(table.sheet.file, table.sheet.title, place, reason, found, allowed, action)
            (remarks if is_total else faults).append(fault)
            if not is_total:
                break
    return faults, remarks
