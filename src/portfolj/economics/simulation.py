"""How sure a payback is: the chance that an actor has its money back, and between what months, over drawn futures.

In each draw every uncertain thing has a value from its range (a triangle: lowest, most likely, highest) and the income
is paid by the rule of ``payback.months_to_pay``. A draw is one state of the world: all actors and all years have the
same values in it, and the things vary independently of each other.

What is in the uncertainty: the ranges, and that years differ. With two years or more a draw weighs the years by a flat
Dirichlet, the Bayesian bootstrap over years (Rubin, D. B. (1981). The Bayesian bootstrap. Annals of Statistics 9), and
income and cost are pooled with those weights; equal weights give the pooled payback, 12 x costs / incomes.

For a calculation from states how many happened to move is in it too (``few_movers``).

What is not, so that chances are nearer 0 or 1 than what is known warrants: of incomes that somebody else has computed,
which persons happened to take part within a year; with a single year, that another one would have been different (few
years tell little of it: no draw is better than the best year); that before and after is not an effect, beyond the share
that would have come anyway; that uncertain things may go together; that the unit values may be wrong for one actor and
right for another; that an income with a minus sign might have been one with a plus, since a range only makes it larger
or smaller. The ranges are choices, so a chance is "given these ranges", not a frequency that anybody has seen.

A share of 100,000 draws is itself uncertain by 0.3 percentage points at most (two standard errors).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from portfolj.economics.actors import in_order
from portfolj.economics.options import Options
from portfolj.economics.payback import MONTHS, months_to_pay
from portfolj.economics.ranges import Range, percent_of, shares_from

Floats = npt.NDArray[np.float64]
DRAWS: Final = 100_000
HORIZONS_YEARS: Final = (1, 2, 5, 10)
PERCENTILES: Final = (5, 50, 95)
NEVER: Final = "never"
CHANCE_TYPES: Final[Mapping[str, str]] = {
    "actor": "str", "horizon_years": "int64", "chance_to_break_even": "float64", "share_never": "float64",
    "payback_p05_months": "str", "payback_p50_months": "str", "payback_p95_months": "str",
}  # fmt: skip


def simulate(
    base: pd.DataFrame,
    *,
    options: Options,
    ranges: Iterable[Range],
    draws: int = DRAWS,
    seed: int,
    horizons: Sequence[int] = HORIZONS_YEARS,
    noise: Mapping[str, Floats] | None = None,
) -> pd.DataFrame:
    """The chance to break even within each horizon, per actor, and percentiles of the months that it takes.

    ``base``: a row per year and actor with ``income_1y_sek`` and ``cost_sek``. What no range is given of has the value
    of ``options``. ``noise``: actor -> kronor to add to the income per draw, of a calculation from states
    (``few_movers``). Columns of the result as in ``CHANCE_TYPES``; a row per actor and horizon, actors in the order of
    ``actors.in_order``. Shares are 0-1. The percentiles are whole months as text, ``never`` where that percentile does
    not pay back; they are drawn values (inverse of the distribution, no mean of two). The same seed gives the same
    frame, in whatever order rows and ranges come. Raises ValueError without draws.
    """
    if draws < 1:
        raise ValueError(f"draws is {draws}; at least one draw is needed")
    drawn = drawn_percent(ranges, options=options, draws=draws, seed=seed)
    weights = drawn_weights(base["year"], draws=draws, seed=seed)
    shares = shares_from(drawn)
    rows: list[dict[str, object]] = []
    for actor in in_order(base["actor"]):
        own = base[base["actor"] == actor].sort_values(["year", "income_1y_sek", "cost_sek"])
        income, cost = _pooled(own, "income_1y_sek", weights), _pooled(own, "cost_sek", weights)
        if noise and actor in noise:
            income = income + noise[actor]
        months = months_to_pay(cost * drawn["cost_pct"], income * drawn["income_pct"], **shares)
        never = float(np.isinf(months).mean())
        percentiles = percentiles_of(months)
        for horizon in sorted(horizons):
            rows.append({
                "actor": actor, "horizon_years": horizon,
                "chance_to_break_even": float((months <= MONTHS * horizon).mean()), "share_never": never, **percentiles,
            })  # fmt: skip
    return pd.DataFrame(rows, columns=list(CHANCE_TYPES)).astype(dict(CHANCE_TYPES))


def drawn_percent(ranges: Iterable[Range], *, options: Options, draws: int, seed: int) -> dict[str, Floats]:
    """A value in percent of each of ``RANGED`` per draw. Each has a stream of its own, so that stating the range of one
    leaves the draws of the others as they were."""
    stated = {each.name: each for each in ranges}
    drawn = {}
    for stream, (name, own) in enumerate(percent_of(options).items()):
        uniform = np.random.default_rng((seed, stream)).random(draws)
        drawn[name] = triangular(uniform, stated[name]) if name in stated else np.full(draws, own)
    return drawn


def triangular(uniform: Floats, of: Range) -> Floats:
    """The values of a triangular distribution at probabilities 0-1, by the inverse of its distribution function.

    A range of no width is its one value; so are the halves that have none, where the most likely is lowest or highest.
    """
    width = of.high - of.low
    if width <= 0:
        return np.full_like(uniform, of.likely)
    left = of.likely - of.low
    rising = of.low + np.sqrt(uniform * width * left)
    falling = of.high - np.sqrt((1 - uniform) * width * (of.high - of.likely))
    return np.where(uniform < left / width, rising, falling)


def drawn_weights(years: Iterable[str], *, draws: int, seed: int) -> dict[str, Floats]:
    """Each year's weight per draw, of the years that there are: a flat Dirichlet, not scaled to sum to one.

    Unscaled because only the ratio of cost and income counts, and because the weights of those years that an actor has
    are then a flat Dirichlet of their own.
    """
    found = sorted(set(years))
    streams = len(percent_of(Options()))
    gaps = np.random.default_rng((seed, streams)).standard_exponential((len(found), draws))
    return dict(zip(found, gaps, strict=True)) if len(found) > 1 else {year: np.ones(draws) for year in found}


def percentiles_of(months: Floats) -> dict[str, str]:
    """``payback_p05_months`` and so on: the smallest drawn value that at least that share of the draws does not exceed.

    >>> percentiles_of(np.array([12.0, 24.0, math.inf]))["payback_p50_months"]
    '24'
    """
    places = {each: -(-len(months) * each // 100) - 1 for each in PERCENTILES}
    ordered = np.partition(months, sorted(set(places.values())))
    values = {each: float(ordered[place]) for each, place in places.items()}
    return {f"payback_p{each:02d}_months": NEVER if math.isinf(v) else str(int(v)) for each, v in values.items()}


def _pooled(rows: pd.DataFrame, column: str, weights: Mapping[str, Floats]) -> Floats:
    """The sum over years, weighted per draw. An actor of one year has no years to weigh: its sum as it is."""
    if len(rows) == 1:
        return np.full_like(next(iter(weights.values())), float(rows[column].iloc[0]))
    total: Floats = np.zeros_like(next(iter(weights.values())))
    for year, amount in zip(rows["year"], rows[column], strict=True):
        total += weights[year] * float(amount)
    return total
