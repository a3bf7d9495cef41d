"""An attacker who has every published count, and works out what the hidden ones may be.

It shares nothing with the package that it tests. It knows the attributes, their values and the published counts as
conditions (attribute -> the values counted), on every page and in every file; the unknowns are how many people there
are of every combination of values of **all** attributes, whole numbers of 0 or more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Conditions = Mapping[str, frozenset[str]]


def everyone(domains: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Every kind of person that there may be."""
    return [dict(zip(domains, values, strict=True)) for values in product(*domains.values())]


def counted(conditions: Conditions, kinds: Sequence[Mapping[str, str]]) -> np.ndarray:
    """1 for every kind of person that the conditions count."""
    return np.array([all(kind[a] in values for a, values in conditions.items()) for kind in kinds], dtype=int)


class Attacker:
    """``published``: (conditions, value) of everything that can be read; ``somebody``: counts that are hidden, which
    says that they are not 0, since that is shown."""

    def __init__(
        self,
        domains: Mapping[str, Sequence[str]],
        published: Sequence[tuple[Conditions, int]],
        somebody: Sequence[Conditions] = (),
    ) -> None:
        self.kinds = everyone(domains)
        self.rows = np.array([counted(conditions, self.kinds) for conditions, _ in published])
        self.rows = self.rows.reshape(len(published), len(self.kinds))
        self.values = np.array([value for _, value in published], dtype=int)
        self.somebody = np.array([counted(conditions, self.kinds) for conditions in somebody])
        self.people: list[np.ndarray] = []

    def numbers(self, conditions: Conditions, *, enough: int) -> set[int]:
        """Whole numbers that the count may be: all of them, or at least ``enough``."""
        aim = counted(conditions, self.kinds)
        found = {int(aim @ people) for people in self.people}
        if len(found) >= enough:
            return found
        low = self._solve(aim, 1, -np.inf, np.inf)
        assert low is not None, "no people at all fit what is published"
        high = self._solve(aim, -1, low, low + 3 * enough)  # higher ones are not needed
        assert high is not None
        found |= {low, high}
        for number in range(low, high + 1):
            if len(found) >= enough:
                break
            if number not in found and self._solve(aim, 1, number, number) is not None:
                found.add(number)
        return found

    def _solve(self, aim: np.ndarray, sign: int, least: float, most: float) -> int | None:
        constraints = [LinearConstraint(aim, least, most)]
        if len(self.values):
            constraints.append(LinearConstraint(self.rows, self.values, self.values))
        if len(self.somebody):
            constraints.append(LinearConstraint(self.somebody, 1, np.inf))
        result = milp(sign * aim, constraints=constraints, integrality=np.ones(len(aim)), bounds=Bounds(0, np.inf))
        if result.x is None:
            return None
        people = np.round(result.x).astype(int)
        assert (people >= 0).all()
        assert (self.rows @ people == self.values).all()
        assert not len(self.somebody) or (self.somebody @ people >= 1).all()
        self.people.append(people)
        return int(aim @ people)


def broken(
    domains: Mapping[str, Sequence[str]],
    published: Sequence[tuple[Conditions, int]],
    hidden: Sequence[Conditions],
    *,
    k: int,
    maybe_nobody: Collection[frozenset[str]] = (),
) -> list[tuple[Conditions, set[int]]]:
    """The hidden counts that can be fewer than ``k`` numbers, with the numbers. Nobody is shown, so that what is hidden
    is somebody, but for counts that ask about attributes of which nobody is hidden too (``maybe_nobody``)."""
    attacker = Attacker(domains, published, [each for each in hidden if frozenset(each) not in maybe_nobody])
    possible = [(conditions, attacker.numbers(conditions, enough=k)) for conditions in hidden]
    return [(conditions, numbers) for conditions, numbers in possible if len(numbers) < k]
