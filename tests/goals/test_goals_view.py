"""Goals counted: each intervention once under its strongest goal, and every krona once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from goal_ledgers import BOTH, HEAD, NOTHING, ROWS, opened, places_at

from portfolj.coding import load_codebook
from portfolj.coding.goal_classes import GOALS, strongest
from portfolj.exhibits.goals.files import goals_tables
from portfolj.goals.grade import CLASSES
from portfolj.goals.view import GoalsView, open_goals
from portfolj.portfolio.view import Portfolio


def test_the_classes_that_people_decide_are_those_that_texts_are_graded_by() -> None:
    codebook = load_codebook()
    assert codebook.codes(GOALS) == CLASSES
    assert codebook.dimension_label(GOALS) == "Mål"
    assert all(codebook.label(GOALS, code) and codebook.definition(GOALS, code, "en") for code in CLASSES)


@pytest.mark.parametrize(
    ("codes", "main"),
    [
        ("missing", "missing"),
        ("activity;volume", "volume"),
        ("volume;outcome_measurable;activity", "outcome_measurable"),
    ],
)
def test_the_strongest_goal_gives_the_class_of_the_text(codes: str, main: str) -> None:
    assert strongest(codes) == main


def test_each_intervention_stands_once_under_its_strongest_goal(view: GoalsView) -> None:
    counts = view.by_class.set_index("main_class")
    assert counts["count"].to_dict() == {
        "outcome_measurable": 2,  # Arbete and Två mål
        "outcome_unmeasurable": 1,
        "volume": 1,
        "activity": 1,
        "missing": 2,  # without a text, and with one that states no goal
    }
    assert counts["granted_sek"].to_dict() == {
        "outcome_measurable": 100.0,  # the other's amount is not known
        "outcome_unmeasurable": 200.0 + 250.0,
        "volume": 400.0,
        "activity": 800.0,
        "missing": 1600.0 + 3200.0,
    }
    assert counts.loc["outcome_measurable", "without_amount"] == 1


def test_owners_and_years_divide_the_same_money(view: GoalsView) -> None:
    total = 100 + 200 + 250 + 400 + 800 + 1600 + 3200
    for frame in (view.by_class, view.by_owner, view.by_year, view.by_owner_and_year):
        assert frame["granted_sek"].sum() == total
    assert {line.total_sek for line in view.reconciliations.values()} == {total}
    owners = view.by_owner.set_index(["owner", "main_class"])["granted_sek"]
    assert owners["kommun", "outcome_unmeasurable"] == 450
    assert owners["region", "missing"] == 1600
    years = view.by_year.set_index(["year", "main_class"])
    assert years.loc[(2020, "outcome_unmeasurable"), "granted_sek"] == 200
    assert years.loc[(2021, "outcome_unmeasurable"), "granted_sek"] == 250
    # one intervention with money in two years is there in both, and its money once in each
    assert years.loc[(2020, "outcome_unmeasurable"), "count"] == years.loc[(2021, "outcome_unmeasurable"), "count"] == 1


def test_an_amount_that_is_not_known_is_missing_and_never_nothing(by_hand: None, tmp_path: Path) -> None:
    rows = [("7", "Två mål", "Flens kommun", "", BOTH, "2020", ""), ("1", "Annan", "", "", NOTHING, "2020", "10")]
    view = open_goals(opened(places_at(tmp_path, rows=rows)))
    by_class = view.by_class.set_index("main_class")["granted_sek"]
    by_year = view.by_year.set_index("main_class")["granted_sek"]
    assert pd.isna(by_class["outcome_measurable"])
    assert pd.isna(by_year["outcome_measurable"])
    assert by_class["volume"] == 0


def test_why_there_is_no_goal_is_told_apart(view: GoalsView) -> None:
    reasons = view.interventions.set_index("name")["reason"]
    assert reasons["Utan text"] == "no_goal_text"
    assert reasons["Utan mål"] == "no_goal_in_text"
    assert reasons["Hälsa"] == ""


def test_only_the_period_is_counted(by_hand: None, tmp_path: Path) -> None:
    view = open_goals(opened(places_at(tmp_path, period="2021")))
    assert set(view.interventions["name"]) == {"Hälsa", "Många", "Görs", "Utan text"}
    assert view.by_class["granted_sek"].sum() == 250 + 400 + 800 + 1600
    assert view.reconciliations["year"].total_sek == 3050


def test_the_weakest_goal_with_most_money_comes_first(view: GoalsView) -> None:
    assert list(view.worst_first["name"]) == ["Utan mål", "Utan text", "Görs", "Många", "Hälsa", "Arbete", "Två mål"]


def test_every_goal_has_a_row_with_its_place_in_the_text(view: GoalsView) -> None:
    goals = view.goals[view.goals["name"] == "Två mål"]
    assert list(goals["goal_class"]) == ["outcome_measurable", "volume"]
    assert [BOTH[row["start"] : row["end"]] for row in goals.to_dict("records")] == list(goals["text"])
    assert len(view.goals) == 6
    assert set(view.goals["decided_by"]) == {"rule"}


def test_the_files_say_the_same_in_whole_kronor(view: GoalsView) -> None:
    tables = goals_tables(view)
    quality = tables["goal_quality"].set_index("intervention_key")
    assert list(quality.index) == ["1", "2", "3", "4", "5", "6", "7"]
    assert quality.loc["7", "classes"] == "outcome_measurable;volume"
    assert str(quality["granted_sek"].dtype) == "Int64"
    classes = tables["goal_classes"]
    assert list(classes)[:5] == ["main_class", "owner", "year", "count", "granted_sek"]
    assert classes["granted_sek"].sum() == quality["granted_sek"].sum() == 6550
    assert not classes.duplicated(["main_class", "owner", "year"]).any()


def test_a_ledger_without_goals_gives_headings_alone(by_hand: None, tmp_path: Path) -> None:
    rows = [(*row[:4], *row[5:]) for row in ROWS]
    view = open_goals(opened(places_at(tmp_path, rows=rows, head=(*HEAD[:4], *HEAD[5:]))))
    assert not view.has_goals
    tables = goals_tables(view)
    assert [len(frame) for frame in tables.values()] == [0, 0]
    assert "main_class" in tables["goal_quality"]


def test_the_demo_is_graded_by_what_its_texts_say_and_sums_to_what_was_granted(rar: Portfolio) -> None:
    view = open_goals(rar)
    graded = view.interventions.dropna(subset="goal_text").drop_duplicates("goal_text").set_index("goal_text")
    # The examples of the 2020 review's classes: a head count, a share at a time, a change without a level.
    assert graded.loc["140 deltagare", "main_class"] == "volume"
    share = graded.loc["30 procent av deltagarna är självförsörjande sex månader efter avslut"]
    assert (share["main_class"], share["level"], share["time"]) == ("outcome_measurable", True, True)
    assert graded.loc["Minskat bidragsberoende", "main_class"] == "outcome_unmeasurable"
    assert graded.loc["Alla handläggare ska gå utbildningen", "main_class"] == "activity"
    assert {line.total_sek for line in view.reconciliations.values()} == {70_200_000}
    assert view.by_owner_and_year["granted_sek"].sum() == 70_200_000
