"""Exchanges among the people that leave every published count as it is, and what hidden counts they make possible.

One exchange after another, as far as there are people for them, shows a hidden count to be one number after another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


class Move(NamedTuple):
    """``people``: how many more (or fewer) there are of each atom; ``counts``: how much each count changes."""

    people: dict[int, int]
    counts: dict[int, int]


class Changed(NamedTuple):
    """How many more ``people`` there are of each atom, and more of each of the ``counts``, after some moves."""

    people: Counter[int]
    counts: Counter[int]

    def by(self, move: Move) -> None:
        """After one move more."""
        self.people.update(move.people)  # Counter.update adds, what is negative too
        self.counts.update(move.counts)


@dataclass
class Proof:
    """Whole numbers that a count may be, as differences from its true one (``changes``). ``up`` and ``down``: what the
    moves that way change in all; ``used``: the moves."""

    changes: set[int] = field(default_factory=lambda: {0})
    up: Changed = field(default_factory=lambda: Changed(Counter(), Counter()))
    down: Changed = field(default_factory=lambda: Changed(Counter(), Counter()))
    used: set[int] = field(default_factory=set)
    reached: list[int] = field(default_factory=lambda: [0, 0])


class Possible:
    """What hidden counts may be, from the moves found so far. ``base``: how many people there are of each atom;
    ``slack``: how much lower each count may be than it is; ``spent``: the numbers of moves that change something that
    is published, and so are possible no more."""

    def __init__(self, base: Mapping[int, int], slack: np.ndarray, *, k: int) -> None:
        self.base, self.slack, self.k = base, slack, k
        self.spent: set[int] = set()
        self.moves: list[Move] = []
        self.touching: dict[int, list[int]] = defaultdict(list)  # count -> moves that change it
        self._proofs: dict[int, Proof] = {}

    def add(self, move: Move) -> None:
        """A move that leaves every published count as it is."""
        number = len(self.moves)
        self.moves.append(move)
        for count in move.counts:
            self.touching[count].append(number)
            if count in self._proofs:
                self._try(count, number, self._proofs[count])

    def proof(self, count: int) -> Proof:
        """What is known of a count."""
        if count not in self._proofs:
            self._proofs[count] = self.without(count, ())
        return self._proofs[count]

    def settled(self, count: int) -> bool:
        """Whether at least ``k`` whole numbers are known to be possible."""
        return len(self.proof(count).changes) >= self.k

    def without(self, count: int, moves: Collection[int]) -> Proof:
        """What would be known of a count without some moves."""
        fresh = Proof()
        for number in self.touching[count]:
            if len(fresh.changes) >= self.k:
                break
            if number not in moves and number not in self.spent:
                self._try(count, number, fresh)
        return fresh

    def rest_on(self, count: int, proof: Proof) -> None:
        """From now on this is what is known of the count."""
        self._proofs[count] = proof

    def may_follow(self, move: Move, count: int) -> bool:
        """Whether there are people for the move after those that have changed the count in the same way."""
        proof = self.proof(count)
        return self._fits(move, proof.up if move.counts.get(count, 0) > 0 else proof.down)

    def _try(self, count: int, number: int, proof: Proof) -> None:
        """Makes the move as often as there are people for it: after the moves before it, and by itself."""
        move = self.moves[number]
        effect = move.counts[count]
        after, by_itself = (proof.up if effect > 0 else proof.down), Changed(Counter(), Counter())
        alone = 0
        while len(proof.changes) < self.k and self._fits(move, after):
            after.by(move)
            proof.reached[effect < 0] += effect
            proof.changes.add(proof.reached[effect < 0])
            proof.used.add(number)
        while len(proof.changes) < self.k and abs(alone) < abs(effect) * self.k and self._fits(move, by_itself):
            by_itself.by(move)
            alone += effect
            if alone not in proof.changes:
                proof.changes.add(alone)
                proof.used.add(number)

    def _fits(self, move: Move, after: Changed) -> bool:
        people, counts = after
        for atom, change in move.people.items():
            if change < 0 and self.base.get(atom, 0) + people.get(atom, 0) + change < 0:
                return False
        return all(
            change >= 0 or self.slack[count] + counts.get(count, 0) + change >= 0
            for count, change in move.counts.items()
        )
