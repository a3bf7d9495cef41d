"""What each assumed value moves, and where it turns the result: by arithmetic, and by calculating it all anew."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from some_values import ASSUMED as NUMBERS
from view_case import cell, value

from portfolj.economics.actors import LABELS, SOCIETY
from portfolj.economics.changes import COLUMNS, Changes
from portfolj.economics.flows import flows_of, income_of
from portfolj.economics.options import Options
from portfolj.economics.results import BASE, frame_of, yearly_results
from portfolj.economics.state_flows import Finder
from portfolj.economics.states import shipped_states
from portfolj.economics.value_sensitivity import VALUE_SENSITIVITY, value_sensitivity
from portfolj.economics.values import Value, Values, shipped_values
from portfolj.economics.varied_values import VariedIncomes, signs

STATES = shipped_states()
YEAR = 2022
SUPPORT = "income_support_sek_per_year"
# 34 fewer on income support of 110 000 kronor, two places at school fewer of 70 000.
FEWER = {"income_support": -34, "study": -2}
OWN = [value(SUPPORT, 110_000, confidence="A"), value("measure_study_sek_per_year", 70_000, confidence="A")]
SUBSIDISED = {"work_subsidised_full_time": 10}
ASSUMED = [value(key, figure, confidence="A") for key, figure in NUMBERS.numbers.items()]


def changed(changes: Mapping[str, int | None], *, apart: bool = False) -> Changes:
    labels = [STATES[code].label for code in changes]
    hidden = [number is None for number in changes.values()]
    columns = {"before": None, "after": None, "change": list(changes.values()), "hidden": hidden, "source": "rows"}
    columns["apart"] = [apart and STATES[code].subsidised for code in changes]
    frame = pd.DataFrame({"state": list(changes), "label": labels, **columns})
    return Changes(frame.astype(COLUMNS), 100, "rows")


def values_of(own: Sequence[Value] = OWN, use_year: Mapping[int, int] | None = None, **stated: float) -> Values:
    return Values(shipped_values(), own, use_year or {}, stated)


def flows(
    changes: Mapping[str, int | None], values: Finder, *, payers: Mapping[str, str] | None = None, apart: bool = False
) -> pd.DataFrame:
    return flows_of(changed(changes, apart=apart), values=values, year=YEAR, states=STATES, payers=payers or {})


def base_of(
    changes: Mapping[str, int | None], values: Values, costs: Mapping[str, float] | None = None,
    *, payers: Mapping[str, str] | None = None, own: Sequence[str] = (), apart: bool = False,
) -> pd.DataFrame:  # fmt: skip
    """The base of results, with the costs that are given and none else."""
    asked = Values(values.shipped, values.own, values.use_year, values.overrides)
    table = income_of(flows(changes, asked, payers=payers, apart=apart), own)
    told = {"year": "2022", "participants": 100, "why": "", "missing": ""}
    return frame_of(
        BASE, [{**told, **row, "cost_sek": (costs or {}).get(row["actor"], 0.0)} for row in table.to_dict("records")]
    )


def moved(
    changes: Mapping[str, int | None], values: Values, costs: Mapping[str, float] | None = None,
    *, options: Options | None = None, payers: Mapping[str, str] | None = None, own: Sequence[str] = (),
    apart: bool = False, horizon_years: int = 5,
) -> pd.DataFrame:  # fmt: skip
    return value_sensitivity(
        changed(changes, apart=apart), values=values, year=YEAR, states=STATES, payers=payers or {},
        base=base_of(changes, values, costs, payers=payers, own=own, apart=apart), options=options or Options(),
        horizon_years=horizon_years,
    )  # fmt: skip


def row_of(frame: pd.DataFrame, actor: str, key: str) -> dict[str, object]:
    found = frame[(frame["actor"] == actor) & (frame["key"] == key)]
    assert len(found) == 1
    return dict(found.iloc[0])


def test_income_support_moves_the_municipality_by_its_arithmetic() -> None:
    # A year: 34 x 110 000 + 2 x 70 000 = 3 880 000, in five years 19 400 000, less the cost of 14 300 000.
    # A quarter of 110 000 is 27 500: 34 x 27 500 x 5 = 4 675 000 either way.
    row = row_of(moved(FEWER, values_of(), {"kommun": 14_300_000}), "kommun", SUPPORT)
    assert [row[name] for name in ("low", "base", "high")] == [82_500, 110_000, 137_500]
    assert [row[f"result_{name}_sek"] for name in ("low", "base", "high")] == [
        5_100_000 - 4_675_000, 5_100_000, 5_100_000 + 4_675_000,
    ]  # fmt: skip
    # 12 x 14 300 000 / 2 945 000 = 58.3, / 3 880 000 = 44.2, / 4 815 000 = 35.6
    assert [row[f"payback_{name}_months"] for name in ("low", "base", "high")] == [59, 45, 36]
    assert row["switching_value"] == 80_000  # 5 x (34 x 80 000 + 140 000) = 14 300 000
    assert (row["label"], row["unit"], row["of_actor"]) == ("Försörjningsstöd", "kr per år", "")


def test_a_transfer_does_not_move_society() -> None:
    found = moved(FEWER, values_of(), {"kommun": 14_300_000, SOCIETY: 14_300_000})
    assert set(found.loc[found["key"] == SUPPORT, "actor"]) == {"kommun", "individen"}
    # What a place at school costs is resources: 2 x 17 500 x 5 = 175 000 either way.
    row = row_of(found, SOCIETY, "measure_study_sek_per_year")
    assert [row[f"result_{name}_sek"] for name in ("low", "base", "high")] == [-13_775_000, -13_600_000, -13_425_000]


def test_the_widest_swing_stands_first_and_actors_as_in_tables() -> None:
    found = moved(FEWER, values_of(), {"kommun": 1})
    assert list(found.columns) == list(VALUE_SENSITIVITY)
    assert list(zip(found["actor"], found["key"], strict=True)) == [
        (SOCIETY, "measure_study_sek_per_year"), ("kommun", SUPPORT), ("kommun", "measure_study_sek_per_year"),
        ("individen", SUPPORT),
    ]  # fmt: skip


@pytest.mark.parametrize(("confidence", "varies"), [("V", False), ("P", False), ("D", False), ("O", True), ("A", True)])
def test_what_stands_in_a_source_does_not_vary(confidence: str, varies: bool) -> None:
    found = moved({"income_support": -34}, values_of([value(SUPPORT, 110_000, confidence=confidence)]))
    assert (SUPPORT in set(found["key"])) == varies


def test_a_percentage_goes_to_a_hundred_at_most() -> None:
    # 10 jobs of 90 % of full time: a quarter up would be 112.5 %. Production of full time is 492 825.
    row = row_of(moved({"work_part_time": 10}, values_of([], work_extent_pct=90)), SOCIETY, "work_extent_pct")
    assert [row[name] for name in ("low", "base", "high")] == [67.5, 90, 100]
    assert row["result_high_sek"] == 5 * 10 * 492_825
    # 5 x 10 x 492 825 x 1.2 of full time would be needed: there is no such job.
    costs = {SOCIETY: 5 * 10 * 492_825 * 1.2}
    beyond = row_of(moved({"work_part_time": 10}, values_of([], work_extent_pct=90), costs), SOCIETY, "work_extent_pct")
    assert math.isnan(float(str(beyond["switching_value"])))


def test_a_switching_value_is_looked_for_up_to_four_times_the_value() -> None:
    def switching(cost: float) -> object:
        found = moved({"income_support": -34}, values_of(), {"kommun": cost})
        return row_of(found, "kommun", SUPPORT)["switching_value"]

    assert switching(5 * 34 * 440_000) == 440_000
    assert math.isnan(float(str(switching(5 * 34 * 440_001))))
    assert switching(5 * 34 * 110_000) == 110_000  # the result is zero as it is
    assert switching(0) == 0


def test_whose_a_value_is_is_told() -> None:
    own = [value("municipal_tax_pct", 20, actor="kommun", confidence="A"), value("work_extent_pct", 50)]
    found = moved({"work_part_time": 10}, values_of(own))
    assert cell(found, "of_actor", actor="kommun", key="municipal_tax_pct") == "kommun"
    # 10 half-time jobs of 150 000 a year, taxed 5 points more in five years.
    row = row_of(found, "kommun", "municipal_tax_pct")
    assert row["result_high_sek"] == 5 * 10 * 150_000 * 0.25


def test_only_the_figure_that_was_used_is_varied_however_it_was_stated() -> None:
    # The parameters cell says it of the municipality, the federation's file of everybody and of another year too.
    own = [value("municipal_tax_pct", 30), value("municipal_tax_pct", 31, year=2021), value("work_extent_pct", 50)]
    stated = Values(shipped_values(), own, {}, {"municipal_tax_pct:kommun": 20.0})
    row = row_of(moved({"work_part_time": 10}, stated), "kommun", "municipal_tax_pct")
    assert [row[name] for name in ("low", "base", "high")] == [15, 20, 25]
    assert row["result_base_sek"] == 5 * 10 * 150_000 * 0.2
    stand_in = values_of([value(SUPPORT, 100_000, year=2021, confidence="A")], {YEAR: 2021})
    assert row_of(moved({"income_support": -34}, stand_in), "kommun", SUPPORT)["high"] == 125_000


def test_what_the_caller_has_used_and_missed_is_left_alone() -> None:
    values = values_of()
    values.find(SUPPORT, year=YEAR)
    values.find("price_index", year=YEAR)
    before = (list(values.used), list(values.missing))
    moved({**FEWER, "practice": 5}, values)
    assert (values.used, values.missing) == before
    assert (len(values.used), len(values.missing)) == (1, 1)


def test_an_actor_whose_income_is_not_known_has_no_rows() -> None:
    # A hidden count of sickness benefit is a flow of the insurance agency's, the municipality's and others'.
    own = [*OWN, value("sickness_benefit_sek_per_year", 100_000, confidence="A")]
    found = moved({**FEWER, "sickness_benefit": None}, values_of(own))
    assert set(found["actor"]) == {SOCIETY}


def test_options_write_off_and_horizon_are_those_of_the_results() -> None:
    options = Options(discount_rate=0.03, fade_out=0.1, deadweight=0.2, write_off_years=10)
    values, costs = values_of(), {"kommun": 9_000_000.0}
    found = moved(FEWER, values, costs, options=options)
    results = yearly_results(base_of(FEWER, values, costs), options=options)
    for name, figure in (("low", 82_500.0), ("base", 110_000.0), ("high", 137_500.0)):
        anew = yearly_results(base_of(FEWER, values_of(**{SUPPORT: figure}), costs), options=options)
        assert cell(found, f"result_{name}_sek", actor="kommun", key=SUPPORT) == cell(
            anew, "result_5y_sek", actor="kommun"
        )
        assert cell(found, f"payback_{name}_months", actor="kommun", key=SUPPORT) == cell(
            anew, "payback_months", actor="kommun"
        )
    assert cell(results, "result_5y_sek", actor="kommun") == cell(found, "result_base_sek", actor="kommun", key=SUPPORT)
    one = moved(FEWER, values, costs, horizon_years=1)
    assert cell(one, "result_base_sek", actor="kommun", key=SUPPORT) == 3_880_000 - 9_000_000


def test_amounts_in_the_prices_of_another_year_move_by_as_much_more() -> None:
    index = [value("price_index", 200, year=2022), value("price_index", 220, year=2024)]
    values = values_of([*OWN, *index])
    base = base_of(FEWER, values)
    base = base.assign(income_1y_sek=base["income_1y_sek"] * 1.1)
    found = value_sensitivity(
        changed(FEWER), values=values, year=YEAR, states=STATES, payers={}, base=base,
        options=Options(price_year=2024),
    )  # fmt: skip
    row = row_of(found, "kommun", SUPPORT)
    # 3 880 000 x 1.1 x 5 = 21 340 000, and 34 x 27 500 x 5 x 1.1 = 5 142 500.
    assert (row["result_base_sek"], row["result_high_sek"]) == (21_340_000, 21_340_000 + 5_142_500)


def test_prices_of_a_year_without_index_are_refused() -> None:
    with pytest.raises(ValueError, match="no price index for 2024"):
        moved(FEWER, values_of(), options=Options(price_year=2024))


def test_a_payer_that_the_federation_has_stated_is_the_one_that_moves() -> None:
    found = moved(FEWER, values_of(), payers={"income_support": "eu"}, own=("eu",))
    assert set(found.loc[found["key"] == SUPPORT, "actor"]) == {"eu", "individen"}


def test_several_rows_of_an_actor_are_no_calculation_from_states() -> None:
    base = base_of(FEWER, values_of())
    with pytest.raises(ValueError, match="one period"):
        value_sensitivity(
            changed(FEWER), values=values_of(), year=YEAR, states=STATES, payers={},
            base=pd.concat([base, base]), options=Options(),
        )  # fmt: skip


def test_nothing_changed_gives_a_table_without_rows() -> None:
    found = moved({}, values_of())
    assert found.empty
    assert {name: str(kind) for name, kind in found.dtypes.items()} == VALUE_SENSITIVITY


def test_where_the_subsidys_cap_bends_the_line_the_nearest_turn_is_found() -> None:
    # Ten full-time jobs, wage w a month, 80 % of min(w, 20 000) with the fee paid by the employment service. The state
    # gets fee and indirect tax and pays the subsidy. Up to the cap, of a krona of wage with f = 0.3142, m = 0.25:
    # f + 0.2 x 1.3142 x 0.25 - 0.8 x 1.3142 = -0.67145; above it f + 1.3142 x 0.25 = 0.64275.
    # 0.64275 x (w - 20 000) = 13 429 where w = 20 000 + 13 429 / 0.64275 = 40 893.0
    row = row_of(moved(SUBSIDISED, values_of(ASSUMED)), "staten", "monthly_wage_sek")
    assert row["switching_value"] == pytest.approx(20_000 + 0.67145 * 20_000 / 0.64275, abs=0.01)
    assert row["result_base_sek"] == pytest.approx(5 * 120 * (0.64275 * 5_000 - 13_429), abs=1)


numbers = st.dictionaries(
    st.sampled_from([code for code in STATES if code != "missing"]), st.integers(-60, 60), min_size=1, max_size=6
)


@given(changes=numbers, cost=st.integers(0, 30_000_000), apart=st.booleans())
@settings(max_examples=12, deadline=None)
def test_calculated_anew_with_each_value_the_results_are_the_same_and_switch_where_told(
    changes: dict[str, int], cost: int, apart: bool
) -> None:
    costs = dict.fromkeys(LABELS, float(cost))
    found = moved(changes, values_of(ASSUMED), costs, apart=apart)
    for row in found.sample(min(1, len(found)), random_state=1).to_dict("records"):
        for at, result in (
            ("low", row["result_low_sek"]), ("high", row["result_high_sek"]), ("switching_value", 0.0),
        ):  # fmt: skip
            if math.isnan(row[at]):
                continue
            anew = base_of(changes, values_of(ASSUMED, **{row["key"]: row[at]}), costs, apart=apart)
            five = cell(yearly_results(anew, options=Options()), "result_5y_sek", actor=row["actor"])
            # A flow is rounded to 1/1024 krona of each person, so that a result can't turn at a point: 5 x 360 persons.
            assert five == pytest.approx(result, abs=1 if at != "switching_value" else 3), (row["key"], at)


@given(changes=numbers, apart=st.booleans())
@settings(max_examples=12, deadline=None)
def test_the_signs_of_flows_give_the_incomes_of_flows(changes: dict[str, int], apart: bool) -> None:
    found = flows(changes, values_of(ASSUMED), apart=apart, payers={"wage_subsidy": "eu"})
    table = income_of(found, ("eu",))
    summed = signs(found, list(table["actor"])) @ found["sek"].to_numpy(dtype="float64")
    assert list(summed) == list(table["income_1y_sek"])


def test_flows_hang_straight_on_every_value_but_the_wage_under_a_cap() -> None:
    changes = dict.fromkeys([code for code in STATES if code not in ("none", "missing", "seeking")], 7)
    incomes = VariedIncomes(
        changed(changes), values=values_of(ASSUMED), year=YEAR, states=STATES, payers={},
        actors=list(LABELS),
    )  # fmt: skip
    bent = set()
    for each in incomes.used:
        assert each.value is not None
        half, twice, thrice = (incomes.gained_sek(each, each.value * times) for times in (0.5, 2.0, 3.0))
        # Half of it less is half of what it is; twice is one more, thrice two more.
        if not (abs(thrice - 2 * twice).max() < 1 and abs(twice + 2 * half).max() < 1):
            bent.add(each.key)
    assert bent == {"monthly_wage_sek", "wage_subsidy_cap_month_sek"}
