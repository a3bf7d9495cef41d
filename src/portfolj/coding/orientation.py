"""Whether an intervention is aimed at people, at structures, or plainly at both."""

from __future__ import annotations

from collections.abc import Mapping

from portfolj.coding.answers import Answer, undefined
from portfolj.coding.codebook import ORIENTATION, Missing, Role, Strength
from portfolj.coding.reading import FieldReading, RuleHit, without_negated
from portfolj.coding.target_groups import STAFF, STRUCTURAL, find_groups
from portfolj.federation import Basis

INDIVIDUAL = "individinriktad"
MIXED = "blandad"
STRUCTURE_REACH = 5
IMPLIED_RULE = "I-individ-malgrupp"


def code_orientation(readings: Mapping[str, FieldReading]) -> Answer:
    """The orientation by description and goal; where they say little, by the name too.

    A decisive structural rule beats all but decisive individual ones; otherwise both kinds present are mixed. Weak
    rules count where nothing else is found, and of them the kind with more words. Where only a client group is named
    the intervention is for people.
    """
    described = _hits(readings, ("description", "goal_text"))
    named = _hits(readings, ("name",))
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


def _hits(readings: Mapping[str, FieldReading], fields: tuple[str, ...]) -> list[RuleHit]:
    found: list[RuleHit] = []
    for field in fields:
        if field in readings:
            reading = readings[field]
            found += _without_subject(reading, without_negated(reading, reading.of(ORIENTATION)))
    return found


def _telling(hits: list[RuleHit]) -> bool:
    return any(hit.rule.strength is not Strength.WEAK for hit in hits)


def _without_subject(reading: FieldReading, hits: list[RuleHit]) -> list[RuleHit]:
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
            cue.last < hit.first <= cue.last + STRUCTURE_REACH and reading.same_sentence(cue.last, hit.first)
            for cue in cues
        )
    ]


def _weigh(readings: Mapping[str, FieldReading], hits: list[RuleHit], basis: Basis) -> Answer:
    decisive = [hit for hit in hits if hit.rule.strength is Strength.DECISIVE]
    telling = [hit for hit in hits if hit.rule.strength is not Strength.WEAK]
    kinds = {hit.rule.code for hit in decisive}
    counted = decisive if kinds & {STRUCTURAL, MIXED} else telling or hits
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
