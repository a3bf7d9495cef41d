"""Incomes that somebody has computed, with what the participants cost, and years of too few to tell of."""

from __future__ import annotations

import pandas as pd
import pytest
from view_case import costs_per_participant, incomes

from portfolj.economics.incomes import SET_ASIDE, base_of_incomes
from portfolj.economics.results import BASE
from portfolj.economics.values import Values, shipped_values


def values(**kronor: float) -> Values:
    return Values(shipped_values(), costs_per_participant(**kronor))


def test_an_income_stands_beside_what_the_participants_cost() -> None:
    base, aside = base_of_incomes(incomes((2019, 20, "kommun", 5_000.0)), values=values(kommun=100), k=5)
    assert base.to_dict("records") == [
        {"year": "2019", "actor": "kommun", "participants": 20, "income_1y_sek": 5_000.0, "cost_sek": 2_000.0,
         "why": "", "missing": ""}
    ]  # fmt: skip
    assert base.dtypes.astype("str").to_dict() == BASE
    assert aside.empty
    assert aside.dtypes.astype("str").to_dict() == SET_ASIDE


def test_a_cost_in_the_file_comes_before_what_the_values_say() -> None:
    base, _ = base_of_incomes(incomes((2019, 20, "kommun", 5.0), cost_sek=7.0), values=values(kommun=100), k=5)
    assert list(base["cost_sek"]) == [7.0]


def test_without_a_cost_the_row_says_which_value_is_missing() -> None:
    base, _ = base_of_incomes(incomes((2019, 20, "kommun", 5.0)), values=values(region=100), k=5)
    assert pd.isna(base.at[0, "cost_sek"])
    assert (base.at[0, "why"], base.at[0, "missing"]) == ("cost_missing", "Kostnad per deltagare (Kommunen) 2019")


def test_an_own_actors_cost_is_in_societys() -> None:
    told = values(kommun=1, region=1, staten=1, eu=10)
    society = incomes((2019, 20, "samhallet", 5.0))
    for own_actors, each in ((("eu",), 13), ((), 3)):
        base, _ = base_of_incomes(society, values=told, k=5, own_actors=own_actors)
        assert list(base["cost_sek"]) == [20 * each]


@pytest.mark.parametrize(("participants", "kept"), [(1, False), (4, False), (5, True)])
def test_a_year_of_fewer_than_k_is_set_aside_whole(participants: int, kept: bool) -> None:
    told = incomes((2018, participants, "kommun", 5.0), (2018, participants, "fk", 6.0), (2019, 30, "kommun", 7.0))
    asked = values(kommun=100, fk=100)
    base, aside = base_of_incomes(told, values=asked, k=5)
    assert set(base["year"]) == ({"2018", "2019"} if kept else {"2019"})
    expected = [] if kept else [{"year": "2018", "reason": "few_participants", "participants_hidden": True}]
    assert aside.to_dict("records") == expected
    assert (2018 in {year for year, _ in asked.used}) is kept  # nor are its values looked up


def test_years_set_aside_are_told_in_order() -> None:
    told = incomes((2019, 2, "kommun", 5.0), (2016, 3, "kommun", 5.0), (2017, 9, "kommun", 5.0))
    _, aside = base_of_incomes(told, values=values(kommun=1), k=5)
    assert list(aside["year"]) == ["2016", "2019"]
