"""Reads the texts of interventions by a codebook, a sentence at a time.

No term reaches over the end of a sentence, so a sentence that comes again is read once, and a new one costs little more
than to look up each of its words. Only regular expressions see a whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from portfolj.coding.codebook import Codebook, Role
from portfolj.coding.locality import is_local
from portfolj.coding.matching import KEPT_FORMS, Form, Matcher, found_by
from portfolj.coding.mending import KEPT_SENTENCES, UNUSUAL, Mender, load_common_words
from portfolj.coding.reading import LIST_WORDS, FieldReading, RuleHit, Sentence, new_hit
from portfolj.coding.remembered import Remembered
from portfolj.coding.terms import WORD, sentences, tokenise

_WORDS = re.compile(f"({WORD.pattern})")
_LINE_END = re.compile(r"[\n\r•]")
_Expressions = tuple[tuple[int, int, int], ...]  # those found in a sentence: term, first and last character
_Hit = tuple[int, int, int, int, int]  # term, first and last word, first and last character
_NONE: frozenset[str] = frozenset()


class _Word(Form):
    """All that is known of a word form, looked up once.

    ``expressions`` it speaks for; ``doubts`` whether it is one intact word; what may be on its ``left`` and ``right``
    side were it a piece of one (see ``Seams``).
    """

    __slots__ = ("doubts", "expressions", "left", "right", "word")

    def __init__(self, word: str, matcher: Matcher, mender: Mender) -> None:
        super().__init__(*matcher.parts_of_form(word))
        self.word = word
        self.expressions = matcher.expressions.places_of(word)
        self.doubts = mender.doubts_about(word)
        self.left, self.right = mender.seams.left(word), mender.seams.right(word)


class _Piece:
    """What is known of a sentence whatever field it stands in, and its readings.

    ``starts`` and ``ends``: where each of its words does. ``hits``: terms with their first and last word and character.
    ``plain`` are the readings by field; ``special`` those where something was asked of the whole text.
    """

    __slots__ = ("doubts", "ends", "expressions", "hits", "plain", "special", "starts", "text", "words")

    def __init__(self, text: str, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> None:
        self.text, self.words, self.starts, self.ends = text, words, starts, ends
        self.hits: list[_Hit] = []
        self.expressions: Collection[int] = ()
        self.doubts = 0
        self.plain: dict[str, Sentence] = {}
        self.special: dict[tuple[str, _Expressions, frozenset[str]], Sentence] = {}

    def covered(self, expressions: Iterable[tuple[int, int, int]]) -> list[_Hit]:
        """Regular expressions found in it as hits; those that touch no word are none."""
        hits: list[_Hit] = []
        for number, start, end in expressions:
            first, behind = bisect_right(self.ends, start), bisect_left(self.starts, end)
            if first < behind:
                hits.append((number, first, behind - 1, start, end))
        return hits


class Reader:
    """Reads with one codebook."""

    def __init__(self, codebook: Codebook) -> None:
        self._matcher = matcher = codebook.matcher
        self._mender = mender = Mender(
            matcher.words, pairs=matcher.pairs, common=load_common_words(), fits=matcher.fits,
            patterns=matcher.patterns,
        )  # fmt: skip
        self._words: Remembered[str, _Word] = Remembered(lambda word: _Word(word, matcher, mender), most=KEPT_FORMS)
        self._pieces = Remembered(self._piece, most=KEPT_SENTENCES)
        # Whose term it is, for those that count in a field.
        self._slots = {
            field: [None if number in terms else slot for number, slot in enumerate(codebook.slots)]
            for field, terms in codebook.not_for.items()
        }
        expressions = [*enumerate(matcher.expressions.all)]
        self._local = frozenset(place for place, (_, expression) in expressions if is_local(expression))
        # The expressions that a whole text of a field has to be searched for.
        self._wide = {
            field: frozenset(place for place, (number, _) in expressions if number not in terms) - self._local
            for field, terms in codebook.not_for.items()
        }

    def _piece(self, text: str) -> _Piece:
        forms = self._words
        parts = _WORDS.split(text)  # what stands before the first word, that word, what stands behind it, and so on
        places = [*accumulate(map(len, parts))]
        piece = _Piece(text, parts[1::2], places[:-1:2], places[1::2])
        words = [forms[word] for word in piece.words]
        if _LINE_END.search(text):
            hits = [hit[:3] for hit in self._matcher.find_words(tokenise(text))]
        else:
            hits = self._matcher.find_forms(words)
        piece.hits = [(term, first, last, piece.starts[first], piece.ends[last]) for term, first, last in hits]
        piece.expressions = self._matcher.expressions.always.union(
            *[word.expressions for word in words if word.expressions]
        )
        local = self._local.intersection(piece.expressions)
        if local:
            piece.hits += piece.covered(found_by(self._matcher.expressions.at(local, text), text))
        piece.doubts = self._mender.doubts(text) if self._is_suspect(text, words) else sum([w.doubts for w in words])
        return piece

    def _is_suspect(self, text: str, words: Sequence[_Word]) -> bool:
        """Whether a sentence has signs that are none, or two words side by side that may be one."""
        if UNUSUAL.search(text):
            return True
        for first, second in pairwise(words):
            if not first.left.isdisjoint(second.right) and self._mender.may_be_one(first.word, second.word):
                return True
        return False

    def read(self, field: str, text: str) -> FieldReading:
        """What the codebook finds in ``text``. Terms to exclude have done their work: what they lie over is gone."""
        pieces, mended = [*map(self._pieces.__getitem__, sentences(text))], None
        if not self._mender.intact(text, sum([piece.doubts for piece in pieces])):
            mended = self._mender.mend(text, [piece.text for piece in pieces])
            if mended:
                pieces = [self._pieces[piece] for piece in sentences(mended.text)]
        read = [piece.plain.get(field) or self._plain(field, piece) for piece in pieces]
        if True in [sentence.special for sentence in read]:
            read = self._read_specially(field, mended.text if mended else text, pieces, read)
        return FieldReading(field, text, mended, read)

    def _plain(self, field: str, piece: _Piece) -> Sentence:
        sentence = piece.plain[field] = self._sentence(field, piece)
        return sentence

    def _read_specially(self, field: str, text: str, pieces: Sequence[_Piece], read: list[Sentence]) -> list[Sentence]:
        """The sentences, where the whole text may have regular expressions or rules that count when alone in it."""
        found: Sequence[_Expressions] = [()] * len(pieces)
        wide = self._wide[field].intersection(set().union(*[piece.expressions for piece in pieces]))
        matches = found_by(self._matcher.expressions.at(wide, text), text)
        if matches:
            pieces, found = self._placed(matches, text, pieces)
            read = [self._special(field, piece, each, _NONE) for piece, each in zip(pieces, found, strict=True)]
        if any(sentence.alone for sentence in read):
            lonely = _lonely(text, read)
            read = [self._special(field, piece, each, lonely) for piece, each in zip(pieces, found, strict=True)]
        return read

    def _special(self, field: str, piece: _Piece, expressions: _Expressions, lonely: frozenset[str]) -> Sentence:
        key = (field, expressions, lonely)
        if key not in piece.special:
            piece.special[key] = self._sentence(field, piece, expressions, lonely)
        return piece.special[key]

    def _placed(
        self, matches: Sequence[tuple[int, int, int]], text: str, pieces: Sequence[_Piece]
    ) -> tuple[Sequence[_Piece], Sequence[_Expressions]]:
        """The regular expressions found in each sentence; the text as one where one of them reaches further."""
        starts = [*accumulate([len(piece.text) for piece in pieces], initial=0)]
        found: list[list[tuple[int, int, int]]] = [[] for _ in pieces]
        for number, start, end in matches:
            place = min(bisect_right(starts, start), len(pieces)) - 1
            if end > starts[place + 1]:
                return [self._together(text, pieces)], [tuple(matches)]
            found[place].append((number, start - starts[place], end - starts[place]))
        return pieces, [tuple(each) for each in found]

    def _together(self, text: str, pieces: Sequence[_Piece]) -> _Piece:
        """The text as one."""
        tokens = tokenise(text)
        whole = _Piece(
            text, [each.word for each in tokens], [each.start for each in tokens], [each.end for each in tokens]
        )
        local = self._local.intersection(set().union(*[piece.expressions for piece in pieces]))
        whole.hits = [*self._matcher.find_words(tokens)]
        whole.hits += whole.covered(found_by(self._matcher.expressions.at(local, text), text))
        return whole

    def _sentence(
        self, field: str, piece: _Piece, expressions: _Expressions = (), lonely: frozenset[str] = _NONE
    ) -> Sentence:
        """A sentence as ``field`` has it. ``lonely``: rules that only count alone, and are."""
        included: list[RuleHit] = []
        excluded: dict[str, list[tuple[int, int]]] = {}
        roles: dict[Role, list[tuple[int, int]]] = {}
        slots = self._slots[field]
        for number, first, last, start, end in [*piece.hits, *piece.covered(expressions)]:
            slot = slots[number]
            if slot is None:
                continue
            rule, role, include = slot
            if role is not None:
                roles.setdefault(role.role, []).append((first, last))
            elif rule is not None and include:
                included.append(new_hit((rule, field, first, last, start, end)))
            elif rule is not None:
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
        special = bool(alone) or not self._wide[field].isdisjoint(piece.expressions)
        return Sentence(field, piece.text, piece.words, piece.starts, hits, roles, alone, special)


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
