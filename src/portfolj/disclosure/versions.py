"""What readers know already: counts of other periods' reports, and of earlier versions of this one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack
from scipy.sparse.linalg import lsqr

from portfolj.disclosure.counts import Count, Where
from portfolj.disclosure.system import System, system_of

_CLOSE = 1e-6


class Before(NamedTuple):
    """``known``: counts that readers have and that still hold. ``changed_little``: counts that both versions together
    say have changed by fewer than ``k``."""

    known: dict[Where, int]
    changed_little: frozenset[Where]


def before_and_now(
    before: Sequence[Count],
    now: Mapping[Where, int],
    domains: Mapping[str, Sequence[str]],
    *,
    k: int,
    hidden_anyway: Collection[Where] = (),
) -> Before:
    """What counts shown before tell of the counts of today.

    A count is also compared that was not shown itself, but follows from others that were, as their sum or difference.
    Of a count that is not counted today it cannot be said whether it still holds; it is taken to, unless no people at
    all could have both those counts and today's. ``hidden_anyway`` are not compared.
    """
    if not before:
        return Before({}, frozenset())
    shown: dict[Where, set[int]] = {}
    for each in before:
        shown.setdefault(each.where, set()).add(each.value)
    places = [*shown, *(place for place in now if place not in shown)]
    system = system_of(places, domains)
    changed = {place for place, values in shown.items() if any(0 < abs(now.get(place, v) - v) < k for v in values)}
    if any(any(values) for values in shown.values()):  # what follows from nobody is nobody
        changed |= _follow(places, shown, now, system, k=k, but=hidden_anyway)
    known = {p: now[p] for p, values in shown.items() if p in now and now[p] in values and p not in changed}
    elsewhere = {p: min(values) for p, values in shown.items() if p not in now and len(values) == 1}
    if elsewhere and _agree(places, {**now, **elsewhere}, system):
        known |= elsewhere
    return Before(known, frozenset(changed))


def _follow(
    places: Sequence[Where],
    shown: Mapping[Where, set[int]],
    now: Mapping[Where, int],
    system: System,
    *,
    k: int,
    but: Collection[Where],
) -> set[Where]:
    """Counts of today that changed by fewer than ``k`` from what follows from the counts shown before."""
    old = len(shown)
    values = np.array([min(shown[place]) for place in places[:old]], dtype=float)
    if any(len(each) > 1 for each in shown.values()):
        return set()  # several versions lie between: they are compared one by one
    rows = vstack([system.counts[:old], system.meets]).T.tocsr()
    found = set()
    for number, place in enumerate(places[old:], start=old):
        if place in but:
            continue
        row = np.asarray(system.counts[[number]].todense()).ravel()
        weights, *_ = lsqr(rows, row, atol=1e-12, btol=1e-12)
        if np.abs(rows @ weights - row).max() < _CLOSE:
            value = float(weights[:old] @ values)
            if _CLOSE < abs(now[place] - value) < k - _CLOSE:
                found.add(place)
    return found


def _agree(places: Sequence[Where], values: Mapping[Where, int], system: System) -> bool:
    rows = csr_matrix(vstack([system.counts, system.meets]))
    sums = np.concatenate([[values.get(place, 0) for place in places], np.zeros(system.meets.shape[0])])
    told = np.array([place in values for place in places] + [True] * system.meets.shape[0])
    result = linprog(np.zeros(rows.shape[1]), A_eq=rows[told], b_eq=sums[told], bounds=(0, None))
    return bool(result.status == 0)
