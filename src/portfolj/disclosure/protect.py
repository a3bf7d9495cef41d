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
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from portfolj.disclosure.counts import Count, Where, attributes_of, plain
from portfolj.disclosure.follows import following
from portfolj.disclosure.large import Protected, hidden_by_moves
from portfolj.disclosure.possible import Knowledge
from portfolj.disclosure.system import system_of
from portfolj.disclosure.ways import cheapest_way


class Protection(NamedTuple):
    """``hidden``: the counts that must not be shown. ``unsafe``: those of them of which it could not be shown that they
    may be ``k`` numbers; ``follow``: those of which that is so by what readers know already, whatever is hidden.
    ``zeros_too``: the attributes that hidden counts of nobody ask about: of counts that ask about the same attributes
    none of nobody is shown, so that what is hidden there may be nobody."""

    hidden: frozenset[Where]
    unsafe: frozenset[Where] = frozenset()
    follow: frozenset[Where] = frozenset()
    zeros_too: frozenset[frozenset[str]] = frozenset()


def protection(
    counts: Iterable[Count],
    *,
    domains: Mapping[str, Sequence[str]],
    k: int,
    known: Iterable[Count] = (),
    sensitive: Collection[Where] = (),
    weights: Mapping[Where, float] = MappingProxyType({}),
    people: Mapping[str, np.ndarray] | None = None,
) -> Protection:
    """What must not be shown: counts of 1 to ``k`` - 1, and those that would give such a one away.

    ``domains``: every value of each attribute, each person having one. ``known``: what readers know of these very
    people whatever is hidden: what nobody can be, figures that others have printed, counts of earlier reports that
    still hold. ``sensitive``: more that is to be hidden, of any value, such as what earlier reports hid, or has changed
    little since. ``weights``: how much more than others of its kind readers miss a count. ``people``: for each
    attribute, and each person that is counted, which value of its domain (0, 1, ...) the person has: with them there
    may be any number of tables (``large.py``), without them no more than a few hundred counts. The same input gives the
    same answer, in any order.

    A count of nobody is shown, so that what is hidden is known to be somebody. Where that gives a count away, and
    nothing else helps, counts of nobody that ask about the same attributes are hidden too.

    A small count that is known is hidden too, though no hiding takes it back. Raises ValueError where one count
    has two values, ``k`` is less than 1, or the people are not those that are counted.
    """
    if k < 1:
        raise ValueError(f"k is {k}; it must be 1 or more")
    now = _by_place(counts, domains)
    must = {p for p, value in now.items() if 0 < value < k} | {
        plain(place, domains) for place in sensitive
    } & now.keys()
    told = {plain(each.where, domains): each.value for each in known}
    facts = {place: value for place, value in told.items() if now.get(place, value) == value}
    follows = following(facts, [place for place in must if place not in facts], domains)
    follow = {place: now[place] for place in follows.numbers} if follows is not None else {}
    own = {plain(place, domains): weight for place, weight in weights.items()}
    found = _hidden(now, must, facts | follow, own, domains, people, k=k)
    hidden, unsafe = found.hidden, found.unsafe
    if unsafe and not any(facts.values()):  # any number of times as many people fit then
        hidden, unsafe = hidden | {place for place, value in now.items() if value}, frozenset()
    return Protection(hidden | must, unsafe - found.follow, found.follow | follow.keys(), found.zeros_too)


def _hidden(
    now: Mapping[Where, int],
    must: Collection[Where],
    facts: Mapping[Where, int],
    weights: Mapping[Where, float],
    domains: Mapping[str, Sequence[str]],
    people: Mapping[str, np.ndarray] | None,
    *,
    k: int,
) -> Protection:
    """The same where ``facts`` are known. What ``follow``s is among what is ``unsafe``."""
    places = sorted({**now, **facts}, key=_order)
    values = np.array([now.get(place, facts.get(place, 0)) for place in places], dtype=float)
    known = np.array([place in facts for place in places], dtype=bool)
    first = frozenset(n for n, place in enumerate(places) if place in must and not known[n])
    if not first:
        return Protection(frozenset())
    costs = np.array([_cost(place, value) for place, value in zip(places, values, strict=True)])
    costs *= np.array([weights.get(place, 1.0) for place in places])
    if people is not None:
        found = hidden_by_moves(places, values, sorted(first), known, people, domains, costs, k=k)
    else:
        found = _exactly(places, values, first, known, domains, costs, k=k)
    hidden, unsafe, told = (frozenset(places[n] for n in each) for each in (found.hidden, found.unsafe, found.told))
    return Protection(hidden, unsafe, told, frozenset(attributes_of(places[n]) for n in found.maybe_nobody))


def _exactly(
    places: Sequence[Where],
    values: np.ndarray,
    first: frozenset[int],
    known: np.ndarray,
    domains: Mapping[str, Sequence[str]],
    costs: np.ndarray,
    *,
    k: int,
) -> Protected:
    """The same where nothing is known of the people: everything that they might be is looked at."""
    system = system_of(places, domains)
    asked = [attributes_of(place) for place in places]
    zeros_too = {asked[n] for n in first if not values[n]}
    while True:
        maybe = np.array([each in zeros_too for each in asked], dtype=bool)
        nobody = frozenset(np.flatnonzero(maybe & (values == 0) & ~known).tolist())
        # Nobody is shown, so that what is hidden is known to be somebody.
        knowledge = Knowledge(system, values, ((values > 0) & ~maybe).astype(float))
        prices = np.where(known | (values == 0), np.inf, costs)
        chosen, unsafe = _hide_more(knowledge, first | nobody, costs=prices, k=k)
        more = {asked[n] for n in unsafe} - zeros_too
        if not more:
            keep = first | nobody | unsafe
            chosen = _show_again(knowledge, chosen, keep=keep, lost=unsafe, costs=prices, k=k)
            return Protected(chosen, unsafe, frozenset(), frozenset(np.flatnonzero(maybe).tolist()))
        zeros_too |= more


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
    return {0: 40.0, 1: 6.0, 2: 1.5}.get(len(attributes_of(place)), 1.0) + 0.01 * float(np.log1p(value))


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
        changes = [change for change in (k - 1, 1 - k) if knowledge.values[count] + change >= knowledge.least[count]]
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
