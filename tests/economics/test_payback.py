"""The rule of payback: every figure that the review prints, the rule with options, and what must always hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.economics.options import Options
from portfolj.economics.payback import (
    MONTHS,
    income_over_years,
    mean_months,
    months_to_pay,
    payback_months,
    shares_of,
)

# The 2020 review of RAR Sörmland, tables 7-15, in thousands of kronor as printed: year, actor, income of a year, result
# after one year and after five, payback in months. The income of Af and Fk is not printed: five years' income less one
# year's is four years of it. The cost is the income less the result after one year.
PRINTED = [
    (2016, "samhallet", 1540, -1803, 4355, 27),
    (2016, "kommun", 919, 247, 3923, 9),
    (2016, "region", 104, -568, -151, 78),
    (2016, "staten", 140, -1858, -1298, 172),
    (2016, "af", None, -1532, -4923, None),
    (2016, "fk", None, -368, 849, 27),
    (2017, "samhallet", 4267, -6875, 10192, 32),
    (2017, "kommun", 939, -1301, 2454, 29),
    (2017, "region", 72, -2168, -1881, 374),
    (2017, "staten", 3152, -3510, 9097, 26),
    (2017, "af", None, -3366, -7869, None),
    (2017, "fk", None, 196, 9938, 12),
    (2018, "samhallet", 5232, -15698, 5231, 49),
    (2018, "kommun", 1488, -2720, 3231, 34),
    (2018, "region", 326, -3882, -2576, 155),
    (2018, "staten", 1121, -11393, -6908, 134),
    (2018, "af", None, -4518, -5758, None),
    (2018, "fk", None, -5042, -8378, None),
    (2019, "samhallet", 2642, -2611, 7957, 24),
    (2019, "kommun", 291, -765, 399, 44),
    (2019, "region", 66, -990, -724, 192),
    (2019, "staten", 1789, -1351, 5805, 22),
    (2019, "af", None, -672, 864, 33),
    (2019, "fk", None, -615, 1151, 29),
]
HUGE = 80_000_000  # kronor; above it a fraction of a month may be below what is read as a whole month


def quarters(income: int | None, result_1y: int, result_5y: int) -> tuple[int, int]:
    """Four times the cost and the income, so that a quarter of a difference is still a whole number."""
    four_years = 4 * income if income is not None else result_5y - result_1y
    return four_years - 4 * result_1y, four_years


@pytest.mark.parametrize(("year", "actor", "income", "result_1y", "result_5y", "months"), PRINTED)
def test_every_payback_in_print_comes_out_and_none_where_print_has_none(
    year: int, actor: str, income: int | None, result_1y: int, result_5y: int, months: int | None
) -> None:
    cost, income_of_year = quarters(income, result_1y, result_5y)
    assert payback_months(cost, income_of_year) == months
    assert months_to_pay(cost / 4, income_of_year / 4) == (math.inf if months is None else months)


def test_print_has_twenty_paybacks_and_four_actors_without_income() -> None:
    assert sum(row[-1] is not None for row in PRINTED) == 20
    assert {row[:2] for row in PRINTED if row[-1] is None} == {(2016, "af"), (2017, "af"), (2018, "af"), (2018, "fk")}


@pytest.mark.parametrize(
    ("actor", "mean"), [("samhallet", 33), ("kommun", 29), ("region", 200), ("staten", 89), ("af", 33)]
)
def test_the_mean_over_years_is_the_printed_one_rounded_half_up(actor: str, mean: int) -> None:
    # (27 + 32 + 49 + 24) / 4 = 33; (9 + 29 + 34 + 44) / 4 = 29; (78 + 374 + 155 + 192) / 4 = 199.75;
    # (172 + 26 + 134 + 22) / 4 = 88.5; Af has one year with a payback
    assert mean_months([row[-1] for row in PRINTED if row[1] == actor and row[-1] is not None]) == mean


def test_no_year_with_a_payback_has_no_mean() -> None:
    assert mean_months([]) is None


def test_the_pooled_payback_of_society_is_36_months() -> None:
    pairs = [quarters(*row[2:5]) for row in PRINTED if row[1] == "samhallet"]
    cost, income = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    assert (cost / 4, income / 4) == (40_668, 13_681)  # 12 x 40 668 / 13 681 = 35.67
    assert payback_months(cost, income) == 36


def month_by_month(cost: float, income: float, *, discount: float, fade: float, deadweight: float) -> float:
    """The plain way: pay off a twelfth of each year's income every month until nothing is left."""
    left, of_year, month = cost, income * (1 - deadweight), 0
    while left > cost * 1e-9:
        if month and month % MONTHS == 0:
            of_year *= (1 - fade) / (1 + discount)
        left -= of_year / MONTHS
        month += 1
        if month > 600 or of_year <= 0:
            return math.inf
    return float(month)


percent = st.integers(0, 60).map(lambda value: value / 100)


@given(cost=st.integers(1, 5_000), income=st.integers(-100, 5_000), discount=percent, fade=percent, deadweight=percent)
def test_a_count_month_by_month_gives_the_same(
    cost: int, income: int, discount: float, fade: float, deadweight: float
) -> None:
    plain = month_by_month(cost, income, discount=discount, fade=fade, deadweight=deadweight)
    months = float(months_to_pay(cost, income, discount_rate=discount, fade_out=fade, deadweight=deadweight))
    if math.isinf(plain):
        assert months > 590  # fifty years on the plain count gives up; a slow payback is not never
    else:
        assert abs(months - plain) <= 1
        assert months == plain or near_a_whole_month(cost, income, discount, fade, deadweight)


def near_a_whole_month(cost: float, income: float, discount: float, fade: float, deadweight: float) -> bool:
    """Whether what is left at the turn of the month is nothing but how a machine rounds."""
    options = {"discount_rate": discount, "fade_out": fade, "deadweight": deadweight}
    months = months_to_pay(cost, income, **options)
    return bool(
        months_to_pay(cost * (1 + 1e-7), income, **options) != months
        or months_to_pay(cost * (1 - 1e-7), income, **options) != months
    )


def test_with_options_the_months_are_those_of_the_arithmetic() -> None:
    # Half would have come anyway: 100 000 / 50 000 = 2 years.
    assert months_to_pay(100_000, 100_000, deadweight=0.5) == 24
    # Half fades every year: 100 000 + 50 000 in two years, never more than 200 000 in all.
    assert months_to_pay(150_000, 100_000, fade_out=0.5) == 24
    assert months_to_pay(199_999, 100_000, fade_out=0.5) < math.inf
    assert months_to_pay(200_000, 100_000, fade_out=0.5) == math.inf
    # Discounted by a quarter: 100 000 + 80 000 in two years; 40 000 of 80 000 more is half the second year.
    assert months_to_pay(140_000, 100_000, discount_rate=0.25) == 18
    # All of it fades: what the first year does not pay is never paid.
    assert months_to_pay([100_000, 100_001], 100_000, fade_out=1.0).tolist() == [12, math.inf]


@given(cost=st.integers(0, HUGE), income=st.integers(-HUGE, HUGE))
def test_options_at_zero_are_the_exact_rule(cost: int, income: int) -> None:
    exact = payback_months(cost, income)
    assert months_to_pay(cost, income, **shares_of(Options())) == (math.inf if exact is None else exact)


@given(cost=st.integers(0, HUGE), income=st.integers(-HUGE, HUGE), times=st.integers(2, 50))
def test_more_participants_at_the_same_cost_each_leave_payback_unchanged(cost: int, income: int, times: int) -> None:
    assert payback_months(times * cost, times * income) == payback_months(cost, income)


@given(cost=st.integers(1, HUGE), income=st.integers(1, HUGE), discount=percent, fade=percent, deadweight=percent)
def test_doubling_leaves_payback_with_options_unchanged_too(
    cost: int, income: int, discount: float, fade: float, deadweight: float
) -> None:
    options = {"discount_rate": discount, "fade_out": fade, "deadweight": deadweight}
    assert months_to_pay(2 * cost, 2 * income, **options) == months_to_pay(cost, income, **options)


@given(cost=st.integers(1, HUGE), discount=percent, fade=percent, deadweight=percent, years=st.integers(1, 50))
def test_no_effect_is_exactly_nothing_and_never_pays(
    cost: int, discount: float, fade: float, deadweight: float, years: int
) -> None:
    options = {"discount_rate": discount, "fade_out": fade, "deadweight": deadweight}
    assert income_over_years(0, years, **options) == 0
    assert months_to_pay(cost, 0, **options) == math.inf
    assert payback_months(cost, 0) is None


def test_a_cost_of_nothing_is_paid_at_once_unless_the_income_is_a_loss() -> None:
    assert [payback_months(0, income) for income in (-5, 0, 5)] == [None, 0, 0]
    assert months_to_pay(0, [-5, 0, 5], fade_out=0.2).tolist() == [math.inf, 0, 0]


@given(income=st.integers(1, 1_000_000), years=st.integers(1, 20), discount=percent, fade=percent, deadweight=percent)
def test_what_the_years_are_worth_is_paid_in_those_years(
    income: int, years: int, discount: float, fade: float, deadweight: float
) -> None:
    options = {"discount_rate": discount, "fade_out": fade, "deadweight": deadweight}
    worth = income_over_years(income, years, **options)
    plain = sum(income * (1 - deadweight) * ((1 - fade) / (1 + discount)) ** year for year in range(years))
    assert worth == pytest.approx(plain)
    assert months_to_pay(worth * 0.999, income, **options) <= MONTHS * years
    assert months_to_pay(worth * 1.001, income, **options) > MONTHS * years


def test_five_years_of_the_printed_model_are_five_times_the_income() -> None:
    assert income_over_years(1540, 5) == 7700  # printed 7 698, of an income that print has rounded


def test_arrays_are_answered_one_by_one() -> None:
    months = months_to_pay(np.array([100.0, 100.0]), np.array([50.0, 50.0]), fade_out=np.array([0.0, 0.5]))
    assert months.tolist() == [24, math.inf]
