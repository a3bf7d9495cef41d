"""The class of one goal, and the words that decide it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from portfolj.goals.classes import Headed, staff_trained
from portfolj.goals.clause import Reading
from portfolj.goals.features import Read, read, read_text
from portfolj.goals.heads import head_of
from portfolj.goals.nominal import judge_noun
from portfolj.goals.second_opinion import KINDS, kind_of, shipped_goal_opinion, telling
from portfolj.goals.splitting import Clause
from portfolj.goals.states import lasting_state, there_is
from portfolj.goals.told import only_told
from portfolj.goals.verdict import MISSING, Verdict
from portfolj.goals.words import words

_AUXILIARY = re.compile(r"vara|är|ha|har|få|får|fått|bli|blir", re.IGNORECASE)


def judge(text: str, clauses: Sequence[Clause]) -> list[Verdict]:
    """The class of each clause of a text: what most speaks for, of its words, of the rest of the text, and of what the
    rules say."""
    verdicts = []
    for reading, verdict, found in read_all(text, clauses):
        if re.search(r"[^\W\d_]{2,}", reading.plain):
            verdict = _weighed(reading, verdict, found)
        if verdict.goal_class != "missing":
            spans = _telling(reading.clause.body, verdict.spans)
            verdict = replace(verdict, spans=spans, about=_about(reading))
        verdicts.append(verdict)
    return verdicts


def read_all(text: str, clauses: Sequence[Clause]) -> list[tuple[Reading, Verdict, Read]]:
    """Each clause of a text with what the rules say of it, and what the statistical opinion reads in it."""
    readings = [Reading(clause) for clause in clauses]
    by_rules = [judge_by_rules(reading) for reading in readings]
    classes = [verdict.goal_class for verdict in by_rules]
    whole = read_text(text)
    return [
        (reading, verdict, read(reading, verdict, place=at, others=[*classes[:at], *classes[at + 1 :]], whole=whole))
        for at, (reading, verdict) in enumerate(zip(readings, by_rules, strict=True))
    ]


def _weighed(reading: Reading, verdict: Verdict, found: Read) -> Verdict:
    """What the statistical opinion says, with the rules' words where they are of one mind."""
    if verdict.goal_class == "activity" and staff_trained(reading):
        return verdict  # so it is agreed, whatever other words speak for
    *spoken, measure = shipped_goal_opinion().spoken(found)
    said, kind = kind_of(verdict.goal_class), KINDS[max(range(len(KINDS)), key=spoken.__getitem__)]
    indicator = measure > 0
    if kind == "missing":
        return MISSING
    spans = verdict.spans if kind == said else telling(reading, kind)
    if kind != "outcome":
        amount = (reading.amount.span(),) if kind == "volume" and reading.amount else ()
        return Verdict(kind, indicator, tuple(sorted({*spans, *amount})))
    if indicator and reading.levels:
        return Verdict("outcome_measurable", True, tuple(sorted({*spans, reading.levels[0].span()})))
    return Verdict("outcome_unmeasurable", indicator, spans)


def judge_by_rules(reading: Reading) -> Verdict:
    """The class of a clause by the rules alone."""
    if only_told(reading):
        return MISSING
    if there := there_is(reading):
        verdict = _that_there_is(reading, there)
    else:
        head = head_of(reading)
        verdict = Headed(reading, head).verdict() if head else _without_head(reading)
    if verdict.goal_class == "missing" and reading.clause.modal:
        return Verdict("outcome_unmeasurable" if reading.people_act else "activity", False, verdict.spans)
    return verdict


def _without_head(reading: Reading) -> Verdict:
    if lasting := lasting_state(reading):
        return Verdict("outcome_unmeasurable", False, (lasting.span(),))
    return judge_noun(reading)


def _that_there_is(reading: Reading, there: re.Match[str]) -> Verdict:
    """ "Det finns en modell" is something made; "det finns en samsyn" is a state."""
    made = words("made").search(reading.body, there.end())
    said = made or words("lasting", "products").search(reading.body, there.end())
    spans = tuple(sorted({there.span(), *([said.span()] if said else [])}))
    return Verdict("activity" if made else "outcome_unmeasurable", False, spans)


def _about(reading: Reading) -> str:
    if reading.staff:
        return "staff"
    return "participants" if reading.people else "other"


def _telling(body: str, spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Without what stands within another, and without "ha" or "vara" where other words decided."""
    spans = tuple(
        one for one in spans if not any(one != other and other[0] <= one[0] and one[1] <= other[1] for other in spans)
    )
    rest = tuple(one for one in spans if not _AUXILIARY.fullmatch(body[slice(*one)]))
    return rest or spans
