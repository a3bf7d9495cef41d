"""A change among the people of a part that takes a count up or down, at the least price in counts to hide."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity, vstack

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
    free[part.rows[nobody].indices] = False
    atoms = np.flatnonzero(free)
    rows, numbers = part.rows[:, atoms], part.numbers[atoms] // times
    if not rows[[row]].nnz:
        return None
    fewer = np.flatnonzero(numbers > 0)
    change = hstack([identity(len(atoms), format="csr"), -identity(len(atoms), format="csr")[:, fewer]]).tocsr()
    fixed, priced = np.flatnonzero(stays & ~nobody), np.flatnonzero(~stays & (prices > 0))
    width, many = change.shape[1], len(priced)
    equal = vstack([part.meets[:, atoms] @ change, rows[fixed] @ change, rows[[row]] @ change]).tocsr()
    sums = np.zeros(equal.shape[0] + many)
    sums[equal.shape[0] - 1] = by
    if many:  # how much the counts of a priced row go up and down
        equal = vstack([
            hstack([equal, csr_matrix((equal.shape[0], 2 * many))]),
            hstack([rows[priced] @ change, -identity(many), identity(many)]),
        ]).tocsr()  # fmt: skip
    lower = np.floor(slack / times)
    low = np.flatnonzero(~stays & (prices == 0) & (lower < FARTHEST))
    constraints = [LinearConstraint(equal, sums, sums)]
    if len(low):
        floors = hstack([rows[low] @ change, csr_matrix((len(low), 2 * many))]).tocsr()
        constraints.append(LinearConstraint(floors, -lower[low], np.inf))
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
        people[atoms] = change @ result.x[:width]
        if np.abs(people - np.round(people)).max() < 1e-6 and _fits(part, np.round(people), row, by, stays, slack):
            return np.asarray(np.round(people))
    return None


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
