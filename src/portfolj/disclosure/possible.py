"""Which whole numbers a hidden count may be, for anyone who knows everything that is published."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

from portfolj.disclosure.system import System

KEPT_PEOPLE = 2_000  # other people that would give the same published counts; bounds memory


class Knowledge:
    """What follows from the counts of a system that are published.

    ``values``: the true counts; ``least``: the lowest number that each may be when hidden. ``tables``: every table of
    counts of other people that has been seen to fit with what was published at the time, a row each (NaN for a count
    that is not known): asking again costs little.
    """

    def __init__(self, system: System, values: np.ndarray, least: np.ndarray | None = None) -> None:
        self.system, self.values = system, values
        self.least = np.zeros(len(values)) if least is None else least
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
        self._floored = np.flatnonzero(~public & (self.least > 0))
        # Atoms hang together where one equation has both; what hangs together is looked at alone.
        tied = vstack([abs(self._rows), self._counts[self._floored]]).tocsr()
        ties = (tied.T @ tied).tocsr()
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
        true, reach, floor = int(self.values[count]), enough - 1, int(self.least[count])
        highest = self._best(count, most=True, least=true, highest=true + reach)
        found |= self._seen(count)
        if len(found) >= enough:
            return found
        lowest = self._best(count, most=False, least=max(true - reach, floor), highest=true)
        found |= self._seen(count) | {highest, lowest}
        for number in range(lowest, highest + 1):
            # Whole numbers between two possible ones are nearly always possible too; that is not taken for granted.
            if len(found) >= enough or highest - lowest + 1 < enough:
                break
            if number not in found and self._best(count, most=True, least=number, highest=number) == number:
                found.add(number)
        return found

    def _seen(self, count: int) -> set[int]:
        numbers = self._fitting[:, count]
        return set(numbers[np.isfinite(numbers)].astype(int).tolist())

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
        floored = self._floored[self._counts[self._floored][:, atoms].getnnz(axis=1) > 0]
        if len(floored):
            constraints.append(LinearConstraint(self._counts[floored][:, atoms], self.least[floored], np.inf))
        result = milp(
            -goal if most else goal, constraints=constraints, integrality=np.ones(len(goal)),
            bounds=Bounds(0, np.inf), options={"presolve": False},  # with it the solver may write on standard output
        )  # fmt: skip
        people = None if result.x is None else np.round(result.x)
        low = people is not None and (self._counts[floored][:, atoms] @ people < self.least[floored]).any()
        if people is None or low or (people < 0).any() or (equations @ people != sums).any():
            return int(self.values[count])  # where no whole people were found nothing is taken as possible
        return self._keep(atoms, people, count)

    def _keep(self, atoms: np.ndarray, people: np.ndarray, count: int) -> int:
        """Remembers people that fit, those outside the part as they truly are; what the count is of them."""
        table = self.values.copy()
        hidden = (self._counts[:, atoms].getnnz(axis=1) > 0) & ~self.public
        whole = self._counts[:, ~atoms].getnnz(axis=1) == 0
        table[hidden & whole] = (self._counts[hidden & whole][:, atoms] @ people).round()
        # A hidden count that lies in other parts too is not known from this one: such people fit no longer once it is
        # published.
        table[hidden & ~whole] = np.nan
        number = int((self._counts[count][:, atoms] @ people).round()[0])
        if whole[count]:
            self.tables = np.vstack([self.tables, table])[-KEPT_PEOPLE:]
            self._fitting = np.vstack([self._fitting, table])[-KEPT_PEOPLE:]
        return number
