"""Did it pay, opened whole for small federations that are made up here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from view_case import cell, costs_per_participant, files_of, follow_up_of, incomes, opened, people, transitions, value

from portfolj.economics import view as view_module
from portfolj.economics.changes import COLUMNS as CHANGES
from portfolj.economics.flows import COLUMNS as FLOWS
from portfolj.economics.flows import INCOME_COLUMNS
from portfolj.economics.reading.files import frame_of
from portfolj.economics.results import PAYBACK, SUMMARY
from portfolj.economics.stated import Stated
from portfolj.economics.view import EconomicsView, economics_of
from portfolj.errors import ParameterError
from small_ledger import row

# 25 000 kr a month, 31.42 percent fee and 25 percent indirect tax, as shipped: full time gives 492 825 kr a year.
FULL_TIME_SEK = 25_000 * 12 * 1.3142 * 1.25
TAXES = [value("municipal_tax_pct", 20, actor="kommun"), value("regional_tax_pct", 11, actor="region")]
SUPPORT = value("income_support_sek_per_year", 100_000)
EACH = costs_per_participant(kommun=10_000, region=1_000, af=2_000, fk=3_000, ovrig_stat=4_000)  # 20 000 in all
ALWAYS = {
    "payback", "payback_summary", "set_aside_years", "published", "changes", "flows", "model_income",
    "cancel", "few_movers", "structural", "break_even", "highest_cost", "sensitivity", "value_sensitivity", "chance",
    "costs", "comparison",
    "values",
}  # fmt: skip
# 30 from income support to full time, 20 who still have it.
TO_WORK = transitions(("income_support", "work_full_time", 30), ("income_support", "income_support", 20))
WORKING = {"occupation_before": "seeking", "occupation_after": "work", "income_before": "income_support"}
STILL = {"income_before": "income_support", "income_after": "income_support"}
TWO_YEARS = incomes(
    (2018, 20, "samhallet", 200_000.0), (2018, 20, "kommun", -5_000.0), (2019, 10, "samhallet", 400_000.0),
    (2019, 10, "kommun", 100_000.0),
)  # fmt: skip


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_module, "DRAWS", 1_000)


def same_tables(one: EconomicsView, other: EconomicsView, *, but: tuple[str, ...] = ()) -> None:
    for name in ALWAYS - set(but):
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], obj=name)


def test_a_federation_with_nothing_has_every_table_and_no_payback(tmp_path: Path) -> None:
    view = opened(tmp_path, files_of())
    assert set(view.tables) == ALWAYS
    assert (view.basis, view.kinds, view.participants, view.remarks) == ("", (), None, ())
    empty = ALWAYS - {"structural", "comparison", "values"}
    assert [name for name in sorted(empty) if len(view.tables[name])] == []
    types = {"payback": PAYBACK, "payback_summary": SUMMARY, "changes": CHANGES, "model_income": INCOME_COLUMNS}
    for name, columns in (types | {"flows": FLOWS}).items():
        assert view.tables[name].dtypes.astype("str").to_dict() == columns, name


def test_incomes_alone_are_compared_with_what_participants_cost(tmp_path: Path) -> None:
    view = opened(tmp_path, files_of(incomes=TWO_YEARS, values=EACH), settings={"incomes": ["i.csv"]})
    assert (view.basis, view.kinds, view.participants) == ("incomes", ("incomes",), 30)
    payback = view.tables["payback"]
    assert list(zip(payback["year"], payback["actor"], strict=True)) == [
        ("2018", "samhallet"), ("2018", "kommun"), ("2019", "samhallet"), ("2019", "kommun"),
    ]  # fmt: skip
    assert list(payback["cost_sek"]) == [20 * 20_000, 20 * 10_000, 10 * 20_000, 10 * 10_000]
    assert cell(payback, "payback_months", year="2018", actor="samhallet") == 24  # 12 x 400 / 200
    assert cell(payback, "payback_months", year="2019", actor="samhallet") == 6  # 12 x 200 / 400
    assert cell(payback, "payback_months", year="2018", actor="kommun") is None
    together = view.tables["payback_summary"].set_index("actor")
    assert together.at["samhallet", "payback_mean_months"] == 15
    assert together.at["samhallet", "payback_pooled_months"] == 12  # 12 x 600 / 600
    assert together.at["kommun", "payback_pooled_months"] == 38  # 12 x 300 / 95 = 37.9
    assert together.at["kommun", "years_without_payback"] == "2018"
    for name in ("changes", "flows", "model_income", "cancel"):
        assert view.tables[name].empty, name


def test_the_highest_cost_is_what_the_income_of_so_many_months_comes_to(tmp_path: Path) -> None:
    view = opened(tmp_path, files_of(incomes=TWO_YEARS, values=EACH))
    highest = view.tables["highest_cost"]
    own = highest[highest["actor"] == "samhallet"].set_index("months")
    each = 600_000 / 30
    assert own["highest_cost_per_participant_sek"].to_dict() == {12: each, 24: 2 * each, 36: 3 * each, 60: 5 * each}
    assert set(own["cost_per_participant_sek"]) == {20_000.0}


def test_a_period_leaves_other_years_out_of_rows_and_sums(tmp_path: Path) -> None:
    files = files_of(incomes=TWO_YEARS, transitions=transitions(("seeking", "none", 9), year=2018), values=EACH)
    view = opened(tmp_path, files, period="2019")
    assert set(view.tables["payback"]["year"]) == {"2019"}
    assert cell(view.tables["payback_summary"], "participants", actor="samhallet") == 10
    assert (view.participants, view.value_year) == (10, 2019)
    assert view.tables["changes"].empty
    same_tables(view, opened(tmp_path, files_of(incomes=TWO_YEARS.iloc[2:], values=EACH), period="2019"))


def test_a_transition_without_a_year_is_of_every_period(tmp_path: Path) -> None:
    told = [transitions(("seeking", "none", 9), year=year) for year in (None, 2018)]
    view = opened(tmp_path, files_of(transitions=pd.concat(told)), period="2019")
    assert cell(view.tables["changes"], "before", state="seeking") == 9


def test_a_year_of_fewer_than_k_is_set_aside_and_in_no_sum(tmp_path: Path) -> None:
    few = incomes((2017, 4, "samhallet", 77_777.0), (2017, 4, "kommun", 55_555.0))
    with_few = opened(tmp_path, files_of(incomes=pd.concat([few, TWO_YEARS]), values=EACH))
    assert with_few.tables["set_aside_years"].to_dict("records") == [
        {"year": "2017", "reason": "few_participants", "participants_hidden": True}
    ]
    same_tables(with_few, opened(tmp_path, files_of(incomes=TWO_YEARS, values=EACH)), but=("set_aside_years",))
    assert with_few.participants == 30


def test_with_nothing_but_few_participants_there_is_no_payback(tmp_path: Path) -> None:
    view = opened(tmp_path, files_of(incomes=incomes((2019, 4, "samhallet", 77_777.0)), values=EACH))
    assert (view.basis, view.participants) == ("", None)
    assert view.tables["payback"].empty
    assert view.tables["chance"].empty


def test_incomes_without_a_cost_are_told_with_what_is_missing(tmp_path: Path) -> None:
    payback = opened(tmp_path, files_of(incomes=TWO_YEARS)).tables["payback"]
    assert set(payback["why"]) == {"cost_missing"}
    assert cell(payback, "missing", year="2019", actor="kommun") == "Kostnad per deltagare (Kommunen) 2019"
    assert cell(payback, "income_5y_sek", year="2019", actor="kommun") == 500_000
    assert payback["payback_months"].isna().all()


def model(folder: Path, *, values: list[Any], told: pd.DataFrame = TO_WORK, **case: Any) -> EconomicsView:
    return opened(folder, files_of(transitions=told, values=values), **case)


def test_states_before_and_after_give_each_actor_its_income(tmp_path: Path) -> None:
    view = model(tmp_path, values=[*TAXES, SUPPORT, *EACH])
    assert (view.basis, view.participants) == ("transitions", 50)
    income = view.tables["model_income"].set_index("actor")["income_1y_sek"]
    wage = 300_000
    assert income["samhallet"] == 30 * FULL_TIME_SEK  # 30 x 492 825; support that is not paid is nobody's gain in all
    assert income["kommun"] == 30 * (0.20 * wage + 100_000)
    assert income["region"] == 30 * 0.11 * wage
    assert income["ovrig_stat"] == 30 * (FULL_TIME_SEK - wage)  # fee and indirect tax
    assert (income["af"], income["fk"], income["staten"]) == (0, 0, income["ovrig_stat"])
    assert income["individen"] == 30 * (wage * 69 / 100 - 100_000)
    actors = ("kommun", "region", "staten", "individen")
    assert income["samhallet"] == sum(income[actor] for actor in actors)
    payback = view.tables["payback"]
    assert set(payback["year"]) == {"alla år"}
    assert cell(payback, "payback_months", actor="samhallet") is not None
    assert cell(payback, "cost_sek", actor="samhallet") == 50 * 20_000
    found = payback.set_index("actor")["income_1y_sek"]
    pd.testing.assert_series_equal(found, income.reindex(found.index))
    assert (view.tables["cancel"]["sum_sek"] == 0).all()


def test_what_a_missing_value_leaves_unknown_is_told_and_the_rest_is_computed(tmp_path: Path) -> None:
    view = model(tmp_path, values=[*TAXES, *EACH])  # no amount of income support
    income = view.tables["model_income"]
    for actor in ("kommun", "individen"):
        assert cell(income, "income_1y_sek", actor=actor) is None
        assert cell(income, "why", actor=actor) == "value_missing"
        assert "Försörjningsstöd" in cell(income, "missing", actor=actor)
    assert cell(income, "income_1y_sek", actor="samhallet") == 30 * FULL_TIME_SEK
    kommun = view.tables["payback"].query("actor == 'kommun'").iloc[0]
    assert (kommun["why"], pd.isna(kommun["payback_months"])) == ("value_missing", True)
    assert "kommun" not in set(view.tables["chance"]["actor"])


def test_no_effect_is_exactly_zero_for_everybody(tmp_path: Path) -> None:
    told = transitions(
        ("income_support", "work_full_time", 9), ("work_full_time", "income_support", 9), ("seeking", "seeking", 12)
    )
    view = model(tmp_path, told=told, values=[*TAXES, SUPPORT, *EACH], stated=Stated(fade_out_pct=10))
    assert [str(sek) for sek in view.tables["model_income"]["income_1y_sek"]] == ["0.0"] * 8
    assert set(view.tables["flows"]["sek"]) == {0.0}
    payback = view.tables["payback"]
    assert set(payback["income_5y_sek"]) == {0.0}
    assert list(payback["result_5y_sek"]) == [-sek + 0.0 for sek in payback["cost_sek"]]
    assert payback["payback_months"].isna().all()


def test_no_effect_is_zero_also_where_no_value_is_known(tmp_path: Path) -> None:
    told = transitions(("sickness_benefit", "sickness_benefit", 9), ("income_support", "income_support", 9))
    income = model(tmp_path, told=told, values=[]).tables["model_income"]
    assert set(income["income_1y_sek"]) == {0.0}


@pytest.mark.parametrize("times", [2, 3])
def test_more_participants_at_the_same_cost_each_pay_back_in_the_same_time(tmp_path: Path, times: int) -> None:
    once, more = (
        model(tmp_path, told=TO_WORK.assign(count=n * TO_WORK["count"]), values=[*TAXES, SUPPORT, *EACH])
        for n in (1, times)
    )
    assert more.participants == times * 50
    months = [view.tables["payback"][["actor", "payback_months", "why"]] for view in (once, more)]
    pd.testing.assert_frame_equal(*months)
    assert list(more.tables["payback"]["cost_sek"]) == [times * sek for sek in once.tables["payback"]["cost_sek"]]
    pd.testing.assert_frame_equal(
        once.tables["chance"], more.tables["chance"], check_exact=False, rtol=0.001  # the draws are the same
    )  # fmt: skip


def test_twice_the_incomes_participants_and_costs_pay_back_in_the_same_time(tmp_path: Path) -> None:
    told = TWO_YEARS.assign(cost_sek=[400_000.0, 200_000.0, 200_000.0, 100_000.0])
    amounts = ["participants", "income_1y_sek", "cost_sek"]
    once, twice = (
        opened(tmp_path, files_of(incomes=told.assign(**{name: n * told[name] for name in amounts}))) for n in (1, 2)
    )
    for table in ("payback", "payback_summary"):
        same = [name for name in once.tables[table] if "sek" not in name and name != "participants"]
        pd.testing.assert_frame_equal(once.tables[table][same], twice.tables[table][same])
    pd.testing.assert_frame_equal(once.tables["highest_cost"], twice.tables["highest_cost"])


def test_the_order_of_rows_of_the_files_does_not_matter(tmp_path: Path) -> None:
    published = frame_of(
        "published",
        {"year": [2018, 2019], "actor": ["kommun", "samhallet"], "measure": ["payback_months"] * 2,
         "printed": ["–", "6"], "value": [float("nan"), 6.0], "unit": ["months"] * 2, "source": ["R"] * 2,
         "note": [""] * 2},
    )  # fmt: skip
    states = transitions(("income_support", "work_full_time", 30), ("seeking", "study", 7), ("none", "seeking", 8))
    values = [*TAXES, SUPPORT, *EACH]
    first = opened(tmp_path, files_of(incomes=TWO_YEARS, transitions=states, values=values, published=published))
    second = opened(
        tmp_path,
        files_of(incomes=TWO_YEARS.iloc[::-1], transitions=states.iloc[::-1], values=values[::-1],
                 published=published.iloc[::-1]),
    )  # fmt: skip
    same_tables(first, second, but=("published", "values"))  # these stand in the order of the file
    for name, by in (("published", ["year", "actor"]), ("values", ["key", "actor", "year"])):
        pd.testing.assert_frame_equal(
            *(each.tables[name].sort_values(by, kind="stable").reset_index(drop=True) for each in (first, second))
        )


def test_rows_of_follow_up_are_counted_where_there_is_no_file_of_states(tmp_path: Path) -> None:
    rows = people((30, WORKING), (20, STILL))
    told = [*TAXES, SUPPORT, value("work_extent_pct", 50), *EACH]
    view = opened(tmp_path, files_of(values=told), rows)
    assert (view.basis, view.participants) == ("rows", 50)
    changes = view.tables["changes"]
    assert cell(changes, "change", state="work_part_time") == 30
    assert cell(changes, "change", state="income_support") == -30
    income = view.tables["model_income"].set_index("actor")["income_1y_sek"]
    assert income["samhallet"] == 30 * FULL_TIME_SEK / 2  # half time
    assert income["kommun"] == 30 * (0.20 * 150_000 + 100_000)


def test_society_pays_what_the_ledger_has_granted_unless_its_cost_is_stated(tmp_path: Path) -> None:
    rows, told = people((30, WORKING), (20, STILL)), [*TAXES, SUPPORT, value("work_extent_pct", 50)]
    payback = opened(tmp_path, files_of(values=told), rows).tables["payback"]
    assert cell(payback, "cost_sek", actor="samhallet") == 300_000
    assert cell(payback, "why", actor="kommun") == "cost_missing"
    payback = opened(tmp_path, files_of(values=[*told, *EACH]), rows).tables["payback"]
    assert cell(payback, "cost_sek", actor="samhallet") == 50 * 20_000


def test_a_file_of_states_comes_before_rows_and_incomes_before_both(tmp_path: Path) -> None:
    rows, told = people((30, WORKING), (20, STILL)), [*TAXES, SUPPORT, value("work_extent_pct", 50), *EACH]
    both = opened(tmp_path, files_of(transitions=TO_WORK, values=told), rows)
    assert both.basis == "transitions"
    assert cell(both.tables["changes"], "change", state="work_full_time") == 30
    every = opened(tmp_path, files_of(transitions=TO_WORK, values=told, incomes=TWO_YEARS), rows)
    assert every.basis == "incomes"
    assert set(every.tables["payback"]["year"]) == {"2018", "2019"}
    pd.testing.assert_frame_equal(every.tables["model_income"], both.tables["model_income"])  # told beside it
    pd.testing.assert_frame_equal(every.tables["flows"], both.tables["flows"])


def test_with_few_values_follow_up_is_no_basis_and_says_what_is_missing(tmp_path: Path) -> None:
    view = opened(tmp_path, files_of(), people((30, WORKING), (20, STILL)))
    assert view.basis == ""
    assert set(view.tables["model_income"].query("actor in ['samhallet', 'kommun']")["why"]) == {"value_missing"}
    assert any("omfattning" in remark for remark in view.remarks)


def test_own_actors_have_rows_labels_and_a_part_in_societys_cost(tmp_path: Path) -> None:
    settings = {"actors": {"stiftelsen": "Stiftelsen Ny väg"}}
    told = [*TAXES, SUPPORT, *EACH, value("cost_total_sek", 50_000, actor="stiftelsen")]
    view = model(tmp_path, values=told, settings=settings)
    assert view.labels["stiftelsen"] == "Stiftelsen Ny väg"
    payback = view.tables["payback"]
    assert payback["actor"].iloc[-1] == "stiftelsen"
    assert cell(payback, "cost_sek", actor="stiftelsen") == 50_000
    assert cell(payback, "income_1y_sek", actor="stiftelsen") == 0
    assert cell(payback, "cost_sek", actor="samhallet") == 50 * 20_000 + 50_000
    own = incomes((2019, 10, "stiftelsen", 25_000.0), (2019, 10, "samhallet", 400_000.0))
    view = opened(tmp_path, files_of(incomes=own, values=told), settings=settings)
    assert cell(view.tables["payback"], "payback_months", actor="stiftelsen") == 24
    assert cell(view.tables["payback"], "cost_sek", actor="samhallet") == 10 * 20_000 + 50_000


def test_the_state_of_few_people_is_hidden_with_all_that_it_would_tell(tmp_path: Path) -> None:
    told = transitions(
        ("income_support", "work_full_time", 30), ("seeking", "sickness_benefit", 2), ("seeking", "none", 9),
        ("none", "none", 9),
    )  # fmt: skip
    view = model(tmp_path, told=told, values=[*TAXES, SUPPORT, *EACH, value("sickness_benefit_sek_per_year", 120_000)])
    changes, flows = view.tables["changes"], view.tables["flows"]
    assert cell(changes, "after", state="sickness_benefit") is None
    assert len(changes[changes["hidden"]]) >= 2  # one alone could be worked out from the participants
    hidden = set(changes.loc[changes["hidden"], "state"])
    of_hidden = flows[flows["state"].isin(hidden)]
    assert of_hidden[["sek", "change"]].isna().all(axis=None)
    assert set(of_hidden["why"]) == {"hidden"}
    touched = {*of_hidden["payer"], *of_hidden["receiver"]} & set(view.labels)
    assert {"fk", "individen"} <= touched
    for actor in touched:
        assert cell(view.tables["model_income"], "income_1y_sek", actor=actor) is None
        assert cell(view.tables["payback"], "why", actor=actor) == "hidden"
        assert actor not in set(view.tables["payback_summary"].dropna(subset="income_1y_sek")["actor"])
    assert not touched & set(view.tables["chance"]["actor"])


def test_few_people_in_all_have_no_table_of_states(tmp_path: Path) -> None:
    view = model(tmp_path, told=transitions(("seeking", "work_full_time", 3)), values=[*TAXES, *EACH])
    assert (view.participants, view.basis) == (None, "")
    for name in ("changes", "flows", "model_income", "payback"):  # and no zeros: nobody has said that it gave nothing
        assert view.tables[name].empty, name
    assert any("för få" in remark for remark in view.remarks)


def test_stated_options_and_values_change_the_results(tmp_path: Path) -> None:
    follow_up = follow_up_of(tmp_path)
    files = files_of(incomes=TWO_YEARS, transitions=TO_WORK, values=[*TAXES, SUPPORT, *EACH])
    plain = economics_of(follow_up, files)
    stated = economics_of(follow_up, files, stated=Stated(values="monthly_wage=30 000; cost_per_participant:kommun=1",
                                                          deadweight_pct=50))  # fmt: skip
    assert stated.options.deadweight == 0.5
    ratio = (
        stated.tables["model_income"].set_index("actor")["income_1y_sek"]
        / plain.tables["model_income"].set_index("actor")["income_1y_sek"]
    )
    assert ratio["samhallet"] == 30_000 / 25_000
    assert cell(stated.tables["payback"], "cost_sek", year="2019", actor="kommun") == 10
    assert cell(stated.tables["payback"], "income_1y_sek", year="2019", actor="samhallet") == 200_000
    used = stated.tables["values"].query("used and key == 'monthly_wage_sek'")
    assert used["source"].to_list() == ["parametercellen"]


def test_print_is_held_against_the_printed_model_whatever_the_options_of_the_run(tmp_path: Path) -> None:
    printed = {"year": [2019], "actor": ["samhallet"], "measure": ["result_1y"], "printed": ["200 tkr"],
               "value": [200_000.0], "unit": ["sek"], "source": ["R"], "note": [""]}  # fmt: skip
    files = files_of(incomes=TWO_YEARS, values=EACH, published=frame_of("published", printed))
    view = opened(tmp_path, files, stated=Stated(deadweight_pct=50, write_off_years=5))
    assert cell(view.tables["payback"], "result_1y_sek", year="2019", actor="samhallet") == 400_000 / 2 - 200_000 / 5
    assert cell(view.tables["published"], "computed", actor="samhallet") == 400_000 - 200_000
    assert cell(view.tables["published"], "finding", actor="samhallet") == "agrees"


def test_wrong_parameters_are_refused(tmp_path: Path) -> None:
    follow_up = follow_up_of(tmp_path)
    for stated in (Stated(fade_out_pct=101), Stated(values="wage_of_kings=1"), Stated(price_year=2020)):
        with pytest.raises(ParameterError):
            economics_of(follow_up, files_of(incomes=TWO_YEARS), stated=stated)


def test_amounts_in_the_prices_of_a_year_need_an_index_and_leave_a_years_payback_as_it_is(tmp_path: Path) -> None:
    index = [value("price_index", figure, year=year) for year, figure in ((2018, 80), (2019, 100), (2020, 120))]
    files = files_of(incomes=TWO_YEARS, values=[*EACH, *index])
    nominal = opened(tmp_path, files)
    real = opened(tmp_path, files, settings={"price_year": 2020})
    for year, factor in (("2018", 1.5), ("2019", 1.2)):
        for column in ("income_1y_sek", "cost_sek"):
            was, now = (cell(v.tables["payback"], column, year=year, actor="samhallet") for v in (nominal, real))
            assert now == factor * was
    months = [view.tables["payback"]["payback_months"] for view in (nominal, real)]
    pd.testing.assert_series_equal(*months)


def test_break_even_goes_by_the_ledgers_structural_money(tmp_path: Path) -> None:
    ledger = [
        row("1", "Kompetenslyft", applicant="Flens kommun", group="personal", amount="1000000"),
        row("2", "Ung start", applicant="Flens kommun", group="unga", amount="400000"),
    ]
    case = {
        "case": "a", "label": "A", "intervention": "", "cost_sek": float("nan"), "value_key": "",
        "value_per_person_year_sek": 300_000.0, "years": 1.0, "printed_persons": None,
        "printed_value_sek": float("nan"), "printed_years": float("nan"), "source": "R", "note": "",
    }  # fmt: skip
    named = {**case, "case": "b", "intervention": "ung start", "value_per_person_year_sek": 100_000.0}
    frame = frame_of("break_even", {name: [case[name], named[name]] for name in case})
    view = opened(tmp_path, files_of(break_even=frame), ledger=ledger, derive=True)
    assert view.tables["structural"].to_dict("records") == [
        {"count": 1, "granted_sek": 1_000_000.0, "of_granted_sek": 1_400_000.0, "without_amount": 0}
    ]
    assert cell(view.tables["break_even"], "persons", case="a") == 4  # 1 000 000 / 300 000 = 3.3
    assert cell(view.tables["break_even"], "persons", case="b") == 4  # 400 000 / 100 000
