"""A change among the people of a part that takes a count up or down, at the least price in counts to hide."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_matrix, csr_matrix

from portfolj.disclosure.parts import Part

ONE_PERSON = 1e-3  # of two changes at the same price the one of fewer people
FARTHEST = 8.0  # numbers that the counts of one row may go up or down, and the people of one kind
NEAR_ENOUGH = 0.1  # a change in whole people may cost so much more than the cheapest
NODES = 300  # that the search for whole people may look at: a bound that does not hang on the machine, as seconds do


def cheapest_change(
    part: Part, row: int, by: int, prices: np.ndarray, slack: np.ndarray, *, times: int = 1
) -> np.ndarray | None:  # fmt: skip
    """How many more there are of each of the part's kinds of people, where the counts of ``row`` change by ``by``.

    ``prices``: what it costs that the counts of each row change by one: 0 where they are hidden, infinite where they
    must stay. ``slack``: how much lower the counts of each row may be than they are. ``times``: as often as there have
    to be people for the change. The cheapest there is, or near it; None where there is none, or none was found.
    """
    stays = np.isinf(prices)
    nobody = stays & (part.rows @ part.numbers == 0)
    free = np.ones(len(part.numbers), dtype=bool)
    free[_entries(part.rows, np.flatnonzero(nobody))[1]] = False
    if not free[_entries(part.rows, np.array([row]))[1]].any():
        return None
    atoms = np.flatnonzero(free)
    numbers = part.numbers[atoms] // times
    fewer = np.flatnonzero(numbers > 0)
    fixed, priced = np.flatnonzero(stays & ~nobody), np.flatnonzero(~stays & (prices > 0))
    lower = np.floor(slack / times)
    low = np.flatnonzero(~stays & (prices == 0) & (lower < FARTHEST))
    equal, many = part.meets.shape[0] + len(fixed) + 1, len(priced)
    width = len(atoms) + len(fewer)
    # A line per equation, of which all but the last are equal to their sum: people more, people fewer, and how much the
    # counts of a priced row go up and down.
    line, atom = _entries(part.rows, np.concatenate([fixed, [row], priced, low]))
    meets = part.meets.tocoo()
    line = np.concatenate([meets.row, line + part.meets.shape[0]])
    atom, value = np.concatenate([meets.col, atom]), np.concatenate([meets.data, np.ones(len(atom))])
    more = np.cumsum(free) - 1
    less = np.full(len(free), -1)
    less[atoms[fewer]] = len(atoms) + np.arange(len(fewer))
    up, down = free[atom], less[atom] >= 0
    by_row = equal + np.arange(many)
    lines = np.concatenate([line[up], line[down], by_row, by_row])
    columns = np.concatenate([more[atom[up]], less[atom[down]], width + np.arange(2 * many)])
    values = np.concatenate([value[up], -value[down], np.full(many, -1.0), np.ones(many)])
    shape = (equal + many + len(low), width + 2 * many)
    sums = np.zeros(equal + many)
    sums[equal - 1] = by
    constraints = LinearConstraint(
        csc_matrix((values, (lines, columns)), shape=shape),
        np.concatenate([sums, -lower[low]]), np.concatenate([sums, np.full(len(low), np.inf)]),
    )  # fmt: skip
    goal = np.concatenate([np.full(width, ONE_PERSON), prices[priced], prices[priced]])
    most = [np.full(len(atoms), FARTHEST), np.minimum(numbers[fewer], FARTHEST), np.full(many, FARTHEST),
            np.minimum(lower[priced], FARTHEST)]  # fmt: skip
    whole = np.concatenate([np.ones(width), np.zeros(2 * many)])
    for integrality in (0 * whole, whole):  # fractions of people are whole ones most often, and found much sooner
        result = milp(
            goal, constraints=constraints, integrality=integrality,
            bounds=Bounds(0, np.concatenate(most)), options={"mip_rel_gap": NEAR_ENOUGH, "node_limit": NODES},
        )  # fmt: skip
        if result.x is None:
            return None
        people = np.zeros(len(part.numbers))
        people[atoms] = result.x[: len(atoms)]
        people[atoms[fewer]] -= result.x[len(atoms) : width]
        if np.abs(people - np.round(people)).max() < 1e-6 and _fits(part, np.round(people), row, by, stays, slack):
            return np.asarray(np.round(people))
    return None


def _entries(matrix: csr_matrix, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where some rows of a matrix hold something: which of the rows, and the column."""
    first, many = matrix.indptr[rows].astype(np.int64), np.diff(matrix.indptr)[rows]
    of_row = np.repeat(np.arange(len(rows)), many)
    return of_row, matrix.indices[np.arange(len(of_row)) + (first - np.cumsum(many) + many)[of_row]]


def _fits(part: Part, people: np.ndarray, row: int, by: int, stays: np.ndarray, slack: np.ndarray) -> bool:
    """Whether there can be such people: what a solver says is not taken on trust."""
    rows = part.rows @ people
    return bool(
        (part.numbers + people >= 0).all()
        and not (part.meets @ people).any()
        and not rows[stays].any()
        and (rows[~stays] >= -slack[~stays]).all()
        and rows[row] == by
    )
