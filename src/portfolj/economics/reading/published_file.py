"""What others have printed of the same incomes and results, kept as printed beside its figure."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from portfolj.economics.reading.amounts import amounts_of, unit_of_column
from portfolj.economics.reading.table import FAULTY, ROOM, column_of, needed, position_of, source_needed
from portfolj.economics.reading.words import actor_reader, measure_of, year_or
from portfolj.errors import Reason
from portfolj.federation import Federation, Unit
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import read_count
from portfolj.ledger.amounts import unit_in_heading
from portfolj.ledger.cells import Value, text_of

SHAPE = Shape(f"{ROOM}published", (("actor",), ("measure",), ("printed",), ("source",)))
MONTHS = "payback_months"
_MONTH_WORD = re.compile(r"\s*(?:mån|mån\.|månad|månader|months)$")


def published_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's printed figures with ``at`` (row of the table) beside the columns that ``read_economics`` tells of.

    ``value``: kronor or whole months, as ``unit`` (``sek`` or ``months``) says; not a number where print has a dash.
    ``printed``: as it stands, with the unit of its row or heading where it does not say one.
    """
    measures = column_of(table, "measure", needed(measure_of, "", ""), findings, blank="")
    is_months, is_amount = measures == MONTHS, (measures != "") & (measures != MONTHS)
    units = column_of(table, "unit", _unit_word, findings, blank="")
    kronor = objects([unit if isinstance(unit, Unit) else None for unit in units])
    _units_that_do_not_fit(table, units, is_months, is_amount, findings)
    values = amounts_of(table, "printed", findings, units=kronor, rows=is_amount)
    months = _months(table, is_months, findings)
    printed, of_column = table.texts("printed"), unit_of_column(table, "printed")
    position = position_of(table, "printed")
    findings.every(table, position or 0, np.flatnonzero((printed == "") & table.used), CellFault(
        Reason.VALUE_MISSING, "Raden har ingen tryckt siffra", "en siffra, eller – där trycket inte har någon",
        "Fyll i cellen",
    ))  # fmt: skip
    shown = [
        f"{text} {unit}" if amount and unit and re.fullmatch(r"[^\d]{0,3}\d[\d\s.,]*", text) else text
        for text, amount, unit in zip(printed, is_amount, (unit or of_column for unit in kronor), strict=True)
    ]
    frame = pd.DataFrame({
        "year": column_of(table, "year", year_or("every_year", "mean"), findings, blank=None, faulty=FAULTY),
        "actor": column_of(table, "actor", actor_reader(federation), findings, blank=""), "measure": measures,
        "printed": shown, "value": np.where(is_months, months, values),
        "unit": np.where(is_months, "months", "sek"),
        "source": source_needed(table, np.ones(len(table), dtype=bool), findings), "note": table.texts("note"),
        "at": range(len(table)),
    })  # fmt: skip
    return frame[table.used]


def _months(table: Table, rows: np.ndarray, findings: Findings) -> np.ndarray:
    months = np.full(len(table), np.nan)
    position = position_of(table, "printed")
    if position is None:
        return months
    column = table.column(position)
    faulty: dict[int, CellFault] = {}
    for row in np.flatnonzero(rows & table.used).tolist():
        value = column.values[int(column.codes[row])]
        try:
            number = read_count(_MONTH_WORD.sub("", value.casefold().strip()) if isinstance(value, str) else value)
            months[row] = np.nan if number is None else number
        except CellFault:
            faulty[row] = CellFault(
                Reason.NUMBER_UNREADABLE, "Siffran går inte att läsa som hela månader", "27 eller 27 mån",
                "Rätta cellen",
            )  # fmt: skip
    findings.cells(table, position, list(faulty), list(faulty.values()))
    return months


def _units_that_do_not_fit(
    table: Table, units: np.ndarray, is_months: np.ndarray, is_amount: np.ndarray, findings: Findings
) -> None:
    position = position_of(table, "unit")
    if position is None:
        return
    of_money = np.array([isinstance(unit, Unit) for unit in units], dtype=bool)
    wrong = (is_months & of_money) | (is_amount & (units == "months"))
    findings.every(table, position, np.flatnonzero(wrong & table.used), CellFault(
        Reason.UNIT_CONTRADICTION, "Enheten är en annan än måttets",
        "månader för återbetalning, annars kr, tkr eller mkr", "Rätta cellen",
    ))  # fmt: skip


def _unit_word(value: Value) -> Unit | str:
    text = fold(text_of(value))
    if not text or _MONTH_WORD.fullmatch(text):
        return "months" if text else ""
    unit = unit_in_heading(text)
    if unit is None:
        raise CellFault(Reason.UNIT_UNKNOWN, "Enheten är inte känd", "kr, tkr, mkr eller månader", "Rätta cellen")
    return unit
