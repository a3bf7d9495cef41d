"""Every count of the report collected, counted and protected together; only what may be shown leaves this module.

A table is first a plan: rows of words and of what each cell counts (a ``Where``). Three attributes of a plan are about
time and are worked out here: ``active`` (participations of these years), ``ended`` (those that ended in them) and
``ongoing`` (those that did not).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from portfolj.disclosure import Count, Where, protection, where
from portfolj.disclosure.counts import attributes_of, plain
from portfolj.followup import years
from portfolj.followup.occupation import ONGOING
from portfolj.followup.people import People

Row = Mapping[str, Any]
DENSE = 4_000_000  # cells of a whole table that are counted at once; above it each count is made for itself
WANTED, IN_PRINT = 10.0, 0.7  # what it costs to hide such a count, of what it else would
TIMES = ("active", "ended", "ongoing")
AFTER = ("result", "income_after", "length")  # attributes that are ``ongoing`` for whoever has not ended


class Shown:
    """The counts that may be shown. Of what is hidden only the cells are in here (``hidden``), never a number.

    ``unsafe``: how many hidden counts could not be shown to be safe; ``zeros_too``: see ``disclosure.Protection``.
    """

    def __init__(
        self,
        shown: Mapping[Where, int],
        hidden: Iterable[Where] = (),
        *,
        unsafe: int = 0,
        zeros_too: Iterable[frozenset[str]] = (),
    ) -> None:
        self._shown = dict(shown)
        self.hidden = tuple(sorted(hidden, key=_order))
        self.unsafe, self.zeros_too = unsafe, frozenset(zeros_too)

    def __getitem__(self, cell: Where) -> int | None:
        """The count of a plan's cell, None where it is hidden."""
        return self._shown.get(cell)

    def counts(self) -> tuple[Count, ...]:
        """Every count that is shown, as plans ask for it: what later reports have to remember."""
        return tuple(
            Count(cell, value) for cell, value in sorted(self._shown.items(), key=lambda each: _order(each[0]))
        )


def active(people: People, conditions: Mapping[str, str | Iterable[str]] | None = None) -> Where:
    """The cell of participations in the period of which the conditions hold."""
    return where({"active": people.period, **(conditions or {})})


def ended(people: People, conditions: Mapping[str, str | Iterable[str]] | None = None) -> Where:
    """The cell of participations that ended in the period of which the conditions hold."""
    return where({"ended": people.period, **(conditions or {})})


def protected(
    people: People,
    plans: Iterable[Sequence[Row]],
    *,
    k: int,
    derivable: Iterable[Where] = (),
    printed: Iterable[tuple[Where, int]] = (),
    known: Iterable[Count] = (),
    guarded: Iterable[Where] = (),
    wanted: Iterable[Where] = (),
) -> Shown:
    """The counts of the plans' cells that may be shown.

    ``derivable``: counts that are in no table but follow from them. ``printed``: counts that others have printed and
    that are so known: a computed twin is hidden like any other count, and what is hidden beside it stays so for whoever
    has both. ``known``, ``guarded``: what earlier reports tell, compiled: counts of these people, and what must neither
    be shown nor follow. ``wanted``: cells that are missed more than others.
    """
    asked = {cell: compiled(cell, people) for plan in plans for cell in cells_of(plan)}
    extra = [compiled(cell, people) for cell in derivable]
    kept = frozenset(guarded)
    values = counted(people, {*asked.values(), *extra, *kept})
    before = list(known)
    told = {attribute for place in [*values, *(each.where for each in before)] for attribute in attributes_of(place)}
    facts = [*before, *(Count(place, 0) for place in people.nobody if attributes_of(place) <= told)]
    domains = {name: people.domains[name] for name in people.domains}
    counts = [Count(place, value) for place, value in values.items()]
    hide = partial(protection, counts, domains=domains, k=k, people=people.numbers)
    weights = {compiled(cell, people): WANTED for cell in wanted}
    in_print = [
        Count(place, number) for cell, number in printed if values.get(place := compiled(cell, people)) == number
    ]
    found = hide(known=[*facts, *in_print], sensitive=kept, weights=weights)
    hidden, unsafe, zeros_too = found.hidden, found.unsafe, found.zeros_too
    twins = [each.where for each in in_print]
    if any(plain(place, domains) in hidden for place in twins):
        # Who has not what is in print must not work its hidden twins out either: best by what is in print as well.
        found = hide(known=facts, sensitive=hidden, weights=weights | dict.fromkeys(twins, IN_PRINT))
        hidden, unsafe, zeros_too = found.hidden, unsafe | found.unsafe, zeros_too | found.zeros_too
    safe = {cell: place for cell, place in asked.items() if plain(place, domains) not in hidden}
    return Shown(
        {cell: values[place] for cell, place in safe.items()}, asked.keys() - safe.keys(),
        unsafe=len(unsafe), zeros_too=zeros_too,
    )  # fmt: skip


def cells_of(plan: Iterable[Row]) -> list[Where]:
    """What the cells of a plan count, in order."""
    return [cell for row in plan for cell in row.values() if isinstance(cell, frozenset)]


def filled(plan: Iterable[Row], shown: Shown, *, columns: Sequence[str], cells: Sequence[str]) -> pd.DataFrame:
    """The plan as a table: ``columns``, of which ``cells`` hold counts (Int64, missing where hidden or not asked).

    After the columns stands ``<cell>_suppressed`` for each (bool): whether there is a count that is not shown.
    """
    rows = list(plan)
    data: dict[str, pd.Series] = {}
    for column in columns:
        found = [row.get(column) for row in rows]
        if column in cells:
            numbers = [shown[cell] if isinstance(cell, frozenset) else None for cell in found]
            data[column] = pd.Series(numbers, dtype="Int64")
        else:
            data[column] = pd.Series(found, dtype="str")
    for column in cells:
        asked = [isinstance(row.get(column), frozenset) for row in rows]
        data[f"{column}_suppressed"] = pd.Series(asked, dtype="bool") & data[column].isna()
    return pd.DataFrame(data)


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
            found |= {place: int(table[np.ix_(*_chosen(place, attributes, people))].sum()) for place in own}
        else:
            for place in own:
                hit = np.ones(size, dtype=bool)
                for column, chosen in zip(columns, _chosen(place, attributes, people), strict=True):
                    hit &= np.isin(column, chosen)
                found[place] = int(hit.sum())
    return found


def _chosen(place: Where, attributes: Sequence[str], people: People) -> list[np.ndarray]:
    asked = dict(place)
    return [
        np.array([n for n, value in enumerate(people.domains[name]) if value in asked[name]], dtype=np.int64)
        for name in attributes
    ]


def _order(cell: Where) -> list[tuple[str, list[str]]]:
    return sorted((attribute, sorted(values)) for attribute, values in cell)
