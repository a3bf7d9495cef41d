"""The file of facts that the ledger does not have: one row per intervention, one column per fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from portfolj.documentation import words
from portfolj.documentation.rows import IDENTITY, ROOM, identified, tell_of_reversed
from portfolj.economics.reading.table import column_of
from portfolj.federation import fact_codes
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import NO_DAY
from portfolj.ledger.cells import Value

SHAPE = Shape(f"{ROOM}facts", (IDENTITY, fact_codes()))
DAYS = ("start", "end")


def facts_of(table: Table, *, findings: Findings) -> pd.DataFrame:
    """The table's facts with ``at`` (row of the table) and ``about`` beside the columns of ``DocumentationFiles``."""
    data = identified(table, findings)
    read: Callable[[Value], Any] = words.day_reader(table)
    days = {name: column_of(table, name, read, findings, blank=NO_DAY) for name in DAYS}
    starts, ends = objects(list(map(words.first_day, days["start"]))), objects(list(map(words.last_day, days["end"])))
    tell_of_reversed(table, starts, ends, findings)
    texts = {
        fact: [words.as_text(day) for day in days[fact]]
        if fact in DAYS
        else column_of(table, fact, words.fact_of, findings, blank="")
        for fact in fact_codes()
    }
    frame = pd.DataFrame({
        **data, **texts, "end_date": pd.to_datetime(pd.Series(ends, dtype=object)),
        "ongoing": np.array(texts["end"], dtype=object) == words.ONGOING,
    })  # fmt: skip
    return frame[table.used]
