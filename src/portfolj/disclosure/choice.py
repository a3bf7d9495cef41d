"""Which part of the people to look at for a hidden count: of each attribute the values that are likely to help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from portfolj.disclosure.parts import Narrow, Parts

ALL_UP_TO = 10  # values of an attribute that is asked about, that are all looked at


class Size(NamedTuple):
    """How many values of each attribute: of those that are ``asked`` about, where they have many, and of ``others``."""

    asked: int
    others: int


SIZES = (Size(4, 1), Size(8, 1), Size(6, 2), Size(4, 3))  # of the parts looked at, one after another


class Around:
    """For each attribute its classes of values, those first that people have who are otherwise as a count asks and that
    counts like it are hidden of, since what is hidden already costs nothing."""

    def __init__(self, parts: Parts, count: int, hidden: np.ndarray) -> None:
        """``hidden``: for every count whether it is."""
        self._asked = parts.asked(count)
        self._order = {}
        near = _Near(parts, self._asked, hidden)
        for attribute in parts.sizes:
            among = {each: values for each, values in self._asked.items() if each != attribute}
            numbers = parts.by_class(attribute, among)
            close = near.by_class(attribute)
            worth = (numbers > 0) * (1 + 3 * np.minimum(close, 5) + np.log1p(numbers)) + 0.01 * close
            self._order[attribute] = np.argsort(-worth, kind="stable")

    def values(self, size: Size) -> dict[str, np.ndarray]:
        """So many classes of each attribute. Of what the count asks about there are some that it counts and others."""
        chosen = {}
        for attribute, order in self._order.items():
            if attribute not in self._asked:
                chosen[attribute] = np.sort(order[: size.others])
            elif len(order) > ALL_UP_TO:
                inside = np.isin(order, self._asked[attribute])
                some = (order[inside][: size.asked // 2], order[~inside][: size.asked - size.asked // 2])
                chosen[attribute] = np.sort(np.concatenate(some))
            else:
                chosen[attribute] = np.arange(len(order))
        return chosen


class _Near:
    """The hidden counts that are about some of the people meant by what a count asks."""

    def __init__(self, parts: Parts, asked: Mapping[str, np.ndarray], hidden: np.ndarray) -> None:
        """``asked``: the attributes that the count asks about, and which of their classes it counts."""
        self._parts = parts
        self._hidden = np.flatnonzero(hidden)
        # For each attribute asked about: which of the hidden ask nothing else of it than the count does, if anything.
        self._meet = {each: self._met(parts.narrow[each], values) for each, values in asked.items()}

    def _met(self, narrow: Narrow, values: np.ndarray) -> np.ndarray:
        wanted = np.zeros(narrow.size, dtype=bool)
        wanted[values] = True
        places, of_whom = narrow.entries(self._hidden)
        met = narrow.many[self._hidden] == 0
        met[of_whom[wanted[narrow.classes[places]]]] = True
        return met

    def by_class(self, attribute: str) -> np.ndarray:
        """For each class of the attribute how many of them, that but for it ask of the same people, are of it; less of
        counts that are of many classes at once."""
        narrow = self._parts.narrow[attribute]
        met = np.logical_and.reduce([
            narrow.many[self._hidden] > 0, *(each for name, each in self._meet.items() if name != attribute)
        ])  # fmt: skip
        places, _ = narrow.entries(self._hidden[met])
        # Table by table, so that sums of fractions are the same whatever else there is.
        key = narrow.table[places] * narrow.size + narrow.classes[places]
        by_table = np.bincount(key, narrow.weights[places], minlength=len(self._parts.tables) * narrow.size)
        return np.asarray(by_table.reshape(-1, narrow.size).sum(axis=0))
