"""Regular expressions tried only on texts that hold a word they need; Python's ``re`` then decides.

From the parse tree of an expression follow literals of which at least one must stand in every text that it matches:
``\\b(cats?|dogs?)\\b`` needs a word that is ``cat``, ``cats``, ``dog`` or ``dogs``. Every different word of the texts
is looked up once and remembered, so that hundreds of expressions cost one look-up per word, and the few that may fit
are run as they are. An expression that no such literals follow from is always run, so hits are those of ``re`` itself.
The idea is that of required literals in the regular-expression engines of ripgrep and RE2.
"""

from __future__ import annotations

import importlib
import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from portfolj.coding.remembered import Remembered
from portfolj.coding.within import PartsOfWords

_parser: Any = importlib.import_module("re._parser")

WORD = re.compile(r"[^\W_]+")
# The signs outside Latin-1 that an expression of Latin-1 letters matches when case is ignored, such as the long s and
# the Kelvin sign. ``str.lower`` doesn't make all of them the same letter: a word that holds one speaks for everything.
ODD_CASE = re.compile("[\u0130\u0131\u0178\u017f\u1e9e\u212a\u212b]")
_DIGIT = re.compile(r"\d")
MOST_LITERALS = 400
MOST_WORDS_KEPT = 200_000
MOST_IN_A_RANGE = 10
REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_EDGE = "\x00"  # stands in a literal where a word must begin or end; no expression of ours looks for this sign


class Needed(NamedTuple):
    """Part of a word, in small letters, and whether the word must begin or end with it."""

    part: str
    begins: bool
    ends: bool


class Expressions:
    """Expressions by number, and which of them a text is worth trying for."""

    def __init__(self, expressions: Iterable[tuple[int, re.Pattern[str]]]) -> None:
        self.all = tuple(expressions)
        # Places among all: what is always tried, and what is only tried where a digit stands.
        self.always: set[int] = set()
        self._digits: set[int] = set()
        self._parts: PartsOfWords[tuple[int, bool, bool]] = PartsOfWords()
        self.places: Remembered[str, tuple[int, ...]] = Remembered(self.places_of, most=MOST_WORDS_KEPT)
        for place, (_, expression) in enumerate(self.all):
            needed = needed_words(expression)
            if needed is None:
                self.always.add(place)
            for part, begins, ends in needed or ():
                self._parts.add(part, (place, begins, ends))
            if _needs_digit(parsed(expression)):
                self._digits.add(place)

    def worth_trying(self, text: str, words: Iterable[str]) -> Sequence[tuple[int, re.Pattern[str]]]:
        """The expressions that may match ``text``, in their order. ``words``: the text's words as ``WORD`` finds them.

        Every expression that does match is among them.
        """
        return self.at(self.always.union(*[self.places[word] for word in words]), text)

    def at(self, places: Collection[int], text: str) -> Sequence[tuple[int, re.Pattern[str]]]:
        """The expressions at some places that may match ``text`` as far as digits go, in their order."""
        if not self._digits.isdisjoint(places) and not _DIGIT.search(text):
            places = self._digits.symmetric_difference(self._digits.union(places))
        return [self.all[place] for place in sorted(places)]

    def places_of(self, word: str) -> tuple[int, ...]:
        """Where among the expressions those stand that a word speaks for."""
        if not word.isascii() and ODD_CASE.search(word):
            return tuple(range(len(self.all)))
        lower = word.lower()
        length = len(lower)
        return tuple(
            {
                place
                for start, end, (place, begins, ends) in self._parts.within(lower)
                if (start == 0 or not begins) and (end == length or not ends)
            }
        )


def needed_words(expression: re.Pattern[str]) -> frozenset[Needed] | None:
    """Parts of words of which one stands in every text that ``expression`` matches; None where none follow from it."""
    if expression.flags & (re.ASCII | re.LOCALE):
        return None  # what counts as a word is then another thing
    return _needed(parsed(expression))


def parsed(expression: re.Pattern[str]) -> list[Any]:
    """The parse tree of an expression: operators with their arguments."""
    return list(_parser.parse(expression.pattern, expression.flags))


def _needs_digit(items: Iterable[Any]) -> bool:
    """Whether a digit must stand in every text that a sequence matches."""
    return any(is_digit(operator, argument) for operator, argument in items)


def is_digit(operator: Any, argument: Any) -> bool:
    """Whether part of an expression needs a digit."""
    operator = str(operator)
    if operator == "IN":
        return all(
            (str(kind) == "CATEGORY" and str(member) == "CATEGORY_DIGIT")
            or (str(kind) == "LITERAL" and chr(member).isdecimal())
            or (str(kind) == "RANGE" and chr(member[0]) >= "0" and chr(member[1]) <= "9")
            for kind, member in argument
        )
    if operator == "LITERAL":
        return chr(argument).isdecimal()
    if operator == "SUBPATTERN":
        return _needs_digit(argument[3])
    if operator == "ATOMIC_GROUP":
        return _needs_digit(argument)
    if operator in REPEATS:
        return bool(argument[0]) and _needs_digit(argument[2])
    return operator == "BRANCH" and all(map(_needs_digit, argument[1]))


class _Start(NamedTuple):
    """How a match may begin: a literal, and whether that is all of it or something unknown follows."""

    text: str
    whole: bool


_EMPTY = frozenset({_Start("", True)})
_UNKNOWN = frozenset({_Start("", False)})


def _needed(items: list[Any]) -> frozenset[Needed] | None:
    """The best requirement of a sequence: from where one of its items begins, or from within one."""
    candidates: list[frozenset[Needed]] = []
    before = ""
    for place, (operator, argument) in enumerate(items):
        if not before == str(operator) == "LITERAL":  # from the middle of a word less follows than from its beginning
            candidates.append(frozenset(_longest_part(start.text) for start in ways_to_begin(items[place:])))
        candidates.append(_within(str(operator), argument) or frozenset())
        before = str(operator)
    candidates = [needed for needed in candidates if needed and all(one.part for one in needed)]
    return max(candidates, key=lambda needed: (min(map(_worth, needed)), _mean_worth(needed)), default=None)


def _within(operator: str, argument: Any) -> frozenset[Needed] | None:
    """What a group, a choice or a repeat that must be there needs."""
    if operator == "SUBPATTERN":
        return None if argument[1] & (re.ASCII | re.LOCALE) else _needed(list(argument[3]))
    if operator == "ATOMIC_GROUP":
        return _needed(list(argument))
    if operator in REPEATS:
        return _needed(list(argument[2])) if argument[0] else None
    if operator == "BRANCH":
        branches = [_needed(list(branch)) for branch in argument[1]]
        together = [one for needed in branches if needed for one in needed]
        return frozenset(together) if all(branches) else None
    return None


def _worth(needed: Needed) -> float:
    return len(needed.part) + 1.5 * (needed.begins + needed.ends)


def _mean_worth(needed: frozenset[Needed]) -> float:
    return sum(map(_worth, needed)) / len(needed)


def _longest_part(text: str) -> Needed:
    """The part of a word that says most of a literal such as ``armed forces``; an empty one where it holds no word."""
    # What stands beside a part within the literal is an edge or a sign that is no letter.
    parts = [Needed(m.group(), m.start() > 0, m.end() < len(text)) for m in WORD.finditer(text)]
    return max(parts, key=_worth, default=Needed("", False, False))


def ways_to_begin(items: list[Any]) -> frozenset[_Start]:
    """Every way that a sequence can begin, as literals as long as can be said."""
    starts = _EMPTY
    for operator, argument in items:
        more = _starts_of(str(operator), argument)
        if len(starts) * len(more) > MOST_LITERALS:
            more = _UNKNOWN
        starts = frozenset(
            _Start(start.text + following.text, following.whole) if start.whole else start
            for start, following in itertools.product(starts, more)
        )
        if not any(start.whole for start in starts):
            break
    return starts


def _starts_of(operator: str, argument: Any) -> frozenset[_Start]:
    if operator == "LITERAL":
        return _letters([(operator, argument)])
    if operator == "IN":
        return _letters(argument)
    if operator == "AT":
        # A word's edge, or the text's or a line's: what stands beside it begins or ends a word.
        return _EMPTY if str(argument) == "AT_NON_BOUNDARY" else frozenset({_Start(_EDGE, True)})
    if operator in ("ASSERT", "ASSERT_NOT"):
        return _EMPTY  # takes up no place
    if operator == "SUBPATTERN":
        return _UNKNOWN if argument[1] & (re.ASCII | re.LOCALE) else ways_to_begin(list(argument[3]))
    if operator == "ATOMIC_GROUP":
        return ways_to_begin(list(argument))
    if operator == "BRANCH":
        starts = frozenset(start for branch in argument[1] for start in ways_to_begin(list(branch)))
        return starts if len(starts) <= MOST_LITERALS else _UNKNOWN
    if operator in REPEATS:
        least, most, items = argument
        once = ways_to_begin(list(items))
        if most != 1:
            once = frozenset(_Start(start.text, False) for start in once)
        return once if least else once | _EMPTY
    return _UNKNOWN


def _letters(members: list[Any]) -> frozenset[_Start]:
    """One sign: which, where they are few and of Latin-1. The micro sign is not: it has a twin among Greek letters."""
    codes: set[int] = set()
    for operator, argument in members:
        if str(operator) == "LITERAL":
            codes.add(argument)
        elif str(operator) == "RANGE" and argument[1] - argument[0] < MOST_IN_A_RANGE:
            codes.update(range(argument[0], argument[1] + 1))
        else:
            return _UNKNOWN
    plain = all(0 < code < 0x100 and code != 0xB5 for code in codes)
    return frozenset(_Start(chr(code).lower(), True) for code in codes) if plain else _UNKNOWN
