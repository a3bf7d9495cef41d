"""One thing at a time: the result at its lowest and highest, and the value where the result turns to zero."""

from __future__ import annotations

import math

import pytest
from economics_base import ASSUMED, base, span
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.economics.options import Options
from portfolj.economics.payback import income_over_years, months_to_pay
from portfolj.economics.ranges import Range
from portfolj.economics.sensitivity import SENSITIVITY_TYPES, sensitivity, switching_value
from portfolj.federation.economics import RANGED

TWO_YEARS = base(("2016", "kommun", 10_000, 60_000), ("2017", "kommun", 30_000, 60_000), ("2016", "af", -5_000, 10_000))


def result(income: float, cost: float, name: str, value: float, options: Options, years: int) -> float:
    """What an actor has left, worked out apart from the module: year by year."""
    percent = {
        "income_pct": 100.0, "cost_pct": 100.0, "deadweight_pct": 100 * options.deadweight,
        "fade_out_pct": 100 * options.fade_out, "discount_rate_pct": 100 * options.discount_rate, name: value,
    }  # fmt: skip
    first = income * percent["income_pct"] / 100 * (1 - percent["deadweight_pct"] / 100)
    q = (1 - percent["fade_out_pct"] / 100) / (1 + percent["discount_rate_pct"] / 100)
    return sum(first * q**year for year in range(years)) - cost * percent["cost_pct"] / 100


def test_the_figures_are_those_of_the_arithmetic() -> None:
    ranges = [span("cost_pct", 50, 100, 200), span("income_pct", 50, 100, 150)]
    found = sensitivity(TWO_YEARS, options=Options(), ranges=ranges).set_index(["actor", "parameter"])
    # Pooled: income 40 000 a year, cost 120 000; five years of income less the cost: 80 000, paid in 36 months.
    cost = found.loc[("kommun", "cost_pct")]
    assert [cost[f"result_{each}_sek"] for each in ("low", "base", "high")] == [140_000, 80_000, -40_000]
    assert [cost[f"payback_{each}_months"] for each in ("low", "base", "high")] == [18, 36, 72]
    assert cost["switching_value"] == 100 * 200_000 / 120_000
    income = found.loc[("kommun", "income_pct")]
    assert [income[f"result_{each}_sek"] for each in ("low", "base", "high")] == [-20_000, 80_000, 180_000]
    assert [income[f"payback_{each}_months"] for each in ("low", "base", "high")] == [72, 36, 24]
    assert income["switching_value"] == 60  # 40 000 x 60 % x 5 = 120 000
    loss = found.loc[("af", "income_pct")]
    assert [loss[f"payback_{each}_months"] for each in ("low", "base", "high")] == [math.inf] * 3
    assert math.isnan(loss["switching_value"])


@pytest.mark.parametrize(
    ("name", "income", "cost", "expected"),
    [
        ("income_pct", 40_000, 120_000, 60.0),  # 40 000 x 0.6 x 5 = 120 000
        ("cost_pct", 40_000, 50_000, 400.0),  # 5 x 40 000 = 4 x 50 000
        ("deadweight_pct", 40_000, 120_000, 40.0),  # 40 000 x (1 - 0.4) x 5 = 120 000
        ("income_pct", 1_000, 120_000, math.nan),  # 2 400 percent
        ("income_pct", -40_000, 120_000, math.nan),
        ("deadweight_pct", 20_000, 120_000, math.nan),  # it does not pay even where nothing would have come anyway
        ("deadweight_pct", -20_000, 120_000, math.nan),  # more than all of it can't have come anyway
        ("fade_out_pct", 40_000, 30_000, math.nan),  # paid in the first year, before anything fades
        ("discount_rate_pct", 40_000, 30_000, math.nan),
        ("cost_pct", 40_000, 0, math.nan),
        ("income_pct", 0, 0, math.nan),  # zero whatever it is: nothing turns
    ],
)
def test_a_switching_value_is_that_of_the_arithmetic_or_none(
    name: str, income: float, cost: float, expected: float
) -> None:
    assert switching_value(income, cost, name=name, options=Options()) == pytest.approx(expected, nan_ok=True)


def test_an_income_that_fades_has_the_switching_value_of_its_equation() -> None:
    # Two years: 100 000 + 100 000 x (1 - f) = 150 000, so f = 50 %; 100 000 / (1 + r) = 50 000, so r = 100 %.
    for name, expected in (("fade_out_pct", 50), ("discount_rate_pct", 100)):
        found = switching_value(100_000, 150_000, name=name, options=Options(), horizon_years=2)
        assert found == pytest.approx(expected)


def test_in_a_single_year_neither_fading_nor_discounting_matters() -> None:
    for name in ("fade_out_pct", "discount_rate_pct"):
        assert math.isnan(switching_value(100, 100, name=name, options=Options(), horizon_years=1))


shares = st.integers(0, 50).map(lambda value: value / 100)


@given(
    income=st.integers(-1_000_000, 1_000_000), cost=st.integers(0, 4_000_000), name=st.sampled_from(RANGED),
    discount=shares, fade=shares, deadweight=shares, years=st.integers(1, 10),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_put_back_in_the_switching_value_leaves_nothing(
    income: int, cost: int, name: str, discount: float, fade: float, deadweight: float, years: int
) -> None:
    options = Options(discount_rate=discount, fade_out=fade, deadweight=deadweight)
    found = switching_value(income, cost, name=name, options=options, horizon_years=years)
    most = 100 if name in ("deadweight_pct", "fade_out_pct") else 1_000
    if math.isnan(found):
        ends = [result(income, cost, name, value, options, years) for value in (0, most)]
        same_side = ends[0] * ends[1] > 0
        assert same_side or ends[0] == pytest.approx(ends[1], abs=1e-6)
    else:
        assert 0 <= found <= most
        # what a ten-thousandth of a percent more or less would do to the result is the least that can be asked
        assert abs(result(income, cost, name, found, options, years)) <= 1e-6 * (abs(income) * years + cost + 1)


@given(order=st.permutations(range(len(TWO_YEARS))), ranges=st.permutations(ASSUMED))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_and_ranges_does_not_matter(order: list[int], ranges: list[Range]) -> None:
    first = sensitivity(TWO_YEARS, options=Options(), ranges=ASSUMED)
    again = sensitivity(TWO_YEARS.iloc[order], options=Options(), ranges=ranges)
    assert first.equals(again)


def test_the_widest_swing_of_each_actor_comes_first() -> None:
    found = sensitivity(TWO_YEARS, options=Options(), ranges=ASSUMED)
    assert list(found["actor"].unique()) == ["kommun", "af"]
    for _, rows in found.groupby("actor"):
        swing = (rows["result_high_sek"] - rows["result_low_sek"]).abs()
        assert swing.is_monotonic_decreasing
        assert set(rows["parameter"]) == set(RANGED)


def test_the_base_is_the_calculations_own_whatever_is_most_likely() -> None:
    options = Options(deadweight=0.25)
    found = sensitivity(TWO_YEARS, options=options, ranges=[span("deadweight_pct", 0, 50, 60)]).iloc[0]
    assert (found["base"], found["likely"]) == (25, 50)
    assert found["result_base_sek"] == income_over_years(40_000, 5, deadweight=0.25) - 120_000  # 150 000 - 120 000
    assert found["payback_base_months"] == months_to_pay(120_000, 40_000, deadweight=0.25) == 48


def test_columns_have_their_types_also_without_rows() -> None:
    for frame in (base(), TWO_YEARS):
        found = sensitivity(frame, options=Options(), ranges=ASSUMED)
        assert {column: str(kind) for column, kind in found.dtypes.items()} == SENSITIVITY_TYPES
