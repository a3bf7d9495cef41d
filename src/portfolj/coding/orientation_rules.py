"""What the rules of the codebook say about the orientation, before the second opinion is asked."""

from __future__ import annotations

from collections.abc import Mapping

from portfolj.coding.answers import Answer, nothing_found, undefined
from portfolj.coding.codebook import Missing, Role, Strength
from portfolj.coding.ratings import Rated, rated
from portfolj.coding.reading import FieldReading
from portfolj.coding.target_groups import BASES, DOCUMENTING, INDIVIDUAL, STAFF, STRUCTURAL, find_groups
from portfolj.federation import Basis

MIXED = "blandad"
IMPLIED_RULE = "I-individ-malgrupp"


def orientation_by_rules(readings: Mapping[str, FieldReading], described: Rated) -> Answer:
    """The orientation by description and goal (``described``); where they say little, by the name too.

    A decisive structural rule beats all but decisive individual ones, unless the text says that it has several parts;
    otherwise both kinds present are mixed. Weak rules count where nothing else is found, and of them the kind with
    more words. Where only a client group is named the intervention is for people.
    """
    if described.told.telling:
        return _weigh(readings, described, Basis.DESCRIBED)
    named = rated(readings, ("name",))
    if named.told.telling:
        return _weigh(readings, named.and_then(described), Basis.NAMED)
    for basis in BASES:
        clients = [hit for hit in find_groups(readings, basis) if hit.rule.code != STAFF]
        if clients:
            evidence = readings[clients[0].field].evidence(clients[0])
            place = Basis.NAMED if basis is Basis.NAMED else Basis.DESCRIBED
            return Answer((INDIVIDUAL,), place, (IMPLIED_RULE,), (evidence,))
    if described.told.first or named.told.first:
        weak, basis = (described, Basis.DESCRIBED) if described.told.first else (named, Basis.NAMED)
        return _weigh(readings, weak, basis)
    return nothing_found(readings.keys(), DOCUMENTING)


def _weigh(readings: Mapping[str, FieldReading], found: Rated, basis: Basis) -> Answer:
    told = found.told
    counted = told.telling or told.first
    if (STRUCTURAL in told.decisive or MIXED in told.decisive) and not _has_several_parts(readings, found):
        counted = told.decisive
    evidence = tuple([found.evidence(place, readings) for place in counted.values()])
    rules = tuple([found.rule_id(place) for place in counted.values()])
    if MIXED not in counted and len(counted) == 1:
        return Answer(tuple(counted), basis, rules, evidence)
    if told.telling:
        return Answer((MIXED,), basis, rules, evidence)
    structural, hits = told.counts.get(f"{STRUCTURAL}:{Strength.WEAK}", 0), sum(told.counts.values())
    if 2 * structural == hits:
        return undefined(Missing.AMBIGUOUS, evidence, rules)
    more = STRUCTURAL if 2 * structural > hits else INDIVIDUAL
    place = counted[more]
    return Answer((more,), basis, (found.rule_id(place),), (found.evidence(place, readings),))


def _has_several_parts(readings: Mapping[str, FieldReading], found: Rated) -> bool:
    """Whether a text that tells something says that it has several parts."""
    fields = {hit.field for hits, _ in found.hits for hit in hits if hit.rule.strength is not Strength.WEAK}
    return any(Role.BOTH_AT_ONCE in readings[field].roles for field in fields)
