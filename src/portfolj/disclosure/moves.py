"""Exchanges among the people that leave every published count as it is, and what hidden counts they make possible.

One exchange after another, as far as there are people for them, shows a hidden count to be one number after another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Move(NamedTuple):
    """``people``: how many more (or fewer) there are of each kind; ``counts``: how much each count changes."""

    people: dict[bytes, int]
    counts: dict[int, int]


@dataclass
class Proof:
    """Whole numbers that a count may be, as differences from its true one (``changes``). ``up`` and ``down``: how many
    more people there are of each kind after the moves that way; ``used``: the moves."""

    changes: set[int] = field(default_factory=lambda: {0})
    up: Counter[bytes] = field(default_factory=Counter)
    down: Counter[bytes] = field(default_factory=Counter)
    used: set[int] = field(default_factory=set)
    reached: list[int] = field(default_factory=lambda: [0, 0])


class Possible:
    """What hidden counts may be, from the moves found so far. ``base``: how many people there are of each kind."""

    def __init__(self, base: Mapping[bytes, int], *, k: int) -> None:
        self.base, self.k = base, k
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
            if number not in moves:
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
        move = self.moves[number]
        effect = move.counts[count]
        gone = proof.up if effect > 0 else proof.down
        while len(proof.changes) < self.k and self._fits(move, gone):
            gone.update(move.people)  # Counter.update adds, what is negative too
            proof.reached[effect < 0] += effect
            proof.changes.add(proof.reached[effect < 0])
            proof.used.add(number)

    def _fits(self, move: Move, gone: Mapping[bytes, int]) -> bool:
        return all(
            change >= 0 or self.base.get(kind, 0) + gone.get(kind, 0) + change >= 0
            for kind, change in move.people.items()
        )
