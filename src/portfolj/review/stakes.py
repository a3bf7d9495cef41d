"""The board's tables with what is open in them: how much of each category could leave it, and what could come."""

from __future__ import annotations

import pandas as pd

from portfolj.coding.codebook import DIMENSIONS, TARGET_GROUPS
from portfolj.portfolio import tables
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import at_stake
from portfolj.review.moves import categories, changes_ore

STAKES_COLUMNS = (
    "dimension", "code", "count", "granted_sek", "could_leave", "could_leave_sek", "could_come", "could_come_sek",
)  # fmt: skip


def stakes(portfolio: Portfolio) -> pd.DataFrame:
    """One row per dimension and category of the board's tables, under the portfolio's counting rule.

    ``count`` and ``granted_sek`` as the board's table has them now; ``could_leave`` and ``could_leave_sek``: the
    interventions in it whose answer waits for a decision, and the kronor they stand for there; ``could_come`` and
    ``could_come_sek``: those that hints or other words point to it. Amounts that are not known add nothing.
    """
    open_ = at_stake(portfolio)
    return pd.concat(
        [_of_dimension(portfolio, d, open_[open_["dimension"] == d]) for d in DIMENSIONS], ignore_index=True
    )


def _of_dimension(portfolio: Portfolio, dimension: str, open_: pd.DataFrame) -> pd.DataFrame:
    now = _board_table(portfolio, dimension)
    codes = list(now["code"])
    leave, come = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    lost_ore, gained_ore = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    for row in open_.to_dict("records"):
        before, after = (categories(row[column], dimension, portfolio.counting) for column in ("said", "could_become"))
        for code in set(before) - set(after):
            leave[code] += 1
        for code in set(after) - set(before):
            come[code] += 1
        changes = changes_ore(
            row["said"], row["could_become"], granted_sek=row["granted_sek"], dimension=dimension,
            counting=portfolio.counting,
        )  # fmt: skip
        for code, ore in changes.items():
            lost_ore[code] -= ore if code in before else 0
            gained_ore[code] += 0 if code in before else ore
    frame = now.assign(
        dimension=dimension,
        could_leave=[leave[code] for code in codes],
        could_leave_sek=[lost_ore[code] / 100 for code in codes],
        could_come=[come[code] for code in codes],
        could_come_sek=[gained_ore[code] / 100 for code in codes],
    )
    return frame[list(STAKES_COLUMNS)]


def _board_table(portfolio: Portfolio, dimension: str) -> pd.DataFrame:
    """``code``, ``count`` and ``granted_sek`` of the dimension's table, by the portfolio's counting rule."""
    if dimension == TARGET_GROUPS:
        count = "count_once" if portfolio.counting is CountingRule.ONCE else "count_overlapping"
        names = {"target_group": "code", count: "count", f"granted_{portfolio.counting}_sek": "granted_sek"}
        return tables.target_group(portfolio)[list(names)].rename(columns=names)
    table = getattr(tables, dimension)(portfolio)
    return table.rename(columns={dimension: "code"})[["code", "count", "granted_sek"]]
