"""The same thing told twice: set aside where both say the same, a fault where they don't."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.table import Table


def without_repeated(
    read: Sequence[tuple[Table, pd.DataFrame]], *, by: Sequence[str], says: Sequence[str], what: str, reason: str,
    field: str, findings: Findings,
) -> list[tuple[Table, pd.DataFrame]]:  # fmt: skip
    """The frames without rows that repeat an earlier one of any table, ``at`` being each row's row in its table.

    ``by``: what makes two rows about the same thing; ``says``: what they say of it. Rows of one table row go together.
    A later row that says something else is a fault at the column of ``field``; ``what`` is what is told twice.
    """
    if not read:
        return []
    together = pd.concat([frame.assign(table=n) for n, (_, frame) in enumerate(read)], ignore_index=True)
    folded = together.assign(intervention=together["intervention"].str.casefold())
    again = folded.duplicated([*by], keep="first")
    same = folded.duplicated([*by, *says], keep="first")
    for n, (table, _) in enumerate(read):
        mine = together["table"] == n
        other = np.unique(together.loc[mine & again & ~same, "at"].to_numpy())
        fault = CellFault(
            Reason.ROWS_CONTRADICT, f"{what} finns på en tidigare rad också, och den säger något annat",
            "en rad för var och en", "Ta bort den rad som är fel",
        )  # fmt: skip
        positions = table.positions(field) or sorted(table.header.more) or [0]
        findings.every(table, positions[0], other, fault)
        told_before = (again & mine).groupby(together["at"].where(mine)).sum()
        of_row = mine.groupby(together["at"].where(mine)).sum()
        whole = told_before.index[(told_before == of_row) & (of_row > 0)].to_numpy(dtype=int)
        rows = np.zeros(len(table), dtype=bool)
        rows[np.setdiff1d(whole, other)] = True
        table.set_aside(rows, reason)
    kept = together[~again]
    return [
        (table, kept.loc[kept["table"] == n].drop(columns="table").reset_index(drop=True))
        for n, (table, _) in enumerate(read)
    ]
