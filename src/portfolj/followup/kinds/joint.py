"""A participation that several federations or files have registered is one participation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from portfolj.followup.codes import MISSING
from portfolj.followup.rows import COLUMNS
from portfolj.followup.table import Table

DUPLICATE = "duplicate_participation"


def each_once(read: Sequence[tuple[Table, pd.DataFrame]]) -> list[pd.DataFrame]:
    """The participations of all tables, each person x intervention x start once.

    Of several rows the one that says most is kept, the first of them where they say as much: a joint intervention is
    registered once per federation, and one of them may have ended the participation before the other. Anonymous
    participants can't be told from each other and all stay.
    """
    if not read:
        return []
    together = pd.concat([frame.assign(table=n) for n, (_, frame) in enumerate(read)], ignore_index=True)
    known = together[~together["anonymous"]]
    said = known[list(COLUMNS["participations"])]
    amount = (said.notna() & (said != MISSING) & (said != "")).fillna(False).sum(axis=1)
    start = (
        known["start"].astype("int64").where(known["start"].notna(), known["start_year"].astype("Float64").fillna(0))
    )
    key = pd.DataFrame({"person": known["person"], "what": known["intervention"].str.casefold(), "start": start})
    ordered = key.loc[amount.sort_values(ascending=False, kind="stable").index]
    twice = ordered.index[ordered.duplicated(keep="first")]
    for n, (table, _) in enumerate(read):
        rows = np.zeros(len(table), dtype=bool)
        again = together.loc[twice]
        rows[again.loc[again["table"] == n, "at"].to_numpy(dtype=int)] = True
        table.set_aside(rows, DUPLICATE)
    kept = together.drop(index=twice)
    return [kept.loc[kept["table"] == n, list(COLUMNS["participations"])] for n in range(len(read))]
