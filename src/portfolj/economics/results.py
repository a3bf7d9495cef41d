"""Results and payback per year and actor, and over the years: the tables of the printed model, with options.

The printed model is that of ``payback``. The review gives the plain mean of the years' payback, which leaves out the
years that never pay; the pooled one beside it is 12 x sum of costs / sum of incomes, over all years alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from portfolj.economics.actors import in_order
from portfolj.economics.options import HORIZON_YEARS, Options
from portfolj.economics.payback import income_over_years, mean_months, months_to_pay, payback_months, shares_of

BASE = {
    "year": "str", "actor": "str", "participants": "Int64", "income_1y_sek": "float64", "cost_sek": "float64",
    "why": "str", "missing": "str",
}  # fmt: skip
PAYBACK = {
    "year": "str", "actor": "str", "participants": "Int64", "income_1y_sek": "float64", "cost_sek": "float64",
    "result_1y_sek": "float64", "income_5y_sek": "float64", "result_5y_sek": "float64", "payback_months": "Int64",
    "why": "str", "missing": "str",
}  # fmt: skip
SUMMARY = {
    "actor": "str", "years": "int64", "participants": "Int64", "income_1y_sek": "float64", "cost_sek": "float64",
    "result_1y_sek": "float64", "result_5y_sek": "float64", "payback_mean_months": "Int64",
    "payback_pooled_months": "Int64", "years_with_payback": "str", "years_without_payback": "str",
    "years_unknown": "str",
}  # fmt: skip
NO_INCOME, NO_COST, NEVER = "no_income", "no_cost", "never"


def frame_of(columns: dict[str, str], records: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """A frame with exactly these columns and types, empty where there are no records."""
    return pd.DataFrame(list(records), columns=list(columns)).astype(columns)


def known(base: pd.DataFrame) -> pd.DataFrame:
    """The rows of which both income and cost are known: what can be drawn from and varied."""
    return base[base["income_1y_sek"].notna() & base["cost_sek"].notna()].reset_index(drop=True)


def yearly_results(base: pd.DataFrame, *, options: Options) -> pd.DataFrame:
    """One row per year and actor, society first: see ``PAYBACK``. Amounts are whole kronor.

    The cost stands at the start. Written off over ``n`` years the first year carries one ``n``:th of it and five years
    carry five, at most all: the yearly results change, the payback does not. ``payback_months`` is missing where the
    income never pays the cost, with ``why``.
    """
    return frame_of(PAYBACK, (_result(row, options) for row in in_table_order(base).to_dict("records")))


def summary(results: pd.DataFrame, base: pd.DataFrame, *, options: Options) -> pd.DataFrame:
    """One row per actor over all the years that are known of it: see ``SUMMARY``."""
    pooled = known(base)
    return frame_of(
        SUMMARY,
        (
            _summary(actor, pooled[pooled["actor"] == actor], results[results["actor"] == actor], options)
            for actor in in_order(base["actor"])
        ),
    )


def payback(cost_sek: float, income_sek: float, *, options: Options) -> int | None:
    """Whole months until it is paid, by the exact rule where the options are those of the printed model."""
    if options.is_printed_model and float(cost_sek).is_integer() and float(income_sek).is_integer():
        return payback_months(int(cost_sek), int(income_sek))
    months = float(months_to_pay(cost_sek, income_sek, **shares_of(options)))
    return int(months) if math.isfinite(months) else None


def spread_cost(cost_sek: float, years: int, *, options: Options) -> float:
    """How much of the cost so many years carry."""
    return cost_sek * min(years, options.write_off_years) / options.write_off_years


def in_table_order(base: pd.DataFrame) -> pd.DataFrame:
    """The rows by year, and within a year society first."""
    rank = {actor: n for n, actor in enumerate(in_order(base["actor"]))}
    order = base.assign(_rank=base["actor"].map(rank)).sort_values(["year", "_rank"], kind="stable")
    return order.drop(columns="_rank").reset_index(drop=True)


def _amounts(income: float, cost: float, options: Options) -> dict[str, float]:
    first = float(round(float(income_over_years(income, 1, **shares_of(options)))))
    later = float(round(float(income_over_years(income, HORIZON_YEARS, **shares_of(options)))))
    return {
        "income_1y_sek": first, "cost_sek": cost, "result_1y_sek": first - round(spread_cost(cost, 1, options=options)),
        "income_5y_sek": later, "result_5y_sek": later - round(spread_cost(cost, HORIZON_YEARS, options=options)),
    }  # fmt: skip


def _result(row: dict[str, Any], options: Options) -> dict[str, Any]:
    income, cost = row["income_1y_sek"], row["cost_sek"]
    told = {name: row[name] for name in ("year", "actor", "participants", "why", "missing")}
    if pd.isna(income) or pd.isna(cost):
        alone: dict[str, float] = _amounts(income, 0.0, options) if not pd.isna(income) else {}
        shown: dict[str, Any] = {n: amount for n, amount in alone.items() if n.startswith("income")}
        return {**told, **shown, "cost_sek": cost, "payback_months": None}
    months = payback(cost, income, options=options)
    why = "" if months is not None else NO_INCOME if income <= 0 else NEVER
    if not cost:
        months, why = None, NO_COST
    return {**told, **_amounts(income, cost, options), "payback_months": months, "why": why}


def _summary(actor: str, own: pd.DataFrame, results: pd.DataFrame, options: Options) -> dict[str, Any]:
    told = results[results["year"].isin(set(own["year"]))]
    paid = told[told["payback_months"].notna()]
    cost, income = float(own["cost_sek"].sum()), float(own["income_1y_sek"].sum())
    record: dict[str, Any] = {
        "actor": actor, "years": len(own), "participants": int(own["participants"].sum()) if len(own) else None,
        "payback_mean_months": mean_months([int(months) for months in paid["payback_months"]]),
        "payback_pooled_months": payback(cost, income, options=options) if cost else None,
        "years_with_payback": ";".join(paid["year"]),
        "years_without_payback": ";".join(told.loc[told["payback_months"].isna() & (told["why"] != NO_COST), "year"]),
    }  # fmt: skip
    record["years_unknown"] = ";".join(each for each in results["year"] if each not in set(own["year"]))
    amounts = _amounts(income, cost, options) if len(own) else {}
    wanted: Sequence[str] = ("income_1y_sek", "cost_sek", "result_1y_sek", "result_5y_sek")
    return record | {name: amounts.get(name) for name in wanted}
