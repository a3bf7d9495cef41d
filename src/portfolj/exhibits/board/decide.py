"""What the board could decide: each sentence asks for something, with what the tables show as its reason."""

from __future__ import annotations

import pandas as pd

from portfolj.documentation.phases import DECIDED_UNMET, OPEN, WAITS
from portfolj.evaluation import Evaluation
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.board import places
from portfolj.exhibits.board.results import judged, sentence_of_outcome
from portfolj.exhibits.board.sentence import Section, Sentence, parts_of
from portfolj.exhibits.documentation.lacking import without_goals_and_follow_up
from portfolj.exhibits.documentation.phases import money_of
from portfolj.exhibits.goals.words import MEASURABLE, nothing_to_tell
from portfolj.exhibits.pending import BETWEEN, stakes_finding
from portfolj.exhibits.scope import nothing_funded
from portfolj.portfolio.money import sum_sek
from portfolj.review.doubt import at_stake
from portfolj.strategy.summary import Verdict


def decision_on_phases(evaluation: Evaluation) -> Sentence | None:
    """What to grant, to hold and to ask about where the money comes in steps; None where no phase needs a decision."""
    frame = evaluation.documentation.tables["phases"]
    if frame.empty:
        return None
    own = {state: frame[frame["state"] == state] for state in (OPEN, WAITS, DECIDED_UNMET)}
    parts = []
    if len(own[OPEN]) and frame["decided_on"].notna().any():  # else the file does not say what has been decided
        parts.append(f"besluta om {_inside(money_of(own[OPEN]))} som inget villkor hindrar")
    if len(own[WAITS]):
        parts.append(f"vänta med {_inside(money_of(own[WAITS]))} tills villkoren är uppfyllda")
    if len(own[DECIDED_UNMET]):
        unmet = _inside(money_of(own[DECIDED_UNMET]))
        parts.append(f"begär besked om {unmet} som är beslutade fast ett tidigare villkor inte är uppfyllt")
    if not parts:
        return None
    text = f"{swedish.sentence(swedish.listed(parts))}."
    return Sentence(Section.DECIDE, "Pengarna i steg?", text, (places.DOCUMENTATION,), 67)


def decision_on_documents(evaluation: Evaluation) -> Sentence | None:
    """What to ask in, where the federation says what is to be on file; else to require owner and target group."""
    portfolio, view = evaluation.portfolio, evaluation.documentation
    frame = portfolio.interventions
    if view.is_asked_for and not view.tables["lacking"].empty:
        both, lacking = without_goals_and_follow_up(view), view.tables["lacking"]
        what = "mätbara mål och uppföljning" if len(both) else "det som krävs"
        own, lacks = (both, "båda") if len(both) else (lacking, "någon uppgift")
        which = "den enda insatsen, som" if len(frame) == 1 else f"de {_of(len(own), len(frame))} som"
        text = f"Begär in {what} för {which} saknar {lacks}{_got(evaluation, own['granted_sek'])}."
        return Sentence(Section.DECIDE, "Underlaget?", text, (places.DOCUMENTATION,), 69)
    without = frame[(frame["owner"] == labels.UNDEFINED) | (frame["target_groups"] == labels.UNDEFINED)]
    if without.empty:
        return None
    known = without["granted_sek"].notna().any() and portfolio.has_amounts
    money = f", som fick {labels.scale(portfolio).text(sum_sek(without['granted_sek']))}" if known else ""
    text = (
        f"Kräv att varje ansökan säger vem som äger insatsen och vem den är till för: det framgår inte för "
        f"{_of(len(without), len(frame))}{money}."
    )
    return Sentence(Section.DECIDE, "Underlaget?", text, (places.LIMITS,), 69)


def decision_on_goals(evaluation: Evaluation) -> Sentence | None:
    """To require goals that can be measured; None where every intervention has one, or no goal is graded."""
    view = evaluation.goals
    if nothing_to_tell(view):
        return None
    rows = view.interventions
    have = rows[rows["main_class"] == MEASURABLE]
    if len(have) == len(rows):
        return None
    who = swedish.in_words(len(have)) if len(have) else "ingen"
    told = f"{who} av {swedish.interventions(len(rows))} har ett i liggaren{_got(evaluation, have['granted_sek'])}"
    if len(rows) == 1:
        told = "den enda insatsen har inget i liggaren"
    text = f"Kräv ett mål som går att mäta i varje ansökan: {told}."
    return Sentence(Section.DECIDE, "Målen?", text, (places.GOALS,), 64)


def decision_on_verdicts(evaluation: Evaluation) -> Sentence | None:
    """To ask about goals that were not met or can't be told to have been; None where there is none."""
    verdicts, place = judged(evaluation)
    short = sum(code in ("partly_met", "not_met") for code in verdicts)
    unclear = sum(code not in ("met", "partly_met", "not_met") for code in verdicts)
    parts = []
    if short:
        which = "som inte är helt uppfyllt" if short == 1 else "som inte är helt uppfyllda"
        parts.append(f"begär besked om vad som händer med {swedish.in_words(short, neuter=True)} mål {which}")
    if unclear:
        whether = "det är uppfyllt" if unclear == 1 else "de är uppfyllda"
        which = f"{swedish.in_words(unclear, neuter=True)} mål där det är oklart om {whether}"
        parts.append(f"{'be om ' if short else 'begär '}en ny bedömning av {which}")
    if not parts:
        return None
    text = f"{swedish.sentence(swedish.listed(parts))}."
    return Sentence(Section.DECIDE, "Målen som inte nåddes?" if short else "Oklara mål?", text, (place,), 63)


def decision_on_follow_up(evaluation: Evaluation) -> Sentence | None:
    """To decide how to follow up, where there is nothing to go on."""
    if evaluation.follow_up.kinds or evaluation.portfolio.interventions.empty:
        return None
    what = "deltagare eller utfall" if judged(evaluation)[0] else "deltagare, utfall eller mål"
    text = f"Bestäm hur insatserna ska följas upp, för uppföljningen har inga uppgifter om {what}."
    return Sentence(Section.DECIDE, "Uppföljningen?", text, (places.KINDS,), 65)


def decision_on_comparison(evaluation: Evaluation) -> Sentence | None:
    """To compare with people who did not take part; None where nothing is told of those who did."""
    outcome = sentence_of_outcome(evaluation)
    if outcome is None:
        return None
    text = (
        "Bestäm om nästa insats ska följas upp också för en grupp som inte deltar, för utan den går det inte att säga "
        "vad insatsen förändrade."
    )
    return Sentence(Section.DECIDE, "Jämförelsen?", text, outcome.places, 50)


def decision_on_doubts(evaluation: Evaluation) -> Sentence | None:
    """To have the answers settled that wait for somebody, with what they could move; None where none does."""
    portfolio = evaluation.portfolio
    open_ = at_stake(portfolio)
    if open_.empty:
        return None
    about = swedish.interventions(open_["intervention_key"].nunique())
    counted = "ett osäkert svar" if len(open_) == 1 else f"{swedish.number(len(open_))} osäkra svar"
    if portfolio.has_amounts:
        reason = f": {_inside(parts_of(stakes_finding(portfolio))[1].removesuffix('.'))}"
    else:
        waiting = {labels.inside(labels.DIMENSIONS[d]): int((open_["dimension"] == d).sum()) for d in BETWEEN}
        each = [f"{swedish.number(count)} om {name}" for name, count in waiting.items() if count]
        reason = f": {swedish.listed(each)}" if len(open_) > 1 else f" om {next(n for n, c in waiting.items() if c)}"
    text = f"Låt kansliet avgöra {counted} om {about}{reason}."
    if len(open_) == 1 and not portfolio.has_amounts:
        text = f"Låt kansliet avgöra {counted}{reason} för {about}."
    return Sentence(Section.DECIDE, "Osäkra svar?", text, (places.PENDING,), 55)


def decision_on_strategy(evaluation: Evaluation) -> Sentence | None:
    """To look again at priorities that had less than intended or nothing, or to state some; None where all got theirs.

    A federation without interventions is not asked for priorities.
    """
    view = evaluation.strategy
    if not view.is_stated and not nothing_funded(evaluation.portfolio):
        text = (
            "Ange vilka målgrupper och inriktningar som går före och hur stor del av pengarna de ska få, så går det "
            "att se om pengarna följer det."
        )
        return Sentence(Section.DECIDE, "Prioriteringarna?", text, (places.STRATEGY,), 52)
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


def _inside(text: str) -> str:
    """The same inside a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def _of(count: int, whole: int) -> str:
    return "den enda insatsen" if whole == 1 else f"{swedish.number(count)} av {swedish.interventions(whole)}"


def _got(evaluation: Evaluation, granted_sek: pd.Series) -> str:
    """``; de fick 6,3 mkr``; empty where most amounts are not known, or none of these is."""
    if not evaluation.portfolio.has_amounts or not granted_sek.notna().any():
        return ""
    who = "den" if len(granted_sek) == 1 else "de"
    return f"; {who} fick {labels.scale(evaluation.portfolio).text(sum_sek(granted_sek))}"
