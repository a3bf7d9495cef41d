"""What moves the result: each uncertain thing alone at its lowest and highest, and where the result turns to zero.

The result is what the income of the horizon is worth less the cost, pooled over years. All other things stand at their
base, which is the calculation's own: 100 percent of income and cost, and the options. One thing at a time says nothing
of things that go wrong together; ``simulation`` does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd
from scipy.optimize import brentq

from portfolj.economics.actors import in_order
from portfolj.economics.options import HORIZON_YEARS, Options
from portfolj.economics.payback import income_over_years, months_to_pay
from portfolj.economics.ranges import WHOLE_PCT, Range, percent_of, shares_from

MOST_PCT: Final = 1000.0
# Shares of the income that is there: more than all of it can neither fade nor have come anyway.
AT_MOST_WHOLE: Final = frozenset({"deadweight_pct", "fade_out_pct"})
SENSITIVITY_TYPES: Final[Mapping[str, str]] = {
    "actor": "str", "parameter": "str", "label": "str", "low": "float64", "likely": "float64", "high": "float64",
    "result_low_sek": "float64", "result_base_sek": "float64", "result_high_sek": "float64",
    "payback_low_months": "float64", "payback_base_months": "float64", "payback_high_months": "float64",
    "switching_value": "float64", "base": "float64",
}  # fmt: skip


def sensitivity(
    base: pd.DataFrame, *, options: Options, ranges: Iterable[Range], horizon_years: int = HORIZON_YEARS
) -> pd.DataFrame:
    """A row per actor and range, the widest swing of the result first; columns as in ``SENSITIVITY_TYPES``.

    ``base``: a row per year and actor with ``income_1y_sek`` and ``cost_sek``. ``low``, ``likely``, ``high``, ``base``
    (the calculation's own value) and ``switching_value`` are percent. The switching value is the one at which the
    result is zero, NaN where there is none within 0-1000 percent (0-100 for shares of the income). Paybacks are whole
    months, infinite where it never pays. The order of rows and ranges does not matter.
    """
    own = percent_of(options)
    asked = sorted(ranges, key=lambda each: list(own).index(each.name))
    rows = []
    for actor in in_order(base["actor"]):
        years = base[base["actor"] == actor]
        pooled = _Pooled(math.fsum(years["income_1y_sek"]), math.fsum(years["cost_sek"]), own, horizon_years)
        found = [pooled.row(actor, each) for each in asked]
        rows += sorted(found, key=_swing, reverse=True)
    return pd.DataFrame(rows, columns=list(SENSITIVITY_TYPES)).astype(dict(SENSITIVITY_TYPES))


def switching_value(
    income_sek: float, cost_sek: float, *, name: str, options: Options, horizon_years: int = HORIZON_YEARS
) -> float:
    """The percent of one of ``RANGED`` at which the result over the horizon is zero; NaN where there is none.

    >>> switching_value(25_000, 100_000, name="deadweight_pct", options=Options())  # 5 x 25 000 x (1 - 0.2) = 100 000
    20.0
    """
    return _Pooled(income_sek, cost_sek, percent_of(options), horizon_years).switching_value(name)


class _Pooled:
    """An actor's income a year and cost, and what becomes of them with one thing changed."""

    def __init__(self, income_sek: float, cost_sek: float, own: Mapping[str, float], years: int) -> None:
        self.income_sek, self.cost_sek, self.own, self.years = income_sek, cost_sek, own, years

    def result_sek(self, changed: Mapping[str, float]) -> float:
        percent = {**self.own, **changed}
        income, cost = self.income_sek * percent["income_pct"], self.cost_sek * percent["cost_pct"]
        return float(income_over_years(income, self.years, **shares_from(percent)) - cost) / WHOLE_PCT

    def months(self, changed: Mapping[str, float]) -> float:
        percent = {**self.own, **changed}
        income, cost = self.income_sek * percent["income_pct"], self.cost_sek * percent["cost_pct"]
        return float(months_to_pay(cost, income, **shares_from(percent)))

    def switching_value(self, name: str) -> float:
        def result(value: float) -> float:
            return self.result_sek({name: value})

        most = WHOLE_PCT if name in AT_MOST_WHOLE else MOST_PCT
        first, last = result(0.0), result(most)
        if first == last or first * last > 0:  # the result does not hang on it, or never turns: it only rises or falls
            return math.nan
        found = float(brentq(result, 0.0, most, xtol=1e-12, rtol=1e-14))
        near = round(found, 9)
        return near if abs(result(near)) <= abs(result(found)) else found

    def row(self, actor: str, of: Range) -> dict[str, object]:
        low, high = {of.name: of.low}, {of.name: of.high}
        return {
            "actor": actor, "parameter": of.name, "label": of.label, "low": of.low, "likely": of.likely,
            "high": of.high, "result_low_sek": self.result_sek(low), "result_base_sek": self.result_sek({}),
            "result_high_sek": self.result_sek(high), "payback_low_months": self.months(low),
            "payback_base_months": self.months({}), "payback_high_months": self.months(high),
            "switching_value": self.switching_value(of.name), "base": self.own[of.name],
        }  # fmt: skip


def _swing(row: Mapping[str, object]) -> float:
    return abs(float(str(row["result_high_sek"])) - float(str(row["result_low_sek"])))
