"""What was read in one text of an intervention: which rules and roles stand where, and what is negated."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from portfolj.coding.answers import Evidence
from portfolj.coding.codebook import Role, Rule, Strength
from portfolj.coding.mending import Mended
from portfolj.coding.terms import Token, tokenise

# What may stand between the members of a list, and beside them where they are all that a field says.
LIST_WORDS = re.compile(r"(?:[\s,/&+\-–]|\bm\.?\s?fl\b\.?|\boch\b|\bsamt\b|\([^)]*\))*", re.IGNORECASE)
NEGATION_REACH = 6
NEGATION_AFTER_REACH = 2
T = TypeVar("T")


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


class Reading:
    """A text with its words, the hits per dimension by place in the text, and the places of the roles."""

    def __init__(self, field: str, text: str, words: Sequence[str]) -> None:
        self.field, self.text, self.words = field, text, words
        self._told: dict[Hashable, Any] = {}

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The words of the text, each with its place and the sentence it stands in."""
        return tokenise(self.text)

    def of(self, dimension: str) -> list[RuleHit]:
        """The hits of a dimension."""
        raise NotImplementedError

    def spans(self, role: Role) -> list[Span]:
        """Where words of a role stand."""
        raise NotImplementedError

    def between(self, first: int, second: int) -> str:
        """The characters between two tokens."""
        return self.text[self.tokens[first].end : self.tokens[second].start]

    def same_sentence(self, first: int, second: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return self.tokens[first].sentence == self.tokens[second].sentence

    def tell(self, question: Callable[[Any], T]) -> T:
        """The answer to a question about this text alone, worked out once: texts and their sentences come again."""
        if question not in self._told:
            self._told[question] = question(self)
        answer: T = self._told[question]
        return answer


class Sentence(Reading):
    """A sentence, or several that a regular expression reaches over. Shared by all texts of a field that have it.

    ``characters``: where each of the ``words`` stands. ``alone``: the hits of rules that only count where their words
    are all that is said.
    """

    def __init__(
        self, field: str, text: str, words: Sequence[str], characters: Sequence[tuple[int, int]],
        hits: dict[str, list[RuleHit]], roles: dict[Role, list[Span]], alone: Sequence[RuleHit],
    ) -> None:  # fmt: skip
        super().__init__(field, text, words)
        self.characters, self.hits, self.roles, self.alone = characters, hits, roles, alone

    def of(self, dimension: str) -> list[RuleHit]:
        return self.hits.get(dimension, [])

    def spans(self, role: Role) -> list[Span]:
        return self.roles.get(role, [])


class FieldReading(Reading):
    """The text of a field, a sentence at a time.

    ``text`` is the text as it was mended, which all places are in; ``written`` is the text as it stands.
    """

    def __init__(self, field: str, written: str, mended: Mended, sentences: Sequence[Sentence]) -> None:
        super().__init__(field, mended.text, [word for sentence in sentences for word in sentence.words])
        self.written, self.mended, self.sentences = written, mended, sentences
        if len(sentences) > 1:
            self._firsts = [*accumulate([len(sentence.words) for sentence in sentences], initial=0)]
            self._starts = [*accumulate([len(sentence.text) for sentence in sentences], initial=0)]

    def of(self, dimension: str) -> list[RuleHit]:
        key = ("of", dimension)
        if key not in self._told:
            self._told[key] = self._placed([sentence.of(dimension) for sentence in self.sentences])
        found: list[RuleHit] = self._told[key]
        return found

    def spans(self, role: Role) -> list[Span]:
        if len(self.sentences) == 1:
            return self.sentences[0].spans(role)
        return [
            Span(first + before, last + before)
            for sentence, before in zip(self.sentences, self._firsts, strict=False)
            if role in sentence.roles
            for first, last in sentence.roles[role]
        ]

    def each(self, question: Callable[[Sentence], list[RuleHit]]) -> list[RuleHit]:
        """What is found in the sentences, asked of each alone, with its place in the whole text."""
        key = ("each", question)
        if key not in self._told:
            self._told[key] = self._placed([sentence.tell(question) for sentence in self.sentences])
        found: list[RuleHit] = self._told[key]
        return found

    def by_sentence(self, question: Callable[[Sentence], T]) -> list[tuple[int, T]]:
        """Where each sentence begins and what it answers."""
        if len(self.sentences) == 1:
            return [(0, self.sentences[0].tell(question))]
        return [(start, sentence.tell(question)) for start, sentence in zip(self._starts, self.sentences, strict=False)]

    def evidence(self, found: RuleHit | Token, sentence: int = 0) -> Evidence:
        """The words of a hit, or one word, as they were written. ``sentence``: where that begins which they lie in."""
        start, end = found.start + sentence, found.end + sentence
        if self.mended.edits:
            start, end = self.mended.was(start, end)
        return Evidence(self.field, start, end, self.written[start:end])

    def _placed(self, found: list[list[RuleHit]]) -> list[RuleHit]:
        if len(found) == 1:
            return found[0]
        return [
            RuleHit(rule, field, first + before, last + before, start + place, end + place)
            for hits, before, place in zip(found, self._firsts, self._starts, strict=False)
            for rule, field, first, last, start, end in hits
        ]


def without_negated(reading: Reading, hits: Iterable[RuleHit]) -> list[RuleHit]:
    """The hits that the text does not deny: ``inte unga``, ``ej för unga eller nyanlända``, ``unga omfattas inte``."""
    hits = list(hits)
    if not hits or not (reading.spans(Role.NEGATION) or reading.spans(Role.NEGATION_AFTER)):
        return hits
    kept: list[RuleHit] = []
    denied: set[int] = set()
    for hit in hits:
        if _negated(reading, hit, denied):
            denied.update(range(hit.first, hit.last + 1))
        else:
            kept.append(hit)
    return kept


def _negated(reading: Reading, hit: RuleHit, denied: set[int]) -> bool:
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
