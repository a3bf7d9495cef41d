"""People as kinds, how many there are of each, and which counts each kind is counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from portfolj.disclosure.counts import Where, attributes_of
from portfolj.disclosure.system import Classes


class People:
    """``kinds``: a row per kind, a column per attribute (numbers of classes of values that no count tells apart);
    ``numbers``: how many there are of each kind; ``sizes``: how many classes each attribute has."""

    def __init__(
        self,
        columns: Mapping[str, np.ndarray],
        places: Sequence[Where],
        classes: Classes,
        domains: Mapping[str, Sequence[str]],
    ) -> None:
        """``columns``: for each attribute, and each person, which value of its domain the person has."""
        self.attributes = sorted(classes) if classes.keys() <= columns.keys() else []
        self.sizes = [max(classes[each].values()) + 1 for each in self.attributes]
        found = [
            np.array([classes[each][value] for value in domains[each]], dtype=np.int64)[np.asarray(columns[each])]
            for each in self.attributes
        ]
        self.kinds, self.numbers = np.unique(np.column_stack(found), axis=0, return_counts=True)
        self.asked = [
            {
                self.attributes.index(attribute): _classes(classes[attribute], values)
                for attribute, values in sorted(place, key=lambda each: each[0])  # the same order in any process
            }
            for place in places
        ]
        self._places: dict[tuple[int, int], np.ndarray] = {}
        self._table = self._by_cell(places)

    def counted(self) -> np.ndarray:
        """How many people each count counts."""
        return np.asarray(self.numbers @ self.effects([], [self.kinds]))

    def effects(self, before: Sequence[np.ndarray], after: Sequence[np.ndarray]) -> csr_matrix:
        """A row per exchange, a column per count: how much each changes when the kinds ``before`` (an array a person,
        a row per exchange) become those ``after``."""
        many = len(before[0]) if before else len(after[0])
        cells = [self._cells(kinds) for kinds in (*after, *before)]
        signs = [1.0] * len(after) + [-1.0] * len(before)
        data = np.concatenate([np.full(each.shape, sign) for each, sign in zip(cells, signs, strict=True)], axis=1)
        index = np.concatenate(cells, axis=1)
        ends = np.arange(many + 1) * index.shape[1]
        chosen = csr_matrix((data.ravel(), index.ravel(), ends), shape=(many, self._table.shape[0]))
        chosen.sum_duplicates()
        chosen.eliminate_zeros()
        found = (chosen @ self._table).tocsr()
        found.eliminate_zeros()
        found.sort_indices()
        return found

    def like(self, kind: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """The numbers of the kinds that are as ``kind`` is in these columns (bool), in order."""
        asked = np.flatnonzero(columns)
        if not len(asked):
            return np.arange(len(self.kinds))
        # From the rarest value on, so that few are looked through however many there are.
        rarest = min(asked, key=lambda column: len(self._having(int(column), int(kind[column]))))
        found = self._having(int(rarest), int(kind[rarest]))
        return found[(self.kinds[found][:, asked] == kind[asked]).all(axis=1)]

    def _having(self, column: int, value: int) -> np.ndarray:
        if (column, value) not in self._places:
            self._places[column, value] = np.flatnonzero(self.kinds[:, column] == value)
        return self._places[column, value]

    def _cells(self, kinds: np.ndarray) -> np.ndarray:
        """For each kind, and each set of attributes that counts ask about, the row of ``_table`` that it is in."""
        return np.asarray(self._starts + kinds @ self._worth)

    def _by_cell(self, places: Sequence[Where]) -> csr_matrix:
        """A row per cell of every set of attributes that counts ask about: 1 for each count that the cell is in."""
        alike: dict[frozenset[str], list[int]] = {}
        for number, place in enumerate(places):
            alike.setdefault(attributes_of(place), []).append(number)
        rows: list[np.ndarray] = []
        counts: list[np.ndarray] = []
        start = 0
        # For each set of attributes where its cells start, and what a class of each attribute counts for in them.
        self._starts = np.zeros(len(alike), dtype=np.int64)
        self._worth = np.zeros((len(self.attributes), len(alike)), dtype=np.int64)
        for at, (attributes, numbers) in enumerate(alike.items()):
            columns = sorted(self.attributes.index(each) for each in attributes)
            sizes = [self.sizes[each] for each in columns]
            steps = np.array([int(np.prod(sizes[n + 1 :], dtype=np.int64)) for n in range(len(sizes))], dtype=np.int64)
            self._starts[at] = start
            self._worth[columns, at] = steps
            for number in numbers:
                cells = np.array([start], dtype=np.int64)
                for column, step in zip(columns, steps, strict=True):
                    cells = (cells[:, None] + self.asked[number][column][None, :] * step).ravel()
                rows.append(cells)
                counts.append(np.full(len(cells), number))
            start += int(np.prod(sizes, dtype=np.int64))
        row, count = np.concatenate(rows), np.concatenate(counts)
        return csr_matrix((np.ones(len(row)), (row, count)), shape=(start, len(places)))


def _classes(classes: Mapping[str, int], values: Iterable[str]) -> np.ndarray:
    # A count may ask for no value that anybody has, as one of an earlier report that is about nobody any more.
    return np.unique(np.array([classes[value] for value in values if value in classes], dtype=np.int64))
