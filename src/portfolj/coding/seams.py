"""Between which two words a word of the codebook may have been split.

Asked of every two words that stand beside each other, so it only says which are worth a closer look: that a word of the
codebook, or letters that a term spells out, could lie over the seam, by a few letters on either side of it. All of them
may have lost their rings and dots. ``left(first).isdisjoint(right(second))`` is true of nearly all words that are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from portfolj.coding.letters import BECAME
from portfolj.coding.remembered import Remembered

MIN_LETTERS = 6
SEAM_REACH = 2
_LOOKED_AT = 3  # letters on either side of the seam
_ENOUGH = 8  # letters of which so many are left even where rings and dots are gone with theirs
_EDGE = " "  # where a word begins or ends that is looked for as it is
_ODD = re.compile(r"\d|l[^aeiouyåäöl]|.*[A-ZÅÄÖ]l|l$")  # 2o, lnsats, Al: pieces of words that are mended otherwise
_RINGS = re.compile("[åäö]")
_ANYTHING = frozenset({""})
_NEVER_SECOND = ("och", "eller", "samt")
_MOST_ENDINGS = 20_000


def reach(part: str) -> int:
    """How many letters of a part must stand on each side of a seam."""
    return 1 if len(part) > MIN_LETTERS else SEAM_REACH


class Seams:
    """``words`` of the codebook as they are, and ``patterns``, with ``*`` for any letters."""

    def __init__(self, words: Iterable[str], patterns: Iterable[str]) -> None:
        self._after: dict[str, set[str]] = defaultdict(set)  # what may stand after a seam, by what stands before it
        for part in {part for pattern in patterns if "*" in pattern for part in pattern.lower().split("*")}:
            self._add(part, range(reach(part), len(part) - reach(part) + 1))
        for word in {word.lower() for word in words}:
            self._add(_EDGE + word + _EDGE, range(2, len(word) + 1))
        self._lefts: Remembered[str, frozenset[str]] = Remembered(self._left, most=_MOST_ENDINGS)

    def _add(self, part: str, seams: Iterable[int]) -> None:
        backwards = part[::-1]
        if not _RINGS.search(part):
            for seam in seams:
                behind = len(part) - seam
                self._after[backwards[behind : behind + _LOOKED_AT]].add(part[seam : seam + _LOOKED_AT])
            return
        for seam in seams:
            after = _looks(part[seam:])
            for before in _looks(backwards[len(part) - seam :]):
                self._after[before].update(after)

    def left(self, word: str) -> frozenset[str]:
        """What may follow a word, were it the first piece of one. Numbers and capitals are no pieces."""
        if word[-1].isdigit() or word.isupper():
            return frozenset()
        return _ANYTHING if _ODD.match(word) else self._lefts[(_EDGE + word.lower())[-_LOOKED_AT:]]

    def _left(self, ending: str) -> frozenset[str]:
        return frozenset().union(*[self._after.get(before, ()) for before in _beginnings(ending[::-1])])

    def right(self, word: str) -> tuple[str, ...]:
        """What a word begins with, were it the second piece of one."""
        if not word[0].islower() or word in _NEVER_SECOND:
            return ()
        return _beginnings((word[:_LOOKED_AT].lower() + _EDGE)[:_LOOKED_AT])


@cache
def _beginnings(letters: str) -> tuple[str, ...]:
    return tuple(letters[:length] for length in range(len(letters) + 1))


def _looks(part: str) -> tuple[str, ...]:
    """What the first letters of a part may look like once scanned."""
    first = part[:_LOOKED_AT]
    return _damaged(part[:_ENOUGH], _LOOKED_AT) if _RINGS.search(first) else (first,)


@cache
def _damaged(part: str, letters: int) -> tuple[str, ...]:
    if not part or not letters:
        return ("",)
    looks = [letter + more for letter in BECAME.get(part[0], part[0]) for more in _damaged(part[1:], letters - 1)]
    return (*looks, *_damaged(part[1:], letters)) if part[0] in BECAME else tuple(looks)
