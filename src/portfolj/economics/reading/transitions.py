"""Transitions: how many people went from one state to another."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portfolj.economics.reading.table import FAULTY, ROOM, Read, column_of, position_of
from portfolj.economics.reading.words import state_reader, year_or
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.followup.values import read_count, says_nothing

SHAPE = Shape(f"{ROOM}transitions", (("state_before",), ("state_after",), ("count",)))
WITHOUT_COUNT = "count_missing"
_NO_YEAR = CellFault(
    Reason.VALUE_MISSING, "Raden saknar år, men andra rader har ett", "ett årtal på alla rader, eller inte på någon",
    "Fyll i året: annars går det inte att veta om raden redan är med i årens",
)  # fmt: skip
_AGAIN = CellFault(Reason.DUPLICATE_ROWS, "Samma övergång finns på en tidigare rad också; båda räknas")


def transitions_of(table: Table, *, states: Mapping[str, str], findings: Findings) -> pd.DataFrame:
    """The table's transitions with ``at`` (row of the table) beside the columns that ``read_economics`` tells of.

    A row without a count is set aside.
    """
    for position in table.positions("state_before"):
        table.set_aside_sums(position)
    for position in table.positions("count"):
        table.set_aside(table.column(position).each(says_nothing).astype(bool), WITHOUT_COUNT)
    read = state_reader(states)
    return pd.DataFrame({
        "state_before": column_of(table, "state_before", read, findings, blank=""),
        "state_after": column_of(table, "state_after", read, findings, blank=""),
        "count": column_of(table, "count", read_count, findings, blank=None),
        "year": column_of(table, "year", year_or("every_year", "period"), findings, blank=None, faulty=FAULTY),
        "at": range(len(table)),
    })[table.used]  # fmt: skip


def remark_on_repeated(read: Read, findings: Findings) -> None:
    """A remark for each transition that an earlier row of the files tells of too: both are counted."""
    told: set[tuple[object, ...]] = set()
    for table, frame in read:
        again = []
        for row in frame.to_dict("records"):
            about = (row["state_before"], row["state_after"], None if pd.isna(row["year"]) else row["year"])
            again += [row["at"]] if about in told else []
            told.add(about)
        findings.every(table, position_of(table, "count") or 0, again, _AGAIN, remark=True)


def with_or_without_years(read: Read, findings: Findings) -> None:
    """A fault for each row without a year where another row of the files has one: they may be of the same people."""
    years = [year for _, frame in read for year in frame["year"]]
    if not any(year != FAULTY and not pd.isna(year) for year in years):
        return
    for table, frame in read:
        at_year = position_of(table, "year")
        position = position_of(table, "count") if at_year is None else at_year
        findings.every(table, position or 0, frame.loc[frame["year"].isna(), "at"].to_numpy(), _NO_YEAR)
