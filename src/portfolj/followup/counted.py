"""What the cells of tables count, and how many people each is.

A table is first a plan: rows of words and of what each cell counts (a ``Where``). Three attributes of a plan are about
time and are worked out here: ``active`` (participations of these years), ``ended`` (those that ended in them) and
``ongoing`` (those that did not).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from portfolj.disclosure import Where, where
from portfolj.disclosure.counts import attributes_of
from portfolj.followup import years
from portfolj.followup.occupation import ONGOING
from portfolj.followup.people import People

Row = Mapping[str, Any]
DENSE = 4_000_000  # cells of a whole table that are counted at once; above it each count is made for itself
TIMES = ("active", "ended", "ongoing")
AFTER = ("result", "income_after", "length")  # attributes that are ``ongoing`` for whoever has not ended


def active(people: People, conditions: Mapping[str, str | Iterable[str]] | None = None) -> Where:
    """The cell of participations in the period of which the conditions hold."""
    return where({"active": people.period, **(conditions or {})})


def ended(people: People, conditions: Mapping[str, str | Iterable[str]] | None = None) -> Where:
    """The cell of participations that ended in the period of which the conditions hold."""
    return where({"ended": people.period, **(conditions or {})})


def cells_of(plan: Iterable[Row]) -> list[Where]:
    """What the cells of a plan count, in order."""
    return [cell for row in plan for cell in row.values() if isinstance(cell, frozenset)]


def compiled(cell: Where, people: People) -> Where:
    """The cell with its years as the participations' own: equal counts have equal ``Where``."""
    asked: dict[str, frozenset[str]] = dict(cell)
    chosen: frozenset[str] | None = None
    for label in asked.pop("active", ()):
        inside = _years(people, "active", label)
        chosen = None if inside == _years(people, "active", years.EVERY_YEAR) else inside
    for label in asked.pop("ended", ()):
        inside = _years(people, "ended", label)
        if inside != _years(people, "ended", years.EVERY_YEAR):
            chosen = inside
        elif not any(name in asked and ONGOING not in asked[name] for name in AFTER):
            marker = "income_after" if "income_before" in asked else "result"
            asked[marker] = frozenset(people.domains[marker]) - {ONGOING}
    for label in asked.pop("ongoing", ()):
        active_then = _years(people, "active", label)
        chosen = active_then - _years(people, "ended", label)
        if not any(word[-1].isdigit() for word in chosen):  # nobody ended later: as other tables tell of the ongoing
            asked["result"] = frozenset([ONGOING])
            chosen = None if active_then == _years(people, "active", years.EVERY_YEAR) else active_then
    if chosen is not None:
        asked["when"] = chosen
    return frozenset(asked.items())


def _years(people: People, kind: str, label: str) -> frozenset[str]:
    if (kind, label) not in people.years:
        chosen = years.active_in if kind == "active" else years.ended_in
        people.years[kind, label] = frozenset(chosen(people.domains["when"], label))
    return people.years[kind, label]


def counted(people: People, places: Iterable[Where]) -> dict[Where, int]:
    """How many participations each is. Counts that ask about the same attributes are made from one whole table."""
    alike: dict[tuple[str, ...], list[Where]] = {}
    for place in places:
        alike.setdefault(tuple(sorted(attributes_of(place))), []).append(place)
    size = len(next(iter(people.numbers.values())))
    names = {name for attributes in alike for name in attributes}
    at = {name: {value: n for n, value in enumerate(people.domains[name])} for name in names}
    found: dict[Where, int] = {}
    for attributes, own in alike.items():
        if not attributes:
            found |= dict.fromkeys(own, size)
            continue
        sizes = [len(people.domains[name]) for name in attributes]
        columns = [people.numbers[name] for name in attributes]
        if math.prod(sizes) <= DENSE:
            flat = np.ravel_multi_index(columns, sizes) if size else np.array([], dtype=int)
            table = np.bincount(flat, minlength=math.prod(sizes)).reshape(sizes)
            found |= {place: int(table[np.ix_(*_chosen(place, attributes, at))].sum()) for place in own}
        else:
            for place in own:
                hit = np.ones(size, dtype=bool)
                for column, chosen in zip(columns, _chosen(place, attributes, at), strict=True):
                    hit &= np.isin(column, chosen)
                found[place] = int(hit.sum())
    return found


def _chosen(place: Where, attributes: Sequence[str], at: Mapping[str, Mapping[str, int]]) -> list[np.ndarray]:
    asked = dict(place)
    return [
        np.array(sorted(at[name][value] for value in asked[name] if value in at[name]), dtype=np.int64)
        for name in attributes
    ]
