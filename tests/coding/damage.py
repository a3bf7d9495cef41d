"""Damages text as scanning and copying out of PDF files does: one function a kind, all drawn from a ``Random`` given."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Damager = Callable[[str, Random], str]

JOIN_SHARE = 0.2
WORD_SHARE = 0.2
MIXED_SHARE = 0.25
_WORD = re.compile(r"[^\W\d_]{7,}")
_SEAM = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")


def plain(text: str, random: Random) -> str:
    """Without rings and dots: ``Forsakringskassan``."""
    return text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))


def gone(text: str, random: Random) -> str:
    """The letters are simply gone: ``Frskringskassan``."""
    return re.sub("[åäö]", "", text, flags=re.IGNORECASE)


def signs(text: str, random: Random) -> str:
    """``F|rs&kringskassan``."""
    return text.translate(str.maketrans("åäöÅÄÖ", "é&|é&|"))


def digits(text: str, random: Random) -> str:
    """``F6rsdkringskassan``; å keeps its ring or loses it."""
    return text.translate(str.maketrans("äöÄÖ", "d6d6"))


def split(text: str, random: Random) -> str:
    """Long words in two: ``arbets förmedlingen``."""
    return _broken(text, random, lambda: " ")


def hyphened(text: str, random: Random) -> str:
    """Long words with a hyphen in them, some of them at the end of a line."""
    return _broken(text, random, lambda: random.choice(["-", "-", "-\n", "\u00ad", "-\n  "]))


def _broken(text: str, random: Random, sign: Callable[[], str]) -> str:
    def cut(match: re.Match[str]) -> str:
        word = match.group()
        if random.random() >= WORD_SHARE * 2:  # words long enough to break are about half of all
            return word
        place = random.randrange(3, len(word) - 2)
        return word[:place] + sign() + word[place:]

    return _WORD.sub(cut, text)


def joined(text: str, random: Random) -> str:
    """Words run together: ``ungavuxna``."""
    return _SEAM.sub(lambda match: "" if random.random() < JOIN_SHARE else " ", text)


def look_alikes(text: str, random: Random) -> str:
    """``lnsats`` and ``2o personer``."""
    text = re.sub(r"(?<=\d)0|0(?=\d)", "o", text)
    return text.replace("I", "l")


KINDS: dict[str, Damager] = {
    "plain": plain, "gone": gone, "signs": signs, "digits": digits, "split": split, "hyphened": hyphened,
    "joined": joined, "look_alikes": look_alikes,
}  # fmt: skip


def mixed(text: str, random: Random) -> str:
    """Every kind, each in a quarter of the words that it is tried on."""
    for kind in (plain, gone, signs, digits, look_alikes):
        text = re.sub(
            r"\S+", lambda match, kind=kind: kind(match.group(), random) if random.random() < 0.12 else match.group(),
            text,
        )  # fmt: skip
    for kind in (split, hyphened, joined):
        text = kind(text, random) if random.random() < MIXED_SHARE * 2 else text
    return text


ALL_KINDS: dict[str, Damager] = {**KINDS, "mixed": mixed}
