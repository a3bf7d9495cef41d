"""What society wins and loses by the flows, and the check that what moves between actors is nothing to it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from portfolj.economics.actors import REAL_ECONOMY
from portfolj.economics.flows import net_sek


class Society(NamedTuple):
    """In kronor a year; not a number where it can't be computed. ``society`` is production minus resources."""

    production_sek: float
    resources_sek: float
    society_sek: float


def society_of(flows: pd.DataFrame, *, apart: bool = False) -> Society:
    """What society wins in production, what it loses in resources, and the difference."""
    chosen = flows[flows["apart"] == apart]
    production = float(chosen.loc[chosen["payer"] == REAL_ECONOMY, "sek"].sum(skipna=False))
    resources = float(chosen.loc[chosen["receiver"] == REAL_ECONOMY, "sek"].sum(skipna=False))
    return Society(production, resources, production - resources)


def cancelled(flows: pd.DataFrame) -> pd.DataFrame:
    """The check that flows between actors cancel: ``item``, ``label``, ``sum_sek`` (float64).

    Of each item that does not come from or go to the real economy, what all actors and employers get from it together.
    It is 0, and not a number where the item can't be computed.
    """
    between = flows[(flows["payer"] != REAL_ECONOMY) & (flows["receiver"] != REAL_ECONOMY)]
    rows = []
    for (item, label), of_item in between.groupby(["item", "label"], sort=False):
        ends = {*of_item["payer"], *of_item["receiver"]}
        rows.append((item, label, sum(net_sek(of_item, [end]) for end in sorted(ends))))
    columns = {"item": "str", "label": "str", "sum_sek": "float64"}
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)
