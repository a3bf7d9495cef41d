"""The file of phases: what is paid step by step, and the condition for going on to the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from portfolj.documentation import words
from portfolj.documentation.rows import IDENTITY, ROOM, identified, masked_texts, tell_of_reversed
from portfolj.economics.reading.amounts import amounts_of, row_units
from portfolj.economics.reading.table import column_of, needed, position_of
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import NO_DAY

SHAPE = Shape(f"{ROOM}phases", (IDENTITY, ("phase",), ("amount_sek",)))
_NO_CONDITION = CellFault(
    Reason.VALUE_MISSING, "Raden säger om ett villkor är uppfyllt, men inte vilket villkoret är", "",
    "Skriv villkoret i kolumnen Villkor för att gå vidare",
)  # fmt: skip


def phases_of(table: Table, *, findings: Findings) -> pd.DataFrame:
    """The table's phases with ``at`` (row of the table) and ``about`` beside the columns of ``DocumentationFiles``.

    A condition of which nothing is said is unclear.
    """
    data = identified(table, findings)
    read = words.day_reader(table)
    days = {name: column_of(table, name, read, findings, blank=NO_DAY) for name in ("start", "end", "decided_on")}
    starts, ends = objects(list(map(words.first_day, days["start"]))), objects(list(map(words.last_day, days["end"])))
    tell_of_reversed(table, starts, ends, findings)
    conditions = masked_texts(table, "condition")
    met = column_of(table, "met", words.met_of, findings, blank="")
    met = np.where((met == "") & (conditions != ""), "unclear", met)
    position = position_of(table, "met")
    if position is not None:
        lonely = np.flatnonzero((conditions == "") & (met != "") & table.used)
        findings.every(table, position, lonely, _NO_CONDITION, remark=True)
    phase = needed(words.fact_of, "Raden säger inte vilken fas den gäller", "fasens nummer eller namn")
    amounts = amounts_of(table, "amount_sek", findings, units=row_units(table, findings), at_least_zero=True)
    decided = objects(list(map(words.first_day, days["decided_on"])))
    frame = pd.DataFrame({
        **data, "phase": column_of(table, "phase", phase, findings, blank=""), "amount_sek": amounts,
        "condition": conditions, "met": met, "source": masked_texts(table, "source"),
        **{
            name: pd.to_datetime(pd.Series(dates, dtype=object))
            for name, dates in (("start", starts), ("end", ends), ("decided_on", decided))
        },
    })  # fmt: skip
    return frame[table.used]
