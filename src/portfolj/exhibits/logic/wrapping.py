"""Swedish text in boxes: lines no wider than a box, long words parted with a hyphen."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

VOWELS = frozenset("aeiouyåäöéAEIOUYÅÄÖÉ")
JOINED_BY_S = frozenset("dgtDGT")
SHORTEST_PART = 3  # letters before and after a hyphen
MORE = "…"


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is in the pictures' letters, in inches; ``size`` in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
    return float(width) / 72


def lines_of(text: str, *, width: float, measure: Callable[[str], float], most: int) -> list[str]:
    """The text in at most ``most`` lines that fit the width; what is left out ends in three dots.

    >>> lines_of("en arbetsmarknadsenhet", width=12, measure=len, most=3)
    ['en arbets-', 'marknadsen-', 'het']
    """
    lines = [""]
    for word in text.split():
        joint = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(joint) <= width:
            lines[-1] = joint
            continue
        if measure(word) <= width:
            lines.append(word)
            continue
        left = word
        while measure(left) > width:
            room = f"{lines[-1]} " if lines[-1] else ""
            fits = [n for n in breaks(left) if measure(f"{room}{left[:n]}-") <= width]
            if fits:
                lines[-1] = f"{room}{left[: fits[-1]]}-"
                left = left[fits[-1] :]
            elif not lines[-1]:
                n = max((n for n in range(1, len(left)) if measure(left[:n]) <= width), default=1)
                lines[-1], left = left[:n], left[n:]
            lines.append("")
        lines[-1] = left
    if len(lines) <= most:
        return lines
    last = lines[most - 1].rstrip("-")
    while last and measure(f"{last} {MORE}") > width:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return [*lines[: most - 1], f"{last} {MORE}".strip()]


def breaks(word: str) -> list[int]:
    """Where a Swedish word may be parted: one consonant goes with the vowel after it, but an s that joins two words
    (after d, g or t) stays with the first.

    >>> [("lokaler"[:n], "lokaler"[n:]) for n in breaks("lokaler")]
    [('loka', 'ler')]
    >>> [("arbetsenhet"[:n], "arbetsenhet"[n:]) for n in breaks("arbetsenhet")]
    [('arbets', 'enhet'), ('arbetsen', 'het')]
    """
    return [n for n in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1) if _may_part(word, n)]


def _may_part(word: str, n: int) -> bool:
    if not any(letter in VOWELS for letter in word[:n]) or "-" in word[n - 1 : n + 1]:
        return False
    joined = word[n - 2] in JOINED_BY_S and word[n - 1] == "s"
    if word[n] in VOWELS:
        return joined
    return word[n].isalpha() and word[n + 1] in VOWELS and not (word[n] == "s" and word[n - 1] in JOINED_BY_S)
