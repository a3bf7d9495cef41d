"""Incomes per actor and year as somebody has computed them, with what the participants cost: the base of results."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from portfolj.economics.costs import cost_of
from portfolj.economics.results import BASE, frame_of
from portfolj.economics.values import Values

FEW = "few_participants"
COST_MISSING = "cost_missing"
SET_ASIDE = {"year": "str", "reason": "str", "participants_hidden": "bool"}


def base_of_incomes(
    incomes: pd.DataFrame, *, values: Values, k: int, own_actors: Iterable[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The base (see ``results.BASE``), and the years set aside (``SET_ASIDE``).

    ``incomes``: see ``reading.EconomicsFiles``. A year with fewer than ``k`` participants is set aside whole, and is
    in no sum either: what it earned divided by what one participant costs would give their number.
    """
    few = incomes["participants"].between(1, k - 1)
    kept = incomes[~few]
    records = []
    for row in kept.to_dict("records"):
        stated, missing = row["cost_sek"], ""
        if pd.isna(stated):
            stated, lacking = cost_of(
                row["actor"], year=int(row["year"]), participants=int(row["participants"]), values=values,
                own_actors=own_actors,
            )  # fmt: skip
            missing = ";".join(lacking)
        records.append({
            "year": str(row["year"]), "actor": row["actor"], "participants": int(row["participants"]),
            "income_1y_sek": row["income_1y_sek"], "cost_sek": stated, "why": COST_MISSING if missing else "",
            "missing": missing,
        })  # fmt: skip
    aside = [
        {"year": str(year), "reason": FEW, "participants_hidden": True}
        for year in sorted(set(incomes.loc[few, "year"]))
    ]
    return frame_of(BASE, records), frame_of(SET_ASIDE, aside)
