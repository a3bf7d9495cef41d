"""The second opinion on goals: when it decides, what is shown, and that it never learns from what measures it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from portfolj.coding.second_opinion import SecondOpinion
from portfolj.goals import second_opinion
from portfolj.goals.clause import Reading
from portfolj.goals.grade import grade
from portfolj.goals.judging import judge_by_rules
from portfolj.goals.second_opinion import KINDS, RULE_WEIGHT, shipped_goal_opinion, words_in
from portfolj.goals.splitting import split_goals

TRAINER = Path(__file__).parents[2] / "training" / "goal_opinion.py"
TEXT = "Projektet ska ta fram en modell."


def _speaking(monkeypatch: pytest.MonkeyPatch, kind: str, how_much: float) -> None:
    """A model that speaks for one kind, by the word "modell" alone."""
    weight = [round(100 * how_much) if each == kind else 0 for each in KINDS]
    model = SecondOpinion("", KINDS, (0.0,) * 4, {"<modell": [0] * 5, "<mod": [*weight, 100]}, {"modal": [0] * 4})
    monkeypatch.setattr(second_opinion, "shipped_goal_opinion", lambda: model)


@pytest.mark.parametrize(
    ("beyond", "expected"), [(-0.1, "activity"), (0.1, "outcome_unmeasurable")], ids=["weaker", "stronger"]
)
def test_it_decides_where_it_speaks_more_than_the_rules(
    monkeypatch: pytest.MonkeyPatch, beyond: float, expected: str
) -> None:
    _speaking(monkeypatch, "outcome", RULE_WEIGHT + beyond)
    assert grade(TEXT).main_class == expected


def test_class_evidence_and_advice_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    _speaking(monkeypatch, "outcome", RULE_WEIGHT + 1)
    graded = grade(TEXT)
    assert graded.classes == ("outcome_unmeasurable",)
    assert graded.evidence == "modell"
    assert graded.advice == "Säg vad som visar förändringen, hur stor den ska vara och när den mäts."


def test_what_it_calls_no_goal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _speaking(monkeypatch, "missing", RULE_WEIGHT + 1)
    assert (grade(TEXT).main_class, grade(TEXT).goals) == ("missing", ())


def test_the_shipped_model_mends_a_rule() -> None:
    text = "Verksamheten ska präglas av jämställdhet."
    (clause,) = split_goals(text)
    assert judge_by_rules(Reading(clause)).goal_class == "activity"
    graded = grade(text)
    assert (graded.main_class, graded.evidence) == ("outcome_unmeasurable", "Verksamheten; jämställdhet")


def test_what_is_made_is_found_whatever_the_order() -> None:
    for text in ("En gemensam rutin är framtagen.", "Vid årets slut ska en gemensam rutin vara framtagen."):
        (clause,) = split_goals(text)
        assert judge_by_rules(Reading(clause)).goal_class == "activity"
        assert grade(text).evidence == "rutin; framtagen"


def test_a_range_is_one_goal() -> None:
    assert grade("Satsningen ska ge mellan 50 och 70 ungdomar jobb.").classes == ("outcome_measurable",)


def test_only_why_is_no_goal() -> None:
    assert grade(".FÖR ATT").goals == ()


def test_words_are_read_in_lower_case_with_digits_alike() -> None:
    (clause,) = split_goals("40 % i ARBETE")
    assert words_in(clause) == ["00", "%", "i", "arbete"]


def test_it_learns_only_from_texts_that_may_be_in_view() -> None:
    double, others = runpy.run_path(str(TRAINER))["in_view"]()
    numbers = [(row["id"][0], int(row["id"][1:])) for row in double]
    assert len(double) == 60
    assert all(number % 2 for _, number in numbers)
    assert not [row for row in others if row.get("held_out") == "1"]
    assert len(others) == 55 + 60 + 445
    assert shipped_goal_opinion().kinds == KINDS
