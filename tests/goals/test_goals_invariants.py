"""Whatever the text: nothing is raised, spans and evidence are of the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolj.goals.grade import CLASSES, EVIDENCE_SEPARATOR, grade

WORDS = [
    "deltagarna", "ska", "40 %", "få", "arbete", "och", "personal", "utbildning", "för att", "genom", "som", "minska",
    "varje", "år", "2019", "Mål:", "\n", "- ", "1.", ";", ",", ".", "modell", "ta fram", "andelen",
    "kurs", "\u0130", "|", "§", "öka",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_spans_and_evidence_are_of_the_text(text: str) -> None:
    graded = grade(text)
    assert graded.main_class in CLASSES
    assert graded.main_class == min(graded.classes, key=CLASSES.index)
    for goal in graded.goals:
        assert 0 <= goal.start < goal.end <= len(text)
        assert goal.text == text[goal.start : goal.end]
        assert all(part in text for part in goal.evidence.split(EVIDENCE_SEPARATOR))
        assert goal.goal_class != "missing"
    starts = [goal.start for goal in graded.goals]
    assert starts == sorted(starts)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_the_same_text_is_graded_the_same(text: str) -> None:
    assert grade(text) == grade(text)


def test_no_text_is_missing() -> None:
    for text in (None, "", "  \n "):
        graded = grade(text)
        assert (graded.main_class, graded.classes, graded.goals) == ("missing", ("missing",), ())
        assert graded.evidence == ""


def test_a_complete_goal_needs_no_advice() -> None:
    assert grade("40 procent av deltagarna ska ha arbete sex månader efter avslut.").advice == ""


def test_a_long_text_is_read_some_sentences_at_a_time_and_its_goals_stand_where_they_are_said_to() -> None:
    sentence = "Hälften av deltagarna ska ha arbete ett år efter avslut. "
    text = sentence * 60
    goals = grade(text).goals
    assert len(goals) == 60
    assert all(text[goal.start : goal.end] == goal.text for goal in goals)
    assert {goal.goal_class for goal in goals} == {grade(sentence).main_class}
    assert [goal.start for goal in goals] == sorted({goal.start for goal in goals})
