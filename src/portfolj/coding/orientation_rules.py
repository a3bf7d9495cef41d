"""What the rules of the codebook say about the orientation, before the second opinion is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portfolj.coding.answers import Answer, nothing_found, undefined
from portfolj.coding.codebook import ORIENTATION, Missing, Role, Strength
from portfolj.coding.reading import FieldReading, Reading, RuleHit, without_negated
from portfolj.coding.target_groups import BASES, DOCUMENTING, STAFF, STRUCTURAL, find_groups
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
    described = rated(readings, DESCRIBING)
    if described.telling:
        return _weigh(readings, described, Basis.DESCRIBED)
    named = rated(readings, ("name",))
    if named.telling:
        return _weigh(readings, _rate([*named.hits, *described.hits]), Basis.NAMED)
    for basis in BASES:
        clients = [hit for hit in find_groups(readings, basis) if hit.rule.code != STAFF]
        if clients:
            evidence = readings[clients[0].field].evidence(clients[0])
            place = Basis.NAMED if basis is Basis.NAMED else Basis.DESCRIBED
            return Answer((INDIVIDUAL,), place, (IMPLIED_RULE,), (evidence,))
    if described.hits or named.hits:
        weak, basis = (described, Basis.DESCRIBED) if described.hits else (named, Basis.NAMED)
        return _weigh(readings, weak, basis)
    return nothing_found(readings.keys(), DOCUMENTING)


class Rated(NamedTuple):
    """The hits of ``orienting`` in some texts, by how much they weigh.

    ``first`` of each code among all, among those that are not weak (``telling``) and among the ``decisive``; how many
    there are of each kind of rule (``counts``), and the ids of the ``rules``, each once.
    """

    hits: Sequence[RuleHit]
    first: Mapping[str, RuleHit]
    telling: Mapping[str, RuleHit]
    decisive: Mapping[str, RuleHit]
    counts: Mapping[str, int]
    rules: Sequence[str]


def rated(readings: Mapping[str, FieldReading], fields: Sequence[str]) -> Rated:
    """The hits for an orientation in some fields."""
    there = [readings[field] for field in fields if field in readings and ORIENTATION in readings[field].dimensions]
    if len(there) == 1:
        return there[0].tell(_rate_text)
    return _rate([hit for reading in there for hit in reading.each(orienting)])


def _rate_text(reading: FieldReading) -> Rated:
    return _rate(reading.each(orienting))


def _rate(hits: Sequence[RuleHit]) -> Rated:
    first: dict[str, RuleHit] = {}
    telling: dict[str, RuleHit] = {}
    decisive: dict[str, RuleHit] = {}
    counts: dict[str, int] = {}
    rules: dict[str, None] = {}
    for hit in hits:
        rule = hit.rule
        rules[rule.id] = None
        counts[rule.kind] = counts.get(rule.kind, 0) + 1
        first.setdefault(rule.code, hit)
        if rule.strength is not Strength.WEAK:
            telling.setdefault(rule.code, hit)
            if rule.strength is Strength.DECISIVE:
                decisive.setdefault(rule.code, hit)
    return Rated(hits, first, telling, decisive, counts, tuple(rules))


def orienting(sentence: Reading) -> Sequence[RuleHit]:
    """The words for an orientation that a sentence neither denies nor only names as what is learnt or studied."""
    return _without_subject(sentence, without_negated(sentence, sentence.of(ORIENTATION)))


def _without_subject(reading: Reading, hits: Sequence[RuleHit]) -> Sequence[RuleHit]:
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


def _weigh(readings: Mapping[str, FieldReading], found: Rated, basis: Basis) -> Answer:
    counted = found.telling or found.first
    if (STRUCTURAL in found.decisive or MIXED in found.decisive) and not _has_several_parts(readings, found):
        counted = found.decisive
    evidence = tuple([readings[hit.field].evidence(hit) for hit in counted.values()])
    rules = tuple([hit.rule.id for hit in counted.values()])
    if MIXED not in counted and len(counted) == 1:
        return Answer(tuple(counted), basis, rules, evidence)
    if found.telling:
        return Answer((MIXED,), basis, rules, evidence)
    structural = sum(hit.rule.code == STRUCTURAL for hit in found.hits)
    if 2 * structural == len(found.hits):
        return undefined(Missing.AMBIGUOUS, evidence, rules)
    more = counted[STRUCTURAL if 2 * structural > len(found.hits) else INDIVIDUAL]
    return Answer((more.rule.code,), basis, (more.rule.id,), (readings[more.field].evidence(more),))


def _has_several_parts(readings: Mapping[str, FieldReading], found: Rated) -> bool:
    """Whether a text that tells something says that it has several parts."""
    fields = {hit.field for hit in found.hits if hit.rule.strength is not Strength.WEAK}
    return any(Role.BOTH_AT_ONCE in readings[field].roles for field in fields)
