"""Between which two words a word of the codebook may have been split.

Asked of every two words that stand beside each other, so it is quick and only says which are worth a closer look:
that a word of the codebook, or letters that a term spells out, could lie over the seam, by the few letters on either
side of it. Both may have lost their rings and dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from portfolj.coding.letters import BECAME, bones

MIN_LETTERS = 6
SEAM_REACH = 2
_LOOKED_AT = 3  # letters on either side of the seam
_ODD = re.compile(r"\d|l[^aeiouyåäöl]|.*[A-ZÅÄÖ]l|l$")  # 2o, lnsats, Al


def reach(part: str) -> int:
    """How many letters of a part must stand on each side of a seam."""
    return 1 if len(part) > MIN_LETTERS else SEAM_REACH


class Seams:
    """``words`` of the codebook as they are, and ``patterns``, with ``*`` for any letters."""

    def __init__(self, words: Iterable[str], patterns: Iterable[str]) -> None:
        self._whole = {bones(word.lower()) for word in words}
        seams: dict[tuple[int, int], set[tuple[str, str]]] = {}
        parts = {part for pattern in patterns if "*" in pattern for part in pattern.lower().split("*")}
        for part in parts:
            for place in range(reach(part), len(part) - reach(part) + 1):
                for before, after in product(_looks(part[:place][::-1]), _looks(part[place:])):
                    seams.setdefault((len(before), len(after)), set()).add((before[::-1], after))
        self._seams = [(before, after, found) for (before, after), found in seams.items()]

    def may_hide(self, first: str, second: str) -> bool:
        """Whether the two words may be one that was split."""
        if _ODD.match(first):
            return True
        first, second = first.lower(), second.lower()
        if bones(first) + bones(second) in self._whole:
            return True
        length = len(first)
        return any((first[length - before :], second[:after]) in found for before, after, found in self._seams)


def _looks(part: str, letters: int = _LOOKED_AT) -> set[str]:
    """What the first letters of a part may look like once scanned."""
    if not part or not letters:
        return {""}
    looks = {letter + more for letter in BECAME.get(part[0], part[0]) for more in _looks(part[1:], letters - 1)}
    return looks | _looks(part[1:], letters) if part[0] in BECAME else looks
