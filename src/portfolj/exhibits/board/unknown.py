"""What the report can't tell, all of it in one sentence."""

from __future__ import annotations

from portfolj.evaluation import Evaluation
from portfolj.exhibits import swedish
from portfolj.exhibits.board import places
from portfolj.exhibits.board.results import sentence_of_outcome, sentence_of_payback, sentence_of_verdicts
from portfolj.exhibits.board.rooms import sentence_of_comparison, sentence_of_logic, sentence_of_stakeholders
from portfolj.exhibits.board.sentence import Place, Section, Sentence


def sentence_of_unknown(evaluation: Evaluation) -> Sentence | None:
    """The questions that have no answer; None where each has one."""
    gaps = _gaps(evaluation)
    if not gaps:
        return None
    text = f"Det vet vi inte: {swedish.listed([what for what, _ in gaps])}."
    shown = tuple(dict.fromkeys(place for _, place in gaps if place is not None))
    return Sentence(Section.UNKNOWN, "", text, shown, 88)


def _gaps(evaluation: Evaluation) -> list[tuple[str, Place | None]]:
    outcome, payback = sentence_of_outcome(evaluation), sentence_of_payback(evaluation)
    found: list[tuple[str, Place | None]] = []
    if outcome is None:
        found.append(("vad det ledde till för dem som deltog", places.KINDS))
    if sentence_of_verdicts(evaluation) is None:
        found.append(("om insatserna nådde sina mål", places.KINDS))
    if payback is None:
        found.append(("om det lönade sig", places.BASIS))
    elif payback.places == (places.PAYBACK,):
        found.append(("om det hade blivit likadant utan insatserna", places.CAVEATS))
    if not evaluation.strategy.is_stated:
        found.append(("om pengarna följde styrelsens prioriteringar", places.STRATEGY))
    if sentence_of_stakeholders(evaluation) is None:
        found.append(("vad de berörda tycker", None))
    if sentence_of_logic(evaluation) is None:
        found.append(("hur insatserna var tänkta att leda till målen", None))
    if sentence_of_comparison(evaluation) is None:
        found.append(("hur kommunerna står sig mot liknande kommuner", None))
    return found
