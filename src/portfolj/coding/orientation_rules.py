"""What the rules of the codebook say about the orientation, before the second opinion is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolj.coding.answers import Answer, undefined
from portfolj.coding.codebook import ORIENTATION, Missing, Role, Strength
from portfolj.coding.reading import FieldReading, Reading, RuleHit, without_negated
from portfolj.coding.target_groups import STAFF, STRUCTURAL, find_groups
from portfolj.federation import Basis

INDIVIDUAL = "individinriktad"
MIXED = "blandad"
STRUCTURE_REACH = 9
CLAUSE_END = re.compile(r"[;:,]|\bsamt\b|\bdär\b|\bsom\b")
DESCRIBING = ("description", "goal_text")
IMPLIED_RULE = "I-individ-malgrupp"


def orientation_by_rules(readings: Mapping[str, FieldReading]) -> Answer:
    """The orientation by description and goal; where they say little, by the name too.

    A decisive structural rule beats all but decisive individual ones, unless the text says that it has several parts;
    otherwise both kinds present are mixed. Weak rules count where nothing else is found, and of them the kind with
    more words. Where only a client group is named the intervention is for people.
    """
    described = orienting_hits(readings, DESCRIBING)
    named = orienting_hits(readings, ("name",))
    if _telling(described):
        return _weigh(readings, described, Basis.DESCRIBED)
    if _telling(named):
        return _weigh(readings, [*named, *described], Basis.NAMED)
    for basis in Basis:
        clients = [hit for hit in find_groups(readings, basis) if hit.rule.code != STAFF]
        if clients:
            evidence = readings[clients[0].field].evidence(clients[0])
            place = Basis.NAMED if basis is Basis.NAMED else Basis.DESCRIBED
            return Answer((INDIVIDUAL,), place, (IMPLIED_RULE,), (evidence,))
    if described or named:
        return _weigh(readings, described or named, Basis.DESCRIBED if described else Basis.NAMED)
    documented = any(field in readings for field in ("target_group_text", "description", "goal_text"))
    return undefined(Missing.NO_RULE if documented else Missing.NO_DOCUMENTATION)


def orienting_hits(readings: Mapping[str, FieldReading], fields: tuple[str, ...]) -> list[RuleHit]:
    """The hits of ``orienting`` in some fields."""
    return [hit for field in fields if field in readings for hit in readings[field].each(orienting)]


def orienting(sentence: Reading) -> list[RuleHit]:
    """The words for an orientation that a sentence neither denies nor only names as what is learnt or studied."""
    return _without_subject(sentence, without_negated(sentence, sentence.of(ORIENTATION)))


def _telling(hits: list[RuleHit]) -> bool:
    return any(hit.rule.strength is not Strength.WEAK for hit in hits)


def _without_subject(reading: Reading, hits: list[RuleHit]) -> list[RuleHit]:
    """Without client methods that are only what staff learn or what is studied: ``utbildning i IPS``."""
    cues = reading.spans(Role.STRUCTURE_FOLLOWS)
    if not cues:
        return hits
    return [
        hit
        for hit in hits
        if hit.rule.code != INDIVIDUAL
        or hit.rule.strength is Strength.DECISIVE
        or not any(
            cue.last < hit.first <= cue.last + STRUCTURE_REACH
            and reading.same_sentence(cue.last, hit.first)
            and not CLAUSE_END.search(reading.between(cue.last, hit.first))
            for cue in cues
        )
    ]


def _weigh(readings: Mapping[str, FieldReading], hits: list[RuleHit], basis: Basis) -> Answer:
    decisive = [hit for hit in hits if hit.rule.strength is Strength.DECISIVE]
    telling = [hit for hit in hits if hit.rule.strength is not Strength.WEAK]
    kinds = {hit.rule.code for hit in decisive}
    several_parts = any(readings[hit.field].spans(Role.BOTH_AT_ONCE) for hit in telling)
    counted = decisive if kinds & {STRUCTURAL, MIXED} and not several_parts else telling or hits
    first = {hit.rule.code: hit for hit in reversed(counted)}
    chosen = sorted(first.values(), key=hits.index)
    evidence = tuple(readings[hit.field].evidence(hit) for hit in chosen)
    rules = tuple(hit.rule.id for hit in chosen)
    if MIXED not in first and len(first) == 1:
        return Answer((chosen[0].rule.code,), basis, rules, evidence)
    if telling:
        return Answer((MIXED,), basis, rules, evidence)
    structural = sum(hit.rule.code == STRUCTURAL for hit in hits)
    if 2 * structural == len(hits):
        return undefined(Missing.AMBIGUOUS, evidence, rules)
    more = STRUCTURAL if 2 * structural > len(hits) else INDIVIDUAL
    return Answer((more,), basis, (first[more].rule.id,), (readings[first[more].field].evidence(first[more]),))
