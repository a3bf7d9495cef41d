"""Amounts of different years in the prices of one year, by an index that somebody has stated."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portfolj.economics.values import Missing, Value, Values
from portfolj.errors import ParameterError

INDEX = "price_index"


def in_prices_of(
    base: pd.DataFrame, year: int | None, *, values: Values, value_years: Mapping[str, int]
) -> pd.DataFrame:
    """The base with incomes and costs in the prices of ``year``; as it is where no year is stated.

    ``value_years``: the base's year -> the year whose values it is computed with, where its name is no year.

    Raises ParameterError, with the years that lack one, where the index is not there or is no index (not above zero):
    nothing is recalculated by guess.
    """
    factors = price_factors(base, year, values=values, value_years=value_years)
    if not factors:
        return base
    factor = base["year"].map(factors)
    return base.assign(**{name: (base[name] * factor).round() for name in ("income_1y_sek", "cost_sek")})


def price_factors(
    base: pd.DataFrame, year: int | None, *, values: Values, value_years: Mapping[str, int]
) -> dict[str, float]:
    """Year of the base -> what its amounts are multiplied by; empty where no year is stated. Raises as above."""
    if year is None or base.empty:
        return {}
    years = {each: value_years.get(each) or int(each) for each in base["year"]} | {str(year): year}
    found = {each: values.find(INDEX, year=own, actor="") for each, own in sorted(years.items())}
    # An index without a year says nothing of how prices have moved.
    lacking = [each for each, value in found.items() if isinstance(value, Missing) or not value.value or not value.year]
    if lacking:
        raise ParameterError(
            f"Belopp kan inte räknas om till {year} års priser: prisindex saknas för {', '.join(lacking)}. "
            f"Lägg till raderna {INDEX} i förbundets fil med värden, med källa, eller använd löpande priser "
            "(price_year = 0)."
        )
    index = {each: value.value for each, value in found.items() if isinstance(value, Value) and value.value is not None}
    return {each: index[str(year)] / own for each, own in index.items()}
