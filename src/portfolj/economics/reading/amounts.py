"""Columns of kronor: each amount in the unit that its cell, its row, its heading or the rows above state."""

from __future__ import annotations

import numpy as np

from portfolj.economics.reading.table import position_of
from portfolj.errors import Reason
from portfolj.federation import Unit
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.table import Table, cell_reader
from portfolj.ledger.amounts import (
    ALLOWED_AMOUNTS,
    AmountUnreadable,
    decimal_mark_of,
    parse_amount,
    unit_in_heading,
    unit_in_title,
)
from portfolj.ledger.cells import Value, text_of

NO_UNIT = CellFault(
    Reason.UNIT_UNKNOWN, "Beloppet har ingen känd enhet", "kr, tkr eller mkr",
    "Skriv enheten i rubriken, till exempel ”Intäkt, tkr”, eller i en kolumn Enhet",
)  # fmt: skip
_TWO_UNITS = CellFault(
    Reason.UNIT_CONTRADICTION, "Raden har en annan enhet än rubriken", "samma enhet på båda ställena", "Rätta den ena"
)
_ABOUT = CellFault(Reason.AMOUNT_APPROXIMATE, "Beloppet är ungefärligt och används som det står")
NEGATIVE = CellFault(Reason.NUMBER_OUTSIDE, "Beloppet är mindre än noll", "ett belopp från noll", "Rätta cellen")


def unit_of_column(table: Table, name: str) -> Unit | None:
    """The unit that the field's heading states, or else a row above the table; None where neither does."""
    position = position_of(table, name)
    in_heading = unit_in_heading(table.header.headings[position]) if position is not None else None
    above = [text_of(cell) for row in table.sheet.rows[: table.header.row] for cell in row if isinstance(cell, str)]
    return in_heading or next((unit for text in above if (unit := unit_in_title(text))), None)


def row_units(table: Table, findings: Findings) -> np.ndarray:
    """Per row the unit of its column ``Enhet``, None where it has none."""
    position = position_of(table, "unit")
    if position is None:
        return np.full(len(table), None, dtype=object)
    return findings.read(table, position, _unit_word, blank=None)


def amounts_of(
    table: Table, name: str, findings: Findings, *, units: np.ndarray, rows: np.ndarray | None = None,
    at_least_zero: bool = False,
) -> np.ndarray:  # fmt: skip
    """Per row the field's amount in kronor (float64), not a number where it is missing, unused or a fault.

    ``units``: per row what its column of units says. ``rows``: the rows to read, all that are used where not given.
    """
    amounts = np.full(len(table), np.nan)
    position = position_of(table, name)
    if position is None:
        return amounts
    column = table.column(position)
    stated, mark = unit_of_column(table, name), decimal_mark_of(column.values)
    faulty: dict[int, CellFault] = {}
    about = []
    for row in np.flatnonzero(table.used if rows is None else rows & table.used).tolist():
        own = units[row]
        try:
            if own and stated and own != stated:
                raise _TWO_UNITS
            value = cell_reader(lambda cell: cell)(column.values[int(column.codes[row])])
            amount = _amount(value, own or stated, mark)
            if amount is None:
                continue
            if at_least_zero and amount[0] < 0:
                raise NEGATIVE
            amounts[row] = amount[0]
            about += [row] if amount[1] else []
        except CellFault as fault:
            faulty[row] = fault
    findings.cells(table, position, list(faulty), list(faulty.values()))
    findings.every(table, position, about, _ABOUT, remark=True)
    return amounts


def _amount(value: Value, unit: Unit | None, mark: object) -> tuple[float, bool] | None:
    """Kronor and whether they are approximate; None where the cell says nothing. Raises CellFault."""
    try:
        read = parse_amount(value, unit=unit or Unit.KR, decimal_mark=mark)  # type: ignore[arg-type]
    except AmountUnreadable as error:
        raise CellFault(Reason.AMOUNT_UNREADABLE, str(error), ALLOWED_AMOUNTS, "Rätta cellen") from None
    if read is None:
        return None
    if unit is None and read.stated_unit is None:
        raise NO_UNIT
    return read.ore / 100, read.approximate


def _unit_word(value: Value) -> Unit | None:
    text = text_of(value)
    unit = unit_in_heading(text)
    if text and unit is None:
        raise CellFault(Reason.UNIT_UNKNOWN, "Enheten är inte känd", "kr, tkr eller mkr", "Rätta cellen")
    return unit
