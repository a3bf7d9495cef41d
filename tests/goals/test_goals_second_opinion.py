"""The statistical opinion on goals: what it decides, what is shown, and that it never learns from what measures it."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from portfolj.goals import goal_words, judging, second_opinion
from portfolj.goals.clause import Reading
from portfolj.goals.features import words_of
from portfolj.goals.goal_words import shipped_goal_words
from portfolj.goals.grade import grade
from portfolj.goals.judging import judge_by_rules
from portfolj.goals.second_opinion import KINDS, GoalOpinion, shipped_goal_opinion
from portfolj.goals.splitting import split_goals

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import goals as benchmark  # noqa: E402

TRAINER = ROOT / "training" / "goal_opinion.py"
TEXT = "Projektet ska ta fram en modell."


def _speaking(monkeypatch: pytest.MonkeyPatch, kind: str, *, measure: bool = False) -> None:
    """A model that speaks for one kind, by the word "modell" alone."""
    weight = (*(100 if each == kind else 0 for each in KINDS), 100 if measure else -100)
    model = GoalOpinion("", (0.0,) * 5, {"b:modell": weight})
    for module in (judging, second_opinion):
        monkeypatch.setattr(module, "shipped_goal_opinion", lambda: model)


def test_the_kind_for_which_most_speaks_is_the_goals(monkeypatch: pytest.MonkeyPatch) -> None:
    _speaking(monkeypatch, "outcome")
    graded = grade(TEXT)
    assert graded.classes == ("outcome_unmeasurable",)
    assert graded.evidence == "modell"
    assert graded.advice == "Säg vad som visar förändringen, hur stor den ska vara och när den mäts."


def test_an_outcome_is_measurable_with_a_measure_and_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    _speaking(monkeypatch, "outcome", measure=True)
    assert grade(TEXT).main_class == "outcome_unmeasurable"  # a measure, no level
    assert grade("Projektet ska ta fram tio av en modell.").main_class == "outcome_measurable"
    _speaking(monkeypatch, "outcome", measure=False)
    assert grade("Projektet ska ta fram tio av en modell.").main_class == "outcome_unmeasurable"


def test_the_rules_words_are_shown_where_they_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    _speaking(monkeypatch, "activity")
    (clause,) = split_goals(TEXT)
    assert judge_by_rules(Reading(clause)).goal_class == "activity"
    assert grade(TEXT).evidence == "ta fram; modell"


def test_what_it_calls_no_goal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _speaking(monkeypatch, "missing")
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


def test_a_word_that_only_joins_is_not_what_decided() -> None:
    graded = grade("Rapport till styrelsen")
    assert (graded.main_class, graded.evidence) == ("activity", "Rapport; styrelsen")


def test_a_range_is_one_goal() -> None:
    assert grade("Satsningen ska ge mellan 50 och 70 ungdomar jobb.").classes == ("outcome_measurable",)


def test_only_why_is_no_goal() -> None:
    assert grade(".FÖR ATT").goals == ()


def test_words_are_read_in_lower_case_with_digits_alike() -> None:
    assert words_of("40 % i ARBETE") == ["00", "%", "i", "arbete"]


def test_it_learns_only_from_texts_that_may_be_in_view() -> None:
    found, others = runpy.run_path(str(TRAINER))["in_view"]()
    assert {row["id"][0] for row in found} == set("AKLMOPQRSTUV")
    halves = [row for row in others if row["id"][0] in "GN" and "class_coder1" in row]
    assert len(halves) == 60 + 60
    assert all(int(row["id"][1:]) % 2 for row in halves)
    assert not [row for row in others if row.get("held_out") == "1"]
    assert len(others) == 55 + 60 + 60 + 469
    assert shipped_goal_opinion().trained_on == f"{len(found) + len(others)} kodade mål"


def _threes(text: str) -> set[tuple[str, ...]]:
    said = words_of(text)
    return {tuple(said[at : at + 3]) for at in range(max(1, len(said) - 2))}


def test_no_text_that_is_learnt_from_is_nearly_one_that_measures() -> None:
    read = benchmark.read
    measuring = [
        *read("goals_held.csv"),
        *read("goals_later.csv"),
        *benchmark.half_of(read("goals.csv"), 0),
        *benchmark.half_of(read("goals_double.csv"), 0),
        *(row for row in read("goals_more.csv") if row["held_out"] == "1"),
    ]  # fmt: skip
    kept = [_threes(row["text"]) for row in measuring]
    for row in read("goals_found.csv"):
        own = _threes(row["text"])
        assert all(len(own & other) < 0.4 * min(len(own), len(other)) for other in kept), row["id"]


def test_every_word_has_one_or_two_kinds_that_are_explained() -> None:
    words = shipped_goal_words().words
    assert len(words) > 8_500
    letters = set("".join(kinds for kinds in words.values() if kinds not in ("=", "-")))
    assert letters == goal_words.KINDS.keys()
    assert {form: kinds for form, kinds in words.items() if not 1 <= len(kinds) <= 2} == {}


def test_a_compound_is_what_its_last_part_is() -> None:
    known = goal_words.GoalWords({"modell": "M", "för": "=", "namn": "-"})
    assert [known.of(word) for word in ("samverkansmodell", "för", "namn", "40", "okänt")] == ["M", "=för", "", "N", ""]
