"""What each assumed value moves: one at a time at its lowest and highest, and where the result turns to zero.

It is of a calculation from states, where incomes rest on unit values (a wage, a benefit, a tax rate). The values that
the flows are computed with are varied, each alone, and the flows computed anew; costs are not among them, being varied
whole in ``sensitivity``. What stands in a source (verified, printed, or derived from such) is left as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pandas as pd
from scipy.optimize import brentq

from portfolj.economics.actors import in_order
from portfolj.economics.changes import Changes
from portfolj.economics.options import HORIZON_YEARS, Options
from portfolj.economics.overrides import unit_of
from portfolj.economics.payback import income_over_years, months_to_pay, shares_of
from portfolj.economics.prices import INDEX
from portfolj.economics.results import frame_of, known, spread_cost
from portfolj.economics.states import State
from portfolj.economics.unit_values import ASSUMED, OWN, home_actor
from portfolj.economics.values import Value, Values
from portfolj.economics.varied_values import VariedIncomes

SPAN_SHARE: Final = 0.25
VARIED: Final = frozenset({OWN, ASSUMED})
MOST_TIMES: Final = 4.0  # how many times the base a switching value is looked for
_STEPS = 16  # as many parts of that range are looked through where the result is not a straight line
WHOLE_PCT: Final = 100.0
_LINE_SEK = 0.5  # how far from a straight line flows rounded to parts of a krona may put a result
VALUE_SENSITIVITY: Final[dict[str, str]] = {
    "actor": "str", "key": "str", "label": "str", "unit": "str", "of_actor": "str", "low": "float64",
    "base": "float64", "high": "float64", "result_low_sek": "float64", "result_base_sek": "float64",
    "result_high_sek": "float64", "payback_low_months": "float64", "payback_base_months": "float64",
    "payback_high_months": "float64", "switching_value": "float64",
}  # fmt: skip


def value_sensitivity(
    changes: Changes, *, values: Values, year: int, states: Mapping[str, State],
    payers: Mapping[str, str], base: pd.DataFrame, options: Options, horizon_years: int = HORIZON_YEARS,
) -> pd.DataFrame:  # fmt: skip
    """A row per actor and value that moves it, the widest swing first; columns as in ``VALUE_SENSITIVITY``.

    ``base``: the calculation's rows of ``results.BASE``, one per actor, in the prices of ``options.price_year`` where
    one is stated; actors whose income or cost is not known have no rows. ``of_actor``: whose the value is, "" where it
    is everybody's. ``low``, ``base``, ``high`` and ``switching_value`` are in the value's ``unit``; results are whole
    kronor as in ``results.yearly_results``, paybacks whole months, infinite where it never pays.

    Own and assumed values go from a quarter below to a quarter above (``SPAN_SHARE``), percentages to 100 at most.
    Nobody has measured how far off each of them is: the quarter is an assumption, the same for all, so that the order
    shows what weighs most and not who was guessed to be least sure. The switching value makes the result zero with all
    else as it is: the nearest one from nothing to four times the base (100 percent), not a number where none is there.

    ``values`` remembers nothing of this. Raises ValueError where an actor has several rows in ``base``.
    """
    rows = known(base)
    if rows["actor"].duplicated().any():
        raise ValueError("several rows of one actor: a calculation from states is of one period")
    actors = in_order(rows["actor"])
    incomes = VariedIncomes(
        changes, values=values, year=year, states=states, payers=payers,
        actors=actors,
    )  # fmt: skip
    varied = [_spanned(each) for each in incomes.used if each.confidence in VARIED and each.value]
    factor, of_actor = _price_factor(values, year, options.price_year), rows.set_index("actor")
    records: list[dict[str, Any]] = []
    for n, actor in enumerate(actors):
        income, cost = (float(of_actor.at[actor, name]) for name in ("income_1y_sek", "cost_sek"))
        own = _Outcome(income, cost, options, horizon_years)
        found = [_row(actor, each, own, _gain(incomes, each.value, n, factor)) for each in varied]
        moved = [row for row in found if _swing(row) > 0]
        records += sorted(moved, key=_swing, reverse=True)
    return frame_of(VALUE_SENSITIVITY, records)


class _Spanned(NamedTuple):
    value: Value
    low: float
    base: float
    high: float
    most: float  # the highest that a switching value may be


class _Outcome(NamedTuple):
    """What becomes of an actor's income and cost when the yearly income gains something."""

    income_sek: float
    cost_sek: float
    options: Options
    years: int

    def result_sek(self, gain_sek: float) -> float:
        worth = income_over_years(self.income_sek + gain_sek, self.years, **shares_of(self.options))
        return float(worth) - spread_cost(self.cost_sek, self.years, options=self.options)

    def shown_sek(self, gain_sek: float) -> float:
        """As the tables have it: income and cost in whole kronor, each for itself."""
        worth = float(income_over_years(self.income_sek + gain_sek, self.years, **shares_of(self.options)))
        return float(round(worth) - round(spread_cost(self.cost_sek, self.years, options=self.options)))

    def months(self, gain_sek: float) -> float:
        return float(months_to_pay(self.cost_sek, self.income_sek + gain_sek, **shares_of(self.options))) + 0.0


def _spanned(value: Value) -> _Spanned:
    base = float(value.value or 0.0)
    low, high, most = base * (1 - SPAN_SHARE), base * (1 + SPAN_SHARE), base * MOST_TIMES
    if value.key.endswith("_pct"):
        high, most = (max(base, min(each, WHOLE_PCT)) for each in (high, most))
    return _Spanned(value, low, base, high, most)


def _price_factor(values: Values, year: int, price_year: int | None) -> float:
    """What an amount of the year is multiplied with to be in the prices that results are told in."""
    if price_year is None:
        return 1.0
    asked = Values(values.shipped, values.own, values.use_year, values.overrides)
    there, own = (getattr(asked.find(INDEX, year=each), "value", None) for each in (price_year, year))
    if not there or not own:
        raise ValueError(f"no price index for {price_year} or {year}: the base can't be in those prices")
    return float(there) / float(own)


def _gain(incomes: VariedIncomes, value: Value, actor: int, factor: float) -> Callable[[float], float]:
    return lambda figure: float(incomes.gained_sek(value, figure)[actor]) * factor


def _row(actor: str, of: _Spanned, own: _Outcome, gain: Callable[[float], float]) -> dict[str, Any]:
    low, high = gain(of.low), gain(of.high)
    row: dict[str, Any] = {
        "actor": actor, "key": of.value.key, "label": of.value.label, "unit": unit_of(of.value.key),
        "of_actor": of.value.actor or home_actor(of.value.key), "low": of.low, "base": of.base, "high": of.high,
    }  # fmt: skip
    for name, gained in (("low", low), ("base", 0.0), ("high", high)):
        row |= {f"result_{name}_sek": own.shown_sek(gained), f"payback_{name}_months": own.months(gained)}
    switching = _switching_value(of, lambda figure: own.result_sek(gain(figure))) if _swing(row) > 0 else math.nan
    return row | {"switching_value": switching}


def _switching_value(of: _Spanned, result: Callable[[float], float]) -> float:
    """By the straight line where there is one, else by looking through the range from the base outwards."""
    now = result(of.base)
    if now == 0:
        return of.base
    slope = (result(of.most) - result(0.0)) / of.most
    if all(abs(now + slope * (at - of.base) - result(at)) <= _LINE_SEK for at in (0.0, of.low, of.high, of.most)):
        found = of.base - now / slope if slope else math.nan
        return _rounded(found, result) if 0 <= found <= of.most else math.nan
    points = sorted({of.low, of.base, of.high, *(of.most * n / _STEPS for n in range(_STEPS + 1))})
    turns = [(a, b) for a, b in pairwise(points) if result(a) * result(b) <= 0]
    if not turns:
        return math.nan
    first, last = min(turns, key=lambda ends: max(ends[0] - of.base, of.base - ends[1]))
    return _rounded(float(brentq(result, first, last, xtol=1e-9, rtol=1e-14)), result)


def _rounded(found: float, result: Callable[[float], float]) -> float:
    near = round(found, 9) + 0.0
    return near if abs(result(near)) <= abs(result(found)) else found


def _swing(row: Mapping[str, Any]) -> float:
    """The whole width of the three results: that of the base may be outside the others where the line bends."""
    results: Sequence[float] = [row[f"result_{name}_sek"] for name in ("low", "base", "high")]
    return max(results) - min(results)
