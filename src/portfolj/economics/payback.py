"""How long until the income has paid the cost, and what an income of several years is worth.

The rule of the printed model (NyttoSam, recovered from the tables of the 2020 review of RAR Sörmland): a yearly income
that goes on unchanged, the whole cost at the start, and payback = 12 x cost / yearly income in months, rounded up to
whole ones; none where there is no income. All 20 printed figures follow it.

With options the income of year ``y`` (1, 2, ...) is ``income x (1 - deadweight) x q^(y - 1)``, where ``q`` is
``(1 - fade_out) / (1 + discount_rate)``. It comes evenly over each year.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from portfolj.economics.options import Options

MONTHS = 12
_ALMOST_WHOLE = 1e-9  # so that an exact 192 months is not rounded up to 193 by how a machine divides


def payback_months(cost_sek: int, income_sek: int) -> int | None:
    """Whole months until the income has paid the cost by the printed model, exactly; None where it never does.

    >>> payback_months(3_343_000, 1_540_000), payback_months(672_000, -848_000), payback_months(0, 5)
    (27, None, 0)
    """
    if cost_sek <= 0:
        return 0 if income_sek >= 0 else None
    return -(-MONTHS * cost_sek // income_sek) if income_sek > 0 else None


def months_to_pay(
    cost: Any, income: Any, *, discount_rate: Any = 0.0, fade_out: Any = 0.0, deadweight: Any = 0.0
) -> Any:
    """The same with options, of numbers or arrays of one shape (float): whole months, infinite where it never pays.

    A cost of nothing is paid at once, unless the income is a loss: then it never is.
    """
    cost, income = np.asarray(cost, dtype="float64"), np.asarray(income, dtype="float64")
    first = income * (1.0 - np.asarray(deadweight, dtype="float64"))
    q = (1.0 - np.asarray(fade_out, dtype="float64")) / (1.0 + np.asarray(discount_rate, dtype="float64"))
    cost, first, q = np.broadcast_arrays(cost, first, q)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = np.where(first > 0, cost / first, math.inf)  # years of the first year's income
        left = 1.0 - ratio * (1.0 - q)  # q to the power of the years that it takes
        whole = np.where(q == 1.0, np.floor(ratio), np.floor(np.log(left) / np.log(q)))
        whole = np.where(left > 0, np.maximum(whole, 0.0), math.inf)
        power = np.power(q, whole)
        paid = np.where(q == 1.0, whole, (1.0 - power) / (1.0 - q))
        months = MONTHS * (whole + (ratio - paid) / power)
    months = np.where((left > 0) & np.isfinite(ratio), months, math.inf)
    months = np.where(ratio <= 1.0, MONTHS * ratio, months)  # paid in the first year, whatever comes later
    months = np.where(cost <= 0, np.where(first >= 0, 0.0, math.inf), months)
    return np.ceil(months - _ALMOST_WHOLE * np.where(np.isfinite(months), np.maximum(months, 1.0), 1.0))


def income_over_years(
    income: Any, years: float, *, discount_rate: Any = 0.0, fade_out: Any = 0.0, deadweight: Any = 0.0
) -> Any:
    """What so many whole years of a yearly income are worth, of numbers or arrays (float)."""
    first = np.asarray(income, dtype="float64") * (1.0 - np.asarray(deadweight, dtype="float64"))
    q = (1.0 - np.asarray(fade_out, dtype="float64")) / (1.0 + np.asarray(discount_rate, dtype="float64"))
    first, q = np.broadcast_arrays(first, q)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(q == 1.0, years, (1.0 - np.power(q, years)) / (1.0 - q))
    return first * worth


def shares_of(options: Options) -> dict[str, float]:
    """The options as the keyword arguments of the functions above."""
    return {
        "discount_rate": options.discount_rate, "fade_out": options.fade_out, "deadweight": options.deadweight,
    }  # fmt: skip


def mean_months(months: list[int]) -> int | None:
    """The plain mean of the years that have a payback, rounded half up as the review prints it; None without any.

    >>> mean_months([172, 26, 134, 22])  # 354 / 4 = 88.5
    89
    """
    return (2 * sum(months) + len(months)) // (2 * len(months)) if months else None
