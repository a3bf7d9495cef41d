"""A sentence of each of the other parts of an evaluation, where the part has something to tell."""

from __future__ import annotations

from collections.abc import Sequence

from portfolj.evaluation import Evaluation
from portfolj.exhibits.board import places
from portfolj.exhibits.board.sentence import Place, Section, Sentence, first_of
from portfolj.exhibits.comparison.headline import comparison_sentences
from portfolj.exhibits.logic.headline import steps_finding
from portfolj.exhibits.stakeholders.response import response_finding
from portfolj.exhibits.stakeholders.themes import themes_finding
from portfolj.exhibits.stakeholders.verdicts import verdicts_finding


def sentence_of_stakeholders(evaluation: Evaluation) -> Sentence | None:
    """What those concerned say: what statements have in common, else a survey's ratings, else how many answered."""
    view = evaluation.stakeholders
    candidates = (
        ("" if view.invented else themes_finding(view), places.STAKEHOLDERS),
        (verdicts_finding(view), places.SURVEYS),
        (response_finding(view), places.SURVEYS),
    )
    text, place = next(((text, place) for text, place in candidates if text), ("", places.SURVEYS))
    return _first([text] if text else [], Section.RESULTS, "Vad säger de berörda?", place, 58)


def sentence_of_logic(evaluation: Evaluation) -> Sentence | None:
    """Whether the interventions could lead to the goals."""
    told = [text] if (text := steps_finding(evaluation.logic)) else []
    return _first(told, Section.RESULTS, "Hängde det ihop?", places.LOGIC, 45)


def sentence_of_comparison(evaluation: Evaluation) -> Sentence | None:
    """How the municipalities stand beside others like them."""
    told = comparison_sentences(evaluation.comparison)
    return _first(told, Section.RESULTS, "Jämfört med andra?", places.COMPARISON, 40)


def _first(told: Sequence[str], section: Section, question: str, place: Place, weight: int) -> Sentence | None:
    text = first_of(told[0]) if told else ""
    return Sentence(section, question, text, (place,), weight) if text else None
