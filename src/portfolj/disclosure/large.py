"""A large set of tables made safe by moves of people: one hidden count after another.

To look at everything that other people might be is too much where tables with many attributes hang together. So for
each hidden count moves are looked for that make of the true people others, leave every published count as it is and
change the hidden one; one after another, or more than once, they take it from number to number. A count that they take
to ``k`` numbers is safe. One that they do not may be safe too; then more is hidden than need be, never less.

Moves come from two sources: exchanges between two people (``exchanges.py``), which take little time and whole people,
however many attributes they have; and where those are dear, the cheapest change in a part of the people
(``changes.py``). The hypercube method of cell suppression (Giessing and Repsilber, 2002) goes by exchanges in one
table.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from portfolj.disclosure.changes import cheapest_change
from portfolj.disclosure.choice import SIZES, Around
from portfolj.disclosure.counts import Where
from portfolj.disclosure.drawing import Drawn, Priced, drawn_for, drawn_wholly
from portfolj.disclosure.moves import Move, Possible, Proof
from portfolj.disclosure.parts import Part, Parts
from portfolj.disclosure.people import People
from portfolj.disclosure.system import classes_of

CHEAP = 2.5  # the price of an exchange that is taken without looking for something cheaper
GOOD_ENOUGH = 3.5  # the price of a change in a part that is taken without looking at a larger part
AT_ONCE = 7.0  # the price of a change that takes a count to all its numbers; above it they are looked for one by one
ROUNDS = 12  # times that exchanges are drawn before a count is given up; the first time parts are looked at too
LOOKS = 2_000  # parts looked at in all, for the time it takes to be bounded; thereafter exchanges alone
KEPT_CHANGES = 1_000  # that have been worked out
MORE_LOOKS = 1_000  # parts looked at when what need not be hidden is shown again


class Protected(NamedTuple):
    """The numbers of counts. ``hidden``: those to hide; ``unsafe``: those of them that no move found makes safe;
    ``told``: those of these that none would make safe though nothing at all were shown, by what is known already;
    ``maybe_nobody``: those that are told not to be somebody for sure, hidden or not."""

    hidden: frozenset[int]
    unsafe: frozenset[int]
    told: frozenset[int]
    maybe_nobody: frozenset[int]


def hidden_by_moves(
    places: Sequence[Where],
    values: np.ndarray,
    first: Sequence[int],
    known: np.ndarray,
    columns: Mapping[str, np.ndarray],
    domains: Mapping[str, Sequence[str]],
    costs: np.ndarray,
    *,
    k: int,
) -> Protected:
    """What has to be hidden for ``first`` to be safe. ``known``: which counts readers know whatever is hidden;
    ``costs``: what it costs to hide each of the others.

    What is known of others from before is left out where it does not hold for these people. Raises ValueError where
    today's counts do not.
    """
    everybody = People(columns, places, classes_of(places, domains), domains)
    right = everybody.counted() == values
    if (~right & ~known).any():
        raise ValueError("the people are not those that are counted")
    kept = np.flatnonzero(right)
    own = [places[n] for n in kept.tolist()]
    people = everybody if right.all() else People(columns, own, classes_of(own, domains), domains)
    at = {int(n): count for count, n in enumerate(kept)}
    large = Large(Parts(people, own), values[kept], costs[kept], known[kept], k=k)
    large.protect([at[n] for n in first])
    told = _told_already(large) if large.unsafe else set()
    maybe_nobody = kept[(large.values > 0) & (large.slack == large.values)]
    return Protected(
        frozenset(kept[large.hidden].tolist()),
        frozenset(int(kept[count]) for count in large.unsafe),
        frozenset(int(kept[count]) for count in told),
        frozenset(maybe_nobody.tolist()),
    )


def _told_already(large: Large) -> set[int]:
    """The unsafe counts that nothing makes safe even where all but what is known is hidden."""
    silent = Large(large.parts, large.values, large.costs, large.known, k=large.k)
    silent.hidden = ~large.known
    silent.slack[:] = large.values
    return set(silent.settle_all(deque(sorted(large.unsafe)), silent.parts.alike))


class Large:
    """``hidden``: for every count whether it is hidden so far; ``slack``: how much lower it may be, when hidden, than
    it is; ``unsafe``: those that no move found makes safe."""

    def __init__(self, parts: Parts, values: np.ndarray, costs: np.ndarray, known: np.ndarray, *, k: int) -> None:
        """``values``: the counts; ``costs``: what it costs to hide each; ``known``: those that cannot be hidden."""
        self.parts, self.values, self.known, self.k = parts, values, known, k
        self.costs = np.where(known | (values == 0), np.inf, costs)
        self.slack = np.maximum(values - 1, 0)  # nobody is shown, so that what is hidden is somebody
        self.hidden = np.zeros(len(costs), dtype=bool)
        self.unsafe: set[int] = set()
        self.possible = Possible(parts.everybody(), self.slack, k=k)
        self._looks = LOOKS
        self._around: tuple[tuple[int, bytes], Around] | None = None
        self._found: dict[tuple[int, int, int, int, bytes, bytes], np.ndarray | None] = {}

    def protect(self, first: Sequence[int]) -> None:
        """Hides these counts and what else has to be hidden for each to be at least ``k`` numbers."""
        self.hidden[list(first)] = True
        queue = deque(first)
        for count in first:
            if not self.values[count]:
                queue.extend(self._nobody_among(self.parts.alike(count)))
        in_vain = self.settle_all(queue, self.parts.alike)
        # What has been hidden since may help them; else nobody too of counts that ask about much the same.
        self.unsafe = set(self.settle_all(deque(in_vain), self.parts.nearly_alike))
        self._show_again(frozenset(first) | set(np.flatnonzero(self.values == 0).tolist()))

    def settle_all(self, queue: deque[int], among: Callable[[int], np.ndarray]) -> list[int]:
        """Settles the counts, and those that are hidden for them; those that nothing settles, not even that nobody too
        is hidden ``among`` some counts."""
        in_vain = []
        while queue:
            count = queue.popleft()
            for round_ in range(ROUNDS):
                if not self.possible.settled(count):
                    drawn = drawn_for(self.parts, count, round_, self._prices())
                    queue.extend(self._settle(count, drawn, parts_too=round_ == 0 and self._looks > 0))
            if not self.possible.settled(count):
                queue.extend(self._settle(count, drawn_wholly(self.parts, count, self._prices()), parts_too=False))
            if not self.possible.settled(count):
                alike = among(count)
                if (self.slack[alike] < self.values[alike]).any():
                    queue.extend([*self._nobody_among(alike), count])
                else:
                    in_vain.append(count)
        return in_vain

    def _nobody_among(self, alike: np.ndarray) -> list[int]:
        """Hides nobody too among these counts, so that each of them may be nobody; what is hidden for it."""
        self.slack[alike] = self.values[alike]
        nobody = alike[(self.values[alike] == 0) & ~self.hidden[alike] & ~self.known[alike]]
        self.hidden[nobody] = True
        return nobody.tolist()

    def _settle(self, count: int, drawn: Drawn, *, parts_too: bool) -> list[int]:
        """Takes the cheapest moves until the count is settled, or there is none; what is hidden for them."""

        def fits(move: Move) -> bool:
            return self.possible.may_follow(move, count)

        new: list[int] = []
        for move in drawn.free(self._prices()):
            self.possible.add(move)
        while not self.possible.settled(count):
            prices = self._prices()
            found = drawn.cheapest(prices, fits, most=CHEAP if parts_too else np.inf)
            if found is None and parts_too:
                in_part = self._from_parts(count, prices)
                found = drawn.cheapest(prices, fits, most=np.inf if in_part is None else in_part.price) or in_part
            if found is None:
                break
            more = [each for each in found.move.counts if not self.hidden[each]]
            self.hidden[more] = True
            new += more
            self.possible.add(found.move)
        return new

    def _from_parts(self, count: int, prices: np.ndarray) -> Priced | None:
        """The cheapest change in a part that makes the count another number than those that it is known to may be."""
        known, far = self.possible.proof(count).changes, self.k - 1
        found: list[Priced] = []
        if known == {0}:
            ways = [by for by in (-1, 1) if self.slack[count] + by * far >= 0]
            found = [each for by in ways if (each := self._in_parts(count, by, prices, times=far)) is not None]
            if any(each.price <= AT_ONCE for each in found):
                return min(found, key=lambda each: each.price)
        found += [each for by in self._next(count, known) if (each := self._in_parts(count, by, prices)) is not None]
        return min(found, key=lambda each: each.price, default=None)

    def _next(self, count: int, known: Collection[int]) -> list[int]:
        """The nearest changes, up and down, that the count is not known to may have."""
        up = next(n for n in range(1, self.k + 1) if n not in known)
        down = next(n for n in range(-1, -self.k - 1, -1) if n not in known)
        return [by for by in (up, down) if self.slack[count] + by >= 0]

    def _in_parts(self, count: int, by: int, prices: np.ndarray, *, times: int = 1) -> Priced | None:
        """The cheapest change that is found, in a small part and, where it is dear there, in larger ones."""
        best = None
        around = self._looked_around(count)
        for size in SIZES:
            part = self.parts.part(around.values(size))
            row = part.row(count)
            if row is None:
                continue
            of_rows = part.sums(prices)
            self._looks -= 1
            people = self._cheapest_change(part, row, by, of_rows, times=times)
            if people is not None:
                price = float(of_rows[(part.rows @ people) != 0].sum())
                if best is None or price < best.price:
                    best = Priced(price, _move(part, people))
            if best is not None and best.price <= GOOD_ENOUGH:
                break
        return best

    def _looked_around(self, count: int) -> Around:
        key = (count, self.hidden.tobytes())
        if self._around is None or key != self._around[0]:
            self._around = (key, Around(self.parts, count, self.hidden))
        return self._around[1]

    def _cheapest_change(self, part: Part, row: int, by: int, of_rows: np.ndarray, *, times: int) -> np.ndarray | None:
        """As ``cheapest_change``, which is not asked the same again: what is hidden changes, but seldom in the part."""
        least = part.least(self.slack)
        key = (part.number, row, by, times, of_rows.tobytes(), least.tobytes())
        if key not in self._found:
            if len(self._found) >= KEPT_CHANGES:
                self._found.clear()
            self._found[key] = cheapest_change(part, row, by, of_rows, least, times=times)
        return self._found[key]

    def _prices(self) -> np.ndarray:
        return np.where(self.hidden, 0.0, self.costs)

    def _show_again(self, keep: Collection[int]) -> None:
        """Shows what need not be hidden, the dearest first."""
        self._looks = MORE_LOOKS
        others = [int(each) for each in np.flatnonzero(self.hidden) if each not in keep]
        for count in sorted(others, key=lambda each: (-self.costs[each], each)):
            gone = set(self.possible.touching[count])
            hidden = np.flatnonzero(self.hidden).tolist()
            resting = [each for each in hidden if each != count and self.possible.proof(each).used & gone]
            self.hidden[count] = False
            still = {}
            for each in resting:
                still[each] = self._without(each, gone)
                if len(still[each].changes) < self.k and each not in self.unsafe:
                    self.hidden[count] = True
                    break
            else:
                self.possible.spent |= gone
                for each, proof in still.items():
                    self.possible.rest_on(each, proof)

    def _without(self, count: int, gone: Collection[int]) -> Proof:
        """What is known of a count without some moves; others are looked for where it takes them."""
        proof = self.possible.without(count, gone)
        only_hidden = np.where(self.hidden, 0.0, np.inf)
        in_vain: set[int] = set()
        while len(proof.changes) < self.k and self._looks > 0 and count not in self.unsafe:
            by = next((each for each in self._next(count, proof.changes) if each not in in_vain), None)
            if by is None:
                break
            found = self._in_parts(count, by, only_hidden)
            if found is None:
                in_vain.add(by)
            else:
                self.possible.add(found.move)
                proof = self.possible.without(count, gone)
        return proof


def _move(part: Part, people: np.ndarray) -> Move:
    by = (part.rows @ people).astype(int)[part.row_of]
    changed = np.flatnonzero(people)
    return Move(
        dict(zip(part.atoms[changed].tolist(), people[changed].astype(int).tolist(), strict=True)),
        dict(zip(part.counts[by != 0].tolist(), by[by != 0].tolist(), strict=True)),
    )
