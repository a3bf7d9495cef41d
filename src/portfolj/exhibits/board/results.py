"""What came of it, whether goals were met, whether it paid and whether the money followed the strategy."""

from __future__ import annotations

from portfolj.evaluation import Evaluation
from portfolj.exhibits import swedish
from portfolj.exhibits.board import places
from portfolj.exhibits.board.sentence import Place, Section, Sentence, as_one, first_of, parts_of
from portfolj.exhibits.economics.break_even import break_even_finding
from portfolj.exhibits.economics.lacking import has_payback
from portfolj.exhibits.economics.together import together_finding
from portfolj.exhibits.followup.goals import goals_finding
from portfolj.exhibits.followup.outcomes import outcome_finding
from portfolj.exhibits.followup.participants import participants_finding
from portfolj.exhibits.followup.reported import reported_findings
from portfolj.exhibits.followup.shown import table_of
from portfolj.exhibits.followup.steps import steps_finding
from portfolj.exhibits.logic.headline import own_verdicts, verdicts_finding
from portfolj.exhibits.strategy import words as strategy_words
from portfolj.exhibits.strategy.actual import strategy_finding, sum_of, within_sek
from portfolj.portfolio.money import sum_sek
from portfolj.strategy.money import Line


def sentence_of_outcome(evaluation: Evaluation) -> Sentence | None:
    """What became of those who took part, in what is told of them first; None where nothing is."""
    view = evaluation.follow_up
    candidates = (
        (first_of(outcome_finding(view)), places.OUTCOME),
        (_reported(evaluation), places.REPORTED),
        (first_of(steps_finding(view)), places.STEPS),
        (first_of(participants_finding(view)), places.PARTICIPANTS),
    )
    told = next(((text, place) for text, place in candidates if text), None)
    return Sentence(Section.RESULTS, "Hur gick det för deltagarna?", told[0], (told[1],), 95) if told else None


def _reported(evaluation: Evaluation) -> str:
    text = as_one(first_of(finding) for finding in reported_findings(evaluation.follow_up))
    if text and not table_of(evaluation.follow_up, "contradictions").empty:
        return f"{text.removesuffix('.')}, men de redovisade talen går inte ihop."
    return text


def sentence_of_verdicts(evaluation: Evaluation) -> Sentence | None:
    """How many of the goals were met, by the follow-up, else by the logic models; None where none has been judged."""
    place: Place = places.VERDICTS
    text = as_one(parts_of(goals_finding(evaluation.follow_up)))
    if not text:
        text, place = verdicts_finding(evaluation.logic), places.LOGIC
    return Sentence(Section.RESULTS, "Nåddes målen?", text, (place,), 70) if text else None


def judged(evaluation: Evaluation) -> tuple[list[str], Place]:
    """The codes of the verdicts that ``sentence_of_verdicts`` tells of, and where they stand; empty without any."""
    frame = table_of(evaluation.follow_up, "goals")
    if frame.empty:
        return own_verdicts(evaluation.logic), places.LOGIC
    return [str(code) for code in frame["verdict"]], places.VERDICTS


def sentence_of_payback(evaluation: Evaluation) -> Sentence | None:
    """When the first actor's cost is paid, else what would have to happen for it to be; None where neither is told."""
    view = evaluation.economics
    place: Place = places.PAYBACK
    text = first_of(together_finding(view)) if has_payback(view) else ""
    if not text:
        text, place = as_one(parts_of(break_even_finding(view))[:2]), places.BREAK_EVEN
    return Sentence(Section.RESULTS, "Lönade det sig?", text, (place,), 90) if text else None


def sentence_of_strategy(evaluation: Evaluation) -> Sentence | None:
    """How much went to the board's priorities; None where none is stated or nothing was funded."""
    view = evaluation.strategy
    if view.decisions.empty:
        return None
    if not view.portfolio.has_amounts:
        text = as_one(parts_of(strategy_finding(view))[:2])
    else:
        total, within = sum_sek(view.portfolio.interventions["granted_sek"]), within_sek(view)
        parts = [f"{strategy_words.money(view, within)} ({swedish.percent(within, total)}) gick till prioriteringarna"]
        for line, words in ((Line.OUTSIDE, "{} till annat"), (Line.NOT_STATED, "{} beviljades utan att någon gällde")):
            if money := sum_of(view, line):
                parts.append(words.format(strategy_words.money(view, money)))
        unknown = sum_of(view, Line.UNKNOWN)
        last = f", men för {strategy_words.money(view, unknown)} vet vi inte" if unknown else ""
        text = f"{swedish.listed(parts)}{last}."
    return Sentence(Section.RESULTS, "Följde pengarna strategin?", text, (places.STRATEGY,), 68)
