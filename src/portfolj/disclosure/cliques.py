"""Which attributes have to be looked at together for a set of linked tables to be looked at exactly.

Tables that share margins are consistent with one whole table of people if their attributes form a chordal graph; where
they do not, the graph is filled up until it is one (Lauritzen, Graphical Models, 1996, chapter 2: a decomposable model
has a joint table, of whole numbers too, for any margins on its cliques that agree where cliques meet).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple


class Clique(NamedTuple):
    """Attributes looked at together, and those it shares with the clique ``next`` in the list it stands in."""

    attributes: tuple[str, ...]
    shared: tuple[str, ...]
    next: int | None


def cliques_of(groups: Iterable[frozenset[str]], sizes: Mapping[str, int]) -> list[Clique]:
    """Cliques that between them hold every group, none within another; each meets the later ones only in what it
    shares with its next.

    Attributes are taken away one by one, the one that needs least filling up first (``sizes``: values of each).
    """
    neighbours: dict[str, set[str]] = {attribute: set() for attribute in sizes}
    for group in groups:
        _tie(neighbours, group)
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    while neighbours:
        attribute = min(neighbours, key=lambda each: (_untied(neighbours, each), _size(neighbours, sizes, each), each))
        shared = frozenset(neighbours.pop(attribute))
        _tie(neighbours, shared)
        for each in shared:
            neighbours[each].discard(attribute)
        _add(found, shared | {attribute}, shared)
    return [
        Clique(
            tuple(sorted(whole)),
            tuple(sorted(shared)),
            next((later for later in range(place + 1, len(found)) if shared <= found[later][0]), None),
        )
        for place, (whole, shared) in enumerate(found)
    ]


def _add(found: list[tuple[frozenset[str], frozenset[str]]], whole: frozenset[str], shared: frozenset[str]) -> None:
    """A clique last. One that is no more than what an earlier one shares with the later is that one, moved here."""
    same = next((n for n, (_, earlier) in enumerate(found) if earlier == whole), None)
    found.append((whole, shared) if same is None else (found.pop(same)[0], shared))


def _tie(neighbours: dict[str, set[str]], group: Iterable[str]) -> None:
    for first, second in combinations(sorted(group), 2):
        neighbours[first].add(second)
        neighbours[second].add(first)


def _untied(neighbours: Mapping[str, set[str]], attribute: str) -> int:
    return sum(second not in neighbours[first] for first, second in combinations(neighbours[attribute], 2))


def _size(neighbours: Mapping[str, set[str]], sizes: Mapping[str, int], attribute: str) -> int:
    size = sizes[attribute]
    for each in neighbours[attribute]:
        size *= sizes[each]
    return size
