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
from typing import NamedTuple

from portfolj.coding.letters import TWINS, Letters
from portfolj.coding.parting import KEPT_WORDS, SMALL_WORDS, KnownWords

_CHUNK = re.compile(r"[&|]*[^\W_]+(?:[&|]+[^\W_]+)*[&|]*")
_SEAM = re.compile(r"[ \u00a0]|[-‐\u00ad][ \u00a0]*\n?[ \t]*|\n")
_RINGS = re.compile("[åäöÅÄÖ]")
_YEARS = {"r", "är", "ar", "ér"}
SEVERAL = 2
LONG_TEXT = 40  # Swedish of so many letters without any å, ä or ö is unlikely
SHORTEST_JOINED = 6
KEPT_SENTENCES = 50_000
# Where a sentence of terms.tokenise ends, line ends aside, since a word may go on after one.
_CUT = re.compile(r"[.!?][\"”’)]*\s+(?=[\"”“(]*[A-ZÅÄÖ])|;")


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
        common = tuple(common)
        self._letters = Letters([*words, *(word for word in common if _RINGS.search(word))])
        self._words = KnownWords(words, pairs=pairs, common=common, fits=fits, patterns=patterns, letters=self._letters)
        self._fine: set[str] = set()
        self._seen: dict[tuple[str, bool], str] = {}
        self._pairs_seen: dict[tuple[str, str, str, bool], str] = {}
        self._doubts: dict[str, int] = {}

    def mend(self, text: str) -> Mended:
        """The text as it may have been before it was damaged; the same text where nothing shows damage."""
        if self._intact(text):
            return Mended(text)
        found = _words(text)
        joined = any(len(self._words.part(word.text, False)) > 1 for word in found)
        joined = joined or sum(len(self._words.part(word.text, True)) > 1 for word in found) >= SEVERAL
        pieces = self._mended(text, found, self._damaged(text, found), joined)
        return _assemble(text, pieces) if pieces else Mended(text)

    def _intact(self, text: str) -> bool:
        """Whether nothing shows damage, by what is known of each sentence; the same as a full look would find."""
        if len(text) >= LONG_TEXT and not _RINGS.search(text):
            return False
        doubts = 0
        for sentence in sentences(text):
            if sentence not in self._doubts:
                if len(self._doubts) >= KEPT_SENTENCES:
                    self._doubts.clear()
                self._doubts[sentence] = self._doubts_of(sentence)
            doubts += self._doubts[sentence]
        return doubts < SEVERAL

    def _doubts_of(self, sentence: str) -> int:
        """The words of a sentence that may have been run together; ``SEVERAL`` where something is damaged for sure."""
        found = _words(sentence)
        if any(self._letters.signs(word.text) and not self._named(word.text) for word in found):
            return SEVERAL
        if self._mended(sentence, found, False, False):
            return SEVERAL
        return sum(len(self._words.part(word.text, True)) > 1 for word in found)

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
            mended = self._mend_word(word.text, damaged)
            if mended.lower() in _YEARS and damaged and place and found[place - 1].text.isdigit():
                mended = "år"
            parts = self._words.part(mended, joined)
            if len(parts) > 1:
                pieces += _shared_out(parts, mended == word.text, word)
            elif mended != word.text:
                pieces.append((mended, word.start, word.end))
            place += 1
        return pieces

    def _damaged(self, text: str, found: Sequence[_Word]) -> bool:
        """Whether the text as a whole shows damage: no å, ä or ö where there would be some, or signs in words."""
        if len(text) >= LONG_TEXT and not _RINGS.search(text):
            return True
        return any(self._letters.signs(word.text) and not self._named(word.text) for word in found)

    def _named(self, word: str) -> bool:
        """``R&D``, ``Rusta&matcha``: a sign that stands between whole words is no letter."""
        parts = re.split("[&|]", word)
        return "6" not in word and all(part and (part.isupper() or self._words.known(part)) for part in parts)

    def _mend_word(self, word: str, damaged: bool) -> str:
        if word in self._fine and not (damaged and word.lower() in TWINS):
            return word
        key = (word, damaged)
        if key not in self._seen:
            if len(self._seen) > KEPT_WORDS:
                self._seen.clear()
                self._fine.clear()
            self._seen[key] = self._mend_new(word, damaged)
        return self._seen[key]

    def _mend_new(self, word: str, damaged: bool) -> str:
        lower = word.lower()
        if damaged and lower in TWINS:
            twin = TWINS[lower]
            return twin.capitalize() if word[0].isupper() else twin
        if self._words.known(word) or self._named(word):
            self._fine.add(word)
            return word
        mended = self._letters.mend(word, doubtful=damaged)
        if mended == word and "l" in word:
            capital = self._letters.with_capital(word)
            mended = capital if self._words.whole(capital) or capital.isupper() else word
        if mended == word and len(self._words.part(word, False)) == 1:
            self._fine.add(word)
        return mended

    def _join(self, text: str, found: Sequence[_Word], place: int, damaged: bool) -> str:
        """The word of the codebook that stands in two pieces from ``place`` on, or nothing."""
        if place + 1 == len(found):
            return ""
        first, second = found[place], found[place + 1]
        gap = text[first.end : second.start]
        if not second.text[0].islower() or not _SEAM.fullmatch(gap):
            return ""
        key = (first.text, second.text, gap, damaged)
        if key not in self._pairs_seen:
            if len(self._pairs_seen) >= KEPT_WORDS:
                self._pairs_seen.clear()
            self._pairs_seen[key] = self._join_new(*key)
        return self._pairs_seen[key]

    def _join_new(self, first: str, second: str, gap: str, damaged: bool) -> str:
        if first[-1].isdigit() or first.isupper() or (second in ("och", "eller", "samt") and gap != "\u00ad"):
            return ""
        known = self._words.known(first), self._words.known(second)
        if all(known) and (len(first) + len(second) <= SHORTEST_JOINED or first.lower() in SMALL_WORDS) and gap == " ":
            return ""
        whole = self._mend_word(first + second, damaged)
        if gap == "\u00ad" or ("\n" in gap and gap != "\n"):
            return whole
        left, right = self._mend_word(first, damaged), self._mend_word(second, damaged)
        if self._words.paired(left.lower(), right.lower()):
            return ""
        known = self._words.known(left), self._words.known(right)
        if all(known):
            exact = self._words.exact(whole) and len(whole) > SHORTEST_JOINED and left.lower() not in SMALL_WORDS
        else:
            exact = self._words.exact(whole) or self._words.spans(whole, len(first), len(second), known[0])
        return whole if exact else ""


def sentences(text: str) -> list[str]:
    """The text in pieces that no term and no mending reaches over. Together they are the text."""
    ends = [match.end() for match in _CUT.finditer(text)]
    if not ends:
        return [text]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True) if end > start]


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
