"""Which whole numbers a hidden count may be, for anyone who knows everything that is published."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity, vstack
from scipy.sparse.csgraph import connected_components

from portfolj.disclosure.system import System

KEPT_PEOPLE = 2_000  # other people that would give the same published counts; bounds memory


class Knowledge:
    """What follows from the counts of a system that are published.

    ``values``: the true counts. ``tables``: every table of counts of other people that has been seen to fit with what
    was published at the time, a row each: asking again costs little.
    """

    def __init__(self, system: System, values: np.ndarray) -> None:
        self.system, self.values = system, values
        self.tables = values[np.newaxis]
        self._hidden: frozenset[int] | None = None

    def publish_all_but(self, hidden: Collection[int]) -> None:
        """Everything but these counts is published from now on."""
        if self._hidden == (hidden := frozenset(hidden)):
            return
        self._hidden = hidden
        public = np.ones(len(self.values), dtype=bool)
        public[list(hidden)] = False
        self.public = public
        counts, meets = self.system.counts, self.system.meets
        atoms = np.ones(counts.shape[1], dtype=bool)
        nobody = public & (self.values == 0)
        atoms[np.unique(counts[nobody].indices)] = False
        self._atoms = np.flatnonzero(atoms)
        self._rows = vstack([counts[public & ~nobody], meets]).tocsr()[:, self._atoms]
        self._sums = np.concatenate([self.values[public & ~nobody], np.zeros(meets.shape[0])])
        told = self._rows.getnnz(axis=1) > 0
        self._rows, self._sums = self._rows[told], self._sums[told]
        self._counts = counts[:, self._atoms]
        # Atoms hang together where one equation has both; what hangs together is looked at alone.
        ties = (abs(self._rows).T @ abs(self._rows)).tocsr()
        self._part_of_atom = connected_components(ties, directed=False)[1] if len(self._atoms) else np.array([], int)
        first_atom = self._rows.indices[self._rows.indptr[:-1]] if self._rows.shape[0] else np.array([], int)
        self._part_of_row = self._part_of_atom[first_atom]
        self._fitting = self.tables[(self.tables[:, public] == self.values[public]).all(axis=1)]

    def possible(self, count: int, *, enough: int) -> set[int]:
        """Whole numbers that the count may be, its true one among them: at least ``enough`` of them where there are.

        They are looked for within ``enough`` of the true one.
        """
        found = self._seen(count)
        if len(found) >= enough:
            return found
        true, reach = int(self.values[count]), enough - 1
        highest = self._best(count, most=True, least=true, highest=true + reach)
        found |= self._seen(count)
        if len(found) >= enough:
            return found
        lowest = self._best(count, most=False, least=max(true - reach, 0), highest=true)
        found |= self._seen(count) | {highest, lowest}
        for number in range(lowest, highest + 1):
            # Whole numbers between two possible ones are nearly always possible too; that is not taken for granted.
            if len(found) >= enough or highest - lowest + 1 < enough:
                break
            if number not in found and self._best(count, most=True, least=number, highest=number) == number:
                found.add(number)
        return found

    def _seen(self, count: int) -> set[int]:
        return set(self._fitting[:, count].astype(int).tolist())

    def _best(self, count: int, *, most: bool, least: int, highest: int) -> int:
        """The highest (or lowest) number that the count may be within limits; its true one where there is no other."""
        aim = np.asarray(self._counts[count].todense()).ravel()
        parts = np.unique(self._part_of_atom[aim > 0])
        if not len(parts):
            return int(self.values[count])
        atoms = np.isin(self._part_of_atom, parts)
        rows = np.isin(self._part_of_row, parts)
        equations, sums = self._rows[rows][:, atoms], self._sums[rows]
        goal = aim[atoms]
        constraints = [LinearConstraint(csr_matrix(goal), least, highest)]
        if equations.shape[0]:
            constraints.append(LinearConstraint(equations, sums, sums))
        result = milp(
            -goal if most else goal, constraints=constraints, integrality=np.ones(len(goal)),
            bounds=Bounds(0, np.inf),
        )  # fmt: skip
        if result.x is None:
            return int(self.values[count])
        return int(self._keep(atoms, np.round(result.x), count))

    def _keep(self, atoms: np.ndarray, people: np.ndarray, count: int) -> int:
        """Remembers a table that fits, the counts outside the atoms' part as they truly are."""
        table = self.values.copy()
        touched = self._counts[:, atoms].getnnz(axis=1) > 0
        hidden = touched & ~self.public
        # A hidden count may lie in several parts: only those that lie in this one whole are known from it.
        whole = self._counts[:, ~atoms].getnnz(axis=1) == 0
        table[hidden & whole] = (self._counts[hidden & whole][:, atoms] @ people).round()
        number = int((self._counts[count][:, atoms] @ people).round()[0])
        if whole[count]:
            self.tables = np.vstack([self.tables, table])[-KEPT_PEOPLE:]
            self._fitting = np.vstack([self._fitting, table])[-KEPT_PEOPLE:]
        return number


def cheapest_way(
    knowledge: Knowledge, count: int, *, change: int, hidden: Collection[int], costs: np.ndarray, exact_up_to: int
) -> tuple[float, list[int]] | None:
    """The published counts to hide so that a hidden one may be off by ``change``, and what they cost together.

    Other people are looked for whose count differs so much and whose other counts differ in as few published ones as
    can be; those are to be hidden. Exactly where at most ``exact_up_to`` may come to differ, else by the least sum of
    differences. None where there are no such people.
    """
    system, values = knowledge.system, knowledge.values
    free = np.zeros(len(values), dtype=bool)
    free[list(hidden)] = True
    open_counts = np.flatnonzero(~free & np.isfinite(costs))
    fixed = np.flatnonzero(~free & ~np.isfinite(costs))
    atoms, others = system.counts.shape[1], len(open_counts)
    exact = others <= exact_up_to
    wide = float(4 * abs(change) + 4)
    nothing = csr_matrix((1, 2 * others))
    rows = [
        (hstack([system.counts[[count]], nothing]), values[count] + change, values[count] + change),
        (hstack([system.meets, csr_matrix((system.meets.shape[0], 2 * others))]), 0.0, 0.0),
        (hstack([system.counts[fixed], csr_matrix((len(fixed), 2 * others))]), values[fixed], values[fixed]),
        (
            hstack([system.counts[open_counts], -identity(others), identity(others)]),
            values[open_counts],
            values[open_counts],
        ),
    ]
    width = atoms + 2 * others
    goal = np.concatenate([np.zeros(atoms), costs[open_counts], costs[open_counts]])
    whole = np.ones(width)
    upper = np.concatenate([np.full(atoms, np.inf), np.full(2 * others, wide)])
    if exact:  # a switch for each count that may differ, on where it does
        rows = [(hstack([row, csr_matrix((row.shape[0], others))]), low, high) for row, low, high in rows]
        switch = hstack(
            [csr_matrix((others, atoms)), identity(others), identity(others), -wide * identity(others)]
        )
        rows.append((switch, -np.inf, 0.0))
        goal = np.concatenate([np.zeros(width), costs[open_counts]])
        whole, upper = np.ones(width + others), np.concatenate([upper, np.ones(others)])
    constraints = [LinearConstraint(csr_matrix(row), low, high) for row, low, high in rows if row.shape[0]]
    result = milp(goal, constraints=constraints, integrality=whole if exact else 0 * whole, bounds=Bounds(0, upper))
    if result.x is None:
        return None
    differs = np.abs(result.x[atoms : atoms + others] - result.x[atoms + others : width]) > 1e-6
    chosen = [int(each) for each in open_counts[differs]]
    return float(costs[chosen].sum()), chosen


