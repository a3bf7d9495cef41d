"""A sentence of each of the other parts of an evaluation, where the part has something to tell."""

from __future__ import annotations

from collections.abc import Sequence

from portfolj.evaluation import Evaluation
from portfolj.exhibits.board import places
from portfolj.exhibits.board.sentence import Place, Section, Sentence, first_of
from portfolj.exhibits.comparison.headline import comparison_sentences
<<<<<<< HEAD
from portfolj.exhibits.documentation.facts import facts_finding
from portfolj.exhibits.documentation.phases import phases_finding
from portfolj.exhibits.goals.headline import goals_sentences
from portfolj.exhibits.logic.headline import logic_sentences
from portfolj.exhibits.stakeholders.response import response_finding
from portfolj.exhibits.stakeholders.themes import themes_finding
from portfolj.exhibits.stakeholders.verdicts import verdicts_finding


def sentence_of_goals(evaluation: Evaluation) -> Sentence | None:
    """Whether the goals can be followed up."""
    return _first(goals_sentences(evaluation.goals), Section.DECIDE, "Målen?", places.GOALS, 64)


def sentence_of_documentation(evaluation: Evaluation) -> Sentence | None:
    """What is missing of what a board needs on file."""
    view = evaluation.documentation
    own = view.portfolio.federation.documentation
    text = facts_finding(view) if own.facts or own.required or own.not_required else ""
    return _first([text] if text else [], Section.DECIDE, "Underlaget?", places.DOCUMENTATION, 66)


def sentence_of_phases(evaluation: Evaluation) -> Sentence | None:
    """Conditions of a next phase that are not met, or what waits for one."""
    view = evaluation.documentation
    told = [phases_finding(view)] if view.is_asked_for else []
    return _first([text for text in told if text], Section.DECIDE, "Nästa fas?", places.DOCUMENTATION, 63)


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
=======
from portfolj.exhibits.logic.headline import steps_finding
from portfolj.exhibits.stakeholders.headline import stakeholders_sentences


def sentence_of_stakeholders(evaluation: Evaluation) -> Sentence | None:
    """What those concerned say."""
    told = stakeholders_sentences(evaluation.stakeholders)
    return _first(told, Section.RESULTS, "Vad säger de berörda?", places.STAKEHOLDERS, 61)
>>>>>>> h-audit1


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
