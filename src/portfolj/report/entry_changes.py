"""Rows of the ledger that have come, gone or changed between two reports, from ``entries.csv`` of both.

A row has no name of its own: its number, its place and its heading may change without anything being different. So the
rows of an intervention are compared as what they grant. Rows with the same year, financing and amount are the same
rows. Of what is left, a row that went and one that came with the same amount are one that was moved to another year or
financier; two in the same year are one whose amount was changed. The rest came or went.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from portfolj.report.cells import KEY_JOIN, Change, number_of


class _Entry(NamedTuple):
    year: str
    financing: str
    part: str
    amount: Decimal | None

    @property
    def where(self) -> tuple[str, str, str]:
        return self.year, self.financing, self.part

    @property
    def order(self) -> tuple[object, ...]:
        return self.amount is None, -(self.amount or 0), self.where

    @property
    def text(self) -> str:
        return "" if self.amount is None else f"{self.amount.normalize():f}"


def changed_entries(before: pd.DataFrame, after: pd.DataFrame, *, names: Mapping[str, str]) -> list[Change]:
    """One change a row of the ledger: ``why`` is ``added``, ``gone``, ``changed`` (its amount) or ``moved``.

    Both frames hold text. ``key`` is the intervention, the year, the financing and the part (of a row that was moved,
    as they are now). ``names``: of interventions, by key.
    """
    then, now = _by_intervention(before), _by_intervention(after)
    return [
        change
        for key in sorted({*then, *now})
        if then.get(key) != now.get(key)
        for change in _of_one(key, names.get(key, key), then.get(key, Counter()), now.get(key, Counter()))
    ]


def _of_one(key: str, name: str, then: Counter[_Entry], now: Counter[_Entry]) -> Iterator[Change]:
    gone = sorted((then - now).elements(), key=lambda entry: entry.order)
    came = sorted((now - then).elements(), key=lambda entry: entry.order)
    for why in ("moved", "changed"):
        for old, new in _paired(gone, came, why=why):
            gone.remove(old)
            came.remove(new)
            yield _change(key, name, new, old.text, new.text, (new.amount or 0) - (old.amount or 0), why)
    for entry in gone:
        yield _change(key, name, entry, entry.text, "", -(entry.amount or 0), "gone")
    for entry in came:
        yield _change(key, name, entry, "", entry.text, entry.amount or 0, "added")


def _paired(gone: list[_Entry], came: list[_Entry], *, why: str) -> list[tuple[_Entry, _Entry]]:
    """The first that went with the first that came, and so on, of those that agree in amount, or in where they are."""
    pairs = []
    groups = {entry.amount if why == "moved" else entry.where for entry in gone}
    for group in groups:
        own = [[e for e in side if (e.amount if why == "moved" else e.where) == group] for side in (gone, came)]
        pairs += list(zip(*own, strict=False))
    return sorted(pairs, key=lambda pair: (pair[1].order, pair[0].order))


def _change(key: str, name: str, entry: _Entry, before: str, after: str, difference: Decimal | int, why: str) -> Change:
    whole = KEY_JOIN.join((key, *entry.where))
    return Change("ledger_row", "entries", whole, "granted_sek", before, after, Decimal(difference), why, name)


def _by_intervention(frame: pd.DataFrame) -> dict[str, Counter[_Entry]]:
    found: dict[str, Counter[_Entry]] = {}
    columns = ("intervention_key", "year", "financing", "part", "granted_sek", "entries")
    for key, year, financing, part, amount, count in zip(*(frame[column] for column in columns), strict=True):
        own = found.setdefault(key, Counter())
        own[_Entry(year, financing, part, number_of(amount))] += int(count)
    return found
