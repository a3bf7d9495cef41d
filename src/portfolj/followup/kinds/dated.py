"""Statuses with a date in place of a point: which point each date is, by the start and the end of the participation.

- Statuses belong to a person's first participation in the intervention. Its start and end are those of the row's own
  file where it has them, else those of the participations.
- A point is every third month from the start (months of 365.25 / 12 days), and the end. A date is of the nearest
  point, and from the day of the end on of no other than exit. Of several dates at one point the nearest holds, the
  later of two as near.
- What is not the nearest, or more than half of three months after the end, is set aside. What is more than that
  before the start is a fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.flow import EXIT
from portfolj.followup.length import DAYS_PER_MONTH
from portfolj.followup.table import Table

BETWEEN_POINTS = "status_between_points"
AFTER_EXIT = "status_after_exit"
_MONTHS: Final = 3
_QUARTER: Final = _MONTHS * DAYS_PER_MONTH
_DAYS = ("date", "start", "end")


def at_points(
    read: Sequence[tuple[Table, pd.DataFrame]], participations: pd.DataFrame, findings: Findings, *, starts_known: bool
) -> list[tuple[Table, pd.DataFrame]]:
    """The frames with a point for each date, without the rows that are set aside.

    A row whose start is not known to the day is a fault, unless the participations could not be read themselves
    (``starts_known`` false).
    """
    if not any("date" in frame for _, frame in read):
        return list(read)
    together = pd.concat([frame.assign(table=n) for n, (_, frame) in enumerate(read)], ignore_index=True)
    together = _with_participation(together, participations).assign(why="")
    dated = together["date"].notna()
    days = (together["date"] - together["start"]).dt.days
    number = (days / _QUARTER).round()
    off = (days - number * _QUARTER).abs()
    from_end = (together["date"] - together["end"]).dt.days
    at_exit = from_end.notna() & ((from_end >= 0) | (from_end.abs() <= off))
    known, early = dated & days.notna(), dated & (number < 0)
    month = (number.fillna(0) * _MONTHS).astype("int64").astype("str")
    together["point"] = together["point"].mask(known, month).mask(known & at_exit, EXIT)
    together["off"] = off.mask(at_exit, from_end.abs())
    for n, (table, _) in enumerate(read):
        mine = together["table"] == n
        for rows, fault in ((dated & ~known & starts_known, _NO_START), (early, _BEFORE_START)):
            found = together.loc[mine & rows, "at"].to_numpy(dtype=int)
            for position in table.positions("date")[:1]:
                findings.every(table, position, found, fault)
    late = known & (from_end > _QUARTER / 2)
    together = together[~(dated & ~known) & ~early]
    together.loc[~_is_nearest(together), "why"] = BETWEEN_POINTS
    together.loc[late.reindex(together.index), "why"] = AFTER_EXIT
    for n, (table, _) in enumerate(read):
        for why in (BETWEEN_POINTS, AFTER_EXIT):
            rows = np.zeros(len(table), dtype=bool)
            rows[together.loc[(together["table"] == n) & (together["why"] == why), "at"].to_numpy(dtype=int)] = True
            table.set_aside(rows, why)
    kept = together[together["why"] == ""].drop(columns=["off", "why", *_DAYS])
    return [
        (table, kept[kept["table"] == n].drop(columns="table").reset_index(drop=True))
        for n, (table, _) in enumerate(read)
    ]


_NO_START = CellFault(
    Reason.VALUE_MISSING, "Det går inte att räkna månader till dagen, för personens start i insatsen är inte känd",
    "en start med dag i filen över deltaganden, eller i en kolumn Startdatum", "Fyll i starten",
)  # fmt: skip
_BEFORE_START = CellFault(
    Reason.DATES_REVERSED, "Dagen ligger mer än en och en halv månad före personens start i insatsen",
    "en dag från starten och framåt", "Rätta dagen eller starten",
)  # fmt: skip


def _with_participation(statuses: pd.DataFrame, participations: pd.DataFrame) -> pd.DataFrame:
    """The start and end of the person's first participation in the intervention, where the row has no start itself."""
    known = participations[participations["start"].notna() & (participations["person"] != "")]
    first = known.assign(what=known["intervention"].str.casefold()).sort_values("start", kind="stable")
    first = first.drop_duplicates(["person", "what"])[["person", "what", "start", "end"]]
    keyed = statuses.assign(what=statuses["intervention"].str.casefold())
    found = keyed.merge(first, on=["person", "what"], how="left", suffixes=("", "_found"))
    own = found["start"].notna()
    return found.assign(
        start=found["start"].where(own, found["start_found"]),
        end=found["end"].where(own | found["end"].notna(), found["end_found"]),
    ).drop(columns=["what", "start_found", "end_found"])


def _is_nearest(statuses: pd.DataFrame) -> pd.Series:
    """Whether a row is of the date that holds at its point; always for rows that state their point."""
    dated = statuses[statuses["date"].notna()].sort_values(["off", "date"], ascending=[True, False], kind="stable")
    best = dated.groupby([dated["person"], dated["intervention"].str.casefold(), dated["point"]])["date"]
    return statuses["date"].isna() | (statuses["date"] == best.transform("first").reindex(statuses.index))
