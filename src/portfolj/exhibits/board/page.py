"""The board's page: at most ten sentences in four parts, a figure and a table."""

from __future__ import annotations

from portfolj.evaluation import Evaluation
from portfolj.exhibits.board.decide import (
    decision_on_comparison,
    decision_on_documents,
    decision_on_doubts,
    decision_on_follow_up,
    decision_on_goals,
    decision_on_phases,
    decision_on_strategy,
    decision_on_verdicts,
)
from portfolj.exhibits.board.funded import (
    sentence_of_funding,
    sentence_of_orientation,
    sentence_of_owners,
    sentence_of_target_groups,
)
from portfolj.exhibits.board.results import (
    sentence_of_outcome,
    sentence_of_payback,
    sentence_of_strategy,
    sentence_of_verdicts,
)
from portfolj.exhibits.board.rooms import (
    sentence_of_comparison,
    sentence_of_logic,
    sentence_of_stakeholders,
)
from portfolj.exhibits.board.sentence import Section, Sentence, heaviest, listed
from portfolj.exhibits.board.unknown import sentence_of_unknown
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Html
from portfolj.portfolio.once import once

# In the order in which they are read.
PARTS = (
    sentence_of_funding, sentence_of_owners, sentence_of_target_groups, sentence_of_orientation,
    sentence_of_outcome, sentence_of_verdicts, sentence_of_payback, sentence_of_strategy, sentence_of_stakeholders,
    sentence_of_logic, sentence_of_comparison,
    sentence_of_unknown,
    decision_on_phases, decision_on_documents, decision_on_goals, decision_on_verdicts, decision_on_strategy,
    decision_on_follow_up, decision_on_comparison, decision_on_doubts,
)  # fmt: skip


@once
def board_sentences(evaluation: Evaluation) -> tuple[Sentence, ...]:
    """The page's sentences in order, the ten that a board would miss most."""
    return tuple(heaviest(part(evaluation) for part in PARTS))


def funded(evaluation: Evaluation) -> Html:
    """What was funded, by whom, for whom and aimed at what."""
    return _section(evaluation, Section.FUNDED)


def results(evaluation: Evaluation) -> Html:
    """What came of it, as far as there is anything to go on."""
    return _section(evaluation, Section.RESULTS)


def unknown(evaluation: Evaluation) -> Html:
    """What can't be told, in one sentence."""
    return _section(evaluation, Section.UNKNOWN)


def to_decide(evaluation: Evaluation) -> Html:
    """What the board could decide."""
    return _section(evaluation, Section.DECIDE)


def _section(evaluation: Evaluation, section: Section) -> Html:
    own = [sentence for sentence in board_sentences(evaluation) if sentence.section is section]
    return listed(own) if own else left_out("Tabellerna säger inget här.")
