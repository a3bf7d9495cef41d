"""What participants cost each actor."""

from __future__ import annotations

import pandas as pd
import pytest
from view_case import costs_per_participant, value

from portfolj.economics.costs import COSTS, Cost, cost_of, costs_table, is_stated
from portfolj.economics.results import BASE, frame_of
from portfolj.economics.values import Value, Values, shipped_values

# The review's: 16 000 kr each and 15 583.33 kr for the rest of the state, 79 583.33 kr in all.
REVIEW = costs_per_participant(kommun=16_000, region=16_000, af=16_000, fk=16_000, ovrig_stat=15_583.33)


def stated(*own: Value) -> Values:
    return Values(shipped_values(), own)


def cost(actor: str, *own: Value, participants: int = 10, year: int = 2019, own_actors: tuple[str, ...] = ()) -> Cost:
    return cost_of(actor, year=year, participants=participants, values=stated(*own), own_actors=own_actors)


def test_a_cost_per_participant_is_taken_times_the_participants_in_whole_kronor() -> None:
    assert cost("kommun", *REVIEW, participants=42) == Cost(672_000.0)
    assert cost("ovrig_stat", *REVIEW, participants=42) == Cost(654_500.0)  # 42 x 15 583.33 = 654 499.86


def test_the_state_and_society_are_the_sums_of_their_parts() -> None:
    assert cost("staten", *REVIEW, participants=42).sek == 672_000 + 672_000 + 654_500
    assert cost("samhallet", *REVIEW, participants=42).sek == 4 * 672_000 + 654_500


def test_a_total_comes_before_a_cost_per_participant_and_both_before_a_sum() -> None:
    total = value("cost_total_sek", 5_000, actor="samhallet")
    each = value("cost_per_participant_sek", 700, actor="samhallet")
    assert cost("samhallet", *REVIEW, each, total) == Cost(5_000.0)
    assert cost("samhallet", *REVIEW, each) == Cost(7_000.0)


def test_a_state_with_a_stated_cost_needs_no_parts_to_be_in_society() -> None:
    told = costs_per_participant(kommun=100, region=200, staten=300)
    assert cost("samhallet", *told) == Cost(10.0 * (100 + 200 + 300))


def test_society_is_municipality_region_and_state_also_where_the_states_parts_say_another_sum() -> None:
    told = costs_per_participant(kommun=100, region=200, staten=300, af=1, fk=2, ovrig_stat=3)
    assert cost("samhallet", *told).sek == sum(cost(actor, *told).sek or 0 for actor in ("kommun", "region", "staten"))


def test_a_sum_that_lacks_a_part_is_not_known_and_says_which() -> None:
    found = cost("samhallet", *(v for v in REVIEW if v.actor not in ("region", "fk")))
    assert found == Cost(
        None, ("Kostnad per deltagare (Regionen) 2019", "Kostnad per deltagare (Försäkringskassan) 2019")
    )
    assert cost("staten", *(v for v in REVIEW if v.actor != "region")).sek == 10 * (16_000 + 16_000) + 155_833


def test_a_stated_nothing_is_a_cost() -> None:
    assert cost("region", value("cost_total_sek", 0, actor="region")) == Cost(0.0)
    free = costs_per_participant(kommun=100, region=0, af=0, fk=0, ovrig_stat=0)
    assert cost("samhallet", *free) == Cost(1_000.0)


def test_the_individual_pays_nothing_unless_it_is_stated() -> None:
    assert cost("individen") == Cost(0.0)
    assert cost("individen", *costs_per_participant(individen=50)) == Cost(500.0)


def test_own_actors_are_part_of_societys_cost_as_far_as_theirs_is_stated() -> None:
    eu = value("cost_total_sek", 9_999, actor="eu")
    of_all = cost("samhallet", *REVIEW).sek or 0
    assert cost("samhallet", *REVIEW, eu, own_actors=("eu", "stiftelsen")) == Cost(of_all + 9_999)
    assert cost("samhallet", *REVIEW, eu) == Cost(of_all)  # nobody has said that there is such an actor
    assert cost("stiftelsen").sek is None


def test_the_cost_of_a_year_is_that_years_and_no_other() -> None:
    only_2018 = value("cost_per_participant_sek", 100, actor="kommun", year=2018)
    assert cost("kommun", only_2018, year=2018) == Cost(1_000.0)
    assert cost("kommun", only_2018, year=2019) == Cost(None, ("Kostnad per deltagare (Kommunen) 2019",))


def test_a_cost_for_everybody_is_each_ones() -> None:
    assert cost("kommun", value("cost_per_participant_sek", 100)) == Cost(1_000.0)


@pytest.mark.parametrize(
    ("actor", "told", "answer"),
    [
        ("kommun", {"kommun": 0}, True), ("kommun", {"region": 1}, False), ("staten", {"af": 1, "fk": 1}, False),
        ("staten", {"af": 1, "fk": 1, "ovrig_stat": 0}, True), ("samhallet", {"kommun": 1, "region": 1}, False),
        ("samhallet", {"kommun": 1, "region": 1, "staten": 1}, True), ("samhallet", {"samhallet": 1}, True),
    ],
)  # fmt: skip
def test_a_cost_is_stated_where_it_or_all_its_parts_are(actor: str, told: dict[str, int], answer: bool) -> None:
    values = stated(*costs_per_participant(**told))
    assert is_stated(actor, year=2019, values=values) is answer
    assert (values.used, values.missing) == ([], [])  # asking whether is not asking for


def test_the_table_has_what_was_used_under_what_a_participant_costs_all() -> None:
    values = stated(*REVIEW, *costs_per_participant(eu=1))
    actors = ("samhallet", "staten", "kommun")
    sek = {actor: cost_of(actor, year=2019, participants=42, values=values).sek for actor in actors}
    base = frame_of(
        BASE,
        [
            {"year": "2019", "actor": actor, "participants": 42, "income_1y_sek": 1.0, "cost_sek": of, "why": "",
             "missing": ""}
            for actor, of in sek.items()
        ],
    )  # fmt: skip
    table = costs_table(values, base)
    assert table.dtypes.astype("str").to_dict() == COSTS
    assert list(table["actor"]) == ["samhallet", "kommun", "region", "staten", "af", "fk", "ovrig_stat"]  # not the EU's
    each = table.set_index("actor")["cost_per_participant_sek"]
    assert each["samhallet"] == (4 * 672_000 + 654_500) / 42
    assert each["ovrig_stat"] == 15_583.33
    assert table.set_index("actor").at["samhallet", "cost_total_sek"] == 4 * 672_000 + 654_500
    assert set(table["source"]) == {"Provet"}


def test_the_table_of_nothing_has_its_columns() -> None:
    table = costs_table(stated(), frame_of(BASE, []))
    assert table.empty
    assert table.dtypes.astype("str").to_dict() == COSTS


def test_a_sum_is_no_surer_than_the_least_sure_of_its_parts() -> None:
    told = [value("cost_total_sek", 5, actor="kommun", confidence="V")]
    told += [value("cost_total_sek", 5, actor=actor, confidence="A") for actor in ("region", "staten")]
    values = stated(*told)
    sek = cost_of("samhallet", year=2019, participants=10, values=values).sek
    row = {"year": "2019", "actor": "samhallet", "participants": 10, "income_1y_sek": 1.0, "cost_sek": sek}
    table = costs_table(values, frame_of(BASE, [{**row, "why": "", "missing": ""}])).set_index("actor")
    assert table["confidence"].to_dict() == {"samhallet": "A", "kommun": "V", "region": "A", "staten": "A"}
    assert pd.isna(table.at["kommun", "year"])
