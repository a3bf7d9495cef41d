"""Figures beside indicators: only what the protected follow-up shows, and why where there is none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from logic_case import TABLES, WHOLE, boxes, follow_up, goals, model, outcomes, portfolio_in, row_of, view

from portfolj.logic.measures import MEASURES, NOTHING, Measured, measured
from portfolj.portfolio.view import Portfolio

ABOUT = {"intervention": 'intervention = "insats"\n', "municipality": 'municipality = "Nora"\n', "federation": ""}


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return portfolio_in(tmp_path_factory.mktemp("logic"))


def figure(portfolio: Portfolio, measure: str, about: str = "intervention", **more: object) -> Measured:
    of = model(ABOUT[about] + boxes(goals=["g"]))
    return measured(follow_up(portfolio, more.get("tables")), of, measure, goal=str(more.get("goal", "")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measure", "about", "value"),
    [
        ("participations", "intervention", 267),
        ("exits", "intervention", 200),
        ("participations", "federation", 300),
        ("exits", "municipality", 40),
        ("work_or_study", "intervention", 16.5),  # 33 of 200
        ("to_work", "federation", 13.6),  # 30 of 220
        ("progression_up", "intervention", 65.7),  # 71 of 108
        ("cost_per_participation", "intervention", 3745.3),
    ],
)
def test_a_measure_is_of_what_the_model_is_about(portfolio: Portfolio, measure: str, about: str, value: float) -> None:
    found = figure(portfolio, measure, about)
    assert (found.state, found.value) == ("shown", value)


def test_a_share_has_its_counts_and_wilsons_interval(portfolio: Portfolio) -> None:
    # statsmodels 0.14, proportion_confint(33, 200, method="wilson"): 0.11996, 0.22265
    found = figure(portfolio, "work_or_study")
    assert (found.count, found.of, found.low, found.high) == (33, 200, 12.0, 22.3)


def test_a_hidden_count_stays_hidden_and_leaves_nothing(portfolio: Portfolio) -> None:
    assert figure(portfolio, "to_work", "municipality") == Measured("hidden")
    assert figure(portfolio, "work_or_study", "municipality") == Measured("hidden")


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ({}, "no_follow_up"),
        ({"outcomes": TABLES["outcomes"].iloc[:1]}, "not_there"),
        ({"outcomes": outcomes(("intervention", "Insats", 20, 20, 0, 0, 0, 0, 0))}, "nobody"),
    ],
)
def test_what_is_not_measured_says_why(portfolio: Portfolio, tables: dict[str, pd.DataFrame], why: str) -> None:
    assert figure(portfolio, "work_or_study", tables=tables) == Measured("unknown", why)


def test_reported_counts_are_used_where_there_are_no_rows(portfolio: Portfolio) -> None:
    certain = outcomes(("intervention", "Insats", 50, 50, 40, 12, 0, 0, 0)).drop(columns=["work_or_study"])
    certain = certain.assign(least_work_or_study=pd.array([12], "Int64"), most_work_or_study=pd.array([12], "Int64"))
    assert figure(portfolio, "work_or_study", tables={"reported": certain}).value == 30.0  # 12 of 40
    unsure = certain.assign(most_work_or_study=pd.array([16], "Int64"))
    assert figure(portfolio, "work_or_study", tables={"reported": unsure}) == Measured("unknown", "not_told")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Insats", "1", "met")], Measured("shown", verdict="met")),
        ([("Insats", "1", "met"), ("Annan", "1", "not_met")], Measured("shown", verdict="met")),
        ([("Insats", "2", "met")], Measured("unknown", "no_goal")),
        ([("Insats", "1", "met"), ("Insats", "1", "not_met")], Measured("unknown", "several")),
    ],
)
def test_the_verdict_of_a_goal_by_its_number(
    portfolio: Portfolio, rows: list[tuple[str, str, str]], expected: Measured
) -> None:
    assert figure(portfolio, "goal", goal="1", tables={"goals": goals(*rows)}) == expected


def test_no_measure_is_nothing(portfolio: Portfolio) -> None:
    assert figure(portfolio, "") == NOTHING


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_an_answer_without_any_follow_up(portfolio: Portfolio, measure: str) -> None:
    assert figure(portfolio, measure, tables={}, goal="1").state == "unknown"


def test_the_tables_hold_the_figures_of_links_and_boxes(portfolio: Portfolio) -> None:
    shown = view(portfolio, WHOLE)
    link = row_of(shown, "links", **{"from": "kan", "to": "jobb"})
    assert (link["state"], link["value"], link["of"]) == ("shown", 16.5, 200)
    assert row_of(shown, "links", **{"from": "jobb"})["verdict"] == "partly_met"
    goal = row_of(shown, "items", id="mal")
    assert (goal["verdict"], goal["followed_verdict"], goal["own_verdict"]) == ("partly_met", "partly_met", "")


def test_the_follow_ups_verdict_goes_first_and_a_contradiction_is_told(portfolio: Portfolio) -> None:
    said = WHOLE.replace("goal = 1 }", 'goal = 1, verdict = "met" }')
    shown = view(portfolio, said)
    assert row_of(shown, "items", id="mal")["verdict"] == "partly_met"
    assert row_of(shown, "remarks", code="verdict_differs")["about"] == "mal"
    agreed = said.replace('verdict = "met"', 'verdict = "partly_met"')
    assert "verdict_differs" not in set(view(portfolio, agreed).tables["remarks"]["code"])


def test_a_goal_that_the_follow_up_lacks_keeps_the_models_own_verdict(portfolio: Portfolio) -> None:
    said = WHOLE.replace("goal = 1 }", 'goal = 7, verdict = "unclear" }')
    shown = view(portfolio, said)
    assert row_of(shown, "items", id="mal")["verdict"] == "unclear"
    assert row_of(shown, "remarks", code="goal_not_found")["about"] == "mal"


def test_an_intervention_that_the_ledger_lacks_is_told(portfolio: Portfolio) -> None:
    shown = view(portfolio, WHOLE.replace('"Insats"', '"Okänd"'))
    assert row_of(shown, "remarks", code="intervention_unknown")["text"] == "Okänd"
    assert row_of(shown, "links", **{"from": "kurs"})["why"] == "not_there"


def test_the_tables_have_their_columns_without_any_model(tmp_path: Path, portfolio: Portfolio) -> None:
    assert {name: len(frame) for name, frame in view(portfolio).tables.items()} == {
        "items": 0, "links": 0, "remarks": 0
    }  # fmt: skip
