"""Which participations a period is about: started by its last year, and not ended before its first.

A participation's years are one word: ``2018-2020``, ``2018-`` (not ended), ``?-2020`` (start unknown), ``2018=`` for an
anonymous one that is counted in the year it was registered and no other.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

EVERY_YEAR = "all"


def label_of(period: tuple[int, int] | None) -> str:
    """``2014-2019``, ``2019`` or ``all``."""
    if period is None:
        return EVERY_YEAR
    first, last = period
    return str(first) if first == last else f"{first}-{last}"


def years_of(participations: pd.DataFrame) -> pd.Series:
    """The years of each participation (str)."""
    start = participations["start_year"].astype("str").where(participations["start_year"].notna(), "?")
    end = participations["end_year"].astype("str").where(participations["end_year"].notna(), "")
    once = participations["anonymous"] & participations["end_year"].isna() & participations["start_year"].notna()
    return (start + "-" + end).where(~once, start + "=").astype("str")


def active_in(words: Iterable[str], label: str) -> list[str]:
    """Those of the years' words that belong to the period."""
    if label == EVERY_YEAR:
        return list(words)
    first, last = _limits(label)
    return [word for word in words if _start(word, last) <= last and _end(word, first) >= first]


def ended_in(words: Iterable[str], label: str) -> list[str]:
    """Those of the years' words that have ended in the period."""
    ended = [word for word in words if word[-1].isdigit()]
    if label == EVERY_YEAR:
        return ended
    first, last = _limits(label)
    return [word for word in ended if first <= int(word.rpartition("-")[2]) <= last]


def all_words(words: Iterable[str], labels: Iterable[str]) -> list[str]:
    """A word of every kind that there may be: all that the labels tell apart, whatever the years are."""
    told = "-".join([*words, *labels]).replace("=", "-").split("-")
    known = {int(part) for part in told if part.isdigit()} or {0}
    every = range(min(known) - 1, max(known) + 2)
    ended = [f"{start}-{end}" for end in every for start in ("?", *range(every.start, end + 1))]
    return ["?-", *(f"{start}{mark}" for start in every for mark in "-="), *ended]


def single_years(words: Iterable[str], period: tuple[int, int] | None) -> list[int]:
    """Every year of the period that some participation belongs to, in order."""
    known = [int(part) for word in words for part in word.replace("=", "-").split("-") if part.isdigit()]
    if not known:
        return []
    first, last = period or (min(known), max(known))
    return list(range(max(first, min(known)), min(last, max(known)) + 1))


def _limits(label: str) -> tuple[int, int]:
    first, _, last = label.partition("-")
    return int(first), int(last or first)


def _start(word: str, otherwise: int) -> int:
    return int(word[:4]) if word[0].isdigit() else otherwise


def _end(word: str, otherwise: int) -> int:
    if word.endswith("="):
        return int(word[:4])
    return int(word.rpartition("-")[2] or otherwise)
