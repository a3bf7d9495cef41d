"""A large set of tables made safe by exchanges between two people at a time.

To look at everything that other people might be is too much where tables with many attributes hang together. So the
true people are taken and two of them at a time exchange something: whatever the tables are, the new people are whole
people, and the counts that do not change are those that may be published. A hidden count that such exchanges, one
after another, take to ``k`` numbers is safe. One that they do not may be safe too; then more is hidden than need be,
never less. The hypercube method of cell suppression (Giessing and Repsilber, 2002) goes by such exchanges in one
table.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from portfolj.disclosure.counts import Where
from portfolj.disclosure.exchanges import Exchanges, chosen, exchanges_for, taken_back, wholly
from portfolj.disclosure.moves import Move, Possible
from portfolj.disclosure.people import People
from portfolj.disclosure.system import classes_of

TRIES = 12  # times that exchanges are drawn for a count before it is given up
CHEAPEST = 15  # exchanges between two that are also looked at together with one that takes them back elsewhere
FREE = 12  # exchanges that cost nothing and are kept beside the one that was looked for


def hidden_by_exchanges(
    places: Sequence[Where],
    values: np.ndarray,
    first: Sequence[int],
    columns: Mapping[str, np.ndarray],
    domains: Mapping[str, Sequence[str]],
    costs: np.ndarray,
    *,
    k: int,
) -> frozenset[int]:
    """The numbers of the counts that have to be hidden for ``first`` to be safe. ``costs``: infinite for what is known.

    Where something remains that no exchange makes safe, every count of anybody is hidden: any number of times as many
    people would then fit, as long as nothing but zeros is known already. What is known of others from before is left
    out where it does not hold for these people. Raises ValueError where today's counts do not.
    """
    people = People(columns, places, classes_of(places, domains), domains)
    counted = people.numbers @ people.effects([], [people.kinds])
    wrong = counted != values
    if (wrong & np.isfinite(costs)).any():
        raise ValueError("the people are not those that are counted")
    # Nobody stays shown: where a count of nobody is hidden, nobody that there is can prove it to be more.
    never = np.where((values == 0) & ~wrong, np.inf, costs)
    large = Large(people, np.where(wrong, 0.0, never), k=k)
    found = large.protect(first)
    if any(values[count] > 0 for count in large.lost) and not (np.isinf(costs) & (values > 0)).any():
        found |= frozenset(np.flatnonzero(values > 0).tolist())
    return found - frozenset(np.flatnonzero(wrong).tolist())


class Large:
    """``hidden``: for every count whether it is hidden so far; ``lost``: those that no exchange found makes safe."""

    def __init__(self, people: People, costs: np.ndarray, *, k: int) -> None:
        """``costs``: what it costs to hide each count, infinite where it cannot be hidden."""
        self.people, self.costs = people, costs
        self.hidden = np.zeros(len(costs), dtype=bool)
        self.lost: set[int] = set()
        self._spent: set[int] = set()  # moves that change a count which is shown again
        kinds = [kind.tobytes() for kind in people.kinds]
        self.possible = Possible(dict(zip(kinds, people.numbers.tolist(), strict=True)), k=k)

    def protect(self, first: Sequence[int]) -> frozenset[int]:
        """These counts and what else has to be hidden for each to be at least ``k`` numbers."""
        self.hidden[list(first)] = True
        queue = deque(first)
        while queue:
            count = queue.popleft()
            for round_ in range(TRIES):
                if self.possible.settled(count):
                    break
                queue.extend(self._draw(count, round_))
            for found in wholly(self.people, count, np.random.default_rng((count, TRIES))):
                if not self.possible.settled(count):
                    queue.extend(self._take_cheapest(count, [self._changing(count, found)]))
            if not self.possible.settled(count):
                self.lost.add(count)
        self._show_again(frozenset(first))
        return frozenset(np.flatnonzero(self.hidden).tolist())

    def _draw(self, count: int, round_: int) -> list[int]:
        """Draws exchanges and takes the cheapest ones until the count is settled; what is hidden for it."""
        generator = np.random.default_rng((count, round_))  # the same on any machine
        single = exchanges_for(self.people, count, generator)
        if single is None:
            return []
        drawn = [self._changing(count, single)]
        self._take_free(*drawn[0])
        if self.possible.settled(count):
            return []
        cheap = np.argsort(self._prices(single.effects), kind="stable")[:CHEAPEST]
        double = taken_back(self.people, count, chosen(single, cheap), generator)
        if double is not None:
            drawn.append(self._changing(count, double))
            self._take_free(*drawn[1])
        return self._take_cheapest(count, drawn)

    def _changing(self, count: int, found: Exchanges) -> tuple[Exchanges, np.ndarray]:
        """Those that change the count and may be made, with what each costs."""
        own = np.asarray(found.effects[:, [count]].todense()).ravel() != 0
        price = self._prices(found.effects)
        kept = np.flatnonzero(own & np.isfinite(price))
        return chosen(found, kept), price[kept]

    def _take_free(self, found: Exchanges, price: np.ndarray) -> None:
        for n in np.flatnonzero(price == 0)[:FREE]:
            self.possible.add(_move(found, int(n)))

    def _take_cheapest(self, count: int, drawn: list[tuple[Exchanges, np.ndarray]]) -> list[int]:
        new: list[int] = []
        left = [(float(cost), which, n) for which, (_, price) in enumerate(drawn) for n, cost in enumerate(price)]
        left.sort()
        while left and not self.possible.settled(count):
            _, which, n = left.pop(0)
            move = _move(drawn[which][0], n)
            if not self.possible.may_follow(move, count):
                continue
            more = [each for each in move.counts if not self.hidden[each]]
            self.hidden[more] = True
            new += more
            self.possible.add(move)
            if more:  # what is hidden now makes others cheaper
                prices = [self._prices(found.effects) for found, _ in drawn]
                left = sorted((float(prices[which][n]), which, n) for _, which, n in left)
        return new

    def _prices(self, effects: csr_matrix) -> np.ndarray:
        """What each exchange (a row) costs in counts that are not hidden yet; infinite where one cannot be hidden."""
        each = np.where(self.hidden, 0.0, self.costs)[effects.indices]
        rows = np.repeat(np.arange(effects.shape[0]), np.diff(effects.indptr))
        return np.bincount(rows, weights=each, minlength=effects.shape[0])

    def _show_again(self, keep: Collection[int]) -> None:
        """Shows what need not be hidden as far as is known, the dearest first."""
        others = [int(each) for each in np.flatnonzero(self.hidden) if each not in keep]
        for count in sorted(others, key=lambda each: (-self.costs[each], each)):
            gone = set(self.possible.touching[count])
            still = {}
            for other in np.flatnonzero(self.hidden).tolist():
                if other == count or not self.possible.proof(other).used & gone:
                    continue
                still[other] = self.possible.without(other, self._spent | gone)
                if len(still[other].changes) < self.possible.k:
                    break
            else:
                self.hidden[count] = False
                self._spent |= gone
                for other, proof in still.items():
                    self.possible.rest_on(other, proof)


def _move(found: Exchanges, n: int) -> Move:
    people: dict[bytes, int] = {}
    for kinds, change in ((found.before[n], -1), (found.after[n], 1)):
        for kind in kinds:
            people[kind.tobytes()] = people.get(kind.tobytes(), 0) + change
    row = found.effects[[n]]
    return Move(
        {kind: change for kind, change in people.items() if change},
        dict(zip(row.indices.tolist(), row.data.astype(int).tolist(), strict=True)),
    )
