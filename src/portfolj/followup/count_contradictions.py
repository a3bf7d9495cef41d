"""Counts of one intervention and year that can't all be true: parts against their total, and what is part of what.

A contradiction in somebody's own figures is a finding. It stops nothing: the figures are shown as they were reported,
and are in no sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

ALL = "all"
SEXES = ("woman", "man", "other", "missing")
DESTINATIONS = ("to_work", "to_study", "to_training")
MEASURES = ("participants", "ended", *DESTINATIONS)
# Whoever is counted by the first is counted by the second too.
WITHIN = (("ended", "participants"), *((each, "ended") for each in DESTINATIONS))
WITHIN_ALL = tuple((each, "participants") for each in DESTINATIONS)  # asked where nothing is said of who ended


class Odd(NamedTuple):
    """One contradiction: ``rule`` is ``parts_over`` or ``parts_under`` (the sexes against ``measure`` of all) or
    ``within`` (``measure`` against the ``other`` that holds it). ``first`` and ``second`` are the two numbers,
    ``rows`` the index of every count that they are made of, the one to look at first."""

    intervention: str
    year: int
    rule: str
    sex: str
    measure: str
    other: str
    first: int
    second: int
    rows: tuple[int, ...]

    @property
    def impossible(self) -> bool:
        """Whether no people at all could have both: parts below their total may be of people whose sex is not told."""
        return self.rule != "parts_under"


class _Told(NamedTuple):
    value: int
    rows: tuple[int, ...]


def odd_counts(counts: pd.DataFrame) -> list[Odd]:
    """Every contradiction among counts (columns of ``FollowUp.counts``, a unique index), in order."""
    known = counts[counts["count"].notna() & counts["year"].notna()]
    blocks: dict[tuple[str, int], dict[tuple[str, str], _Told]] = {}
    names: dict[str, str] = {}
    fields = [known[name] for name in ("intervention", "year", "sex", "measure", "count")]
    for index, name, year, sex, measure, count in zip(known.index, *fields, strict=True):
        spelt = names.setdefault(str(name).casefold(), str(name))
        own = blocks.setdefault((spelt, int(year)), {})
        own.setdefault((str(sex), str(measure)), _Told(int(count), (int(index),)))
    return [odd for (name, year), own in sorted(blocks.items()) for odd in _in_block(name, year, own)]


def can_contradict(counts: pd.DataFrame) -> bool:
    """Whether any two of the counts can be held against one another."""
    blocks: dict[tuple[str, int], set[tuple[str, str]]] = {}
    for name, year, sex, measure in zip(*(counts[c] for c in ("intervention", "year", "sex", "measure")), strict=True):
        blocks.setdefault((str(name), int(year)), set()).add((str(sex), str(measure)))
    return any(
        any((ALL, measure) in own and any((sex, measure) in own for sex in SEXES) for measure in MEASURES)
        or any((s, a) in own and (s, b) in own for s in (ALL, *SEXES) for a, b in (*WITHIN, *WITHIN_ALL))
        for own in blocks.values()
    )


def whole_of(own: Mapping[tuple[str, str], _Told], measure: str) -> _Told | None:
    """The measure of all sexes: as it is told, else the sum of the sexes where women and men both are."""
    if (ALL, measure) in own:
        return own[ALL, measure]
    if all((sex, measure) in own for sex in ("woman", "man")):
        return _parts(own, measure)
    return None


def _parts(own: Mapping[tuple[str, str], _Told], measure: str) -> _Told:
    parts = [own[sex, measure] for sex in SEXES if (sex, measure) in own]
    return _Told(sum(each.value for each in parts), tuple(row for each in parts for row in each.rows))


def _in_block(name: str, year: int, own: Mapping[tuple[str, str], _Told]) -> list[Odd]:
    found = []
    for measure in MEASURES:
        if (ALL, measure) in own:
            total, parts = own[ALL, measure], _parts(own, measure)
            both = all((sex, measure) in own for sex in ("woman", "man"))
            if parts.value > total.value or (both and parts.value < total.value):
                rule = "parts_over" if parts.value > total.value else "parts_under"
                rows = (*total.rows, *parts.rows)
                found.append(Odd(name, year, rule, ALL, measure, measure, parts.value, total.value, rows))
    for measure, holds in (*WITHIN, *WITHIN_ALL):
        by_sex = [
            (sex, own.get((sex, measure)), own.get((sex, holds)), own.get((sex, "ended")))
            for sex in SEXES
        ]  # fmt: skip
        every = (ALL, whole_of(own, measure), whole_of(own, holds), whole_of(own, "ended"))
        odd = [
            Odd(name, year, "within", sex, measure, holds, less.value, more.value, (*less.rows, *more.rows))
            for sex, less, more, ended in (*by_sex, every)
            if less is not None and more is not None and less.value > more.value
            and not ((measure, holds) in WITHIN_ALL and ended is not None)
        ]  # fmt: skip
        # What is wrong with one sex is wrong with all of them too.
        found += [each for each in odd if each.sex != ALL] or odd
    return found
