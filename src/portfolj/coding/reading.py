"""One text of an intervention, read: which rules and roles stand where, and what is negated."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from portfolj.coding.answers import Evidence
from portfolj.coding.codebook import Codebook, Role, Rule, Strength
from portfolj.coding.mending import KEPT_SENTENCES, Mended, Mender, load_common_words, sentences
from portfolj.coding.terms import Token, tokenise

# What may stand between the members of a list, and beside them where they are all that a field says.
LIST_WORDS = re.compile(r"(?:[\s,/&+\-–]|\bm\.?\s?fl\b\.?|\boch\b|\bsamt\b|\([^)]*\))*", re.IGNORECASE)
_LINE_END = re.compile(r"[;\n\r•.!?]")
NEGATION_REACH = 6
NEGATION_AFTER_REACH = 2


class RuleHit(NamedTuple):
    """A rule that fires: its words are tokens ``first``-``last`` and characters ``start``-``end`` of a field."""

    rule: Rule
    field: str
    first: int
    last: int
    start: int
    end: int


class Span(NamedTuple):
    """Tokens ``first`` to ``last``, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class FieldReading:
    """A field's text with its words, the hits per dimension by place in the text, and the places of the roles.

    ``text`` is the text as it was mended, which all places are in; ``written`` is the text as it stands. ``kept``
    remembers, by dimension, the hits that count there, for who asks again.
    """

    field: str
    text: str
    tokens: Sequence[Token]
    hits: dict[str, list[RuleHit]]
    roles: dict[Role, list[Span]]
    written: str
    mended: Mended
    kept: dict[str, list[RuleHit]] = dataclasses.field(default_factory=dict)

    def of(self, dimension: str) -> list[RuleHit]:
        """The hits of a dimension."""
        return self.hits.get(dimension, [])

    def spans(self, role: Role) -> list[Span]:
        """Where words of a role stand."""
        return self.roles.get(role, [])

    def evidence(self, hit: RuleHit | Token) -> Evidence:
        """The words of a hit, or one word, as they were written."""
        start, end = self.mended.was(hit.start, hit.end)
        return Evidence(self.field, start, end, self.written[start:end])

    def between(self, first: int, second: int) -> str:
        """The characters between two tokens."""
        return self.text[self.tokens[first].end : self.tokens[second].start]

    def same_sentence(self, first: int, second: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return self.tokens[first].sentence == self.tokens[second].sentence


class _Sentence(NamedTuple):
    """A sentence read: its tokens and the sentences that line ends make of it, and the hits of words in it."""

    tokens: Sequence[Token]
    lines: int
    hits: Sequence[tuple[Rule, bool, int, int, int, int]]
    roles: Sequence[tuple[Role, int, int]]


class _Reader:
    """Reads with one codebook. A sentence that comes again is read once: no term reaches over its end."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook, matcher = codebook, codebook.matcher
        self.mender = Mender(
            matcher.words, pairs=matcher.pairs, common=load_common_words(), fits=matcher.fits,
            patterns=matcher.patterns,
        )  # fmt: skip
        self._known: dict[tuple[str, str], _Sentence] = {}

    def sentence(self, field: str, text: str) -> _Sentence:
        key = (field, text)
        if key not in self._known:
            if len(self._known) >= KEPT_SENTENCES:
                self._known.clear()
            self._known[key] = self._read(field, text)
        return self._known[key]

    def _read(self, field: str, text: str) -> _Sentence:
        tokens = tokenise(text)
        hits: list[tuple[Rule, bool, int, int, int, int]] = []
        roles: list[tuple[Role, int, int]] = []
        for hit in self.codebook.matcher.find_words(tokens):
            rule, role, include = self.codebook.slots[hit.term]
            if role is not None:
                roles.append((role.role, hit.first, hit.last))
            elif rule is not None and field in rule.fields:
                hits.append((rule, include, hit.first, hit.last, hit.start, hit.end))
        return _Sentence(tokens, len(_LINE_END.findall(text)) + 1, hits, roles)


@lru_cache(maxsize=8)
def _reader(codebook: Codebook) -> _Reader:
    return _Reader(codebook)


def read_field(codebook: Codebook, *, field: str, text: str) -> FieldReading:
    """What the codebook finds in ``text``. Terms to exclude have done their work: what they lie over is gone."""
    reader = _reader(codebook)
    mended = reader.mender.mend(text)
    was, text = text, mended.text
    tokens: list[Token] = []
    hits: dict[str, list[RuleHit]] = {}
    roles: dict[Role, list[Span]] = {}
    excluded: dict[str, list[tuple[int, int]]] = {}
    included: list[RuleHit] = []
    place = number = 0
    for piece in sentences(text):
        sentence, before = reader.sentence(field, piece), len(tokens)
        if place:
            tokens += [Token(word, at + place, end + place, line + number) for word, at, end, line in sentence.tokens]
        else:
            tokens += sentence.tokens
        for role, first, last in sentence.roles:
            roles.setdefault(role, []).append(Span(first + before, last + before))
        for rule, include, first, last, start, end in sentence.hits:
            if include:
                included.append(RuleHit(rule, field, first + before, last + before, start + place, end + place))
            else:
                excluded.setdefault(rule.id, []).append((start + place, end + place))
        place += len(piece)
        number += sentence.lines
    for hit in codebook.matcher.find_expressions(text, tokens, skip=codebook.not_for[field]):
        slot = codebook.slots[hit.term]
        if slot.role is not None:
            roles.setdefault(slot.role.role, []).append(Span(hit.first, hit.last))
        elif slot.rule is not None and field in slot.rule.fields:
            if slot.include:
                included.append(RuleHit(slot.rule, field, hit.first, hit.last, hit.start, hit.end))
            else:
                excluded.setdefault(slot.rule.id, []).append((hit.start, hit.end))
    alone = {found.rule.id for found in included if found.rule.alone}
    lonely = {rule_id for rule_id in alone if _all_of(text, [hit for hit in included if hit.rule.id == rule_id])}
    for found in included:
        if found.rule.alone and found.rule.id not in lonely:
            continue
        spans = excluded.get(found.rule.id)
        if not spans or not any(start < found.end and found.start < end for start, end in spans):
            hits.setdefault(found.rule.dimension, []).append(found)
    for listed in hits.values():
        listed.sort(key=lambda found: (found.start, -found.end))
    return FieldReading(field, text, tokens, hits, roles, was, mended)


def _all_of(text: str, hits: list[RuleHit]) -> bool:
    """Whether the words of some hits are all that a text says: ``Flen, Vingåker och Katrineholm``."""
    rest = list(text)
    for hit in hits:
        rest[hit.start : hit.end] = " " * (hit.end - hit.start)
    return bool(LIST_WORDS.fullmatch("".join(rest)))


def without_negated(reading: FieldReading, hits: Iterable[RuleHit]) -> list[RuleHit]:
    """The hits that the text does not deny: ``inte unga``, ``ej för unga eller nyanlända``, ``unga omfattas inte``."""
    hits = list(hits)
    if Role.NEGATION not in reading.roles and Role.NEGATION_AFTER not in reading.roles:
        return hits
    kept: list[RuleHit] = []
    denied: set[int] = set()
    for hit in hits:
        if _negated(reading, hit, denied):
            denied.update(range(hit.first, hit.last + 1))
        else:
            kept.append(hit)
    return kept


def _negated(reading: FieldReading, hit: RuleHit, denied: set[int]) -> bool:
    for span in reading.spans(Role.NEGATION_AFTER):
        if hit.last < span.first <= hit.last + 1 + NEGATION_AFTER_REACH and reading.same_sentence(hit.last, span.first):
            return True
    negations = {span.last for span in reading.spans(Role.NEGATION)}
    links = {place for span in reading.spans(Role.NEGATION_LINK) for place in range(span.first, span.last + 1)}
    for place in range(hit.first - 1, max(hit.first - 1 - NEGATION_REACH, -1), -1):
        if not reading.same_sentence(place, hit.first) or "," in reading.between(place, place + 1):
            return False
        if place in negations:
            return True
        if place not in links and place not in denied:
            return False
    return False


def without_covered(hits: Iterable[RuleHit]) -> list[RuleHit]:
    """The hits that no longer hit touches: ``Samordningsförbundet Region`` takes the ``Region Dalarna`` that follows.

    A hit of a weak rule takes nothing.
    """
    kept: list[RuleHit] = []
    for hit in sorted(hits, key=lambda found: (found.start - found.end, found.start)):
        if not any(_covers(other, hit) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda found: (found.start, -found.end))


def _covers(longer: RuleHit, hit: RuleHit) -> bool:
    if longer.rule.strength is Strength.WEAK:
        return False
    return longer.start < hit.end and hit.start < longer.end
