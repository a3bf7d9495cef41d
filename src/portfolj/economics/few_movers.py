"""How much chance alone may move an income that rests on how many people changed their state.

Nineteen more in work might as well have been twelve or twenty-six. With ``b`` in work before and ``a`` after, each
person moving or not for oneself, the net change varies with a variance of at most ``a + b`` (those who come plus those
who leave; the bound is reached where nobody stays). What an income is multiplied by then has a standard deviation of at
most ``sqrt(a + b) / |a - b|``. A symmetric triangle with that standard deviation reaches ``sqrt(6)`` of them to
each side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from portfolj.economics.ranges import ASSUMED, WHOLE_PCT, Range
from portfolj.economics.states import State

REASON = (
    "Intäkten vilar på hur många som bytte läge. {before} arbetade före och {after} efter. Slumpen ensam kan flytta "
    "skillnaden så mycket att intäkten blir mellan {low} och {high} procent av den beräknade, och mer ju färre de är."
)


def with_chance_of_few(
    ranges: Iterable[Range], changes: pd.DataFrame, *, states: Mapping[str, State]
) -> tuple[Range, ...]:
    """The ranges, the assumed one of the income widened to what chance alone may do to the number in work.

    ``changes``: see ``changes.Changes``. A range that the federation has stated stands, and so does everything where
    the number in work is hidden, unknown or unchanged.
    """
    spread = _spread_pct(changes, states)
    return tuple(_widened(each, spread) if each.name == "income_pct" and spread else each for each in ranges)


def _spread_pct(changes: pd.DataFrame, states: Mapping[str, State]) -> tuple[int, int, float] | None:
    works = [code for code in changes["state"] if code in states and states[code].works]
    own = changes[changes["state"].isin(works)]
    if own.empty or own[["before", "after"]].isna().any(axis=None):
        return None
    before, after = int(own["before"].sum()), int(own["after"].sum())
    if before == after:
        return None
    return before, after, WHOLE_PCT * math.sqrt(6 * (before + after)) / abs(after - before)


def _widened(of: Range, spread: tuple[int, int, float] | None) -> Range:
    if spread is None or of.source != ASSUMED:
        return of
    before, after, half = spread
    low, high = max(0.0, float(round(of.likely - half))), float(round(of.likely + half))
    if low >= of.low and high <= of.high:
        return of
    low, high = min(low, of.low), max(high, of.high)
    reason = REASON.format(before=before, after=after, low=f"{low:.0f}", high=f"{high:.0f}")
    return replace(of, low=low, high=high, reason=reason)
