"""Results and payback per year and actor, and over the years."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.economics.options import Options
from portfolj.economics.results import (
    BASE,
    PAYBACK,
    SUMMARY,
    frame_of,
    in_table_order,
    known,
    payback,
    spread_cost,
    summary,
    yearly_results,
)

PLAIN = Options()
Row = tuple[str, str, int | None, float | None, float | None]
# Society's incomes and results after one year as the 2020 review prints them, thousands of kronor.
SOCIETY = [
    ("2016", 42, 1540, -1803), ("2017", 140, 4267, -6875), ("2018", 263, 5232, -15698), ("2019", 66, 2642, -2611)
]  # fmt: skip


def base_of(*rows: Row, why: str = "", missing: str = "") -> pd.DataFrame:
    """Year, actor, participants, income of a year and cost."""
    names = ("year", "actor", "participants", "income_1y_sek", "cost_sek")
    return frame_of(BASE, [{**dict(zip(names, row, strict=True)), "why": why, "missing": missing} for row in rows])


def one(income: float | None, cost: float | None, options: Options = PLAIN, **told: str) -> dict[str, object]:
    """The only row of the results, None where there is no figure."""
    (row,) = yearly_results(base_of(("2019", "kommun", 10, income, cost), **told), options=options).to_dict("records")
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def together(base: pd.DataFrame, options: Options = PLAIN) -> dict[str, dict[str, object]]:
    """Actor -> its row over the years, None where there is no figure."""
    rows = summary(yearly_results(base, options=options), base, options=options).to_dict("records")
    return {row["actor"]: {name: None if pd.isna(value) else value for name, value in row.items()} for row in rows}


PRINTED = base_of(
    *((year, "samhallet", n, 1000.0 * income, 1000.0 * (income - result)) for year, n, income, result in SOCIETY)
)
bases = st.lists(
    st.tuples(
        st.sampled_from(["2016", "2017", "2018"]), st.sampled_from(["samhallet", "kommun", "fk", "eu"]),
        st.integers(5, 300), st.integers(-10**7, 10**7), st.integers(0, 10**8),
    ),
    min_size=1, max_size=8, unique_by=lambda row: row[:2],
)  # fmt: skip


def test_a_year_has_its_result_after_one_and_five_years_and_its_payback() -> None:
    # 12 x 3 343 / 1 540 = 26.05, rounded up; 5 x 1 540 000 - 3 343 000
    assert one(1_540_000, 3_343_000) == {
        "year": "2019", "actor": "kommun", "participants": 10, "income_1y_sek": 1_540_000, "cost_sek": 3_343_000,
        "result_1y_sek": -1_803_000, "income_5y_sek": 7_700_000, "result_5y_sek": 4_357_000, "payback_months": 27,
        "why": "", "missing": "",
    }  # fmt: skip


def test_the_columns_and_types_are_the_same_with_and_without_rows() -> None:
    for base in (PRINTED, PRINTED.iloc[:0]):
        results = yearly_results(base, options=PLAIN)
        assert results.dtypes.astype("str").to_dict() == PAYBACK
        assert summary(results, base, options=PLAIN).dtypes.astype("str").to_dict() == SUMMARY


@pytest.mark.parametrize("income", [0, -848_000])
def test_without_an_income_there_is_no_payback_and_the_reason_is_told(income: int) -> None:
    row = one(income, 672_000)
    assert (row["payback_months"], row["why"]) == (None, "no_income")
    assert (row["result_1y_sek"], row["result_5y_sek"]) == (income - 672_000, 5 * income - 672_000)


@pytest.mark.parametrize(
    "options", [PLAIN, Options(discount_rate=0.035, fade_out=0.2, deadweight=0.3, write_off_years=7)]
)
def test_no_effect_is_exactly_zero_kronor_whatever_the_options(options: Options) -> None:
    row = one(0.0, 0.0, options)
    amounts = [row[name] for name in ("income_1y_sek", "income_5y_sek", "result_1y_sek", "result_5y_sek")]
    assert [str(amount) for amount in amounts] == ["0.0"] * 4  # and no "-0.0" in a file
    pooled = together(base_of(("2018", "kommun", 5, 0.0, 0.0), ("2019", "kommun", 5, 0.0, 0.0)), options)["kommun"]
    amounts = [pooled[name] for name in ("income_1y_sek", "cost_sek", "result_1y_sek", "result_5y_sek")]
    assert [str(amount) for amount in amounts] == ["0.0"] * 4


@pytest.mark.parametrize("income", [-5000, 0, 5000])
def test_who_has_no_cost_has_nothing_to_pay_back(income: int) -> None:
    row = one(income, 0)
    assert (row["payback_months"], row["why"], row["result_1y_sek"]) == (None, "no_cost", income)


def test_an_income_that_fades_may_never_pay() -> None:
    # Half is lost each year: 100 + 50 + 25 + ... never comes above 200.
    row = one(100, 300, Options(fade_out=0.5))
    assert (row["payback_months"], row["why"]) == (None, "never")
    assert row["income_5y_sek"] == round(100 * (1 + 0.5 + 0.25 + 0.125 + 0.0625))
    assert one(100, 150, Options(fade_out=0.5))["payback_months"] == 24  # 100 the first year, 50 the second


def test_what_would_have_come_anyway_is_taken_off_every_year() -> None:
    row = one(100_000, 160_000, Options(deadweight=0.2))
    assert (row["income_1y_sek"], row["income_5y_sek"]) == (80_000, 400_000)
    assert (row["result_1y_sek"], row["result_5y_sek"], row["payback_months"]) == (-80_000, 240_000, 24)


@pytest.mark.parametrize(
    ("years", "carried_first", "carried_five"), [(1, 300_000, 300_000), (3, 100_000, 300_000), (10, 30_000, 150_000)]
)
def test_a_cost_written_off_changes_the_yearly_results_and_not_the_payback(
    years: int, carried_first: int, carried_five: int
) -> None:
    row = one(100_000, 300_000, Options(write_off_years=years))
    assert row["result_1y_sek"] == 100_000 - carried_first
    assert row["result_5y_sek"] == 500_000 - carried_five
    assert (row["payback_months"], row["cost_sek"]) == (36, 300_000)
    assert spread_cost(300_000, 5, options=Options(write_off_years=years)) == carried_five


def test_without_a_cost_the_income_is_still_told_and_without_an_income_the_cost() -> None:
    row = one(100_000, None, why="cost_missing", missing="Kostnad per deltagare (Kommunen) 2019")
    assert (row["income_1y_sek"], row["income_5y_sek"], row["result_1y_sek"]) == (100_000, 500_000, None)
    assert (row["why"], row["missing"]) == ("cost_missing", "Kostnad per deltagare (Kommunen) 2019")
    row = one(None, 50_000, why="hidden")
    assert (row["income_1y_sek"], row["cost_sek"], row["result_5y_sek"], row["why"]) == (None, 50_000, None, "hidden")
    assert row["payback_months"] is None


def test_the_rows_stand_by_year_with_society_first_and_own_actors_last() -> None:
    rows = [(year, actor, 10, 1.0, 1.0) for year in ("2019", "2018") for actor in ("eu", "fk", "kommun", "samhallet")]
    ordered = in_table_order(base_of(*rows))
    assert list(ordered["year"]) == ["2018"] * 4 + ["2019"] * 4
    assert list(ordered["actor"]) == ["samhallet", "kommun", "fk", "eu"] * 2


def test_the_mean_of_the_printed_years_is_33_months_and_the_pooled_payback_36() -> None:
    row = together(PRINTED)["samhallet"]
    # Costs 3 343 + 11 142 + 20 930 + 5 253 = 40 668, incomes 13 681: 12 x 40 668 / 13 681 = 35.7
    assert (row["cost_sek"], row["income_1y_sek"]) == (40_668_000, 13_681_000)
    assert (row["payback_mean_months"], row["payback_pooled_months"]) == (33, 36)  # (27 + 32 + 49 + 24) / 4
    assert (row["years"], row["participants"]) == (4, 42 + 140 + 263 + 66)
    assert (row["years_with_payback"], row["years_without_payback"]) == ("2016;2017;2018;2019", "")


def test_years_that_never_pay_are_named_and_count_in_the_pooled_payback_only() -> None:
    rows = [("2016", "af", 10, -100.0, 500.0), ("2017", "af", 10, 400.0, 500.0), ("2018", "af", 10, 50.0, 0.0)]
    row = together(base_of(*rows))["af"]
    assert row["payback_mean_months"] == 15  # 12 x 500 / 400, of the one year that pays
    assert row["payback_pooled_months"] == 35  # 12 x 1 000 / 350 = 34.3
    assert (row["years_with_payback"], row["years_without_payback"]) == ("2017", "2016")  # 2018 had nothing to pay


def test_a_year_of_which_something_is_unknown_is_in_no_sum() -> None:
    base = base_of(
        ("2017", "kommun", 10, 100.0, 200.0), ("2018", "kommun", 20, None, 900.0), ("2019", "kommun", 30, 70.0, None)
    )  # fmt: skip
    assert list(known(base)["year"]) == ["2017"]
    row = together(base)["kommun"]
    assert (row["years"], row["participants"], row["income_1y_sek"], row["cost_sek"]) == (1, 10, 100, 200)
    assert row["payback_pooled_months"] == 24
    assert (row["years_with_payback"], row["years_without_payback"]) == ("2017", "")


def test_an_actor_of_whom_no_year_is_known_has_a_row_without_figures() -> None:
    row = together(base_of(("2019", "kommun", 10, 100.0, None)))["kommun"]
    figures = ("participants", "income_1y_sek", "cost_sek", "payback_mean_months", "payback_pooled_months")
    assert (row["years"], [row[name] for name in figures]) == (0, [None] * 5)


def test_the_pooled_payback_goes_by_the_options() -> None:
    base = base_of(("2018", "kommun", 5, 100.0, 150.0), ("2019", "kommun", 5, 100.0, 150.0))
    assert together(base)["kommun"]["payback_pooled_months"] == 18
    assert together(base, Options(deadweight=0.5))["kommun"]["payback_pooled_months"] == 36


@given(cost=st.integers(1, 10**9), income=st.integers(-(10**8), 10**8))
def test_payback_is_twelve_times_cost_over_income_rounded_up(cost: int, income: int) -> None:
    expected = -(-Fraction(12 * cost, income) // 1) if income > 0 else None
    assert payback(float(cost), float(income), options=PLAIN) == expected


@given(bases, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Row], random: object) -> None:
    shuffled = rows[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = base_of(*rows), base_of(*shuffled)
    results = [yearly_results(base, options=PLAIN) for base in (first, second)]
    pd.testing.assert_frame_equal(*results)
    pd.testing.assert_frame_equal(summary(results[0], first, options=PLAIN), summary(results[1], second, options=PLAIN))


@given(bases)
def test_twice_as_many_participants_at_twice_the_cost_pay_back_in_the_same_time(rows: list[Row]) -> None:
    base = base_of(*rows)
    amounts = ["participants", "income_1y_sek", "cost_sek"]
    twice = base.assign(**{name: 2 * base[name] for name in amounts})
    once_results, twice_results = (yearly_results(each, options=PLAIN) for each in (base, twice))
    same = ["year", "actor", "payback_months", "why"]
    pd.testing.assert_frame_equal(once_results[same], twice_results[same])
    pd.testing.assert_series_equal(2 * once_results["result_5y_sek"], twice_results["result_5y_sek"])
    pooled = [summary(r, b, options=PLAIN) for r, b in ((once_results, base), (twice_results, twice))]
    same = ["actor", "payback_mean_months", "payback_pooled_months", "years_without_payback"]
    pd.testing.assert_frame_equal(pooled[0][same], pooled[1][same])


def test_the_base_that_is_given_is_left_as_it_was() -> None:
    base = PRINTED.iloc[::-1].reset_index(drop=True)
    copy = base.copy()
    summary(yearly_results(base, options=PLAIN), base, options=PLAIN)
    pd.testing.assert_frame_equal(base, copy)
