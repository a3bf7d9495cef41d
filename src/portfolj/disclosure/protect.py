"""Small counts hidden, and as many others as it takes for none of them to be worked out.

The rule: for every hidden count at least ``k`` whole numbers remain possible for anyone who knows everything that is
published, on all pages and in all files, the true one among them. Two hidden counts in a row are not enough: if they
sum to 2, both may be known to be 1.

The method is complementary cell suppression. What to hide is chosen by whole-number programming, one exposed count at
a time, as in Fischetti and Salazar-González, "Models and algorithms for optimizing cell suppression in tabular data
with linear constraints", Journal of the American Statistical Association 95 (2000); then each count that was hidden
for another's sake is shown again where that is safe. That is not the fewest possible, but near it. It differs from the
usual in what is safe: not an interval but ``k`` whole numbers, each shown to be possible by people that fit. The rule
of a lowest frequency, and of hiding more than the small, is that of Statistiska centralbyrån, Handbok i statistisk
röjandekontroll.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from portfolj.disclosure.counts import Count, Where, attributes_of, plain
from portfolj.disclosure.large import hidden_by_exchanges
from portfolj.disclosure.possible import Knowledge
from portfolj.disclosure.system import atoms_needed, system_of
from portfolj.disclosure.versions import Before, before_and_now
from portfolj.disclosure.ways import cheapest_way

MOST_COUNTS, MOST_ATOMS = 300, 600  # above these everything that other people might be is too much to look at


def hidden_counts(
    counts: Iterable[Count],
    *,
    domains: Mapping[str, Sequence[str]],
    k: int,
    shown_before: Iterable[Count] = (),
    known: Iterable[Count] = (),
    sensitive: Collection[Where] = (),
    people: Mapping[str, np.ndarray] | None = None,
) -> frozenset[Where]:
    """The counts that must not be shown: those of 1 to ``k`` - 1, and those that would give such a one away.

    ``domains``: every value of each attribute, each person having one. ``shown_before``: counts that readers have from
    other periods' reports and earlier versions. One that has changed since by fewer than ``k`` is hidden, since both
    together tell the change; one that has not changed is known whatever is hidden now. ``known``: what readers know of
    these very people in other ways, such as what nobody can be, or figures that others have printed. ``sensitive``:
    more that is to be hidden, of any value, such as what earlier reports hid. ``people``: for each attribute, and each
    person that is counted, which value of its domain (0, 1, ...) the person has; with them a large set of tables is
    looked at by exchanges between people (``large.py``), which takes much less time and hides somewhat more. The same
    input gives the same answer, in any order.

    A small count that was shown before is hidden too, though no hiding takes it back. Raises ValueError where one count
    has two values, ``k`` is less than 1, or the people are not those that are counted.
    """
    if k < 1:
        raise ValueError(f"k is {k}; it must be 1 or more")
    now = _by_place(counts, domains)
    must = {p for p, value in now.items() if 0 < value < k} | {
        plain(place, domains) for place in sensitive
    } & now.keys()
    earlier = [Count(plain(each.where, domains), each.value) for each in shown_before]
    before = before_and_now(earlier, now, domains, k=k, hidden_anyway=must)
    facts = {plain(each.where, domains): each.value for each in known}
    before = before._replace(known=before.known | {p: v for p, v in facts.items() if now.get(p, v) == v})
    must |= before.changed_little & now.keys()
    return frozenset(must | _hidden(now, must, before, domains, people, k=k))


def _hidden(
    now: Mapping[Where, int],
    must: Collection[Where],
    before: Before,
    domains: Mapping[str, Sequence[str]],
    people: Mapping[str, np.ndarray] | None,
    *,
    k: int,
) -> set[Where]:
    places = sorted({**now, **before.known}, key=_order)
    values = np.array([now.get(place, before.known.get(place, 0)) for place in places], dtype=float)
    fixed = np.array([place in before.known for place in places], dtype=bool)
    first = frozenset(n for n, place in enumerate(places) if place in must and not fixed[n])
    if not first:
        return set()
    costs = np.array([_cost(place, value) for place, value in zip(places, values, strict=True)])
    costs[fixed] = np.inf
    if people is not None and (len(places) > MOST_COUNTS or atoms_needed(places, domains) > MOST_ATOMS):
        return {places[n] for n in hidden_by_exchanges(places, values, sorted(first), people, domains, costs, k=k)}
    knowledge = Knowledge(system_of(places, domains), values)
    chosen, lost = _hide_more(knowledge, first, costs=costs, k=k)
    return {places[n] for n in _show_again(knowledge, chosen, keep=first | lost, lost=lost, costs=costs, k=k)}


def _by_place(counts: Iterable[Count], domains: Mapping[str, Sequence[str]]) -> dict[Where, int]:
    now: dict[Where, int] = {}
    for each in counts:
        place = plain(each.where, domains)
        if now.setdefault(place, each.value) != each.value:
            raise ValueError("one count has two values")  # not said which: the values may be of few people
    return now


def _order(place: Where) -> tuple[int, list[tuple[str, list[str]]]]:
    return len(place), sorted((attribute, sorted(values)) for attribute, values in place)


def _cost(place: Where, value: float) -> float:
    """What a reader loses with a count: the more the fewer attributes it asks about, and a little for size."""
    return {0: 8.0, 1: 1.5}.get(len(attributes_of(place)), 1.0) + 0.01 * float(np.log1p(value))


def _exposed(knowledge: Knowledge, hidden: frozenset[int], *, k: int, lost: Collection[int]) -> int | None:
    """A hidden count that is fewer than ``k`` numbers, the smallest first; None where there is none."""
    knowledge.publish_all_but(hidden)
    for count in sorted(hidden - frozenset(lost), key=lambda each: (knowledge.values[each], each)):
        if len(knowledge.possible(count, enough=k)) < k:
            return count
    return None


def _hide_more(
    knowledge: Knowledge, hidden: frozenset[int], *, costs: np.ndarray, k: int
) -> tuple[frozenset[int], frozenset[int]]:
    """What to hide in all, and those that are given away whatever is hidden now, by what was published before."""
    lost: frozenset[int] = frozenset()
    while (count := _exposed(knowledge, hidden, k=k, lost=lost)) is not None:
        changes = [change for change in (k - 1, 1 - k) if knowledge.values[count] + change >= 0]
        found = [cheapest_way(knowledge, count, change=change, hidden=hidden, costs=costs) for change in changes]
        ways = [way for way in found if way is not None and way[1]]
        if ways:
            hidden |= frozenset(min(ways)[1])
        else:
            lost |= {count}
    return hidden, lost


def _show_again(
    knowledge: Knowledge,
    hidden: frozenset[int],
    *,
    keep: frozenset[int],
    lost: Collection[int],
    costs: np.ndarray,
    k: int,
) -> frozenset[int]:
    """Without those that are hidden for others' sake and need not be, the dearest tried first."""
    for count in sorted(hidden - keep, key=lambda each: (-costs[each], each)):
        fewer = hidden - {count}
        if _exposed(knowledge, fewer, k=k, lost=lost) is None:
            hidden = fewer
    return hidden
