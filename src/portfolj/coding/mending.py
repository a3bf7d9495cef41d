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
from portfolj.coding.remembered import Remembered
from portfolj.coding.seams import Seams

_CHUNK = re.compile(r"[&|]*[^\W_]+(?:[&|]+[^\W_]+)*[&|]*")
_SEAM = re.compile(r"[ \u00a0]|[-‐\u00ad][ \u00a0]*\n?[ \t]*|\n")
_RINGS = re.compile("[åäöÅÄÖ]")
# What may stand between the pieces of one word for sure, and signs that may be letters.
UNUSUAL = re.compile("[&|\u00ad\n]")
_YEARS = {"r", "är", "ar", "ér"}
SEVERAL = 2
LONG_TEXT = 40  # Swedish of so many letters without any å, ä or ö is unlikely
SHORTEST_JOINED = 6
KEPT_SENTENCES = 20_000  # bounds memory where no sentence comes again


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


class _Look(NamedTuple):
    """Whether signs stand for letters in a sentence, a word is two for sure, and how many words may be."""

    signs: bool
    joined: bool
    perhaps_joined: int


_Replaced = tuple[str, int, int]  # what is to stand instead of the characters from the one to the other


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
        self.seams = Seams(self.words.exact_words, patterns)
        self._mended_words = Remembered(self._mend_new, most=KEPT_WORDS)
        self._joined = Remembered(self._join_new, most=KEPT_WORDS)
        self._looks = Remembered(self._look, most=KEPT_SENTENCES)
        self._pieces = Remembered(self._mend_sentence, most=KEPT_SENTENCES)

    def doubts_about(self, word: str) -> int:
        """1 where a word may be several that were run together; ``SEVERAL`` where it is damaged for sure."""
        if self.letters.signs(word) and not self._named(word):
            return SEVERAL
        if self._mended_words[word, False] != word or len(self.words.part(word, False)) > 1:
            return SEVERAL
        return int(len(self.words.part(word, True)) > 1)

    def may_be_one(self, first: str, second: str) -> bool:
        """Whether two words may be one that was split, where no more than a space or a hyphen stands between them."""
        return bool(self._joined[first, second, " ", False] or self._joined[first, second, "-", False])

    def doubts(self, sentence: str) -> int:
        """How many words of a sentence may be several; ``SEVERAL`` where something is damaged for sure.

        Where no two of its words may be one and none of ``UNUSUAL`` stands in it, that is the sum of what is to say
        about each word.
        """
        look = self._looks[sentence]
        return SEVERAL if look.signs or self._pieces[sentence, False, False] else look.perhaps_joined

    def _look(self, sentence: str) -> _Look:
        words = [word.text for word in _words(sentence)]
        return _Look(
            any(self.letters.signs(word) and not self._named(word) for word in words),
            any(len(self.words.part(word, False)) > 1 for word in words),
            sum(len(self.words.part(word, True)) > 1 for word in words),
        )

    def intact(self, text: str, doubts: int) -> bool:
        """Whether nothing shows damage in a text of whose sentences there are so many ``doubts`` in all."""
        return doubts < SEVERAL and not _bare(text)

    def mend(self, text: str, sentences: Sequence[str]) -> Mended | None:
        """The text, which is these ``sentences``, as it may have been before it was damaged; None where it is that."""
        looks = [self._looks[sentence] for sentence in sentences]
        damaged = _bare(text) or any(look.signs for look in looks)
        joined = any(look.joined for look in looks) or sum(look.perhaps_joined for look in looks) >= SEVERAL
        pieces: list[_Replaced] = []
        before = 0
        for sentence in sentences:
            found = self._pieces[sentence, damaged, joined]
            pieces += [(piece, start + before, end + before) for piece, start, end in found]
            before += len(sentence)
        return _assemble(text, pieces) if pieces else None

    def _mend_sentence(self, key: tuple[str, bool, bool]) -> list[_Replaced]:
        """What is to stand in a sentence instead, with the characters that it replaces.

        ``damaged``: letters are also mended where intact words look like that. ``joined``: other words in the text have
        been run together.
        """
        sentence, damaged, joined = key
        found = _words(sentence)
        pieces: list[_Replaced] = []
        place = 0
        while place < len(found):
            word = found[place]
            whole = self._join(sentence, found, place, damaged)
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


def _bare(text: str) -> bool:
    """Whether a text has no å, ä or ö where there would be some."""
    return len(text) >= LONG_TEXT and not _RINGS.search(text)


def _words(text: str) -> list[_Word]:
    return [_Word(match.group(), match.start(), match.end()) for match in _CHUNK.finditer(text)]


def _shared_out(parts: Sequence[str], same: bool, word: _Word) -> list[_Replaced]:
    """Each part with its own characters where letters still stand in their places, else all of them together."""
    if not same:
        return [(" ".join(parts), word.start, word.end)]
    pieces, place = [], word.start
    for number, part in enumerate(parts):
        if number:
            pieces.append((" ", place, place))
        place += len(part)
    return pieces


def _assemble(text: str, pieces: Sequence[_Replaced]) -> Mended:
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
