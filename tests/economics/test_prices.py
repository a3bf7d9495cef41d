"""Amounts in the prices of one year."""

from __future__ import annotations

import pandas as pd
import pytest
from view_case import value

from portfolj.economics.prices import in_prices_of
from portfolj.economics.results import BASE, frame_of
from portfolj.economics.values import Values, shipped_values
from portfolj.errors import ParameterError


def base_of(*rows: tuple[str, float | None, float | None]) -> pd.DataFrame:
    """Year, income and cost."""
    told = {"actor": "kommun", "participants": 10, "why": "", "missing": ""}
    return frame_of(BASE, [{"year": y, "income_1y_sek": i, "cost_sek": c, **told} for y, i, c in rows])


def index(**figures: float) -> Values:
    return Values(shipped_values(), [value("price_index", figure, year=int(y[1:])) for y, figure in figures.items()])


INDEX = {"y2016": 80.0, "y2017": 90.0, "y2020": 120.0}
BASE_ROWS = base_of(("2016", 1_000.0, 2_000.0), ("2017", 900.0, None), ("2020", None, 50.0))


def test_nominal_amounts_are_as_they_are_and_need_no_index() -> None:
    values = index()
    pd.testing.assert_frame_equal(in_prices_of(BASE_ROWS, None, values=values, value_years={}), BASE_ROWS)
    assert (values.used, values.missing) == ([], [])


def test_amounts_are_raised_as_the_index_has_risen() -> None:
    found = in_prices_of(BASE_ROWS, 2020, values=index(**INDEX), value_years={})
    # 120 / 80 = 1.5, 120 / 90 = 4 / 3, and 2020 as it is
    assert found["income_1y_sek"].dropna().to_list() == [1_500.0, 1_200.0]
    assert found["cost_sek"].dropna().to_list() == [3_000.0, 50.0]
    assert found.dtypes.astype("str").to_dict() == BASE


def test_amounts_are_whole_kronor() -> None:
    found = in_prices_of(base_of(("2016", 1.0, 3.0)), 2017, values=index(**INDEX), value_years={})
    assert (found.at[0, "income_1y_sek"], found.at[0, "cost_sek"]) == (1.0, 3.0)  # 1.125 and 3.375


def test_a_period_goes_by_the_year_of_its_values() -> None:
    found = in_prices_of(
        base_of(("2014–2016", 1_000.0, 2_000.0)), 2020, values=index(**INDEX), value_years={"2014–2016": 2016}
    )
    assert (found.at[0, "income_1y_sek"], found.at[0, "year"]) == (1_500.0, "2014–2016")


def test_years_without_an_index_are_told_at_once_and_nothing_is_guessed() -> None:
    with pytest.raises(ParameterError) as refused:
        in_prices_of(BASE_ROWS, 2021, values=index(y2016=80.0), value_years={})
    assert "2021 års priser" in str(refused.value)
    assert "2017, 2020, 2021" in str(refused.value)
    assert "price_index" in str(refused.value)


def test_an_index_of_nothing_is_no_index() -> None:
    with pytest.raises(ParameterError, match="2016"):
        in_prices_of(BASE_ROWS, 2020, values=index(**{**INDEX, "y2016": 0.0}), value_years={})


def test_without_rows_no_index_is_needed() -> None:
    assert in_prices_of(base_of(), 2020, values=index(), value_years={}).empty


def test_the_payback_of_one_year_is_the_same_in_all_prices() -> None:
    found = in_prices_of(base_of(("2016", 1_000.0, 2_000.0)), 2020, values=index(**INDEX), value_years={})
    assert found.at[0, "cost_sek"] / found.at[0, "income_1y_sek"] == 2_000 / 1_000


def test_the_base_that_is_given_is_left_as_it_was() -> None:
    copy = BASE_ROWS.copy()
    in_prices_of(BASE_ROWS, 2020, values=index(**INDEX), value_years={})
    pd.testing.assert_frame_equal(BASE_ROWS, copy)
