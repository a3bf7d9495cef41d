"""Small counts hidden, and as many others as it takes for none of them to be worked out.

The rule: for every hidden count at least ``k`` whole numbers remain possible for anyone who knows everything that is
published, on all pages and in all files, the true one among them. As few counts are hidden as this way of looking
finds: what has to be hidden is chosen by whole-number programming, and each is shown again where that is safe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from portfolj.disclosure.counts import ALL, Count, Where, attributes_of, plain
from portfolj.disclosure.possible import Knowledge, cheapest_way
from portfolj.disclosure.system import system_of

EXACT_UP_TO = 80  # counts that may have to be hidden, for the fewest of them to be looked for exactly


def hidden_counts(
    counts: Iterable[Count],
    *,
    domains: Mapping[str, Sequence[str]],
    k: int,
    shown_before: Iterable[Count] = (),
    sensitive: Collection[Where] = (),
) -> frozenset[Where]:
    """The counts that must not be shown: those of 1 to ``k`` - 1, and those that would give such a one away.

    ``domains``: every value of each attribute, each person having one. ``shown_before``: counts that readers have from
    other periods' reports and earlier versions. One that has changed since by fewer than ``k`` is hidden, since both
    together tell the change; one that has not changed is known whatever is hidden now. ``sensitive``: more that is to be
    hidden. The same input gives the same answer.

    Raises ValueError where one count has two values.
    """
    now = _by_place(counts, domains)
    before = [Count(plain(each.where, domains), each.value) for each in shown_before]
    changed = {
        each.where for each in before if each.where in now and 0 < abs(now[each.where] - each.value) < k
    }
    known = {each.where: each.value for each in before if now.get(each.where, each.value) == each.value}
    known = {place: value for place, value in known.items() if place not in changed}
    asked_for = {plain(place, domains) for place in sensitive}
    places = sorted({**now, **known}, key=_order)
    values = np.array([now.get(place, known.get(place, 0)) for place in places], dtype=float)
    small = [place in now and (0 < now[place] < k or place in changed or place in asked_for) for place in places]
    fixed = [place in known for place in places]
    first = frozenset(n for n, place in enumerate(places) if small[n] and not fixed[n])
    knowledge = Knowledge(system_of(places, domains), values)
    costs = np.array([_cost(place, value) for place, value in zip(places, values, strict=True)])
    costs[fixed] = np.inf
    chosen = _hide_more(knowledge, first, costs=costs, k=k)
    chosen = _show_again(knowledge, chosen, first, costs=costs, k=k)
    return frozenset(places[n] for n in chosen)


def _by_place(counts: Iterable[Count], domains: Mapping[str, Sequence[str]]) -> dict[Where, int]:
    now: dict[Where, int] = {}
    for each in counts:
        place = plain(each.where, domains)
        if now.setdefault(place, each.value) != each.value:
            raise ValueError(f"one count has two values, {now[place]} and {each.value}: {sorted(place, key=repr)}")
    return now


def _order(place: Where) -> tuple[int, list[tuple[str, list[str]]]]:
    return len(place), sorted((attribute, sorted(values)) for attribute, values in place)


def _cost(place: Where, value: float) -> float:
    """What a reader loses with a count: the more the fewer attributes it asks about, and a little for size."""
    breadth = {0: 8.0, 1: 1.5}.get(len(attributes_of(place)), 1.0) if place != ALL else 8.0
    return breadth + 0.01 * float(np.log1p(value))


def _exposed(knowledge: Knowledge, hidden: frozenset[int], *, k: int) -> int | None:
    """A hidden count that may be too few numbers, the smallest first; None where there is none."""
    knowledge.publish_all_but(hidden)
    for count in sorted(hidden, key=lambda each: (knowledge.values[each], each)):
        if len(knowledge.possible(count, enough=k)) < k:
            return count
    return None


def _hide_more(knowledge: Knowledge, hidden: frozenset[int], *, costs: np.ndarray, k: int) -> frozenset[int]:
    while (count := _exposed(knowledge, hidden, k=k)) is not None:
        ways = [
            way
            for change in (k - 1, 1 - k)
            if knowledge.values[count] + change >= 0
            and (
                way := cheapest_way(
                    knowledge, count, change=change, hidden=hidden, costs=costs, exact_up_to=EXACT_UP_TO
                )
            )
            and way[1]
        ]
        if not ways:
            return hidden  # what was published before has given it away: nothing to hide now can take that back
        hidden |= frozenset(min(ways)[1])
    return hidden


def _show_again(
    knowledge: Knowledge, hidden: frozenset[int], first: frozenset[int], *, costs: np.ndarray, k: int
) -> frozenset[int]:
    """Without those that are hidden for others' sake and need not be, the dearest tried first."""
    for count in sorted(hidden - first, key=lambda each: (-costs[each], each)):
        fewer = hidden - {count}
        if _exposed(knowledge, fewer, k=k) is None:
            hidden = fewer
    return hidden
