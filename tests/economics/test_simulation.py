"""The simulation against closed forms, and what must hold of any: the same for a seed, in whatever order."""

from __future__ import annotations

import math

import numpy as np
import pytest
from economics_base import ASSUMED, base, span
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from portfolj.economics.options import Options
from portfolj.economics.payback import payback_months
from portfolj.economics.ranges import Range
from portfolj.economics.simulation import (
    CHANCE_TYPES,
    drawn_percent,
    drawn_weights,
    percentiles_of,
    simulate,
    triangular,
)

DRAWS = 20_000
PERCENTILES = ["payback_p05_months", "payback_p50_months", "payback_p95_months"]


def standard_errors(share: float, expected: float, draws: int = DRAWS) -> float:
    return abs(share - expected) / math.sqrt(expected * (1 - expected) / draws)


@pytest.mark.parametrize(("low", "likely", "high"), [(50, 100, 200), (80, 80, 150), (60, 120, 120)])
def test_with_an_uncertain_cost_alone_the_chance_is_that_of_a_triangle(low: float, likely: float, high: float) -> None:
    # Paid within h years: cost x p / 100 <= h x income, so p <= 100 x h x income / cost = 36.67 h percent.
    found = simulate(
        base(("2020", "kommun", 110_000, 300_000)), options=Options(), ranges=[span("cost_pct", low, likely, high)],
        draws=DRAWS, seed=3, horizons=(1, 2, 3, 10),
    )  # fmt: skip
    triangle = stats.triang((likely - low) / (high - low), loc=low, scale=high - low)
    for horizon, chance in zip(found["horizon_years"], found["chance_to_break_even"], strict=True):
        expected = triangle.cdf(100 * horizon * 110_000 / 300_000)
        assert chance == expected if expected in (0, 1) else standard_errors(chance, expected) < 4
    assert set(found["share_never"]) == {0}


def test_with_an_uncertain_cost_alone_the_percentiles_are_those_of_a_triangle() -> None:
    found = simulate(
        base(("2020", "kommun", 100_000, 300_000)), options=Options(), ranges=[span("cost_pct", 50, 100, 200)],
        draws=DRAWS, seed=3,
    ).iloc[0]  # fmt: skip
    # 36 months at 100 percent; one month is 2.8 percent of the cost, much more than the percentile is uncertain by
    exact = [36 * stats.triang(1 / 3, loc=0.5, scale=1.5).ppf(share) for share in (0.05, 0.5, 0.95)]
    assert all(abs(int(found[name]) - math.ceil(months)) <= 1 for name, months in zip(PERCENTILES, exact, strict=True))


def test_with_an_uncertain_fade_out_alone_the_share_that_never_pays_is_that_of_a_triangle() -> None:
    # All income ever is income / fade: 100 000 / f never reaches 500 000 where f > 20 percent.
    found = simulate(
        base(("2020", "kommun", 100_000, 500_000)), options=Options(), ranges=[span("fade_out_pct", 0, 10, 40)],
        draws=DRAWS, seed=5,
    )  # fmt: skip
    assert standard_errors(found["share_never"].iloc[0], 1 - stats.triang(0.25, loc=0, scale=40).cdf(20)) < 4


def test_with_two_years_alone_the_chance_is_that_of_their_uniform_weight() -> None:
    # A weight w of the first year is uniform. Paid in a year: w x 50 + (1 - w) x 200 <= 100, so w >= 2 / 3.
    found = simulate(
        base(("2019", "fk", 100, 50), ("2020", "fk", 100, 200)), options=Options(), ranges=[], draws=DRAWS, seed=2,
        horizons=(1,),
    )  # fmt: skip
    assert standard_errors(found["chance_to_break_even"].iloc[0], 1 / 3) < 4


@given(income=st.integers(-1_000, 1_000), cost=st.integers(0, 5_000), years=st.integers(1, 3), seed=st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_ranges_without_width_and_years_alike_give_the_exact_payback(
    income: int, cost: int, years: int, seed: int
) -> None:
    rows = [(str(2020 + year), "af", float(income), float(cost)) for year in range(years)]
    ranges = [span("cost_pct", 100, 100, 100), span("deadweight_pct", 0, 0, 0)]
    found = simulate(base(*rows), options=Options(), ranges=ranges, draws=50, seed=seed, horizons=(1, 5))
    months = payback_months(cost, income)
    expected = "never" if months is None else str(months)
    assert set(found[PERCENTILES].to_numpy().ravel()) == {expected}
    assert set(found["share_never"]) == {float(months is None)}
    within = [float(months is not None and months <= 12 * horizon) for horizon in (1, 5)]
    assert found["chance_to_break_even"].tolist() == within


@pytest.mark.parametrize("income", [0.0, -848_000.0])
def test_an_actor_without_income_never_has_its_money_back(income: float) -> None:
    found = simulate(base(("2016", "af", income, 672_000)), options=Options(), ranges=ASSUMED, draws=500, seed=1)
    assert set(found["share_never"]) == {1}
    assert set(found["chance_to_break_even"]) == {0}
    assert set(found[PERCENTILES].to_numpy().ravel()) == {"never"}


YEARS = base(
    ("2016", "samhallet", 1_540, 3_343), ("2016", "kommun", 919, 672), ("2017", "samhallet", 4_267, 11_142),
    ("2017", "kommun", 939, 2_240), ("2018", "samhallet", 5_232, 20_930), ("2018", "af", -310, 4_208),
)  # fmt: skip


@given(order=st.permutations(range(len(YEARS))), ranges=st.permutations(ASSUMED))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_and_ranges_does_not_matter(order: list[int], ranges: list[Range]) -> None:
    first = simulate(YEARS, options=Options(), ranges=ASSUMED, draws=300, seed=7)
    again = simulate(YEARS.iloc[order], options=Options(), ranges=ranges, draws=300, seed=7)
    assert first.to_csv() == again.to_csv()


def test_another_seed_draws_anew_and_the_rows_given_are_left_as_they_were() -> None:
    before = YEARS.copy()
    drawn = [simulate(YEARS, options=Options(), ranges=ASSUMED, draws=300, seed=seed).to_csv() for seed in (1, 2, 1)]
    assert drawn[0] == drawn[2] != drawn[1]
    assert YEARS.equals(before)


def test_double_participants_and_cost_in_every_year_change_nothing() -> None:
    double = YEARS.assign(income_1y_sek=2 * YEARS["income_1y_sek"], cost_sek=2 * YEARS["cost_sek"])
    assert simulate(double, options=Options(), ranges=ASSUMED, draws=300, seed=1).equals(
        simulate(YEARS, options=Options(), ranges=ASSUMED, draws=300, seed=1)
    )


def test_an_actor_is_told_the_same_whatever_other_actors_there_are() -> None:
    both = simulate(YEARS, options=Options(), ranges=ASSUMED, draws=300, seed=1)
    society = YEARS[YEARS["actor"] == "samhallet"]
    alone = simulate(society, options=Options(), ranges=ASSUMED, draws=300, seed=1)
    assert alone.equals(both[both["actor"] == "samhallet"].reset_index(drop=True))


def test_the_chance_never_falls_with_a_longer_horizon_and_stops_at_what_ever_pays() -> None:
    found = simulate(YEARS, options=Options(), ranges=ASSUMED, draws=2_000, seed=1, horizons=(10, 1, 5, 2, 1_000))
    for _, rows in found.groupby("actor"):
        assert rows["horizon_years"].tolist() == [1, 2, 5, 10, 1_000]
        assert rows["chance_to_break_even"].is_monotonic_increasing
        assert (rows["chance_to_break_even"] <= 1 - rows["share_never"] + 1e-12).all()


def test_actors_come_in_the_order_of_the_tables_with_the_types_of_the_file() -> None:
    found = simulate(YEARS, options=Options(), ranges=ASSUMED, draws=10, seed=1)
    assert list(found["actor"].unique()) == ["samhallet", "kommun", "af"]
    assert {column: str(kind) for column, kind in found.dtypes.items()} == CHANCE_TYPES


def test_nothing_to_simulate_gives_an_empty_table_with_its_columns() -> None:
    found = simulate(base(), options=Options(), ranges=ASSUMED, draws=10, seed=1)
    assert (len(found), list(found)) == (0, list(CHANCE_TYPES))


def test_no_draws_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one draw"):
        simulate(YEARS, options=Options(), ranges=ASSUMED, draws=0, seed=1)


@pytest.mark.parametrize(("low", "likely", "high"), [(0, 0, 50), (50, 100, 125), (80, 120, 120), (0, 3.5, 5)])
def test_drawn_values_are_those_of_the_inverse_distribution(low: float, likely: float, high: float) -> None:
    uniform = np.linspace(0, 1, 101)
    expected = stats.triang((likely - low) / (high - low), loc=low, scale=high - low).ppf(uniform)
    assert np.allclose(triangular(uniform, span("cost_pct", low, likely, high)), expected)


def test_a_range_of_no_width_is_its_one_value_and_an_option_without_range_its_own() -> None:
    drawn = drawn_percent([span("cost_pct", 90, 90, 90)], options=Options(fade_out=0.1), draws=5, seed=1)
    assert {name: set(values.tolist()) for name, values in drawn.items()} == {
        "income_pct": {100}, "cost_pct": {90}, "deadweight_pct": {0}, "fade_out_pct": {10}, "discount_rate_pct": {0},
    }  # fmt: skip


def test_the_range_of_one_thing_leaves_the_draws_of_the_others_as_they_were() -> None:
    alone = drawn_percent([span("cost_pct", 80, 100, 120)], options=Options(), draws=50, seed=1)["cost_pct"]
    among = drawn_percent(ASSUMED, options=Options(), draws=50, seed=1)["cost_pct"]
    assert (alone == among).all()


def test_the_weights_of_years_are_a_flat_dirichlet() -> None:
    weights = np.stack(list(drawn_weights(["2016", "2017", "2018", "2019"], draws=DRAWS, seed=1).values()))
    shares = weights / weights.sum(axis=0)
    for each in shares:  # one of four weights is Beta(1, 3)
        assert stats.kstest(each, stats.beta(1, 3).cdf).pvalue > 1e-4


def test_a_single_year_has_nothing_to_weigh() -> None:
    assert {year: set(each.tolist()) for year, each in drawn_weights(["2016"], draws=5, seed=1).items()} == {
        "2016": {1}
    }


def test_a_percentile_is_a_drawn_value_and_never_where_that_share_does_not_pay() -> None:
    # Of 100 values the 5th, 50th and 95th: 94 paybacks of 1-94 months and six that never come.
    months = np.array([*range(1, 95), *[math.inf] * 6], dtype="float64")
    assert list(percentiles_of(months[::-1]).values()) == ["5", "50", "never"]
    # Of three values: ceil(0.05 x 3) = 1st, ceil(1.5) = 2nd, ceil(2.85) = 3rd.
    assert list(percentiles_of(np.array([24.0, math.inf, 12.0])).values()) == ["12", "24", "never"]
