"""The federation's own unit values: figures that stand before those that ship with portfolj."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from portfolj.economics.overrides import full_key, nearest_key
from portfolj.economics.reading.table import FAULTY, ROOM, column_of, position_of, source_needed
from portfolj.economics.reading.value_cells import unit_fault, unit_in_words, value_of_cell
from portfolj.economics.reading.words import actor_reader, confidence_of, year_or
from portfolj.economics.unit_values import Value, home_actor, labels_of_keys, units_of_keys
from portfolj.economics.value_bounds import actor_fault
from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, cell_reader
from portfolj.followup.values import says_nothing
from portfolj.ledger.amounts import decimal_mark_of
from portfolj.ledger.cells import Value as Cell
from portfolj.ledger.cells import text_of

SHAPE = Shape(f"{ROOM}values", (("key",), ("value",), ("source",)))
WITHOUT_VALUE = "value_missing"


def values_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's values with ``at`` (row of the table): key, actor, year, value, unit, source, confidence, note.

    A row without a figure is set aside, so that a list of all keys can be filled in little by little.
    """
    for position in table.positions("value"):
        table.set_aside(table.column(position).each(says_nothing).astype(bool), WITHOUT_VALUE)
    keys = column_of(table, "key", _key, findings, blank="")
    actors = column_of(table, "actor", actor_reader(federation, blank=True), findings, blank="", faulty=FAULTY)
    _actors_that_do_not_fit(table, keys, actors, findings)
    sources = source_needed(table, np.ones(len(table), dtype=bool), findings)
    return pd.DataFrame({
        "key": keys, "actor": [actor or (key and home_actor(key)) for key, actor in zip(keys, actors, strict=True)],
        "year": column_of(table, "year", year_or("every_year", "all"), findings, blank=None, faulty=FAULTY),
        "value": _figures(table, keys, findings), "source": sources,
        "confidence": column_of(table, "confidence", confidence_of, findings, blank="O"),
        "note": table.texts("note"), "at": range(len(table)),
    })[table.used]  # fmt: skip


def as_values(table: Table, frame: pd.DataFrame) -> list[Value]:
    """The rows of one table as values; only of a table without faults."""
    return [
        Value(
            key=row["key"], actor=row["actor"], year=None if pd.isna(row["year"]) else int(row["year"]),
            value=float(row["value"]), unit=units_of_keys()[row["key"]], label=labels_of_keys()[row["key"]],
            source=row["source"], confidence=row["confidence"], note=row["note"], file=table.sheet.file,
        )
        for row in frame.to_dict("records")
    ]  # fmt: skip


def _actors_that_do_not_fit(table: Table, keys: np.ndarray, actors: np.ndarray, findings: Findings) -> None:
    at_actor = position_of(table, "actor")
    position = position_of(table, "key") if at_actor is None else at_actor
    misfits = {
        row: misfit
        for row in np.flatnonzero(table.used & (keys != "") & (actors != FAULTY)).tolist()
        if (misfit := actor_fault(keys[row], actors[row])) is not None
    }
    findings.cells(table, position or 0, list(misfits), list(misfits.values()))


def _figures(table: Table, keys: np.ndarray, findings: Findings) -> np.ndarray:
    figures = np.full(len(table), np.nan)
    position = position_of(table, "value")
    if position is None:
        return figures
    column, heading = table.column(position), table.header.headings[position]
    mark, units = decimal_mark_of(column.values), table.texts("unit")
    in_heading = match[1] if (match := re.search(r"[(,]\s*([^(),]+)\)?$", heading)) else ""
    faulty: dict[int, CellFault] = {}
    unit_faulty: dict[int, CellFault] = {}
    for row in np.flatnonzero(table.used & (keys != "")).tolist():
        key = keys[row]
        try:
            stated = unit_in_words(units[row] or in_heading)
            if (misfit := unit_fault(key, stated)) is not None:
                raise misfit
        except CellFault as fault:
            unit_faulty[row] = fault
            continue
        try:
            cell = cell_reader(lambda value: value)(column.values[int(column.codes[row])])
            figures[row] = value_of_cell(cell, key=key, stated=stated, mark=mark)
        except CellFault as fault:
            faulty[row] = fault
    at_unit = position_of(table, "unit")
    findings.cells(table, position if at_unit is None else at_unit, list(unit_faulty), list(unit_faulty.values()))
    findings.cells(table, position, list(faulty), list(faulty.values()))
    return figures


def _key(value: Cell) -> str:
    text = text_of(value)
    labels = {fold(label): key for key, label in labels_of_keys().items()}
    key = full_key(text) or full_key(text.casefold()) or labels.get(fold(text))
    if not text:
        raise CellFault(Reason.VALUE_MISSING, "Raden säger inte vilket värde den gäller", "en nyckel", "Fyll i cellen")
    if key is None:
        raise CellFault(
            Reason.WORD_UNKNOWN, "Värdet finns inte", "en nyckel som portfolj känner, se listan över värden",
            nearest_key(text) or "Rätta nyckeln; egna nycklar används inte i någon beräkning",
        )  # fmt: skip
    return key
