"""What has to be hidden for a hidden count to be some other number."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity

from portfolj.disclosure.possible import Knowledge

EXACT_UP_TO = 80  # counts that may have to be hidden, for the fewest of them to be looked for exactly
NEAR_ENOUGH = 0.05  # a choice is taken that costs at most this share more than the cheapest


def cheapest_way(
    knowledge: Knowledge, count: int, *, change: int, hidden: Collection[int], costs: np.ndarray
) -> tuple[float, list[int]] | None:
    """The published counts to hide so that a hidden one may be off by ``change``, and what they cost together.

    Other people are looked for whose count differs so much and whose other counts differ in as few published ones as
    can be; those are to be hidden. Exactly where at most ``EXACT_UP_TO`` may come to differ, else by the least sum of
    differences. None where there are no such people.
    """
    system, values = knowledge.system, knowledge.values
    free = np.zeros(len(values), dtype=bool)
    free[list(hidden)] = True
    open_counts = np.flatnonzero(~free & np.isfinite(costs))
    fixed = np.flatnonzero(~free & ~np.isfinite(costs))
    atoms, others = system.counts.shape[1], len(open_counts)
    exact = others <= EXACT_UP_TO
    wide = float(4 * abs(change) + 4)
    nothing = csr_matrix((1, 2 * others))
    floored = np.flatnonzero(free & (knowledge.least > 0))
    rows = [
        (hstack([system.counts[floored], csr_matrix((len(floored), 2 * others))]), knowledge.least[floored], np.inf),
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
    fewer = np.minimum(values[open_counts] - knowledge.least[open_counts], wide)  # one that differs is hidden then
    upper = np.concatenate([np.full(atoms, np.inf), np.full(others, wide), fewer])
    if exact:  # a switch for each count that may differ, on where it does
        rows = [(hstack([row, csr_matrix((row.shape[0], others))]), low, high) for row, low, high in rows]
        switch = hstack([csr_matrix((others, atoms)), identity(others), identity(others), -wide * identity(others)])
        rows.append((switch, -np.inf, 0.0))
        goal = np.concatenate([np.zeros(width), costs[open_counts]])
        whole, upper = np.ones(width + others), np.concatenate([upper, np.ones(others)])
    constraints = [LinearConstraint(csr_matrix(row), low, high) for row, low, high in rows if row.shape[0]]
    result = milp(
        goal, constraints=constraints, integrality=whole if exact else 0 * whole, bounds=Bounds(0, upper),
        options={"mip_rel_gap": NEAR_ENOUGH, "presolve": False},  # with it the solver may write on standard output
    )  # fmt: skip
    if result.x is None:
        return None
    differs = np.abs(result.x[atoms : atoms + others] - result.x[atoms + others : width]) > 1e-6
    chosen = [int(each) for each in open_counts[differs]]
    return float(costs[chosen].sum()), chosen
