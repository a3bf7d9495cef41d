"""Gives words back the letters that scanning took: ``Frskringskassan``, ``f|rs&kring``, ``st6d``, ``lFO``.

A damaged word is mended only into words that the codebook has, since only those are looked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from portfolj.coding.within import PartsOfWords

# What a letter may have become. All of them may also be gone.
BECAME = {"å": "åaé&|", "ä": "äadé&|", "ö": "öo60é&|"}
_BLURRED = dict.fromkeys(map(ord, "åäöaod60é&|"))
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


class _Target:
    """A word of the codebook that holds å, ä or ö, and how it looks with other letters and without them.

    ``sure``: it is long enough to be known by its other letters. "*läs" and "på*" look like parts of too many intact
    words once they have lost theirs.
    """

    def __init__(self, word: str) -> None:
        self.word, self.letters = word, len(word.replace("*", ""))
        self.sure = self.letters >= _SURE_LENGTH or (not word.startswith("*") and self.letters > _SHORT)
        self._parts = [part for part in word.split("*") if part]
        self._left = bones(self._parts[0])
        self._bare = [_LOST.sub("", part) for part in self._parts]
        self._begins, self._ends = bones(word.split("*")[0]), bones(word.split("*")[-1])

    def may_have_become(self, word: str, left: str) -> bool:
        """Whether a word, of which damage has ``left`` these letters, may be a damaged one of this target.

        Not so where it begins or ends otherwise, or has the target intact and its letters nowhere else. That tells most
        words, without an expression, which takes longer to make than many words to mend.
        """
        if not (left.startswith(self._begins) and left.endswith(self._ends)):
            return False
        if len(self._parts) > 1 or self._parts[0] not in word:
            return True
        return left.find(self._left) != left.rfind(self._left)

    def may_have_lost(self, bare: str) -> bool:
        """Whether a word without any å, ä and ö may be one that it looks like once its letters are gone."""
        return all(part in bare for part in self._bare)

    @cached_property
    def changed(self) -> re.Pattern[str]:
        """What it looks like with other letters."""
        return self._expression(lambda found: f"[{BECAME[found.group()]}]")

    @cached_property
    def gone(self) -> re.Pattern[str]:
        """What it looks like where letters may be gone."""
        return self._expression(lambda found: found.group() + "?")

    def _expression(self, letter: Callable[[re.Match[str]], str]) -> re.Pattern[str]:
        return re.compile(_ANY.join(re.sub("[åäö]", letter, re.escape(part)) for part in self.word.split("*")))

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
        self._parts: PartsOfWords[_Target] = PartsOfWords()
        self._anywhere: list[_Target] = []  # no letter of theirs is safe from damage
        for word in dict.fromkeys(targets):
            lower = word.lower()
            if not _LOST.search(lower) or (word.isupper() and len(word) < _SURE_LENGTH):
                continue
            target = _Target(lower)
            if "*" not in lower:
                self._whole[bones(lower)].append(target)
            elif target.sure:
                longest = max(map(bones, lower.split("*")), key=len)
                if longest:
                    self._parts.add(longest, target)
                else:
                    self._anywhere.append(target)

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
        left, bare = bones(lower), _LOST.sub("", lower)
        found: list[tuple[int, int, str]] = []
        for target in self._targets(left):
            if not target.may_have_become(lower, left):
                continue
            match, changed = target.changed.fullmatch(lower), True
            if not match and target.may_have_lost(bare):
                match, changed = target.gone.fullmatch(lower), False
            if not match or (not changed and _says_other(target, lower)):
                continue
            if not doubtful and not (target.sure if changed else target.sure_at(match)):
                continue
            mended = target.mended(lower, match)
            if mended != lower:
                likeness = sum(a == b for a, b in zip(mended, lower.translate(_USUAL), strict=False))
                found.append((target.letters, likeness, mended))
        if not found:
            return word
        return _in_case_of(word, max(found, key=lambda each: each[:2])[2])

    def _targets(self, left: str) -> Iterable[_Target]:
        """The targets that a word may stand for of which damage has ``left`` these letters; those with few first."""
        found = sorted(self._parts.within(left), key=lambda each: each[1] - each[0])
        return dict.fromkeys([*self._whole.get(left, ()), *self._anywhere, *(target for _, _, target in found)])


def bones(word: str) -> str:
    """The letters of a word in lower case that no damage touches."""
    return word.translate(_BLURRED)


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
