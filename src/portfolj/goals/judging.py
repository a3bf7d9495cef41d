"""The class of one goal, and the words that decide it."""

from __future__ import annotations

import re
from dataclasses import replace

from portfolj.goals.classes import Headed
from portfolj.goals.clause import Reading
from portfolj.goals.heads import head_of
from portfolj.goals.nominal import judge_noun
from portfolj.goals.second_opinion import kind_of, second_kind, telling
from portfolj.goals.splitting import Clause
from portfolj.goals.states import lasting_state, there_is
from portfolj.goals.told import only_told
from portfolj.goals.verdict import MISSING, Verdict, outcome_of
from portfolj.goals.words import words

_AUXILIARY = re.compile(r"vara|är|ha|har|få|får|fått|bli|blir", re.IGNORECASE)


def judge(clause: Clause) -> Verdict:
    """The class of a clause: what the rules say, unless the second opinion speaks more strongly for another kind."""
    reading = Reading(clause)
    verdict = judge_by_rules(reading)
    said = kind_of(verdict.goal_class)
    kind = second_kind(reading, said) if re.search(r"[^\W\d_]{2,}", reading.plain) else said
    if kind != said:
        verdict = _of_kind(reading, kind, telling(reading, kind, said), verdict.indicator)
    if verdict.goal_class == "missing":
        return MISSING
    return replace(verdict, spans=_telling(clause.body, verdict.spans), about=_about(reading))


def _of_kind(reading: Reading, kind: str, spans: tuple[tuple[int, int], ...], indicator: bool) -> Verdict:
    """What the second opinion says, with the parts that are there; an ``indicator`` that the rules found stays."""
    if kind == "missing":
        return MISSING
    if kind == "outcome":
        verdict = outcome_of(reading, reading.measure(), [*spans])
        is_measurable = (indicator or verdict.indicator) and reading.levels
        goal_class = "outcome_measurable" if is_measurable else "outcome_unmeasurable"
        return replace(verdict, goal_class=goal_class, indicator=indicator or verdict.indicator)
    amount = (reading.amount.span(),) if kind == "volume" and reading.amount else ()
    counted = kind == "volume" or indicator or bool(reading.amount or reading.counted)
    return Verdict(kind, counted, (*spans, *amount))


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
