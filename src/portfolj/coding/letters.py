"""Gives words back the letters that scanning took: ``Frskringskassan``, ``f|rs&kring``, ``st6d``, ``lFO``.

A damaged word is mended only into words that the codebook has, since only those are looked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# What a letter may have become. All of them may also be gone.
_BECAME = {"å": "[åaé&|]", "ä": "[äadé&|]", "ö": "[öo60é&|]"}
_BLURRED = re.compile("[åäöaod60é&|]")
_LOST = re.compile("[åäö]")
_SIGN = re.compile(r"[&|]|(?<=[^\W\d_])[06](?=[^\W\d_])|^6(?=[^\W\d_])|(?<=[^\W\d_]{2})6$")
_NUMBER = re.compile(r"(?=[1-9])[\doOl]{2,4}")
_CAPITAL_I = re.compile(r"(?<=[A-ZÅÄÖ])l(?=[A-ZÅÄÖ]|$)|^l(?=[A-ZÅÄÖ]{2})|^l(?=[^aeiouyåäöl\W\d])")
_USUAL = str.maketrans("é&|6", "åäöö")
_ANY = r"([\w&|]*)"
_SURE_LENGTH = 5
_SHORT = 3
_BEGINNING = re.compile(
    "(s?[ptk][rljnv]?|[bdfgv][rljn]?|[hljmnrst]j?|s[lmnvkptj]|skr|spr|str|spl|skv|[ktd]v|[gkf]n|[fbpm]j)?[aeiouyåäö]"
)
# Words that are Swedish with and without rings and dots; in a text that has lost its own they are the more usual one.
TWINS = {
    "for": "för", "stod": "stöd", "satt": "sätt", "an": "än", "ar": "är", "at": "åt", "fatt": "fått", "far": "får",
    "varna": "värna", "lan": "län", "lans": "läns", "mal": "mål", "hor": "hör", "over": "över", "rad": "råd",
    "hall": "håll", "vag": "väg", "vast": "väst", "stark": "stärk", "har": "har", "man": "man", "star": "står",
    "sokt": "sökt", "par": "par", "gar": "går", "dar": "där", "nar": "när", "sag": "såg", "lar": "lär",
}  # fmt: skip


@dataclass(frozen=True)
class _Target:
    """A word of the codebook that holds å, ä or ö, and how it looks with other letters and without them."""

    word: str
    changed: re.Pattern[str]
    gone: re.Pattern[str]
    letters: int
    sure: bool

    def sure_at(self, match: re.Match[str]) -> bool:
        """Whether it is found beyond doubt without its letters: it is long, and starts the word or keeps its start."""
        inside = self.word.startswith("*") and match.end(1) > 0
        return self.letters > _SURE_LENGTH and not (inside and _LOST.search(self.word[:3]))

    def mended(self, word: str, match: re.Match[str]) -> str:
        parts = self.word.split("*")
        rests = [word[slice(*match.span(number))] for number in range(1, len(parts))]
        return "".join(a + b for a, b in zip(parts, [*rests, ""], strict=True))


class Letters:
    """Gives words their letters back. ``targets``: the codebook's words, ``*`` for any letters."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._whole: dict[str, list[_Target]] = defaultdict(list)
        self._parts: dict[str, list[_Target]] = defaultdict(list)
        for word in dict.fromkeys(targets):
            lower = word.lower()
            if not _LOST.search(lower) or (word.isupper() and len(word) < _SURE_LENGTH):
                continue
            target = _target(lower)
            if "*" not in lower:
                self._whole[_bones(lower)].append(target)
            else:
                self._parts[max((_bones(part) for part in lower.split("*")), key=len)].append(target)
        self._lengths = sorted({len(part) for part in self._parts})

    def with_capital(self, word: str) -> str:
        """The word with ``I`` for an ``l`` that no word has there."""
        return _CAPITAL_I.sub("I", word)

    def signs(self, word: str) -> bool:
        """Whether a sign that is no letter stands in the word."""
        return bool(_SIGN.search(word))

    def mend(self, word: str, *, doubtful: bool) -> str:
        """The word with its letters, or the word as it is. ``doubtful``: also where intact words look like that."""
        if _NUMBER.fullmatch(word) and not word.isdigit():
            return word.translate(str.maketrans("oOl", "001"))
        mended = word
        for _ in range(3):  # långtidssjukskrivning: one target gives the first letters, another the next
            better = self._once(mended, doubtful=doubtful)
            if better == mended:
                break
            mended = better
        if _SIGN.search(mended):
            mended = mended.replace("&", "ä").replace("|", "ö")
            mended = re.sub(r"(?<=[^\W\d_])6|6(?=[^\W\d_])", "ö", mended)
        return mended

    def _once(self, word: str, *, doubtful: bool) -> str:
        lower = word.lower()
        bones = _bones(lower)
        usual = lower.translate(_USUAL)
        found: list[tuple[int, int, str]] = []
        for target in self._targets(bones):
            match, changed = target.changed.fullmatch(lower), True
            if not match:
                match, changed = target.gone.fullmatch(lower), False
            if not match or (not target.sure and "*" in target.word):
                continue
            if not changed and _says_other(target, lower):
                continue
            if not doubtful and not (target.sure if changed else target.sure_at(match)):
                continue
            mended = target.mended(lower, match)
            if mended != lower:
                likeness = sum(a == b for a, b in zip(mended, usual, strict=False))
                found.append((target.letters, likeness, mended))
        if not found:
            return word
        return _in_case_of(word, max(found, key=lambda each: each[:2])[2])

    def _targets(self, bones: str) -> Collection[_Target]:
        found = {target.word: target for target in self._whole.get(bones, ())}
        for length in self._lengths:
            for start in range(len(bones) - length + 1):
                found.update((target.word, target) for target in self._parts.get(bones[start : start + length], ()))
        return found.values()


def _bones(word: str) -> str:
    """What no damage touches."""
    return _BLURRED.sub("", word)


def _target(word: str) -> _Target:
    parts = word.split("*")
    changed = [re.sub("[åäö]", lambda found: _BECAME[found.group()], re.escape(part)) for part in parts]
    gone = [re.sub("[åäö]", lambda found: found.group() + "?", re.escape(part)) for part in parts]
    letters = len(word.replace("*", ""))
    # "*läs" and "på*" look like parts of too many intact words once they have lost their letters.
    sure = letters >= _SURE_LENGTH or (not word.startswith("*") and letters > _SHORT)
    return _Target(word, re.compile(_ANY.join(changed)), re.compile(_ANY.join(gone)), letters, sure)


def _says_other(target: _Target, word: str) -> bool:
    """Whether what is left of a word may begin others: of "skör*" in ``skriva``, but not of "stöd*" in ``stdja``."""
    left = _LOST.sub("", target.word.split("*")[0])
    return "*" in target.word and 0 < len(left) < _SURE_LENGTH and bool(_BEGINNING.match(word))


def _in_case_of(word: str, mended: str) -> str:
    if word.isupper() and len(word) > 1:
        return mended.upper()
    return (
        mended[0].upper() + mended[1:]
        if word[0].isupper() or (mended[0] != word[0].lower() and word[1:2].isupper())
        else mended
    )
