"""Which orientation rules hit in a text, sentence by sentence, and how much they weigh together.

What the rules say depends only on which of them hit, and in what order: the ``Shape`` of a sentence. Sentences of a
thousand wordings have few shapes, so what shapes say together is worked out once for all texts that have them; only the
evidence is looked up in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from portfolj.coding.answers import Evidence
from portfolj.coding.codebook import ORIENTATION, Role, Strength
from portfolj.coding.reading import FieldReading, Reading, RuleHit, Sentence, without_negated
from portfolj.coding.target_groups import INDIVIDUAL

STRUCTURE_REACH = 9
CLAUSE_END = re.compile(r"[;:,]|\bsamt\b|\bdär\b|\bsom\b")
# Roles that are about who owns an intervention say nothing of what it is aimed at.
TELLING_ROLES = frozenset((
    Role.NEGATION, Role.NEGATION_AFTER, Role.CONTEXT_FOLLOWS, Role.STRUCTURE_FOLLOWS, Role.BOTH_AT_ONCE,
    Role.NOT_OWNER_FOLLOWS, Role.SEVERAL_PARTIES,
))  # fmt: skip
_ALL, _TELLING, _DECISIVE = frozenset(Strength), {Strength.NORMAL, Strength.DECISIVE}, {Strength.DECISIVE}
KEPT_SHAPES = 50_000  # combinations of sentences' shapes that are remembered; bounds memory


class Ruled(NamedTuple):
    """A rule that hits, as far as it decides an orientation."""

    id: str
    code: str
    strength: Strength
    kind: str


class Shape:
    """The rules that hit in a sentence of a field, in order. The same object for all sentences that are alike.

    ``first`` of each code by its place among the rules, among those that are not weak (``telling``) and among the
    ``decisive``.
    """

    __slots__ = ("decisive", "field", "first", "rules", "telling")

    def __init__(self, field: str, rules: Sequence[Ruled]) -> None:
        self.field, self.rules = field, rules
        self.first = _first_of_each_code(rules, _ALL)
        self.telling = _first_of_each_code(rules, _TELLING)
        self.decisive = _first_of_each_code(rules, _DECISIVE)


def _first_of_each_code(rules: Sequence[Ruled], strengths: Collection[Strength]) -> Mapping[str, int]:
    backwards = reversed([*enumerate(rules)])
    found = {rule.code: place for place, rule in backwards if rule.strength in strengths}
    return dict(sorted(found.items(), key=lambda each: each[1]))


# A hit: the place of its sentence among those of a text that have any, and its own among the hits of the sentence.
Place = tuple[int, int]


class Rated(NamedTuple):
    """The rules that hit in some fields of an intervention.

    ``shapes`` of the sentences that have any, and the ``hits`` of each with the characters of the text before it.
    ``roles`` of all the sentences, and the fields that say that an intervention has ``several`` parts.
    """

    shapes: tuple[Shape, ...]
    hits: Sequence[tuple[Sequence[RuleHit], int]]
    roles: frozenset[Role]
    several: frozenset[str]

    def evidence(self, place: Place, readings: Mapping[str, FieldReading]) -> Evidence:
        """The words of a hit, as they were written."""
        sentence, number = place
        hits, before = self.hits[sentence]
        hit = hits[number]
        return readings[hit.field].words_at(before + hit.start, before + hit.end)

    def and_then(self, other: Rated) -> Rated:
        """The rules that hit in these and then in other fields."""
        return Rated(
            self.shapes + other.shapes, [*self.hits, *other.hits], self.roles | other.roles,
            self.several | other.several,
        )  # fmt: skip


_NONE: frozenset[str] = frozenset()
_NO_ROLES: frozenset[Role] = frozenset()
_NOTHING = Rated((), (), _NO_ROLES, _NONE)


def rated(readings: Mapping[str, FieldReading], fields: Sequence[str]) -> Rated:
    """The rules that hit in some fields of an intervention."""
    together: Rated | None = None
    for field in fields:
        if field in readings:
            rating = readings[field].tell(_rate_text)
            together = together.and_then(rating) if together else rating
    return together or _NOTHING


def _rate_text(reading: FieldReading) -> Rated:
    shapes, hits = [], []
    roles, before = _NO_ROLES, 0
    for sentence in reading.sentences:
        shape, found, telling = sentence.tell(_rate)
        if shape:
            shapes.append(shape)
            hits.append((found, before))
        if telling:
            roles = roles | telling if roles else telling
        before += len(sentence.text)
    return Rated(tuple(shapes), hits, roles, frozenset([reading.field]) if Role.BOTH_AT_ONCE in roles else _NONE)


def _rate(sentence: Sentence) -> tuple[Shape | None, Sequence[RuleHit], frozenset[Role]]:
    hits, roles = sentence.tell(orienting), TELLING_ROLES.intersection(sentence.roles)
    rules = tuple([Ruled(hit.rule.id, hit.rule.code, hit.rule.strength, hit.rule.kind) for hit in hits])
    return _shape(sentence.field, rules) if rules else None, hits, roles


@lru_cache(maxsize=KEPT_SHAPES)
def _shape(field: str, rules: tuple[Ruled, ...]) -> Shape:
    return Shape(field, rules)


def first_places(sentences: Sequence[Mapping[str, int]]) -> dict[str, Place]:
    """Where the first hit of each code is, by those of each sentence."""
    first: dict[str, Place] = {}
    for sentence, hits in enumerate(sentences):
        for code, hit in hits.items():
            if code not in first:
                first[code] = sentence, hit
    return first


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
