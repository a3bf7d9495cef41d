"""What flows leave each actor with: the income of a year, and society's as what the real economy gives and takes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from portfolj.economics.actors import LABELS, PARTS_OF_STATE, REAL_ECONOMY, SOCIETY, STATE, in_order
from portfolj.economics.amounts import summed
from portfolj.economics.flows import HIDDEN, VALUE_MISSING

COLUMNS = {"actor": "str", "income_1y_sek": "float64", "why": "str", "missing": "str"}


class Society(NamedTuple):
    """In kronor a year; not a number where it can't be computed. ``society`` is production minus resources."""

    production_sek: float
    resources_sek: float
    society_sek: float


def income_of(flows: pd.DataFrame, own_actors: Iterable[str] = (), *, apart: bool = False) -> pd.DataFrame:
    """Each actor's income of a year: ``actor``, ``income_1y_sek``, ``why``, ``missing``, in the order of tables.

    ``apart``: of the jobs that are told for themselves, and of nothing else; else they are left out. An income is not a
    number where a flow that the actor takes part in is none: ``why`` is then ``hidden`` where a count is hidden, else
    ``value_missing``, and ``missing`` lists what is missing. The state in total is its three parts; society is what
    the real economy gives and takes, so that it is known where only flows between actors are not.
    """
    chosen = flows[flows["apart"] == apart]
    rows = []
    for actor in in_order((*LABELS, *own_actors)):
        ends = {SOCIETY: (REAL_ECONOMY,), STATE: PARTS_OF_STATE}.get(actor, (actor,))
        touching = _touching(chosen, ends)
        unknown = touching[touching["sek"].isna()]
        sign = -1.0 if actor == SOCIETY else 1.0
        sek = math.nan if len(unknown) else sign * net_sek(touching, ends) + 0.0
        why = "" if unknown.empty else HIDDEN if (unknown["why"] == HIDDEN).any() else VALUE_MISSING
        missing = summed([label for label in each.split(";") if label] for each in unknown["missing"])
        rows.append((actor, sek, why, ";".join(missing)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def net_sek(flows: pd.DataFrame, ends: Iterable[str]) -> float:
    """What those at one end of flows get, minus what they pay, together; not a number where a flow is none."""
    ends = tuple(ends)
    got, paid = flows["receiver"].isin(ends), flows["payer"].isin(ends)
    return float(flows.loc[got, "sek"].sum(skipna=False) - flows.loc[paid, "sek"].sum(skipna=False))


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


def society_of(flows: pd.DataFrame, *, apart: bool = False) -> Society:
    """What society wins in production, what it loses in resources, and the difference."""
    chosen = flows[flows["apart"] == apart]
    production = float(chosen.loc[chosen["payer"] == REAL_ECONOMY, "sek"].sum(skipna=False))
    resources = float(chosen.loc[chosen["receiver"] == REAL_ECONOMY, "sek"].sum(skipna=False))
    return Society(production, resources, production - resources)


def _touching(flows: pd.DataFrame, ends: Iterable[str]) -> pd.DataFrame:
    """The flows that those take part in. A flow whose payer nobody knows may be anyone's, but not the real economy's."""
    ends = tuple(ends)
    anybody = (flows["payer"] == "") & (ends != (REAL_ECONOMY,))
    return flows[flows["payer"].isin(ends) | flows["receiver"].isin(ends) | anybody]
