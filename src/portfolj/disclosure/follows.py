"""Which counts follow from others, as sums and differences of them, whoever the people are.

A count is a function on kinds of people, 1 for each kind that is counted, and follows from others when its function
lies in the span of theirs. The functions are never written out. Where all kinds weigh the same the inner product of
two is the product over attributes of the share of the values that both ask about, and that is all that is needed: what
follows is at distance 0 from the span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.linalg import solve_triangular
from scipy.linalg.lapack import dpstrf

from portfolj.disclosure.counts import Where
from portfolj.disclosure.system import classes_of

# The square of the distance below which a function of length 1 lies in a span. Rounding leaves some 1e-12; what does
# not follow is hardly closer than one kind among all that are told apart, and of those there are far fewer than 1e8.
SAME = 1e-8
CLOSE = 1e-3  # numbers of people that are the same
MOST = 6_000  # known functions that are looked at together: some ten seconds and a gigabyte
AT_ONCE = 2_000  # functions that are asked about at a time


class Following(NamedTuple):
    """``numbers``: what follows for counts. ``agree``: whether no known one follows from others with another number."""

    numbers: dict[Where, float]
    agree: bool


def following(
    known: Mapping[Where, int], asked: Sequence[Where], domains: Mapping[str, Sequence[str]]
) -> Following | None:
    """Those of the counts ``asked`` that follow from the known ones, with their numbers; None where it is too much.

    Where the known ones do not agree, a number is what some of them say. Counts of values that there are not are left
    out. Too much are more than ``MOST`` counts that have to be looked at together (see ``_Span``).
    """
    own = {attribute: frozenset(values) for attribute, values in domains.items()}
    places = [p for p in dict.fromkeys([*known, *asked]) if all(values & own[attribute] for attribute, values in p)]
    functions = _Functions(places, domains)
    many = sum(place in known for place in places)
    kinds = _parting(functions, many)
    if np.unique(kinds[:many], return_counts=True)[1].max(initial=0) > MOST:
        return None
    told = np.array([known.get(place, 0) for place in places]) / functions.lengths
    span = _Span(functions, kinds, told[:many])
    rest = np.setdiff1d(np.arange(len(places)), span.chosen)
    numbers: dict[int, float] = {}
    for some in np.array_split(rest, len(rest) // AT_ONCE + 1):
        within, found = span.numbers(some)
        numbers |= zip(some[within].tolist(), (found * functions.lengths[some])[within].tolist(), strict=True)
    agree = all(abs(number - known.get(places[n], number)) < CLOSE for n, number in numbers.items())
    follow = {**known, **{places[n]: number for n, number in numbers.items()}}
    return Following({place: float(follow[place]) for place in asked if place in follow}, agree)


class _Functions:
    """Functions of length 1. ``lengths``: what each has been divided by; ``kinds``: attribute -> the one class of its
    values that each asks about, -1 where it asks about several or none."""

    def __init__(self, places: Sequence[Where], domains: Mapping[str, Sequence[str]]) -> None:
        classes = classes_of(places, domains)
        self._shares: list[tuple[np.ndarray, np.ndarray]] = []
        self.kinds: dict[str, np.ndarray] = {}
        squares = np.ones(len(places))
        conditions = [dict(place) for place in places]
        for attribute, numbers in sorted(classes.items()):
            sets: dict[frozenset[str], int] = {frozenset(domains.get(attribute, [""])): 0}
            everything = next(iter(sets))
            asked = [each.get(attribute, everything) for each in conditions]
            index = np.array([sets.setdefault(values, len(sets)) for values in asked], dtype=np.int64)
            member = np.zeros((len(sets), max(numbers.values()) + 1))
            for values, row in sets.items():
                member[row, sorted({numbers[value] for value in values if value in numbers})] = 1
            shares = member @ member.T / member.shape[1]
            self._shares.append((index, shares))
            single = np.where(member.sum(axis=1) == 1, member.argmax(axis=1), -1)
            self.kinds[attribute] = single[index]
            squares *= shares.diagonal()[index]
        self.lengths = np.sqrt(squares)

    def products(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """The inner product of each of the one with each of the other."""
        found = np.ones((len(rows), len(columns)))
        for index, shares in self._shares:
            found *= shares[index[rows]][:, index[columns]]
        return found / self.lengths[rows, None] / self.lengths[columns]


class _Span:
    """The span of the first functions, ``told`` being what is known of each.

    Functions that ask about one value each of the same attribute, another value each, are at right angles. So those
    are gathered value by value (``kinds``), and the rest, ``across``, looked at beside what they leave: with 300
    interventions 300 small tasks and one of a few hundred counts, instead of one of several thousand. ``chosen``:
    functions that do not follow from each other and that all others follow from.
    """

    def __init__(self, functions: _Functions, kinds: np.ndarray, told: np.ndarray) -> None:
        self._functions, self._kinds = functions, kinds
        known = np.arange(len(told))
        across = known[kinds[known] < 0]
        self._parts: dict[int, _Part] = {}
        for kind in np.unique(kinds[known]).tolist():
            if kind >= 0:
                own = known[kinds[known] == kind]
                chosen, lower = _independent(functions.products(own, own))
                inverse = _solved(lower, np.eye(len(chosen)))
                self._parts[kind] = _Part(own[chosen], inverse, inverse @ told[own[chosen]])
        beside = self._beside(across)
        chosen, self._lower = _independent(functions.products(across, across) - beside.T @ beside)
        self._across, self._between = across[chosen], beside[:, chosen]
        self._told = np.concatenate([part.told for part in self._parts.values()] or [np.zeros(0)])
        self._rest = _solved(self._lower, told[self._across] - self._told @ self._between)
        self.chosen = np.concatenate([*(part.chosen for part in self._parts.values()), self._across])

    def numbers(self, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each of the functions whether it is in the span, and what then is known of it."""
        distance, number = np.ones(len(asked)), np.zeros(len(asked))
        ends = np.cumsum([0, *(len(part.chosen) for part in self._parts.values())])
        directions = {kind: slice(*ends[n : n + 2]) for n, kind in enumerate(self._parts)}
        for kind in np.unique(self._kinds[asked]).tolist():
            own = np.flatnonzero(self._kinds[asked] == kind)
            rows = directions.get(kind, slice(0)) if kind >= 0 else slice(None)
            weights = self._beside(asked[own], kind)
            left = self._functions.products(self._across, asked[own]) - self._between[rows].T @ weights
            last = _solved(self._lower, left)
            distance[own] -= (weights**2).sum(axis=0) + (last**2).sum(axis=0)
            number[own] = self._told[rows] @ weights + self._rest @ last
        return distance < SAME, number

    def _beside(self, asked: np.ndarray, kind: int = -1) -> np.ndarray:
        """What the functions are in the directions of the parts, or of the only part that they are not at right angles
        to."""
        parts = [part for other, part in self._parts.items() if kind in (-1, other)]
        return np.concatenate([
            np.zeros((0, len(asked))), *(part.inverse @ self._functions.products(part.chosen, asked) for part in parts)
        ])  # fmt: skip


class _Part(NamedTuple):
    """``chosen``: functions that do not follow from each other; ``inverse``: of their products' triangular root, which
    turns what they are into directions at right angles; ``told``: what is known in these."""

    chosen: np.ndarray
    inverse: np.ndarray
    told: np.ndarray


def _parting(functions: _Functions, many: int) -> np.ndarray:
    """For each function the value that it asks about (-1: several, or any) of the attribute that parts them best."""

    def work(kinds: np.ndarray) -> float:
        sizes = np.unique(kinds[:many], return_counts=True)[1]
        return float((sizes.astype(float) ** 3).sum())

    return min(functions.kinds.values(), key=work)


def _independent(products: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Functions that the others follow from, and the triangular root of their products."""
    if not len(products):
        return np.zeros(0, dtype=np.int64), np.zeros((0, 0))
    root, order, rank, _ = dpstrf(products, tol=SAME, lower=1)
    return order[:rank].astype(np.int64) - 1, np.tril(root[:rank, :rank])


def _solved(lower: np.ndarray, right: np.ndarray) -> np.ndarray:
    return right if not len(lower) else solve_triangular(lower, right, lower=True, check_finite=False)
