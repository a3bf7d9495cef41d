"""What was read in one text of an intervention: which rules and roles stand where, and what is negated."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import partial
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


# The same as RuleHit(...) and Evidence(...), of a tuple and at half the cost: they are made by the million.
new_hit: Callable[[tuple[Rule, str, int, int, int, int]], RuleHit] = partial(tuple.__new__, RuleHit)
new_evidence: Callable[[tuple[str, int, int, str]], Evidence] = partial(tuple.__new__, Evidence)


def moved(hit: RuleHit, words: int, letters: int) -> RuleHit:
    """A hit of a sentence in the text that has so many words and letters before it."""
    rule, field, first, last, start, end = hit
    return new_hit((rule, field, first + words, last + words, start + letters, end + letters))


class Span(NamedTuple):
    """Tokens ``first`` to ``last``, both included."""

    first: int
    last: int


class Reading:
    """A text with its hits per dimension, by place in the text, and the places of the roles."""

    __slots__ = ("_tokens", "_told", "field", "text")

    def __init__(self, field: str, text: str) -> None:
        self.field, self.text = field, text
        self._told: dict[Hashable, Any] = {}
        self._tokens: Sequence[Token] | None = None

    @property
    def tokens(self) -> Sequence[Token]:
        """The words of the text, each with its place and the sentence it stands in."""
        if self._tokens is None:
            self._tokens = tokenise(self.text)
        return self._tokens

    @property
    def words(self) -> Sequence[str]:
        """The words of the text."""
        raise NotImplementedError

    @property
    def roles(self) -> Collection[Role]:
        """The roles of which there are words."""
        raise NotImplementedError

    def of(self, dimension: str) -> Sequence[RuleHit]:
        """The hits of a dimension."""
        raise NotImplementedError

    def spans(self, role: Role) -> Sequence[Span]:
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
        told = self._told
        if question in told:
            return told[question]
        answer = told[question] = question(self)
        return answer


class Sentence(Reading):
    """A sentence, or several that a regular expression reaches over. Shared by all texts of a field that have it.

    ``starts``: where each of the ``words`` does; ``length``: how many they are. ``alone``: the hits of rules that only
    count where their words are all that is said. ``special``: whether the text that it stands in has to be looked at as
    a whole.
    """

    __slots__ = ("_places", "_words", "alone", "hits", "length", "special", "starts")

    def __init__(
        self, field: str, text: str, words: Sequence[str], starts: Sequence[int],
        hits: Mapping[str, list[RuleHit]], roles: Mapping[Role, list[tuple[int, int]]], alone: Sequence[RuleHit],
        special: bool,
    ) -> None:  # fmt: skip
        super().__init__(field, text)
        self._words, self.starts, self.hits, self._places = words, starts, hits, roles
        self.alone, self.special, self.length = alone, special, len(words)

    @property
    def words(self) -> Sequence[str]:
        return self._words

    @property
    def roles(self) -> Collection[Role]:
        return self._places.keys()

    def of(self, dimension: str) -> Sequence[RuleHit]:
        return self.hits.get(dimension, ())

    def spans(self, role: Role) -> Sequence[Span]:
        return [Span(first, last) for first, last in self._places[role]] if role in self._places else ()


class FieldReading(Reading):
    """The text of a field, a sentence at a time.

    ``written`` is the text as it stands; ``text``, which all places are in, is it as it was ``mended``, if it was.
    ``dimensions`` and ``roles`` are those that any sentence has something of.
    """

    __slots__ = ("_roles", "dimensions", "mended", "sentences", "written")

    def __init__(self, field: str, written: str, mended: Mended | None, sentences: Sequence[Sentence]) -> None:
        super().__init__(field, mended.text if mended else written)
        self.written, self.mended, self.sentences = written, mended, sentences
        self._roles: Collection[Role] | None = None
        self.dimensions: Collection[str] = sentences[0].hits
        if len(sentences) > 1:
            self.dimensions = {dimension for sentence in sentences for dimension in sentence.hits}

    def of(self, dimension: str) -> Sequence[RuleHit]:
        return self._placed(dimension, lambda sentence: sentence.hits[dimension])

    @property
    def words(self) -> Sequence[str]:
        """The words of the text."""
        return [word for sentence in self.sentences for word in sentence.words]

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentences[0].tokens if len(self.sentences) == 1 else super().tokens

    @property
    def roles(self) -> Collection[Role]:
        if self._roles is None:
            self._roles = set().union(*[sentence.roles for sentence in self.sentences])
        return self._roles

    def spans(self, role: Role) -> Sequence[Span]:
        if role not in self.roles:
            return ()
        spans: list[Span] = []
        before = 0
        for sentence in self.sentences:
            spans += [Span(first + before, last + before) for first, last in sentence.spans(role)]
            before += sentence.length
        return spans

    def each(self, dimension: str, question: Callable[[Sentence], Sequence[RuleHit]]) -> Sequence[RuleHit]:
        """The hits that the sentences tell, each asked alone, with their places in the whole text.

        Asked are those that have hits of the dimension.
        """
        return self._placed(dimension, lambda sentence: sentence.tell(question))

    def first(self, dimension: str, question: Callable[[Sentence], Sequence[RuleHit]]) -> Sequence[RuleHit]:
        """As ``each``, of the first sentence alone that tells any."""
        return self._placed(dimension, lambda sentence: sentence.tell(question), only_first=True)

    def _placed(
        self, dimension: str, found: Callable[[Sentence], Sequence[RuleHit]], *, only_first: bool = False
    ) -> Sequence[RuleHit]:
        """What is found in the sentences that have hits of a dimension, at its place in the whole text."""
        if dimension not in self.dimensions:
            return ()
        placed: list[RuleHit] = []
        words = letters = 0
        for sentence in self.sentences:
            if dimension in sentence.hits:
                hits = found(sentence)
                placed += [moved(hit, words, letters) for hit in hits] if letters else hits
                if only_first and placed:
                    break
            words += sentence.length
            letters += len(sentence.text)
        return placed

    def evidence(self, found: RuleHit | Token) -> Evidence:
        """The words of a hit, or one word, as they were written."""
        return self.words_at(found.start, found.end)

    def words_at(self, start: int, end: int) -> Evidence:
        """The words at some characters of ``text``, as they were written."""
        if self.mended is not None:
            start, end = self.mended.was(start, end)
        return new_evidence((self.field, start, end, self.written[start:end]))


def without_negated(reading: Reading, hits: Sequence[RuleHit]) -> Sequence[RuleHit]:
    """The hits that the text does not deny: ``inte unga``, ``ej för unga eller nyanlända``, ``unga omfattas inte``."""
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
