"""Incomes per year and actor: what the participants of a year bring each actor in a year, as somebody computed it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from portfolj.economics.reading.amounts import amounts_of, row_units
from portfolj.economics.reading.table import ROOM, Read, column_of, each_once, needed, position_of
from portfolj.economics.reading.words import actor_reader, yes_or_no
from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.followup.values import read_count, read_year
from portfolj.ledger.cells import Value

SHAPE = Shape(f"{ROOM}incomes", (("year",), ("participants",), ("actor",), ("income_1y_sek",)))
WITHOUT_INCOME = "income_missing"
_DIFFERENT_PEOPLE = CellFault(
    Reason.ROWS_CONTRADICT, "Antalet deltagare är ett annat än på årets tidigare rader",
    "samma antal för alla aktörer ett och samma år", "Rätta antalet, annars gäller resultaten olika personer",
)  # fmt: skip


def incomes_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's incomes with ``at`` (row of the table) beside the columns that ``read_economics`` tells of.

    A row without an income is set aside: the actor has no figure that year. A cost that does not stand is not a number.
    """
    for position in table.positions("year"):
        table.set_aside_sums(position)
    year = needed(read_year, "Raden säger inte vilket år den gäller", "ett årtal")
    frame = pd.DataFrame({
        "year": column_of(table, "year", year, findings, blank=None),
        "participants": column_of(table, "participants", _participants, findings, blank=None),
        "actor": column_of(table, "actor", actor_reader(federation), findings, blank=""),
        "at": range(len(table)),
    })  # fmt: skip
    units, told_before = row_units(table, findings), len(findings.faults)
    frame["income_1y_sek"] = amounts_of(table, "income_1y_sek", findings, units=units)
    frame["cost_sek"] = amounts_of(table, "cost_sek", findings, units=units, at_least_zero=True)
    frame["derived"] = column_of(table, "derived", yes_or_no, findings, blank=False)
    frame["note"] = table.texts("note")
    if told_before == len(findings.faults):
        table.set_aside(frame["income_1y_sek"].isna().to_numpy(), WITHOUT_INCOME)
    return frame[table.used]


def once_per_actor(read: Read, findings: Findings) -> Read:
    """One row per year and actor; those of a year must be of as many participants."""
    read = each_once(
        read, by=("year", "actor"), says=("participants", "income_1y_sek", "cost_sek"), what="Samma år och aktör",
        field="actor", must=("year", "actor", "participants", "income_1y_sek"), findings=findings,
    )  # fmt: skip
    of_year: dict[int, int] = {}
    for table, frame in read:
        stated = frame.dropna(subset=["year", "participants"])
        pairs = list(zip(stated["year"], stated["participants"], stated["at"], strict=True))
        other = [at for year, count, at in pairs if of_year.setdefault(year, count) != count]
        findings.every(table, position_of(table, "participants") or 0, np.array(other, dtype=int), _DIFFERENT_PEOPLE)
    return read


def _participants(value: Value) -> int:
    count = needed(read_count, "Raden har inget antal deltagare", "ett helt tal från 1")(value)
    if count == 0:
        raise CellFault(
            Reason.NUMBER_OUTSIDE,
            "Antalet deltagare är noll",
            "ett helt tal från 1",
            "Ta bort raden eller rätta cellen",
        )
    return int(count)
