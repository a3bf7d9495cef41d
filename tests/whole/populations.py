"""Every population that fits what can be read, as an attacker would look for it: whole numbers and linear equations.

It shares nothing with the package. The unknowns are how many people there are of each kind, in families of kinds; a
family says how it agrees with another (as many of each value of what they share).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

Asked = Mapping[str, frozenset[str]]  # attribute -> the values that a cell counts
Cell = tuple[Asked, int | None]  # and what it shows; None where that is hidden
SEED = 20220331


class Populations:
    """Families are added first, then what is known, then questions are asked."""

    def __init__(self) -> None:
        self.found: list[np.ndarray] = []
        self._names: list[tuple[str, ...]] = []
        self._kinds: list[np.ndarray] = []
        self._starts: list[int] = []
        self._links: list[tuple[int, int, Asked]] = []
        self._width = 0
        self._known: LinearConstraint | None = None
        self._floors: list[LinearConstraint] = []

    def add(
        self,
        domains: Mapping[str, Sequence[str]],
        *,
        like: Sequence[int] = (),
        can_be: Callable[[Mapping[str, str]], bool] = lambda kind: True,
    ) -> int:
        """A family of every kind that ``can_be``; ``like``: families it agrees with on all that they share."""
        names, own = tuple(domains), len(self._names)
        kinds = [kind for kind in product(*domains.values()) if can_be(dict(zip(names, kind, strict=True)))]
        self._names.append(names)
        self._kinds.append(np.array(kinds))
        self._starts.append(self._width)
        self._width += len(kinds)
        for other in like:
            shared = [name for name in names if name in self._names[other]]
            for values in product(*(domains[name] for name in shared)):
                asked = {name: frozenset({value}) for name, value in zip(shared, values, strict=True)}
                self._links.append((own, other, asked))
        return own

    def tells(self, asked: Asked) -> bool:
        """Whether some family has every attribute that is asked about."""
        return any(set(asked) <= set(names) for names in self._names)

    def line(self, asked: Asked, family: int | None = None) -> np.ndarray:
        """1 for every kind that is counted, in the family or the first that has every attribute asked about."""
        if family is None:
            family = next(n for n, names in enumerate(self._names) if set(asked) <= set(names))
        kinds, names = self._kinds[family], self._names[family]
        hit = np.ones(len(kinds), dtype=bool)
        for name, values in asked.items():
            hit &= np.isin(kinds[:, names.index(name)], list(values))
        line = np.zeros(self._width)
        line[self._starts[family] : self._starts[family] + len(kinds)] = hit
        return line

    def know(self, cells: Iterable[Cell], somebody: Iterable[Asked] = ()) -> None:
        """The cells that show a number, and how the families agree, are all that is known; and that there is
        ``somebody`` in some that do not."""
        lines = [self.line(asked, own) - self.line(asked, like) for own, like, asked in self._links]
        values = [0] * len(lines)
        for asked, value in cells:
            if value is not None and self.tells(asked):
                lines.append(self.line(asked))
                values.append(value)
        self._known = LinearConstraint(csr_matrix(np.array(lines)), values, values)
        floors = [self.line(asked) for asked in somebody if self.tells(asked)]
        self._floors = [LinearConstraint(csr_matrix(np.array(floors)), 1, np.inf)] if floors else []
        self.found = []

    def guess(self, times: int) -> None:
        """So many populations that fit, far apart: most questions are answered by them."""
        draw = np.random.default_rng(SEED)
        for _ in range(times):
            assert self._solve(draw.normal(size=self._width), most_people=10_000, gap=1) is not None, "nobody fits"

    def possible(self, asked: Asked, *, enough: int) -> set[int]:
        """Whole numbers that the cell may be: all of them, or at least ``enough``."""
        aim = self.line(asked)
        if len(self._numbers(aim)) < enough:
            low = self._solve(aim)
            assert low is not None, "nobody fits what is published"
            high = self._solve(-aim, LinearConstraint(aim, low, low + 3 * enough))  # higher ones are not needed
            assert high is not None
            for number in range(low, -high + 1):
                if number not in (found := self._numbers(aim)) and len(found) < enough:
                    self._solve(np.zeros(self._width), LinearConstraint(aim, number, number))
        return self._numbers(aim)

    def _numbers(self, aim: np.ndarray) -> set[int]:
        return {round(float(aim @ people)) for people in self.found}

    def _solve(
        self, aim: np.ndarray, *more: LinearConstraint, most_people: int | None = None, gap: float = 0
    ) -> int | None:
        assert self._known is not None
        top = np.inf if most_people is None else most_people
        result = milp(
            aim, constraints=[self._known, *self._floors, *more], integrality=np.ones(self._width),
            bounds=Bounds(0, top), options={"mip_rel_gap": gap},
        )  # fmt: skip
        if result.x is None:
            return None
        people = np.round(result.x)
        assert (people >= 0).all()
        assert (self._known.A @ people == self._known.lb).all()  # the solver works with fractions
        assert all((each.A @ people >= 1).all() for each in self._floors)
        self.found.append(people)
        return round(float(aim @ people))
