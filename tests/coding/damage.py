"""Damages text as scanning and copying do: one function a kind, all drawn from a ``Random`` given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

import pandas as pd

Damager = Callable[[str, Random], str]

JOIN_SHARE = 0.2  # of the spaces between words
BREAK_SHARE = 0.4  # of the words of seven letters and more, which are about half of all words
MIXED_LETTERS = 0.05  # of the words, for each kind of letters, when all kinds are mixed
MIXED_BREAK = 0.1
MIXED_JOIN = 0.07
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


def split(text: str, random: Random, share: float = BREAK_SHARE) -> str:
    """Long words in two: ``arbets förmedlingen``."""
    return _broken(text, random, share, [" "])


def hyphened(text: str, random: Random, share: float = BREAK_SHARE) -> str:
    """Long words with a hyphen in them, some of them at the end of a line."""
    return _broken(text, random, share, ["-", "-", "-\n", "\u00ad", "-\n  "])


def _broken(text: str, random: Random, share: float, signs: Sequence[str]) -> str:
    def cut(match: re.Match[str]) -> str:
        word = match.group()
        if random.random() >= share:
            return word
        place = random.randrange(3, len(word) - 2)
        return word[:place] + random.choice(signs) + word[place:]

    return _WORD.sub(cut, text)


def joined(text: str, random: Random, share: float = JOIN_SHARE) -> str:
    """Words run together: ``ungavuxna``."""
    return _SEAM.sub(lambda match: "" if random.random() < share else " ", text)


def look_alikes(text: str, random: Random) -> str:
    """``lnsats`` and ``2o personer``."""
    text = re.sub(r"(?<=\d)0|0(?=\d)", "o", text)
    return text.replace("I", "l")


KINDS: dict[str, Damager] = {
    "plain": plain, "gone": gone, "signs": signs, "digits": digits, "split": split, "hyphened": hyphened,
    "joined": joined, "look_alikes": look_alikes,
}  # fmt: skip


def mixed(text: str, random: Random) -> str:
    """Every kind, each in some of the words: close to half of all words are touched."""
    for kind in (plain, gone, signs, digits, look_alikes):
        words = re.split(r"(\s+)", text)
        text = "".join(kind(word, random) if random.random() < MIXED_LETTERS else word for word in words)
    text = hyphened(split(text, random, MIXED_BREAK), random, MIXED_BREAK)
    return joined(text, random, MIXED_JOIN)


ALL_KINDS: dict[str, Damager] = {**KINDS, "mixed": mixed}


def with_damage(rows: pd.DataFrame, kind: str, seed: int, fields: Sequence[str]) -> pd.DataFrame:
    """The rows with the texts of ``fields`` damaged; the same for the same ``seed``."""
    random = Random(seed)
    return rows.assign(**{field: [ALL_KINDS[kind](text, random) for text in rows[field]] for field in fields})
