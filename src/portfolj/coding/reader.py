"""Reads the texts of interventions by a codebook, a sentence at a time.

No term reaches over the end of a sentence, so a sentence that comes again is read once, and a new one costs little more
than to look up each of its words. Only regular expressions see a whole text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

from portfolj.coding.codebook import Codebook, Role
from portfolj.coding.matching import found_by
from portfolj.coding.mending import Mender, load_common_words
from portfolj.coding.reading import LIST_WORDS, FieldReading, RuleHit, Sentence, Span
from portfolj.coding.remembered import Remembered
from portfolj.coding.terms import WORD, holds_several_sentences, sentences, tokenise

KEPT_SENTENCES = 20_000  # bounds memory where no sentence comes again
_Expressions = tuple[tuple[int, int, int], ...]  # those found in a sentence: term, first and last character
_NONE: frozenset[str] = frozenset()


class _Piece:
    """What is known of a sentence whatever field it stands in, and its ``readings``."""

    def __init__(self, text: str, codebook: Codebook, mender: Mender) -> None:
        self.text, self.words, self._matcher = text, WORD.findall(text), codebook.matcher
        self.doubts = mender.doubts(text, self.words)
        self.expressions = self._matcher.expressions.places(text, self.words)
        self.readings: dict[tuple[str, _Expressions, Collection[str]], Sentence] = {}

    @cached_property
    def characters(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return [match.span() for match in WORD.finditer(self.text)]

    @cached_property
    def hits(self) -> list[tuple[int, int, int]]:
        """The terms that are words: which, and its first and last word."""
        if holds_several_sentences(self.text):
            return [(hit.term, hit.first, hit.last) for hit in self._matcher.find_words(tokenise(self.text))]
        forms = self._matcher.forms
        return self._matcher.find_forms([forms[word] for word in self.words])


class Reader:
    """Reads with one codebook."""

    def __init__(self, codebook: Codebook) -> None:
        matcher = codebook.matcher
        self.codebook = codebook
        self._expressions = matcher.expressions
        self._mender = Mender(
            matcher.words, pairs=matcher.pairs, common=load_common_words(), fits=matcher.fits,
            patterns=matcher.patterns,
        )  # fmt: skip
        self._pieces: Remembered[str, _Piece] = Remembered(self._piece, most=KEPT_SENTENCES)
        always = {number for number, _ in self._expressions.at(())}
        self._always_tried = {field: bool(always - terms) for field, terms in codebook.not_for.items()}

    def _piece(self, text: str) -> _Piece:
        return _Piece(text, self.codebook, self._mender)

    def read(self, field: str, text: str) -> FieldReading:
        """What the codebook finds in ``text``. Terms to exclude have done their work: what they lie over is gone."""
        pieces: Sequence[_Piece] = [self._pieces[piece] for piece in sentences(text)]
        mended = self._mender.mend(text, sum([piece.doubts for piece in pieces]))
        if mended.edits:
            pieces = [self._pieces[piece] for piece in sentences(mended.text)]
        found: Sequence[_Expressions] = [()] * len(pieces)
        if self._always_tried[field] or any(piece.expressions for piece in pieces):
            pieces, found = self._with_expressions(field, mended.text, pieces)
        read = [self._sentence(field, piece, each, _NONE) for piece, each in zip(pieces, found, strict=True)]
        if any(sentence.alone for sentence in read):
            lonely = _lonely(mended.text, read)
            read = [self._sentence(field, piece, each, lonely) for piece, each in zip(pieces, found, strict=True)]
        return FieldReading(field, text, mended, read)

    def _with_expressions(
        self, field: str, text: str, pieces: Sequence[_Piece]
    ) -> tuple[Sequence[_Piece], Sequence[_Expressions]]:
        """The sentences, each with the regular expressions found in it; the text as one where one reaches further."""
        tries = self._expressions.at(set().union(*[piece.expressions for piece in pieces]))
        matches = found_by(tries, text, skip=self.codebook.not_for[field])
        if not matches:
            return pieces, [()] * len(pieces)
        starts = [*accumulate([len(piece.text) for piece in pieces], initial=0)]
        found: list[list[tuple[int, int, int]]] = [[] for _ in pieces]
        for number, start, end in matches:
            place = min(bisect_right(starts, start), len(pieces)) - 1
            if end > starts[place + 1]:
                return [self._pieces[text]], [tuple(matches)]
            found[place].append((number, start - starts[place], end - starts[place]))
        return pieces, [tuple(each) for each in found]

    def _sentence(self, field: str, piece: _Piece, expressions: _Expressions, lonely: frozenset[str]) -> Sentence:
        key = (field, expressions, lonely)
        if key not in piece.readings:
            piece.readings[key] = self._read(*key, piece)
        return piece.readings[key]

    def _read(self, field: str, expressions: _Expressions, lonely: frozenset[str], piece: _Piece) -> Sentence:
        """A sentence as ``field`` has it. ``lonely``: rules that only count alone, and are."""
        included: list[RuleHit] = []
        excluded: dict[str, list[tuple[int, int]]] = {}
        roles: dict[Role, list[Span]] = {}
        slots, characters = self.codebook.slots, piece.characters
        found = [(term, first, last, characters[first][0], characters[last][1]) for term, first, last in piece.hits]
        for number, start, end in expressions:
            covered = [place for place, (first, last) in enumerate(characters) if first < end and last > start]
            if covered:
                found.append((number, covered[0], covered[-1], start, end))
        for term, first, last, start, end in found:
            rule, role, include = slots[term]
            if role is not None:
                roles.setdefault(role.role, []).append(Span(first, last))
            elif rule is not None and field in rule.fields:
                if include:
                    included.append(RuleHit(rule, field, first, last, start, end))
                else:
                    excluded.setdefault(rule.id, []).append((start, end))
        hits: dict[str, list[RuleHit]] = {}
        alone = []
        for hit in included:
            rule = hit.rule
            if rule.alone:
                alone.append(hit)
                if rule.id not in lonely:
                    continue
            if rule.id not in excluded or not any(
                start < hit.end and hit.start < end for start, end in excluded[rule.id]
            ):
                hits.setdefault(rule.dimension, []).append(hit)
        for listed in hits.values():
            if len(listed) > 1:
                listed.sort(key=lambda hit: (hit.start, -hit.end))
        return Sentence(field, piece.text, piece.words, characters, hits, roles, alone)


@lru_cache(maxsize=8)
def reader_of(codebook: Codebook) -> Reader:
    """The reader of a codebook, with what it remembers of words and sentences."""
    return Reader(codebook)


def read_field(codebook: Codebook, *, field: str, text: str) -> FieldReading:
    """What the codebook finds in ``text``. Terms to exclude have done their work: what they lie over is gone."""
    return reader_of(codebook).read(field, text)


def _lonely(text: str, read: Sequence[Sentence]) -> frozenset[str]:
    """The rules whose words are all that a text says: ``Flen, Vingåker och Katrineholm``."""
    starts = accumulate([len(sentence.text) for sentence in read], initial=0)
    rest: dict[str, list[str]] = {}
    for sentence, before in zip(read, starts, strict=False):
        for hit in sentence.alone:
            letters = rest.setdefault(hit.rule.id, list(text))
            letters[before + hit.start : before + hit.end] = " " * (hit.end - hit.start)
    return frozenset(rule_id for rule_id, letters in rest.items() if LIST_WORDS.fullmatch("".join(letters)))
