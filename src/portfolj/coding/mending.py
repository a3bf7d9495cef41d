"""Text as scanning and copying damaged it, mended before it is read, with a way back to the text as it was written.

Intact text comes through as it is: a word is changed only where it is no word that the codebook or a list of common
words has, and the change makes it one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from portfolj.coding.letters import TWINS, Letters
from portfolj.coding.parting import KEPT_WORDS, SMALL_WORDS, KnownWords
from portfolj.coding.remembered import Remembered
from portfolj.coding.seams import Seams

_CHUNK = re.compile(r"[&|]*[^\W_]+(?:[&|]+[^\W_]+)*[&|]*")
_SEAM = re.compile(r"[ \u00a0]|[-‐\u00ad][ \u00a0]*\n?[ \t]*|\n")
_RINGS = re.compile("[åäöÅÄÖ]")
# What may stand between the pieces of one word for sure, and signs that may be letters.
_UNUSUAL = re.compile("[&|\u00ad\n]")
_YEARS = {"r", "är", "ar", "ér"}
SEVERAL = 2
LONG_TEXT = 40  # Swedish of so many letters without any å, ä or ö is unlikely
SHORTEST_JOINED = 6


class Edit(NamedTuple):
    """Characters ``start`` to ``end`` of the mended text stand for ``was_start`` to ``was_end`` of the text."""

    start: int
    end: int
    was_start: int
    was_end: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A text made fit to be read, and the edits that lead back."""

    text: str
    edits: Sequence[Edit] = ()
    starts: Sequence[int] = field(default=())

    def was(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` stood in the text as written. A mended word is taken as a whole."""
        return (self._place(start, last=False), self._place(end - 1, last=True)) if self.edits else (start, end)

    def _place(self, place: int, *, last: bool) -> int:
        number = bisect_right(self.starts, place) - 1
        if number < 0:
            return place + last
        edit = self.edits[number]
        if place < edit.end:
            return edit.was_end if last else edit.was_start
        return edit.was_end + place - edit.end + last


class _Word(NamedTuple):
    text: str
    start: int
    end: int


class Mender:
    """Mends texts by the words of a codebook.

    ``words``: the words of its terms, ``*`` for any letters. ``pairs``: two words that follow each other in a term.
    ``fits``: the ``patterns``, by number, that a word fits. ``common``: words that are never mended into others.
    """

    def __init__(
        self, words: Collection[str], *, pairs: Iterable[tuple[str, str]], common: Iterable[str],
        fits: Callable[[str], Collection[int]], patterns: Sequence[str],
    ) -> None:  # fmt: skip
        common, words = tuple(common), sorted(words)  # sorted, so that of equally likely letters the same are taken
        self.letters = Letters([*words, *(word for word in common if _RINGS.search(word))])
        self.words = KnownWords(words, pairs=pairs, common=common, fits=fits, patterns=patterns, letters=self.letters)
        self._seams = Seams(self.words.exact_words, patterns)
        self._mended_words = Remembered(self._mend_new, most=KEPT_WORDS)
        self._joined = Remembered(self._join_new, most=KEPT_WORDS)
        self._doubts = Remembered(self._doubts_about, most=KEPT_WORDS)
        self._apart = Remembered(self._stay_apart, most=KEPT_WORDS)

    def doubts(self, sentence: str, words: Sequence[str]) -> int:
        """How many of the words of a sentence (as ``terms.WORD`` finds them) may have been run together.

        ``SEVERAL`` or more where something is damaged for sure. Nearly all sentences are intact, so it is by what is
        remembered of words and of two words side by side that most are passed.
        """
        if not _UNUSUAL.search(sentence) and all(map(self._apart.__getitem__, pairwise(words))):
            return sum(map(self._doubts.__getitem__, words))
        found = _words(sentence)
        if self._signs_in(found) or self._mended(sentence, found, False, False):
            return SEVERAL
        return sum(len(self.words.part(word.text, True)) > 1 for word in found)

    def _doubts_about(self, word: str) -> int:
        if self.letters.signs(word) and not self._named(word):
            return SEVERAL
        mended = self._mended_words[word, False]
        if mended != word or len(self.words.part(word, False)) > 1:
            return SEVERAL
        return int(len(self.words.part(word, True)) > 1)

    def _stay_apart(self, pair: tuple[str, str]) -> bool:
        """Whether two words are two, where no more than a space or a hyphen stands between them."""
        return not self._seams.may_hide(*pair) or not (
            pair[1][0].islower() and (self._joined[*pair, " ", False] or self._joined[*pair, "-", False])
        )

    def mend(self, text: str, doubts: int) -> Mended:
        """The text as it may have been before it was damaged; the same text where nothing shows damage.

        ``doubts`` are those of all its sentences.
        """
        bare = len(text) >= LONG_TEXT and not _RINGS.search(text)
        if doubts < SEVERAL and not bare:
            return Mended(text)
        found = _words(text)
        joined = any(len(self.words.part(word.text, False)) > 1 for word in found)
        joined = joined or sum(len(self.words.part(word.text, True)) > 1 for word in found) >= SEVERAL
        pieces = self._mended(text, found, bare or self._signs_in(found), joined)
        return _assemble(text, pieces) if pieces else Mended(text)

    def _signs_in(self, found: Iterable[_Word]) -> bool:
        return any(self.letters.signs(word.text) and not self._named(word.text) for word in found)

    def _mended(
        self, text: str, found: Sequence[_Word], damaged: bool, joined: bool
    ) -> list[tuple[str, int, int]]:  # fmt: skip
        """What is to stand in the text instead, with the characters that it replaces."""
        pieces: list[tuple[str, int, int]] = []
        place = 0
        while place < len(found):
            word = found[place]
            whole = self._join(text, found, place, damaged)
            if whole:
                pieces.append((whole, word.start, found[place + 1].end))
                place += 2
                continue
            mended = self._mended_words[word.text, damaged]
            if mended.lower() in _YEARS and damaged and place and found[place - 1].text.isdigit():
                mended = "år"
            parts = self.words.part(mended, joined)
            if len(parts) > 1:
                pieces += _shared_out(parts, mended == word.text, word)
            elif mended != word.text:
                pieces.append((mended, word.start, word.end))
            place += 1
        return pieces

    def _named(self, word: str) -> bool:
        """``R&D``, ``Rusta&matcha``: a sign that stands between whole words is no letter."""
        parts = re.split("[&|]", word)
        return "6" not in word and all(part and (part.isupper() or self.words.known(part)) for part in parts)

    def _mend_new(self, key: tuple[str, bool]) -> str:
        word, damaged = key
        lower = word.lower()
        if damaged and lower in TWINS:
            twin = TWINS[lower]
            return twin.capitalize() if word[0].isupper() else twin
        if self.words.known(word) or self._named(word):
            return word
        mended = self.letters.mend(word, doubtful=damaged)
        if mended == word and "l" in word:
            capital = self.letters.with_capital(word)
            mended = capital if self.words.whole(capital) or capital.isupper() else word
        return mended

    def _join(self, text: str, found: Sequence[_Word], place: int, damaged: bool) -> str:
        """The word of the codebook that stands in two pieces from ``place`` on, or nothing."""
        if place + 1 == len(found):
            return ""
        first, second = found[place], found[place + 1]
        gap = text[first.end : second.start]
        if not second.text[0].islower() or not _SEAM.fullmatch(gap):
            return ""
        return self._joined[first.text, second.text, gap, damaged]

    def _join_new(self, key: tuple[str, str, str, bool]) -> str:
        first, second, gap, damaged = key
        if first[-1].isdigit() or first.isupper() or (second in ("och", "eller", "samt") and gap != "\u00ad"):
            return ""
        known = self.words.known(first), self.words.known(second)
        if all(known) and (len(first) + len(second) <= SHORTEST_JOINED or first.lower() in SMALL_WORDS) and gap == " ":
            return ""
        whole = self._mended_words[first + second, damaged]
        if gap == "\u00ad" or ("\n" in gap and gap != "\n"):
            return whole
        left, right = self._mended_words[first, damaged], self._mended_words[second, damaged]
        if self.words.paired(left.lower(), right.lower()):
            return ""
        known = self.words.known(left), self.words.known(right)
        if all(known):
            exact = self.words.exact(whole) and len(whole) > SHORTEST_JOINED and left.lower() not in SMALL_WORDS
        else:
            exact = self.words.exact(whole) or self.words.spans(whole, len(first), len(second), known[0])
        return whole if exact else ""


def _words(text: str) -> list[_Word]:
    return [_Word(match.group(), match.start(), match.end()) for match in _CHUNK.finditer(text)]


def _shared_out(parts: Sequence[str], same: bool, word: _Word) -> list[tuple[str, int, int]]:
    """Each part with its own characters where letters still stand in their places, else all of them together."""
    if not same:
        return [(" ".join(parts), word.start, word.end)]
    pieces, place = [], word.start
    for number, part in enumerate(parts):
        if number:
            pieces.append((" ", place, place))
        place += len(part)
    return pieces


def _assemble(text: str, pieces: Sequence[tuple[str, int, int]]) -> Mended:
    done: list[str] = []
    edits: list[Edit] = []
    length = last = 0
    for piece, start, end in pieces:
        done += (text[last:start], piece)
        length += start - last
        edits.append(Edit(length, length + len(piece), start, end))
        length += len(piece)
        last = end
    done.append(text[last:])
    return Mended("".join(done), edits, [edit.start for edit in edits])


def load_common_words() -> tuple[str, ...]:
    """The common words of ``reference/common_words.txt``; those that end in ``*`` stand for all that begin so."""
    text = (resources.files("portfolj") / "reference" / "common_words.txt").read_text(encoding="utf-8")
    return tuple(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
