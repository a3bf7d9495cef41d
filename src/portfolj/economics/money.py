"""What is to be paid back according to the ledger: the structural interventions' money, or one intervention's."""

from __future__ import annotations

import pandas as pd

from portfolj.economics.results import frame_of
from portfolj.followup.joined import normal
from portfolj.followup.money import TOGETHER
from portfolj.portfolio import Portfolio
from portfolj.portfolio.money import sum_or_unknown_sek

STRUCTURAL = "strukturpaverkande"
MONEY = {"count": "int64", "granted_sek": "float64", "of_granted_sek": "float64", "without_amount": "int64"}


def structural_money(portfolio: Portfolio) -> pd.DataFrame:
    """One row: the structural interventions of the portfolio and what they were granted in the period."""
    every = portfolio.interventions
    own = every[every["orientation"] == STRUCTURAL]
    return frame_of(
        MONEY,
        [
            {
                "count": len(own),
                "granted_sek": sum_or_unknown_sek(own["granted_sek"]),
                "of_granted_sek": sum_or_unknown_sek(every["granted_sek"]),
                "without_amount": int(own["granted_sek"].isna().sum()),
            }
        ],
    )


def granted_to(portfolio: Portfolio, intervention: str) -> float | None:
    """What all who pay have granted the intervention in the period, or the structural ones where none is named.

    None where the ledger has no such intervention, or does not know all of its money.
    """
    if not intervention:
        (row,) = structural_money(portfolio).to_dict("records")
        return None if pd.isna(row["granted_sek"]) or row["without_amount"] or not row["count"] else row["granted_sek"]
    known = pd.concat([portfolio.interventions, portfolio.external])
    own = known[known["name"].map(normal) == normal(intervention)]
    if own.empty or own["granted_sek"].isna().any() or own["rows_without_amount"].any():
        return None
    return float(own["granted_sek"].sum())


def granted_to_followed(cost: pd.DataFrame) -> float | None:
    """What everybody has granted the interventions with rows of participations, by the follow-up's table ``cost``.

    None where one of them has no money in the ledger, or not all of it is known: then nobody knows what they cost.
    """
    own = cost[cost["base"] == "participations"] if len(cost) else cost
    if own.empty or (own["financing"] == "").any() or own["incomplete"].any():
        return None
    # Where several pay, the row on them together is the sum of the others.
    several = set(own.loc[own["financing"] == TOGETHER, "intervention"])
    once = own[~own["intervention"].isin(several) | (own["financing"] == TOGETHER)]
    return None if once["granted_sek"].isna().any() else float(once["granted_sek"].sum())
