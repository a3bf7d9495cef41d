"""Whom an intervention is for: several groups at once, the one that it is directly aimed at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from portfolj.coding.answers import Answer, nothing_found
from portfolj.coding.codebook import TARGET_GROUPS, Role, Strength
from portfolj.coding.reading import FieldReading, Reading, RuleHit, Sentence, moved, without_negated
from portfolj.federation import Basis

STAFF = "personal_beslutsfattare"
STRUCTURAL, INDIVIDUAL = "strukturpaverkande", "individinriktad"
DESCRIBING = ("description", "goal_text")
DOCUMENTING = ("target_group_text", "description", "goal_text")
BASES = tuple(Basis)
CONTEXT_REACH = 7
IMPLIED_RULE = "T-personal-inriktning"
_FIELDS = {
    Basis.STATED: ("target_group_text",),
    Basis.DESCRIBED: ("description", "goal_text"),
    Basis.NAMED: ("name",),
}
_NO_GROUPS: tuple[Mapping[str, RuleHit], Mapping[str, RuleHit]] = ({}, {})
_BASIS_OF = {field: basis for basis, fields in _FIELDS.items() for field in fields}


def find_groups(readings: Mapping[str, FieldReading], basis: Basis) -> Sequence[RuleHit]:
    """The hits that say whom it is for, on one basis alone: not denied, and not only the subject of staff training."""
    hits: Sequence[RuleHit] = ()
    for field in _FIELDS[basis]:
        if field in readings and TARGET_GROUPS in readings[field].dimensions:
            found = readings[field].tell(_without_context)
            hits = [*hits, *found] if hits else found
    return _not_weak(hits) if hits else hits


def _not_weak(hits: Sequence[RuleHit]) -> Sequence[RuleHit]:
    for hit in hits:
        if hit.rule.strength is Strength.WEAK:
            return [other for other in hits if other.rule.strength is not Strength.WEAK] or hits
    return hits


class _First(NamedTuple):
    """The first hit of each code, of those that are not weak and of those that are."""

    telling: Mapping[str, RuleHit]
    weak: Mapping[str, RuleHit]


def first_groups(readings: Mapping[str, FieldReading], basis: Basis) -> Mapping[str, RuleHit]:
    """The first of ``find_groups`` for each code, in order."""
    telling, weak = _NO_GROUPS
    for field in _FIELDS[basis]:
        if field in readings and TARGET_GROUPS in readings[field].dimensions:
            found = readings[field].tell(_first_in_text)
            telling = {**telling, **found.telling, **telling} if telling else found.telling
            weak = {**weak, **found.weak, **weak} if weak else found.weak
    return telling or weak


def _first_in_text(reading: FieldReading) -> _First:
    first = _first_told(reading, _first_in_sentence)
    return _first_told(reading, _first_beside_staff) if STAFF in first.telling else first


def _first_told(reading: FieldReading, question: Callable[[Sentence], Sequence[RuleHit]]) -> _First:
    """The first hits by what each sentence tells. Only these are given their place in the text."""
    telling: dict[str, RuleHit] = {}
    weak: dict[str, RuleHit] = {}
    words = letters = 0
    for sentence in reading.sentences:
        if TARGET_GROUPS in sentence.hits:
            for hit in sentence.tell(question):
                first = weak if hit.rule.strength is Strength.WEAK else telling
                if hit.rule.code not in first:
                    first[hit.rule.code] = moved(hit, words, letters)
        words += sentence.length
        letters += len(sentence.text)
    return _First(telling, weak)


def _first_in_sentence(sentence: Sentence) -> Sequence[RuleHit]:
    return _first(sentence.tell(not_denied))


def _first_beside_staff(sentence: Sentence) -> Sequence[RuleHit]:
    return _first(sentence.tell(_not_context))


def _first(hits: Sequence[RuleHit]) -> Sequence[RuleHit]:
    """The first of each code, weak or not."""
    first: dict[tuple[str, bool], RuleHit] = {}
    for hit in hits:
        first.setdefault((hit.rule.code, hit.rule.strength is Strength.WEAK), hit)
    return [*first.values()]


def not_denied(sentence: Reading) -> Sequence[RuleHit]:
    """The groups that a sentence names and does not deny."""
    return without_negated(sentence, sentence.of(TARGET_GROUPS))


def _without_context(reading: FieldReading) -> Sequence[RuleHit]:
    hits = reading.each(TARGET_GROUPS, not_denied)
    staff = any(hit.rule.code == STAFF and hit.rule.strength is not Strength.WEAK for hit in hits)
    return reading.each(TARGET_GROUPS, _not_context) if staff else hits


def _not_context(sentence: Sentence) -> Sequence[RuleHit]:
    """The groups of a sentence that are not only what staff learn about, where there is staff in the text."""
    hits, cues = sentence.tell(not_denied), sentence.spans(Role.CONTEXT_FOLLOWS)
    if not cues:
        return hits
    return [hit for hit in hits if hit.rule.code == STAFF or not any(_follows(sentence, cue.last, hit) for cue in cues)]


def _follows(sentence: Sentence, cue: int, hit: RuleHit) -> bool:
    return cue < hit.first <= cue + CONTEXT_REACH and sentence.same_sentence(cue, hit.first)


def code_target_groups(readings: Mapping[str, FieldReading], orientation: Answer) -> Answer:
    """The groups that the strongest basis gives.

    A structural intervention that names no client is for the staff: its words of structure are then the evidence, those
    of its name where the description has none. A bare name is not enough.
    """
    for basis in BASES:
        groups = first_groups(readings, basis)
        if groups:
            staff_first = basis is not Basis.STATED and orientation.codes == (STRUCTURAL,)
            fields = [field for field in _FIELDS[basis] if field in readings]
            if len(fields) > 1:
                return _answer(readings, groups, basis, staff_first=staff_first)
            return readings[fields[0]].tell(_staff_first if staff_first else _in_order)
        structural = orientation.basis is basis and orientation.codes == (STRUCTURAL,)
        described = basis is Basis.DESCRIBED or (basis is Basis.NAMED and "description" in readings)
        if described and structural and not first_groups(readings, Basis.NAMED):
            return Answer((STAFF,), basis, (IMPLIED_RULE,), orientation.evidence)
    return nothing_found(readings.keys(), DOCUMENTING)


def _in_order(text: FieldReading) -> Answer:
    readings, basis = {text.field: text}, _BASIS_OF[text.field]
    return _answer(readings, first_groups(readings, basis), basis, staff_first=False)


def _staff_first(text: FieldReading) -> Answer:
    readings, basis = {text.field: text}, _BASIS_OF[text.field]
    return _answer(readings, first_groups(readings, basis), basis, staff_first=True)


def _answer(
    readings: Mapping[str, FieldReading], groups: Mapping[str, RuleHit], basis: Basis, *, staff_first: bool
) -> Answer:
    codes = list(groups)
    if staff_first and STAFF in groups:
        codes.sort(key=lambda code: code != STAFF)
    chosen = [groups[code] for code in codes]
    evidence = tuple([readings[hit.field].evidence(hit) for hit in chosen])
    return Answer(tuple(codes), basis, tuple([hit.rule.id for hit in chosen]), evidence)
