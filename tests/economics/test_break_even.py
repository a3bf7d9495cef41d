"""What it takes to break even: the printed points, the values that they imply, and the model's own."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolj.economics.break_even import (
    BREAK_EVEN_TYPES,
    break_even_table,
    curve,
    highest_cost_sek,
    persons_needed,
)
from portfolj.economics.options import Options
from portfolj.economics.payback import months_to_pay, shares_of
from portfolj.economics.values import Value, Values

TEXT = ("case", "label", "intervention", "value_key", "source", "note")
NUMBERS = ("cost_sek", "value_per_person_year_sek", "years", "printed_value_sek", "printed_years")


def cases(*stated: dict[str, Any]) -> pd.DataFrame:
    """Cases as the reader of files gives them: what a case does not state is empty."""
    empty = {**dict.fromkeys(TEXT, ""), **dict.fromkeys(NUMBERS, math.nan), "printed_persons": None}
    frame = pd.DataFrame([{**empty, **each} for each in stated], columns=list(empty))
    types = {**dict.fromkeys(TEXT, "str"), **dict.fromkeys(NUMBERS, "float64"), "printed_persons": "Int64"}
    return frame.astype(types)


def value(key: str, figure: float) -> Value:
    return Value(key, "", None, figure, "", key, f"källa till {key}", "O")


def values(**figures: float) -> Values:
    """Only the federation's own: nothing that ships."""
    return Values([], [value(key, figure) for key, figure in figures.items()], {}, {})


def table(*stated: dict[str, Any], own: Values | None = None, ledger: float | None = None) -> pd.DataFrame:
    return break_even_table(cases(*stated), values=own or values(), year=2018, cost_of=lambda intervention: ledger)


@pytest.mark.parametrize(
    ("cost", "each", "years", "persons"),
    [
        (57_000_000, 500_000, 1, 114),  # exactly
        (57_000_000, 492_825, 1, 116),  # 115.66
        (11_800_000, 100_000, 3, 40),  # 39.33, printed 40
        (21_400_000, 99_535, 1, 215),  # 215.0, printed 215
        (57_000_000, 98_276, 1, 580),  # 579.998, printed 580
        (57_000_000, 67_059, 1, 850),  # 849.998, printed 850
        (3, 0.1, 1, 30),  # as it is written, not as a machine holds it
        (0, 500_000, 1, 0),
    ],
)
def test_persons_needed_are_whole_and_enough(cost: float, each: float, years: float, persons: int) -> None:
    assert persons_needed(cost, each, years) == persons


@given(cost=st.integers(0, 10**9), each=st.integers(1, 10**6), years=st.integers(1, 30))
def test_that_many_persons_pay_the_cost_and_one_less_does_not(cost: int, each: int, years: int) -> None:
    persons = persons_needed(cost, each, years)
    assert persons * each * years >= cost
    assert persons == 0 or (persons - 1) * each * years < cost


@pytest.mark.parametrize(("each", "years"), [(0, 1), (-5, 1), (5, 0)])
def test_persons_worth_nothing_are_refused(each: float, years: float) -> None:
    with pytest.raises(ValueError, match="no number of persons"):
        persons_needed(100, each, years)


def test_the_highest_cost_that_pays_back_in_twelve_months_is_a_years_income() -> None:
    # Matchningsarena in Timrå prints 74 000 kronor per participant; 30 million for 204 participants was 147 059 each,
    # which the same income would have paid in 12 x 147 059 / 74 000 = 23.8 months.
    assert highest_cost_sek(74_000, 12) == 74_000
    assert months_to_pay(30_000_000 / 204, 74_000) == 24


def test_the_highest_cost_with_options_is_that_of_the_arithmetic() -> None:
    # 100 000 the first year and 50 000 the second, of which half the year is 25 000; half of it had come anyway.
    assert highest_cost_sek(100_000, 18, options=Options(fade_out=0.5)) == 125_000
    assert highest_cost_sek(100_000, 18, options=Options(fade_out=0.5, deadweight=0.5)) == 62_500


def test_without_an_income_no_cost_pays_back() -> None:
    assert [highest_cost_sek(income, 60) for income in (0, -100)] == [0, 0]


percent = st.integers(0, 50).map(lambda number: number / 100)


@given(income=st.integers(1_000, 10**6), months=st.integers(1, 120), rate=percent, fade=percent, deadweight=percent)
def test_the_highest_cost_is_paid_in_just_that_time(
    income: int, months: int, rate: float, fade: float, deadweight: float
) -> None:
    options = Options(discount_rate=rate, fade_out=fade, deadweight=deadweight)
    highest = highest_cost_sek(income, months, options=options)
    q = (1 - fade) / (1 + rate)
    if q ** (months // 12) > 1e-6:  # else the last month is lost in how a machine rounds
        assert months_to_pay(highest * (1 - 1e-9), income, **shares_of(options)) <= months
        assert months_to_pay(highest * (1 + 1e-6), income, **shares_of(options)) > months


STRUCTURAL = {"case": "struktur", "label": "Strukturinsatser", "intervention": "struktur", "source": "genomlysningen"}


def test_a_stated_value_and_the_ledgers_cost_give_the_printed_persons() -> None:
    found = table({**STRUCTURAL, "printed_value_sek": 500_000, "printed_persons": 114}, ledger=57_000_000)
    (row,) = found.to_dict("records")
    assert (row["kind"], row["persons"], row["printed_persons"], row["cost_sek"]) == ("stated", 114, 114, 57_000_000)
    assert (row["years"], row["source"], row["why"]) == (1, "genomlysningen", "")


def test_printed_persons_without_a_value_tell_the_value_that_they_imply() -> None:
    (row,) = table({**STRUCTURAL, "cost_sek": 57_000_000, "printed_persons": 850}).to_dict("records")
    assert (row["kind"], row["persons"]) == ("printed", 850)
    assert round(row["value_per_person_year_sek"]) == 67_059  # 57 000 000 / 850


def test_a_printed_value_that_gives_other_persons_than_print_stands_beside_the_implied_one() -> None:
    found = table({**STRUCTURAL, "cost_sek": 57_000_000, "printed_value_sek": 100_000, "printed_persons": 580})
    assert found["kind"].tolist() == ["stated", "printed"]
    assert found["persons"].tolist() == [570, 580]  # 57 000 000 / 100 000 = 570
    assert found["value_per_person_year_sek"].round().tolist() == [100_000, 98_276]  # 57 000 000 / 580


def test_ibis_and_ssi_come_out_as_printed() -> None:
    found = table(
        {"case": "ibis", "cost_sek": 21_400_000, "printed_persons": 215, "years": 1},
        {"case": "ssi", "cost_sek": 11_800_000, "printed_value_sek": 100_000, "printed_persons": 40, "years": 3},
    ).set_index("case")
    assert round(found.loc["ibis", "value_per_person_year_sek"]) == 99_535  # 21 400 000 / 215
    assert (found.loc["ssi", "kind"], found.loc["ssi", "persons"]) == ("stated", 40)  # 11 800 000 / 300 000 = 39.3


def test_a_case_that_names_a_value_has_the_models_own_beside_it() -> None:
    own = values(monthly_wage_sek=25_000, extra_monthly_wage_sek=5_000, employer_fee_pct=31.42, indirect_tax_pct=25)
    full = {**STRUCTURAL, "cost_sek": 57_000_000, "printed_value_sek": 500_000, "printed_persons": 114}
    found = table(
        {**full, "value_key": "production_full_time"},
        {**STRUCTURAL, "case": "lon", "cost_sek": 57_000_000, "value_key": "production_extra_wage"},
        own=own,
    )
    assert found["kind"].tolist() == ["stated", "model", "model"]
    # 12 x 25 000 x 1.3142 x 1.25 = 492 825: 115.7; 12 x 5 000 x 1.3142 x 1.25 = 98 565: 578.3
    assert found["value_per_person_year_sek"].round(6).tolist() == [500_000, 492_825, 98_565]
    assert found["persons"].tolist() == [114, 116, 579]
    assert "källa till employer_fee_pct" in found["source"].iloc[1]
    assert [asked for asked, _ in own.used] == [2018] * len(own.used)


def test_a_model_value_that_is_missing_is_named_and_nothing_is_filled_in() -> None:
    case = {**STRUCTURAL, "cost_sek": 57_000_000, "value_key": "production_full_time"}
    shipped = Value("monthly_wage_sek", "", 2018, None, "kr", "Månadslön", "", "M")
    own = [value("employer_fee_pct", 31.42), value("indirect_tax_pct", 25)]
    (row,) = table(case, own=Values([shipped], own, {}, {})).to_dict("records")
    assert (row["kind"], row["why"]) == ("model", "value_missing")
    assert row["missing"].endswith("2018")
    assert math.isnan(row["value_per_person_year_sek"])
    assert pd.isna(row["persons"])


def test_what_can_not_be_computed_says_why() -> None:
    found = table(
        {"case": "a", "value_per_person_year_sek": 100},
        {"case": "b", "cost_sek": 100},
        {"case": "c", "cost_sek": 100, "value_per_person_year_sek": -5},
        {"case": "d", "printed_persons": 5},
        {"case": "e", "printed_persons": 5, "printed_value_sek": 100},
        {"case": "f", "cost_sek": 100, "value_per_person_year_sek": 5, "years": 0},
    )
    assert found["case"].tolist() == ["a", "b", "c", "d", "e", "f"]
    reasons = ["cost_missing", "value_missing", "no_income", "cost_missing", "cost_missing", "no_income"]
    assert found["why"].tolist() == reasons
    assert found["persons"].isna().tolist() == [True, True, True, False, True, True]
    assert found["value_per_person_year_sek"].isna().tolist() == [False, True, False, True, False, False]


def test_a_stated_cost_of_nothing_needs_nobody_and_is_not_the_ledgers() -> None:
    (row,) = table({**STRUCTURAL, "cost_sek": 0, "value_per_person_year_sek": 5}, ledger=57_000_000).to_dict("records")
    assert (row["cost_sek"], row["persons"]) == (0, 0)


def test_columns_have_their_types_also_without_rows_and_the_cases_are_left_as_they_were() -> None:
    given_cases = cases({"case": "a", "cost_sek": 100, "value_per_person_year_sek": 50, "years": 2})
    before = given_cases.copy()
    for frame in (given_cases, given_cases.iloc[:0]):
        found = break_even_table(frame, values=values(), year=2018, cost_of=lambda intervention: None)
        assert {column: str(kind) for column, kind in found.dtypes.items()} == BREAK_EVEN_TYPES
    assert given_cases.equals(before)


def test_a_curve_goes_through_the_printed_points() -> None:
    found = curve(57_000_000, values_sek=[100_000, 500_000], years=[1, 3]).set_index(
        ["years", "value_per_person_year_sek"]
    )["persons"]
    assert found.loc[(1, 500_000)] == 114
    assert found.loc[(1, 100_000)] == 570
    assert found.loc[(3, 500_000)] == 38  # three years need a third
