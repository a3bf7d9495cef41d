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

_CHUNK = re.compile(r"[&|]*[^\W_]+(?:[&|]+[^\W_]+)*[&|]*")
_SEAM = re.compile(r"[ \u00a0]|[-‐\u00ad][ \u00a0]*\n?[ \t]*|\n")
_HALF_WORD = re.compile(r"[-‐] +$")
_RINGS = re.compile("[åäöÅÄÖ]")
_FREE = {"och", "att", "som", "eller", "samt", "inom", "från", "hos", "vid", "är", "genom"}
_BEFORE = {
    *_FREE, "de", "den", "med", "för", "till", "av", "på", "i", "om", "mot", "en", "ett", "hur", "där", "kring", "sina",
}  # fmt: skip
_AFTER = {
    "och", "att", "som", "eller", "samt", "från", "med", "till", "för", "av", "på", "inom", "vid", "hos", "mot", "kring",
    "mellan", "utan", "genom", "där", "när", "är",
}  # fmt: skip
_STEMS = {"vuxen", "öppen", "egen", "sluten", "center", "extra", "data", "tema", "samma", "arena", "enskild"}
_YEARS = {"r", "är", "ar", "ér"}
_AFTER_NAMES = {"kommun", "kommuns", "stad", "stads", "län", "läns"}
_ENDINGS = {"ren", "des", "nde", "are"}
SEAM_REACH = 2
MIN_LETTERS = 6
SHORT_WORD = 3
SEVERAL = 2
LONG_TEXT = 40  # Swedish of so many letters without any å, ä or ö is unlikely
KEPT_WORDS = 200_000
KEPT_SENTENCES = 50_000
# Where a sentence of terms.tokenise ends, line ends aside, since a word may go on after one.
_CUT = re.compile(r"[.!?][\"”’)]*\s+(?=[\"”“(]*[A-ZÅÄÖ])|;")
# Words that no word begins or ends with, unless it has been run together with its neighbour.
_CLOSED = re.compile(r"[^\W\d_]{3,}(?:a|or|as|es|de|en|et|er|ar|igt|iskt?|ad|at|satt)")


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
    ``fits``: whether a word fits any of them.
    """

    def __init__(
        self, words: Collection[str], *, pairs: Iterable[tuple[str, str]], common: Iterable[str],
        fits: Callable[[str], Collection[int]], patterns: Sequence[str],
    ) -> None:  # fmt: skip
        common = list(common)
        self._fits, self._patterns = fits, patterns
        self._pairs = {(a.lower(), b.lower().rstrip("*")) for a, b in pairs if "*" not in a}
        self._common = {word for word in common if not word.endswith("*")}
        self._guards = tuple(word[:-1] for word in common if word.endswith("*"))
        self._exact = {word if word.isupper() and len(word) > 1 else word.lower() for word in words if "*" not in word}
        self._letters = Letters([*words, *(word for word in common if _RINGS.search(word))])
        self._fine: set[str] = set()
        self._seen: dict[tuple[str, bool], str] = {}
        self._pairs_seen: dict[tuple[str, str, str, bool], str] = {}
        self._doubts: dict[str, int] = {}
        self._parted: dict[tuple[str, bool], tuple[str, ...]] = {}

    def mend(self, text: str) -> Mended:
        """The text as it may have been before it was damaged; the same text where nothing shows damage."""
        if self._intact(text):
            return Mended(text)
        found = _words(text)
        joined = any(len(self._part(word.text, False)) > 1 for word in found)
        joined = joined or sum(len(self._part(word.text, True)) > 1 for word in found) >= SEVERAL
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
        return sum(len(self._part(word.text, True)) > 1 for word in found)

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
            parts = self._part(mended, joined)
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
        return "6" not in word and all(part and (part.isupper() or self._known(part)) for part in parts)

    def _known(self, word: str) -> bool:
        lower = word.lower()
        return (
            lower in self._common or lower in self._exact or word in self._exact or word.isdigit()
            or lower.startswith(self._guards)
        )  # fmt: skip

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
        if self._known(word) or self._named(word):
            self._fine.add(word)
            return word
        mended = self._letters.mend(word, doubtful=damaged)
        if mended == word and "l" in word:
            capital = self._letters.with_capital(word)
            mended = capital if self._whole(capital) or capital.isupper() else word
        if mended == word and len(self._part(word, False)) == 1:
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
        if first[-1].isdigit() or first.isupper() or second in ("och", "eller", "samt") and gap != "\u00ad":
            return ""
        known = self._known(first), self._known(second)
        if all(known) and (len(first) + len(second) <= MIN_LETTERS or first.lower() in _BEFORE) and gap == " ":
            return ""
        whole = self._mend_word(first + second, damaged)
        if gap == "\u00ad" or ("\n" in gap and gap != "\n"):
            return whole
        left, right = self._mend_word(first, damaged), self._mend_word(second, damaged)
        if self._paired(left.lower(), right.lower()):
            return ""
        known = self._known(left), self._known(right)
        if all(known):
            exact = whole.lower() in self._exact and len(whole) > MIN_LETTERS and left.lower() not in _BEFORE
        else:
            exact = whole.lower() in self._exact or self._spans(whole, len(first), len(second), known[0])
        return whole if exact else ""

    def _whole(self, word: str) -> bool:
        return self._known(word) or bool(self._fits(word))

    def _paired(self, first: str, second: str) -> bool:
        """Whether the two follow each other in a term as they are."""
        return any((first, second[:end]) in self._pairs for end in range(len(second), 1, -1))

    def _spans(self, word: str, before: int, after: int, known: bool) -> bool:
        """Whether letters that a term spells out lie on both sides of the seam; from the start after a ``known``."""
        lower = word.lower()
        for pattern in self._fits(word):
            for part in self._patterns[pattern].lower().split("*"):
                start = lower.find(part) if part else -1
                reach = 1 if len(part) > MIN_LETTERS else SEAM_REACH
                if start < 0 or known and start > 0:
                    continue
                if start + reach <= before and len(lower) - start - len(part) + reach <= after:
                    return True
        return False

    def _part(self, word: str, joined: bool) -> tuple[str, ...]:
        """The words that have been run together in one, or the one. ``joined``: others in the text have been."""
        key = (word, joined)
        if key not in self._parted:
            if len(self._parted) > KEPT_WORDS:
                self._parted.clear()
            self._parted[key] = self._parts(word, joined) or (word,)
        return self._parted[key]

    def _parts(self, word: str, joined: bool) -> tuple[str, ...]:
        if len(word) < 4 or self._known(word) or not word.isalpha() or word.isupper():
            return ()
        fits = set(self._fits(word))
        for likely in (False, True) if joined else (False,):
            for cut in range(len(word) - 1, 0, -1):
                first, rest = self._lettered(word[:cut]), self._lettered(word[cut:])
                compound = bool(fits.difference(self._fits(first), self._fits(rest)))
                if (self._likely if likely else self._surely)(first, rest, compound):
                    return (*(self._parts(first, joined) or (first,)), *(self._parts(rest, joined) or (rest,)))
        return ()

    def _lettered(self, part: str) -> str:
        return self._letters.mend(part, doubtful=False) if len(part) > MIN_LETTERS and not self._known(part) else part

    def _surely(self, written: str, rest: str, compound: bool) -> bool:
        first, lower = written.lower(), rest.lower()
        if rest[0].isupper():
            return len(rest) > 2 and self._before_capital(written, rest)
        if written.isupper() and len(written) > 2 and written in self._exact and (lower in _AFTER or lower == "i"):
            return True
        genitive = first[-1] == "s" and first in self._exact and first[:-1] in self._exact
        named = written[0].isupper() and first in self._exact and lower in _AFTER_NAMES
        if (genitive or named or self._closed(first)) and self._paired(first, lower):
            return True
        if first in _FREE and self._whole(rest):
            return True
        if lower in _AFTER and len(first) > 3 and (first in self._common or first in self._exact):
            return True
        if lower in _AFTER and len(first) > MIN_LETTERS and _CLOSED.fullmatch(first) and self._fits(written):
            return True
        if compound or lower in _ENDINGS or len(rest) < 3 or not self._closed(first):
            return False
        return self._known(rest) or bool(len(rest) > 4 and self._parts(rest, False))

    def _before_capital(self, written: str, rest: str) -> bool:
        """Whether a word ends where a capital follows: ``hosRegion``, ``RegionKalmar``, ``LSGFlen``, not ``JobbNu``."""
        first, lower = written.lower(), rest.lower()
        if first in self._common or self._closed(first):
            return written.islower() or self._paired(first, lower)
        named = first in self._exact or written in self._exact
        return named and (self._paired(first, lower) or (written.isupper() or len(first) >= MIN_LETTERS) and lower in self._exact)

    def _likely(self, written: str, rest: str, compound: bool) -> bool:
        """Whether two words would be taken for one compound in a text that has no others run together."""
        first, lower = written.lower(), rest.lower()
        if lower in _AFTER and len(first) > 2 and self._whole(written) or lower == "i" and self._whole(written):
            return True
        if self._paired(first, lower) and first in self._exact:
            return True
        if first in _BEFORE and len(rest) > 2 and (self._begins(rest) or self._parts(rest, True)):
            return True
        if len(rest) <= SHORT_WORD or not (self._closed(first) or _CLOSED.fullmatch(first) and self._fits(written)):
            return False
        return self._known(rest) or len(rest) >= MIN_LETTERS and (self._begins(rest) or bool(self._parts(rest, True)))

    def _begins(self, word: str) -> bool:
        """Whether the word is known, or begins as a term begins."""
        return self._known(word) or any(self._patterns[number][0] != "*" for number in self._fits(word))

    def _closed(self, word: str) -> bool:
        """Whether a word is one that no compound begins with, since it is inflected."""
        return (word in self._common or word in self._exact) and word not in _STEMS and bool(_CLOSED.fullmatch(word))


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
