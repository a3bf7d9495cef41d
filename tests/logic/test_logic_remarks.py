"""What is weak in a model: told, and never in the way."""

from __future__ import annotations

import pytest
from logic_case import boxes, links, model

from portfolj.errors import Reason
from portfolj.logic.remarks import ACTIONS, remarks_of

ALL = boxes(resources=["r"], activities=["a"], outputs=["o"], results=["u"], effects=["e"], goals=["g"])
CHAIN = ("r > a", "a > o", "o > u", "u > e", "e > g")


def found(text: str) -> list[tuple[str, str]]:
    return [(remark.code, remark.about) for remark in remarks_of(model(text))]


def test_a_whole_chain_with_indicators_has_no_weakness() -> None:
    assert found(ALL + links(*CHAIN, indicator="antal")) == []


@pytest.mark.parametrize(
    ("left_out", "weak"),
    [
        ("r > a", [("resource_unused", "r")]),
        ("a > o", [("activity_leads_nowhere", "a"), ("goal_without_activity", "g")]),
        ("o > u", [("output_leads_nowhere", "o"), ("goal_without_activity", "g")]),
        ("u > e", [("result_without_effect", "u"), ("goal_without_activity", "g")]),
        ("e > g", [("goal_without_cause", "g")]),
    ],
)
def test_what_a_missing_link_makes_weak(left_out: str, weak: list[tuple[str, str]]) -> None:
    assert found(ALL + links(*(pair for pair in CHAIN if pair != left_out), indicator="antal")) == weak


def test_a_result_that_leads_to_a_goal_through_another_result_is_not_weak() -> None:
    text = boxes(activities=["a"], results=["u", "v"], goals=["g"])
    assert found(text + links("a > u", "u > v", "v > g", indicator="antal")) == []


def test_each_link_without_an_indicator_is_told() -> None:
    assert found(ALL + links(*CHAIN)) == [("link_without_indicator", pair.replace(">", "→")) for pair in CHAIN]


@pytest.mark.parametrize("said", ['measured = "to_work"', 'outcome = 3\nunit = "timmar"', 'indicator = "antal"'])
def test_words_a_measure_or_a_figure_are_an_indicator(said: str) -> None:
    text = boxes(activities=["a"], goals=["g"]) + links("a > g") + said
    assert found(text) == []


def test_a_goal_and_an_interim_goal_are_called_by_their_names() -> None:
    said = [remark.said for remark in remarks_of(model(boxes(interim_goals=["d"], goals=["g"])))]
    assert said == ["Ingenting leder till delmålet", "Ingenting leder till målet"]


def test_the_check_tells_line_and_action() -> None:
    (remark,) = remarks_of(model(boxes(goals=["g"])))
    fault = remark.as_fault("logic_model.toml")
    assert (fault.place, fault.reason) == ("logic_model.toml, rad 2, goals, g", Reason.MODEL_WEAK)
    assert fault.action == ACTIONS["goal_without_cause"]
