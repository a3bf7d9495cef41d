"""Every count of the report protected together: only what may be shown leaves this module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import pandas as pd

from portfolj.disclosure import Count, Protection, Where, protection
from portfolj.disclosure.counts import attributes_of, plain
from portfolj.followup.counted import Row, cells_of, compiled, counted
from portfolj.followup.people import People
from portfolj.followup.told_before import Told

IN_PRINT = 0.7  # what it costs to hide a count that is in print as well, of what it else would


class Shown:
    """The counts that may be shown. Of what is hidden only the cells are in here (``hidden``), never a number.

    ``unsafe``: cells of which that could not be shown to be safe; ``zeros_too``: see ``disclosure.Protection``.
    ``kept``: whether they are an earlier report's counts, of which none has changed by k or more.
    """

    def __init__(
        self,
        shown: Mapping[Where, int],
        hidden: Iterable[Where] = (),
        *,
        unsafe: Iterable[Where] = (),
        zeros_too: Iterable[frozenset[str]] = (),
        kept: bool = False,
    ) -> None:
        self._shown = dict(shown)
        self.hidden = tuple(sorted(hidden, key=_order))
        self.unsafe, self.zeros_too = tuple(sorted(unsafe, key=_order)), frozenset(zeros_too)
        self.kept = kept

    def __getitem__(self, cell: Where) -> int | None:
        """The count of a plan's cell, None where it is hidden."""
        return self._shown.get(cell)

    def counts(self) -> tuple[Count, ...]:
        """Every count that is shown, as plans ask for it: what later reports have to remember."""
        return tuple(
            Count(cell, value) for cell, value in sorted(self._shown.items(), key=lambda each: _order(each[0]))
        )


def protected(
    people: People,
    plans: Iterable[Sequence[Row]],
    *,
    k: int,
    derivable: Iterable[Where] = (),
    printed: Iterable[tuple[Where, int]] = (),
    told: Told | None = None,
) -> Shown:
    """The counts of the plans' cells that may be shown.

    ``derivable``: counts that are in no table but follow from them. ``printed``: counts that others have printed and
    that are so known: a computed twin is hidden like any other count, and what is hidden beside it stays so for whoever
    has both. ``told``: what earlier reports tell.
    """
    told = told or Told()
    asked = {cell: compiled(cell, people) for plan in plans for cell in cells_of(plan)}
    extra = [compiled(cell, people) for cell in derivable]
    if told.kept is not None:
        unsafe = [cell for cell, place in asked.items() if place in told.unsafe]
        return Shown(told.kept, asked.keys() - told.kept.keys(), unsafe=unsafe, zeros_too=told.zeros_too, kept=True)
    values = counted(people, {*asked.values(), *extra, *told.guarded})
    domains = {name: people.domains[name] for name in people.domains}
    places = {cell: plain(place, domains) for cell, place in asked.items()}
    found = _as_before(asked.values(), told, domains) or _anew(people, values, told, printed, domains, k=k)
    shown = {cell: values[asked[cell]] for cell, place in places.items() if place not in found.hidden}
    unsafe = [cell for cell, place in places.items() if place in found.unsafe]
    return Shown(shown, asked.keys() - shown.keys(), unsafe=unsafe, zeros_too=found.zeros_too)


def _as_before(asked: Iterable[Where], told: Told, domains: Mapping[str, Sequence[str]]) -> Protection | None:
    """The same as in earlier reports, where they have shown or hidden every cell and all still hold."""
    hidden = frozenset(plain(place, domains) for place in told.guarded)
    shown = {plain(each.where, domains) for each in told.known}
    if not all(plain(place, domains) in hidden | shown for place in asked):
        return None
    return Protection(hidden, frozenset(plain(place, domains) for place in told.unsafe), zeros_too=told.zeros_too)


def _anew(
    people: People,
    values: Mapping[Where, int],
    told: Told,
    printed: Iterable[tuple[Where, int]],
    domains: Mapping[str, Sequence[str]],
    *,
    k: int,
) -> Protection:
    every = [*values, *(each.where for each in told.known)]
    asking = {attribute for place in every for attribute in attributes_of(place)}
    facts = [*told.known, *(Count(place, 0) for place in people.nobody if attributes_of(place) <= asking)]
    counts = [Count(place, value) for place, value in values.items()]
    hide = partial(protection, counts, domains=domains, k=k, people=people.numbers)
    in_print = [
        Count(place, number) for cell, number in printed if values.get(place := compiled(cell, people)) == number
    ]
    found = hide(known=[*facts, *in_print], sensitive=told.guarded)
    twins = [each.where for each in in_print]
    if any(plain(place, domains) in found.hidden for place in twins):
        # Who has not what is in print must not work its hidden twins out either: best by what is in print as well.
        more = hide(known=facts, sensitive=found.hidden, weights=dict.fromkeys(twins, IN_PRINT))
        found = Protection(more.hidden, found.unsafe | more.unsafe, zeros_too=found.zeros_too | more.zeros_too)
    return found


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


def _order(cell: Where) -> list[tuple[str, list[str]]]:
    return sorted((attribute, sorted(values)) for attribute, values in cell)
