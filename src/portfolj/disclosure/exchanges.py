"""Exchanges between two people that change a hidden count by one, and what else they change.

Two people who exchange some of what is known of them (sex and age, say, but not result) leave every count as it was
that asks only about what they exchanged, or only about the rest: what other tables hold of them is seen to at once, in
whichever way the tables hang together. A person who takes over something of another, who keeps it, changes more counts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from portfolj.disclosure.people import People

PAIRS = 40  # pairs of people for each choice of what they exchange
CHOICES = 10  # choices of what they exchange
PLACES = 3  # choices of where an exchange is taken back
BACK = 8  # pairs of people there


class Exchanges(NamedTuple):
    """``before``, ``after``: for each exchange the kinds of the people in it; ``taken``: which attributes they
    exchange; ``effects``: a row per exchange, how much each count changes."""

    before: np.ndarray
    after: np.ndarray
    taken: np.ndarray
    effects: csr_matrix


def chosen(found: Exchanges, rows: np.ndarray) -> Exchanges:
    """Some of the exchanges, in the order of their numbers given."""
    return Exchanges(found.before[rows], found.after[rows], found.taken[rows], found.effects[rows])


def exchanges_for(people: People, count: int, generator: np.random.Generator) -> Exchanges | None:
    """Exchanges that change a count by one, up or down, drawn among all that there are; None for none."""
    asked = people.asked[count]
    fits = {column: np.isin(people.kinds[:, column], values) for column, values in asked.items()}
    columns = np.arange(len(people.attributes))
    before, after, all_taken = [], [], []
    for _ in range(CHOICES):
        taken = generator.random(len(columns)) < generator.choice([0.0, 0.15, 0.5, 0.85])
        if asked:
            inside = list(asked)
            first = generator.permutation(inside)[: int(generator.integers(1, len(inside) + 1))]
            taken[inside] = False
            taken[first] = True
        kept_fits = np.logical_and.reduce([fits[c] for c in asked if not taken[c]] + [np.ones(len(people.kinds), bool)])
        taken_fits = np.logical_and.reduce([fits[c] for c in asked if taken[c]] + [np.ones(len(people.kinds), bool)])
        keeps_all = not any(not taken[c] for c in asked)
        up = _pairs(np.flatnonzero(kept_fits & ~taken_fits), np.flatnonzero(taken_fits & ~kept_fits), generator)
        down = _pairs(np.flatnonzero(kept_fits & taken_fits), np.flatnonzero(~taken_fits & ~kept_fits), generator)
        if keeps_all:  # nothing of the count is left with the other: only one of the two may change
            up = _pairs(np.flatnonzero(~taken_fits), np.flatnonzero(taken_fits), generator)
            down = _pairs(np.flatnonzero(taken_fits), np.flatnonzero(~taken_fits), generator)
        pairs = np.vstack([up, down])
        if not len(pairs):
            continue
        one, other = people.kinds[pairs[:, 0]], people.kinds[pairs[:, 1]]
        new_one, new_other = np.where(taken, other, one), np.where(taken, one, other)
        if keeps_all:
            new_other = other
        before.append(np.stack([one, other], axis=1))
        after.append(np.stack([new_one, new_other], axis=1))
        all_taken.append(np.tile(taken, (len(pairs), 1)))
    if not before:
        return None
    old, new = np.concatenate(before), np.concatenate(after)
    effects = people.effects([old[:, 0], old[:, 1]], [new[:, 0], new[:, 1]])
    return Exchanges(old, new, np.concatenate(all_taken), effects)


def taken_back(people: People, count: int, found: Exchanges, generator: np.random.Generator) -> Exchanges | None:
    """Each exchange together with one the other way round between two people elsewhere (in another intervention, say),
    so that what tables hold of all of them together stays as it was; None for none."""
    asked = np.zeros(len(people.attributes), dtype=bool)
    asked[list(people.asked[count])] = True
    rows, others = [], []
    for n in range(len(found.before)):
        taken = found.taken[n]
        free = np.flatnonzero(~taken)
        for _ in range(PLACES if len(free) else 0):
            elsewhere = int(generator.choice(free))
            alike = asked | taken | (generator.random(len(taken)) < 0.5)
            alike[elsewhere] = False
            one, other = (people.like(found.after[n, side], alike) for side in (0, 1))
            if not len(one) or not len(other):
                continue
            where = people.kinds[:, elsewhere]
            same = np.argwhere(where[one][:, None] == where[other][None, :])
            if len(same):
                same = same[generator.permutation(len(same))[:BACK]]
                rows += [n] * len(same)
                others += [(int(one[a]), int(other[b])) for a, b in same]
    if not rows:
        return None
    pairs = people.kinds[np.array(others)]
    taken = found.taken[rows][:, None, :]
    back = np.where(taken, pairs[:, ::-1], pairs)
    before, after = np.concatenate([found.before[rows], pairs], 1), np.concatenate([found.after[rows], back], 1)
    persons = range(before.shape[1])
    effects = people.effects([before[:, n] for n in persons], [after[:, n] for n in persons])
    return Exchanges(before, after, found.taken[rows], effects)


def wholly(people: People, count: int, generator: np.random.Generator) -> list[Exchanges]:
    """Someone who is counted in the place of someone who is not; and one more of someone who is counted. Whoever is
    added is as somebody is, so that no rule on what people can be stands against it, only what is known of how many."""
    asked = people.asked[count]
    inside = np.logical_and.reduce(
        [np.isin(people.kinds[:, column], values) for column, values in asked.items()]
        + [np.ones(len(people.kinds), dtype=bool)]
    )
    pairs = _pairs(np.flatnonzero(~inside), np.flatnonzero(inside), generator)
    own = people.kinds[np.flatnonzero(inside)[:PAIRS]]
    one, other = people.kinds[pairs[:, 0]], people.kinds[pairs[:, 1]]
    found = [
        Exchanges(one[:, None], other[:, None], np.ones_like(one, dtype=bool), people.effects([one], [other])),
        Exchanges(
            own[:, None], np.stack([own, own], axis=1), np.ones_like(own, dtype=bool), people.effects([own], [own, own])
        ),
    ]
    return [each for each in found if len(each.before)]


def _pairs(first: np.ndarray, second: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    if not len(first) or not len(second):
        return np.zeros((0, 2), dtype=np.int64)
    if len(first) * len(second) <= PAIRS:
        return np.array(np.meshgrid(first, second)).reshape(2, -1).T
    return np.column_stack([generator.choice(first, PAIRS), generator.choice(second, PAIRS)])
