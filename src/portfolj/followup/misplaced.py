"""Personal numbers where none may stand: any column but the one that says who a row is about, and any other file."""

from __future__ import annotations

import numpy as np

from portfolj.errors import Fault, Reason
from portfolj.federation import PERSON_KINDS
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.table import Table
from portfolj.ledger.cells import Sheet
from portfolj.ledger.personal_numbers import holds_personal_number, mask_personal_numbers

_ACTION = "Ta bort det ur filen; det har inte förts vidare"


def misplaced_numbers(table: Table, findings: Findings) -> None:
    """One fault per cell with a personal number below the header, outside the person column, used row or not."""
    persons = table.positions("person") if table.kind in PERSON_KINDS else []
    allowed = "personnummer bara i kolumnen för personens id" if persons else "inga personnummer i filen"
    for position in range(table.width):
        if position not in persons:
            holds = table.column(position).each(holds_personal_number).astype(bool)
            rows = np.flatnonzero(holds)
            fault = CellFault(Reason.PERSONAL_NUMBER, "Cellen innehåller ett personnummer", allowed, _ACTION)
            findings.every(table, position, rows, fault)


def numbers_above(sheet: Sheet, rows: int, findings: Findings) -> None:
    """The same for the sheet's first ``rows`` rows, its title and its file's name."""
    file, title = mask_personal_numbers(sheet.file), mask_personal_numbers(sheet.title)
    places = [
        sheet.address(row, column)
        for row, cells in enumerate(sheet.rows[:rows])
        for column, value in enumerate(cells)
        if holds_personal_number(value)
    ]
    if holds_personal_number(sheet.title) or holds_personal_number(sheet.file):
        places.append("")
    for place in places:
        found = (
            "Cellen innehåller ett personnummer" if place else "Filens eller bladets namn innehåller ett personnummer"
        )
        findings.faults.append(Fault(file, title, place, Reason.PERSONAL_NUMBER, found, "inga personnummer", _ACTION))
