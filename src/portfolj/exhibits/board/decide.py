"""What the board could decide: what the tables show is missing, in doubt or off its course."""

from __future__ import annotations

from portfolj.evaluation import Evaluation
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.board import places
from portfolj.exhibits.board.rooms import sentence_of_documentation
from portfolj.exhibits.board.sentence import Section, Sentence, as_one, parts_of
from portfolj.exhibits.pending import stakes_finding
from portfolj.portfolio.money import sum_sek
from portfolj.review.doubt import at_stake
from portfolj.strategy.summary import Verdict


def decision_on_documents(evaluation: Evaluation) -> Sentence | None:
    """To require owner and target group in every application, with how much lacks one; else what is on file lacks."""
    if (told := sentence_of_documentation(evaluation)) is not None:
        return told
    frame = evaluation.portfolio.interventions
    without = frame[(frame["owner"] == labels.UNDEFINED) | (frame["target_groups"] == labels.UNDEFINED)]
    if without.empty:
        return None
    known = without["granted_sek"].notna().any() and evaluation.portfolio.has_amounts
    money = f", som fick {labels.scale(evaluation.portfolio).text(sum_sek(without['granted_sek']))}" if known else ""
    text = (
        f"Kräv att varje ansökan säger vem som äger insatsen och vem den är till för: det framgår inte för "
        f"{swedish.number(len(without))} av {swedish.interventions(len(frame))}{money}."
    )
    return Sentence(Section.DECIDE, "Underlaget?", text, (places.LIMITS,), 66)


def decision_on_doubts(evaluation: Evaluation) -> Sentence | None:
    """How many answers wait for somebody to decide, and what they could move; None where none does."""
    if at_stake(evaluation.portfolio).empty:
        return None
    text = as_one(parts_of(stakes_finding(evaluation.portfolio)))
    return Sentence(Section.DECIDE, "Osäkra svar?", text, (places.PENDING,), 60)


def decision_on_follow_up(evaluation: Evaluation) -> Sentence | None:
    """To decide how to follow up, where there is nothing to go on."""
    if evaluation.follow_up.kinds or evaluation.portfolio.interventions.empty:
        return None
    text = "Bestäm hur insatserna ska följas upp, för det finns inga uppgifter om deltagare, utfall eller mål."
    return Sentence(Section.DECIDE, "Uppföljningen?", text, (places.KINDS,), 65)


def decision_on_strategy(evaluation: Evaluation) -> Sentence | None:
    """To look again at priorities that had less than intended or nothing; None where none did, or none is stated."""
    view = evaluation.strategy
    if view.decisions.empty:
        return None
    rows = view.priorities
    less = rows["verdict"] == Verdict.LESS.value
    nothing = (rows["interventions"] == 0) & rows["first_year"].notna()
    names = [f"”{name}”" for name in rows.loc[less | nothing, "priority"]]
    if not names:
        return None
    why = "fick mindre än avsett" if not nothing.any() else "inte säkert fick några pengar"
    if less.any() and nothing.any():
        why = "fick mindre än avsett, eller inte säkert några pengar"
    text = f"Ta ställning till prioriteringen {swedish.listed(names)}, som {why}."
    if len(names) > 1:
        text = text.replace("prioriteringen", "prioriteringarna", 1)
    return Sentence(Section.DECIDE, "Prioriteringarna?", text, (places.STRATEGY,), 62)
