"""The word lists that goals are read by, from ``reference/goals.toml``.

A list answers like a regular expression, but looks each different word up once: only the few entries that can begin
with it are then tried where it stands.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from portfolj.coding.remembered import Remembered

_GAP = re.compile(r"<(\d)>")
_WORD = re.compile(r"(?<!\w)\w[\w-]*")
_RUN = re.compile(r"\w+")
_VERB_ENDINGS = ("", "r", "s", "t", "ts")
MOST_WORDS_KEPT = 100_000


class WordList:
    """Entries found as whole words, the longest first. Case is ignored. Answers are those of ``re``."""

    def __init__(self, entries: set[str]) -> None:
        self._entries = sorted(entries, key=lambda entry: (-len(entry.split()), -len(entry), entry))
        self._expressions: dict[int, re.Pattern[str]] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._beginnings: list[tuple[str, int]] = []
        self._others: list[tuple[re.Pattern[str], int]] = []
        for number, entry in enumerate(self._entries):
            first = entry.split()[0].lower()
            if first.endswith("~"):
                for ending in _VERB_ENDINGS:
                    self._exact[first[:-1] + ending].append(number)
            elif first.find("*") == len(first) - 1:
                self._beginnings.append((first[:-1], number))
            elif "*" in first:
                self._others.append((re.compile(_forms(first) + r"(?!\w)"), number))
            else:
                self._exact[_RUN.match(first).group()].append(number)  # type: ignore[union-attr]
        self._candidates: Remembered[str, tuple[int, ...]] = Remembered(self._that_begin_with, most=MOST_WORDS_KEPT)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every hit, none within another."""
        place = start
        for run in _RUN.finditer(text, start, end):
            if run.start() >= place and (hit := self._at(text, run.start(), end)):
                place = hit.end()
                yield hit

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first hit."""
        return next(self.finditer(text, start, end), None)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """A hit that begins at ``start``."""
        return self._at(text, start, end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A hit that is the whole text."""
        numbers = self._numbers(text, 0)
        return next((hit for number in numbers if (hit := self._expression(number).fullmatch(text))), None)

    def _at(self, text: str, place: int, end: int) -> re.Match[str] | None:
        numbers = self._numbers(text, place)
        return next((hit for number in numbers if (hit := self._expression(number).match(text, place, end))), None)

    def _numbers(self, text: str, place: int) -> tuple[int, ...]:
        word = _WORD.match(text, place)
        return self._candidates[word.group().lower()] if word else ()

    def _that_begin_with(self, word: str) -> tuple[int, ...]:
        run = _RUN.match(word)
        found = {*self._exact.get(word, ()), *(self._exact.get(run.group(), ()) if run else ())}
        found.update(number for beginning, number in self._beginnings if word.startswith(beginning))
        found.update(number for expression, number in self._others if expression.match(word))
        return tuple(sorted(found))

    def _expression(self, number: int) -> re.Pattern[str]:
        if number not in self._expressions:
            self._expressions[number] = re.compile(_expression(self._entries[number]), re.IGNORECASE)
        return self._expressions[number]


@cache
def words(*names: str) -> WordList:
    """The named lists as one."""
    return WordList({entry for name in names for entry in _lists()[name]})


@cache
def list_names() -> tuple[str, ...]:
    """The names of the lists, in the order of the file."""
    return tuple(_lists())


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(files("portfolj.reference").joinpath("goals.toml").read_text(encoding="utf-8"))


def _expression(entry: str) -> str:
    parts: list[str] = []
    for word in entry.split():
        if gap := _GAP.fullmatch(word):
            parts.append(rf"(?:\s+[\w-]+){{0,{gap[1]}}}")
        else:
            parts.append((r"\s+" if parts else r"(?<!\w)") + _forms(word))
    return "".join(parts) + r"(?!\w)"


def _forms(word: str) -> str:
    ending = r"(?:r|s|ts?)?" if word.endswith("~") else ""
    return r"[\w-]*".join(map(re.escape, word.rstrip("~").split("*"))) + ending
