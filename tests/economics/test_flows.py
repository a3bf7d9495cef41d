"""What a change costs and gives each actor, by arithmetic, and what always holds of flows."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from some_values import ASSUMED, SomeValues

from portfolj.economics.actors import EMPLOYERS, LABELS, REAL_ECONOMY, SUMS
from portfolj.economics.changes import COLUMNS, Changes
from portfolj.economics.flows import flows_of, income_of, net_sek, production_value_sek
from portfolj.economics.society import cancelled, society_of
from portfolj.economics.states import State, shipped_states

STATES = shipped_states()
ACTORS = [actor for actor in LABELS if actor not in SUMS]
NUMBERS = st.dictionaries(st.sampled_from(sorted(STATES)), st.integers(-500, 500))
VALUES = st.fixed_dictionaries(
    {
        **dict.fromkeys(ASSUMED.numbers, st.floats(0, 500_000)),
        **{key: st.floats(0, 100) for key in ASSUMED.numbers if key.endswith("_pct")},
    }
)


def changed(changes: dict[str, int | None], *, hidden: bool = True, apart: bool = False) -> Changes:
    """Changes of the given numbers; None for one that is hidden (or not known). Subsidised jobs may stand apart."""
    frame = pd.DataFrame(
        {
            "state": list(changes), "label": [STATES[code].label if code in STATES else code for code in changes],
            "before": None, "after": None, "change": list(changes.values()),
            "hidden": [number is None and hidden for number in changes.values()], "source": "transitions",
            "apart": [apart and code in STATES and STATES[code].subsidised for code in changes],
        }
    )  # fmt: skip
    return Changes(frame.astype(COLUMNS), None, "transitions")


def flows(
    changes: dict[str, int | None], values: SomeValues = ASSUMED, *, apart: bool = False, hidden: bool = True,
    states: dict[str, State] | None = None, payers: dict[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    return flows_of(
        changed(changes, hidden=hidden, apart=apart), values=values, year=2018, states=states or STATES,
        payers=payers or {},
    )  # fmt: skip


def incomes(found: pd.DataFrame, own: tuple[str, ...] = (), *, apart: bool = False) -> dict[str, float]:
    table = income_of(found, own, apart=apart)
    return dict(zip(table["actor"], table["income_1y_sek"], strict=True))


def uncomputable(found: pd.DataFrame) -> dict[str, tuple[str, str]]:
    table = income_of(found, ())
    lost = table[table["income_1y_sek"].isna()]
    return {row.actor: (row.why, row.missing) for row in lost.itertuples()}


def test_production_of_a_job_is_the_printed_half_million() -> None:
    # 25 000 x 12 = 300 000; x 1.3142 = 394 260; x 1.25 = 492 825.
    assert production_value_sek(25_000, employer_fee_share=0.3142, indirect_tax_share=0.25) == 492_825
    # 5 000 x 12 = 60 000; x 1.3142 = 78 852; x 1.25 = 98 565.
    assert production_value_sek(5_000, employer_fee_share=0.3142, indirect_tax_share=0.25) == 98_565


def test_half_the_time_is_half_the_production() -> None:
    # 492 825 / 2 = 246 412.50
    half = production_value_sek(25_000, employer_fee_share=0.3142, indirect_tax_share=0.25, extent=0.5)
    assert half == 246_412.5


def test_a_subsidised_job_produces_what_the_employer_pays_oneself() -> None:
    # (394 260 - 10 000 x 12) x 1.25 = 274 260 x 1.25 = 342 825
    found = production_value_sek(25_000, employer_fee_share=0.3142, indirect_tax_share=0.25, subsidy_month_sek=10_000)
    assert found == 342_825


def test_a_job_without_subsidy_leaves_each_actor_with_its_part() -> None:
    # Wage 300 000: municipality 20 % = 60 000, region 11 % = 33 000, the individual keeps 207 000. Other state: fee
    # 94 260 and indirect tax 394 260 x 0.25 = 98 565, in all 192 825. The sum is 492 825, society's.
    assert incomes(flows({"work_full_time": 1})) == {
        "samhallet": 492_825, "kommun": 60_000, "region": 33_000, "staten": 192_825, "af": 0, "fk": 0,
        "ovrig_stat": 192_825, "individen": 207_000,
    }  # fmt: skip


def test_a_subsidised_job_costs_the_employment_service_up_to_the_cap() -> None:
    # Subsidy: 20 000 (the cap; the wage is 25 000) x 12 x 1.3142 x 0.8 = 252 326.40. The employer pays
    # 394 260 - 252 326.40 = 141 933.60 and 25 % on that is 35 483.40; production 177 417. Other state: 94 260 +
    # 35 483.40 = 129 743.40. Amounts per person are kept to 1/1024 of a krona.
    found = incomes(flows({"work_subsidised_full_time": 1}))
    expected = {"samhallet": 177_417, "af": -252_326.4, "ovrig_stat": 129_743.4, "individen": 207_000}
    assert {actor: found[actor] for actor in expected} == pytest.approx(expected, abs=0.01)


def test_a_taxed_benefit_that_ends_is_saved_by_its_payer_and_lost_by_who_lived_on_it() -> None:
    # Sickness benefit 100 000: the social insurance agency saves it; the municipality loses 20 000 and the region
    # 11 000 in taxes; the individual loses 69 000. Nothing for society.
    assert incomes(flows({"sickness_benefit": -1})) == {
        "samhallet": 0, "kommun": -20_000, "region": -11_000, "staten": 100_000, "af": 0, "fk": 100_000,
        "ovrig_stat": 0, "individen": -69_000,
    }  # fmt: skip


def test_income_support_is_not_taxed() -> None:
    found = flows({"income_support": -3})
    amount = ASSUMED.numbers["income_support_sek_per_year"]
    assert incomes(found)["kommun"] == 3 * amount
    assert set(found["item"]) == {"income_support"}


def test_a_place_in_a_measure_takes_societys_resources() -> None:
    cost = ASSUMED.numbers["measure_study_sek_per_year"]
    found = flows({"study": 2})
    assert incomes(found) == {**dict.fromkeys(LABELS, 0), "samhallet": -2 * cost, "kommun": -2 * cost}
    assert society_of(found) == (0, 2 * cost, -2 * cost)


def test_from_sickness_benefit_to_half_time_by_hand() -> None:
    # 4 fewer with 100 000 and 4 more who work half time: production 4 x 246 412.50 = 985 650.
    # Municipality: 4 x (30 000 - 20 000) = 40 000; social insurance 400 000; the individuals 4 x (103 500 - 69 000).
    found = incomes(flows({"sickness_benefit": -4, "work_half_time": 4}))
    assert (found["samhallet"], found["kommun"], found["fk"], found["individen"]) == (985_650, 40_000, 400_000, 138_000)


def test_local_taxes_are_asked_of_the_actor_who_gets_them() -> None:
    values = SomeValues(ASSUMED.numbers)
    flows({"work_full_time": 1}, values)
    assert {("municipal_tax_pct", 2018, "kommun"), ("regional_tax_pct", 2018, "region")} <= values.asked


@given(NUMBERS, VALUES, st.booleans())
def test_flows_between_actors_cancel_and_society_is_production_minus_resources(
    changes: dict[str, int | None], values: dict[str, float], apart: bool
) -> None:
    found = flows(changes, SomeValues(values), apart=apart)
    assert net_sek(found, [EMPLOYERS]) == 0
    for _, item in found[(found["payer"] != REAL_ECONOMY) & (found["receiver"] != REAL_ECONOMY)].groupby("item"):
        assert sum(net_sek(item, [end]) for end in (*ACTORS, EMPLOYERS)) == 0
    assert (cancelled(found)["sum_sek"] == 0).all()
    for told in (False, True):
        income, society = incomes(found, apart=told), society_of(found, apart=told)
        assert income["samhallet"] == sum(income[actor] for actor in ACTORS) == society.society_sek
        assert income["staten"] == income["af"] + income["fk"] + income["ovrig_stat"]
        assert society.society_sek == society.production_sek - society.resources_sek


@given(st.sets(st.sampled_from(sorted(STATES))), st.sets(st.sampled_from(sorted(ASSUMED.numbers))))
def test_no_change_is_exactly_nothing_for_everybody_whatever_is_missing(states: set[str], lacking: set[str]) -> None:
    found = incomes(flows(dict.fromkeys(sorted(states), 0), ASSUMED.without(*lacking)))
    assert list(found.values()) == [0] * len(LABELS)
    assert not any(math.copysign(1, sek) < 0 for sek in found.values())


@given(NUMBERS, VALUES)
def test_twice_as_many_people_is_twice_the_income(changes: dict[str, int], values: dict[str, float]) -> None:
    once = incomes(flows(dict(changes), SomeValues(values)))
    twice = incomes(flows({code: 2 * number for code, number in changes.items()}, SomeValues(values)))
    assert twice == {actor: 2 * sek for actor, sek in once.items()}


@given(NUMBERS, VALUES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(changes: dict[str, int], values: dict[str, float], chance: object) -> None:
    shuffled = list(changes.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    known = SomeValues(values)
    assert income_of(flows(dict(shuffled), known)).equals(income_of(flows(dict(changes), known)))
    found = flows(dict(changes), known)
    assert income_of(found.iloc[::-1]).equals(income_of(found))


@given(VALUES)
def test_half_time_is_half_of_full_time_for_everybody(values: dict[str, float]) -> None:
    whole = incomes(flows({"work_full_time": 1, "work_subsidised_full_time": 1}, SomeValues(values)))
    half = incomes(flows({"work_half_time": 2, "work_subsidised_half_time": 2}, SomeValues(values)))
    # Each of some 16 amounts is within 1/2048 krona, twice over where it is of half time.
    assert half == pytest.approx(whole, abs=0.05, rel=1e-9)


def test_work_without_a_stated_extent_takes_it_from_the_value() -> None:
    # 75 % of 492 825 = 369 618.75
    assert incomes(flows({"work_part_time": 1}))["samhallet"] == 369_618.75
    lacking = uncomputable(flows({"work_part_time": 1}, ASSUMED.without("work_extent_pct")))
    touched = ("samhallet", "kommun", "region", "staten", "ovrig_stat", "individen")
    assert lacking == dict.fromkeys(touched, ("value_missing", "work_extent_pct 2018"))


def test_a_missing_benefit_is_told_of_those_it_touches_and_society_is_known() -> None:
    found = flows({"sickness_benefit": -2, "work_full_time": 2}, ASSUMED.without("sickness_benefit_sek_per_year"))
    why = ("value_missing", "sickness_benefit_sek_per_year 2018")
    assert uncomputable(found) == dict.fromkeys(("kommun", "region", "staten", "fk", "individen"), why)
    assert incomes(found)["samhallet"] == 2 * 492_825
    assert (incomes(found)["af"], incomes(found)["ovrig_stat"]) == (0, 2 * 192_825)


def test_a_missing_tax_rate_touches_the_one_who_gets_it_and_the_one_who_pays_it() -> None:
    found = flows({"work_full_time": 2}, ASSUMED.without("regional_tax_pct"))
    assert set(uncomputable(found)) == {"region", "individen"}


def test_every_missing_value_is_listed_once() -> None:
    found = flows({"work_full_time": 1, "study": 1}, ASSUMED.without("monthly_wage_sek", "measure_study_sek_per_year"))
    assert uncomputable(found)["samhallet"] == (
        "value_missing", "monthly_wage_sek 2018;measure_study_sek_per_year 2018",
    )  # fmt: skip


def test_a_hidden_count_of_a_benefit_touches_its_payer_and_who_lives_on_it() -> None:
    found = flows({"income_support": None, "work_full_time": 3})
    assert uncomputable(found) == {"kommun": ("hidden", ""), "individen": ("hidden", "")}
    assert incomes(found)["samhallet"] == 3 * 492_825


def test_a_hidden_count_of_work_touches_society_but_not_the_social_insurance() -> None:
    found = flows({"work_full_time": None, "sickness_benefit": -6})
    assert set(uncomputable(found)) == {"samhallet", "kommun", "region", "staten", "ovrig_stat", "individen"}
    assert incomes(found)["fk"] == 600_000


def test_a_count_that_is_not_known_is_missing_and_not_hidden() -> None:
    found = flows({"income_support": None}, hidden=False)
    assert uncomputable(found)["kommun"] == ("value_missing", "Försörjning före och efter")


def test_a_hidden_count_of_what_costs_nothing_changes_nothing() -> None:
    found = flows({"study": None}, SomeValues({"measure_study_sek_per_year": 0}))
    assert list(incomes(found).values()) == [0] * len(LABELS)


def test_a_source_of_income_whose_payer_nobody_knows_touches_all_actors_but_not_society() -> None:
    states = {**STATES, "partsbidrag": State("partsbidrag", "Partsbidrag", benefit="partsbidrag")}
    found = flows({"partsbidrag": -2, "work_full_time": 2}, states=states)
    why = ("value_missing", "partsbidrag: belopp, vem som betalar och om den beskattas")
    lost = uncomputable(found)
    assert set(lost) == {*ACTORS, "staten"}
    assert {kind for kind, _ in lost.values()} == {why[0]}
    assert incomes(found)["samhallet"] == 2 * 492_825
    assert math.isnan(incomes(found, ("stiftelsen",))["stiftelsen"])


def test_an_actor_of_the_federations_own_pays_what_it_is_said_to_pay() -> None:
    cost = ASSUMED.numbers["measure_study_sek_per_year"]
    found = incomes(flows({"study": 4}, payers={"study": "folkhogskolan"}), ("folkhogskolan",))
    assert (found["folkhogskolan"], found["kommun"], found["samhallet"]) == (-4 * cost, 0, -4 * cost)
    assert found["samhallet"] == sum(found[actor] for actor in (*ACTORS, "folkhogskolan"))


def test_subsidised_jobs_apart_are_left_out_and_told_for_themselves() -> None:
    changes = {"work_full_time": 5, "work_subsidised_full_time": 7}
    together, parted = flows(dict(changes)), flows(dict(changes), apart=True)
    assert parted.drop(columns="apart").equals(together.drop(columns="apart"))
    assert not together["apart"].any()
    assert incomes(parted) == incomes(flows({"work_full_time": 5}))
    assert incomes(parted, apart=True) == incomes(flows({"work_subsidised_full_time": 7}))


def test_no_changes_at_all_have_no_flows() -> None:
    found = flows({})
    assert found.empty
    assert list(incomes(found).values()) == [0] * len(LABELS)
