"""Links that lead round, and what can be reached along links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def circles(links: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Every circle that has to be broken, each as the ids along it, the first once more at the end.

    Where a circle has been found it is broken at its last link before the next is looked for, so that each is told
    once and as many links are named as must be taken away at least for those found.

    >>> circles([("a", "b"), ("b", "a"), ("b", "c")])
    [('a', 'b', 'a')]
    """
    left = sorted(set(links))
    found: list[tuple[str, ...]] = []
    while True:
        before: dict[str, list[str]] = {}
        for start, end in left:
            before.setdefault(end, []).append(start)
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            # The first and the last are the same, and each comes right before the next one, as the links go.
            ring = list(error.args[1])[:-1]
            first = ring.index(min(ring))
            ring = ring[first:] + ring[:first]
            found.append((*ring, ring[0]))
            left.remove((ring[-1], ring[0]))
        else:
            return sorted(found)


def reached_from(starts: Iterable[str], links: Mapping[str, Iterable[str]]) -> set[str]:
    """Every id that can be reached along the links from any of ``starts``, which are themselves left out.

    >>> sorted(reached_from(["a"], {"a": ["b"], "b": ["c"], "d": ["a"]}))
    ['b', 'c']
    """
    found: set[str] = set()
    waiting = [end for start in starts for end in links.get(start, ())]
    while waiting:
        reached = waiting.pop()
        if reached not in found:
            found.add(reached)
            waiting += links.get(reached, ())
    return found
