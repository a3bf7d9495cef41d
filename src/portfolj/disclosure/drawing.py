"""Exchanges drawn for a count, as moves with what each costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from portfolj.disclosure.exchanges import Exchanges, chosen, exchanges_for, taken_back, wholly
from portfolj.disclosure.moves import Move
from portfolj.disclosure.parts import Parts

CHEAPEST = 15  # exchanges between two that are also looked at together with one that takes them back elsewhere
FREE = 12  # exchanges that cost nothing and are kept beside the one that was looked for


class Priced(NamedTuple):
    """A move and what it costs in counts to hide."""

    price: float
    move: Move


class Drawn:
    """Exchanges that change a count: each is given once."""

    def __init__(self, parts: Parts, count: int) -> None:
        self._parts, self._count = parts, count
        self._found: list[tuple[Exchanges, np.ndarray]] = []  # with those that are left

    def add(self, found: Exchanges | None, prices: np.ndarray) -> None:
        """More of them, but those that do not change the count or cannot be made at any price."""
        if found is not None:
            own = np.asarray(found.effects[:, [self._count]].todense()).ravel() != 0
            kept = np.flatnonzero(own & np.isfinite(prices_of(found.effects, prices)))
            self._found.append((chosen(found, kept), np.ones(len(kept), dtype=bool)))

    def free(self, prices: np.ndarray) -> list[Move]:
        """Some of those that cost nothing."""
        moves = []
        for found, left in self._found:
            for n in np.flatnonzero(left & (prices_of(found.effects, prices) == 0))[:FREE].tolist():
                left[n] = False
                moves.append(self._move(found, n))
        return moves

    def cheapest(self, prices: np.ndarray, fits: Callable[[Move], bool], *, most: float) -> Priced | None:
        """The cheapest that fits and costs no more than ``most``; None where none is left."""
        priced = [np.where(left, prices_of(found.effects, prices), np.inf) for found, left in self._found]
        while True:
            best, where = most, None
            for which, price in enumerate(priced):
                if len(price) and price.min() <= best and (where is None or price.min() < best):
                    best, where = float(price.min()), (which, int(price.argmin()))
            if where is None or not np.isfinite(best):
                return None
            found, left = self._found[where[0]]
            left[where[1]], priced[where[0]][where[1]] = False, np.inf
            move = self._move(found, where[1])
            if fits(move):
                return Priced(best, move)

    def _move(self, found: Exchanges, n: int) -> Move:
        people: dict[int, int] = {}
        for kinds, change in ((found.before[n], -1), (found.after[n], 1)):
            for atom in self._parts.atoms_of(kinds).ravel().tolist():
                people[atom] = people.get(atom, 0) + change
        effects = found.effects  # its own arrays: a matrix of one row takes far longer to make than to read
        row = slice(effects.indptr[n], effects.indptr[n + 1])
        return Move(
            {atom: change for atom, change in people.items() if change},
            dict(zip(effects.indices[row].tolist(), effects.data[row].astype(int).tolist(), strict=True)),
        )


def drawn_for(parts: Parts, count: int, round_: int, prices: np.ndarray) -> Drawn:
    """Exchanges between two people, some of them taken back elsewhere; the same each time, on any machine."""
    generator = np.random.default_rng((count, round_))
    drawn = Drawn(parts, count)
    single = exchanges_for(parts.people, count, generator)
    drawn.add(single, prices)
    if single is not None:
        cheap = np.argsort(prices_of(single.effects, prices), kind="stable")[:CHEAPEST]
        drawn.add(taken_back(parts.people, count, chosen(single, cheap), generator), prices)
    return drawn


def drawn_wholly(parts: Parts, count: int, prices: np.ndarray) -> Drawn:
    """Someone in the place of someone else, and one person more."""
    drawn = Drawn(parts, count)
    for found in wholly(parts.people, count, np.random.default_rng((count, 1_000))):
        drawn.add(found, prices)
    return drawn


def prices_of(effects: csr_matrix, prices: np.ndarray) -> np.ndarray:
    """What each exchange (a row) costs; infinite where something changes that has to stay."""
    rows = np.repeat(np.arange(effects.shape[0]), np.diff(effects.indptr))
    return np.bincount(rows, weights=prices[effects.indices], minlength=effects.shape[0])
