"""People and their tables, looked at a part at a time: of each attribute a few values, and everybody else as they are.

A set of tables on many attributes has too many kinds of people to be looked at as a whole. What is possible when only
some of the people may be others is possible anyway, so that a part never says that a count is safer than it is.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from portfolj.disclosure.cliques import Clique, cliques_of
from portfolj.disclosure.counts import Where, attributes_of
from portfolj.disclosure.people import People

KEPT_PARTS = 100  # of those looked at last: most are looked at again, for the next number that the same count may be


class Part(NamedTuple):
    """Of whom there may be more or fewer: ``atoms``, each a kind of people by the attributes of one clique.

    ``numbers``: how many there are of each; ``rows``: for each way in which counts see them 1 for every atom that is
    counted; ``counts``: every count that sees some of them, with ``row_of`` the row of each; ``meets``: rows that are 0
    for any change; ``number``: of parts that have been made, this one's.
    """

    number: int
    atoms: np.ndarray
    numbers: np.ndarray
    rows: csr_matrix
    counts: np.ndarray
    row_of: np.ndarray
    meets: csr_matrix

    def row(self, count: int) -> int | None:
        """The row of a count; None where it counts none of the part's people."""
        found = np.flatnonzero(self.counts == count)
        return int(self.row_of[found[0]]) if len(found) else None

    def sums(self, of_counts: np.ndarray) -> np.ndarray:
        """For each row the sum of something that is known of every count."""
        return np.bincount(self.row_of, of_counts[self.counts], minlength=self.rows.shape[0])

    def least(self, of_counts: np.ndarray) -> np.ndarray:
        """For each row the least of something that is known of every count."""
        found = np.full(self.rows.shape[0], np.inf)
        np.minimum.at(found, self.row_of, of_counts[self.counts])
        return found


class Table(NamedTuple):
    """Counts that ask about the same attributes: for each attribute, and each of them, which classes are counted."""

    attributes: tuple[str, ...]
    counts: np.ndarray
    masks: tuple[np.ndarray, ...]
    clique: int


class Narrow(NamedTuple):
    """Which classes of an attribute counts count, with less ``weights`` for those that count many. ``size``: how many
    classes there are; ``many``: for every count how many of them it counts, 0 where it does not ask; ``first``: its
    place in ``classes``, ``weights`` and ``table`` (the number of the table that the count is in)."""

    size: int
    many: np.ndarray
    first: np.ndarray
    classes: np.ndarray
    weights: np.ndarray
    table: np.ndarray

    def entries(self, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The places of some counts, one after another, and for each which of the counts it is of."""
        many = self.many[counts]
        of_whom = np.repeat(np.arange(len(counts)), many)
        ends = np.cumsum(many)
        return np.arange(len(of_whom)) + (self.first[counts] - ends + many)[of_whom], of_whom


class Parts:
    """The people of a set of tables, a part at a time. ``tables``: the counts by what they ask about; ``narrow``: by
    attribute, which of its classes they count."""

    def __init__(self, people: People, places: Sequence[Where]) -> None:
        self.people = people
        self.sizes = dict(zip(people.attributes, people.sizes, strict=True))
        self.column = {attribute: n for n, attribute in enumerate(people.attributes)}
        self.cliques = cliques_of({attributes_of(each) for each in places}, self.sizes) or [Clique((), (), None)]
        shapes = [tuple(self.sizes[each] for each in clique.attributes) for clique in self.cliques]
        self._steps = [
            np.array([math.prod(shape[n + 1 :]) for n in range(len(shape))], dtype=np.int64) for shape in shapes
        ]
        self._starts = np.concatenate([[0], np.cumsum([math.prod(shape) for shape in shapes], dtype=np.int64)])
        self.tables = self._tables_of(places)
        self.narrow = {attribute: self._narrow(attribute, len(places)) for attribute in self.sizes}
        self._having = [
            [np.flatnonzero(people.kinds[:, column] == value) for value in range(size)]
            for column, size in enumerate(people.sizes)
        ]
        # For each attribute and clique what a class of the one counts for in the atoms of the other.
        self._worth = np.zeros((len(people.attributes), len(self.cliques)), dtype=np.int64)
        for n, (clique, steps) in enumerate(zip(self.cliques, self._steps, strict=True)):
            self._worth[[self.column[each] for each in clique.attributes], n] = steps
        every = self.atoms_of(people.kinds)
        self._made_so_far = 0
        self._kept: OrderedDict[tuple[bytes, ...], Part] = OrderedDict()
        self._atoms, at = np.unique(every, return_inverse=True)
        self._numbers = np.bincount(at.ravel(), np.repeat(people.numbers, every.shape[1]))

    def atoms_of(self, kinds: np.ndarray) -> np.ndarray:
        """The atom that each kind is in, in each clique: a row per kind."""
        return np.asarray(self._starts[:-1] + kinds @ self._worth)

    def numbers(self, atoms: np.ndarray) -> np.ndarray:
        """How many people there are of each atom."""
        at = np.searchsorted(self._atoms, atoms).clip(max=len(self._atoms) - 1)
        return np.where(self._atoms[at] == atoms, self._numbers[at], 0.0)

    def everybody(self) -> dict[int, int]:
        """How many people there are of each atom that has any."""
        return dict(zip(self._atoms.tolist(), self._numbers.astype(int).tolist(), strict=True))

    def asked(self, count: int) -> dict[str, np.ndarray]:
        """The attributes that a count asks about, and which of their classes it counts."""
        return {self.people.attributes[column]: values for column, values in self.people.asked[count].items()}

    def alike(self, count: int) -> np.ndarray:
        """The counts that ask about the same attributes as one."""
        return next(table.counts for table in self.tables if count in table.counts)

    def nearly_alike(self, count: int) -> np.ndarray:
        """The counts that ask about the same attributes as one, or one more or less."""
        own = set(self.asked(count))
        return np.concatenate([table.counts for table in self.tables if len(own ^ set(table.attributes)) <= 1])

    def by_class(self, attribute: str, conditions: Mapping[str, np.ndarray]) -> np.ndarray:
        """Of the people that have one of the classes of each condition, how many have each class of the attribute."""
        found = self._within(conditions)
        classes = self.people.kinds[found, self.column[attribute]]
        return np.bincount(classes, self.people.numbers[found], minlength=self.sizes[attribute])

    def part(self, chosen: Mapping[str, np.ndarray]) -> Part:
        """The people who have one of the chosen classes of each attribute (sorted), as the tables' cliques see them."""
        key = tuple(chosen[each].tobytes() for each in self.sizes)
        if key not in self._kept:
            self._kept[key] = self._made(chosen)
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT_PARTS:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _made(self, chosen: Mapping[str, np.ndarray]) -> Part:
        shapes = [tuple(len(chosen[each]) for each in clique.attributes) for clique in self.cliques]
        starts = np.concatenate([[0], np.cumsum([math.prod(shape) for shape in shapes], dtype=np.int64)])
        atoms = np.concatenate([self._atoms_among(n, chosen) for n in range(len(self.cliques))])
        alike: dict[tuple[int, bytes], int] = {}
        counts, row_of = [], []
        for table in self.tables:
            alive, rows = self._seen(table, chosen, shapes[table.clique])
            keys = [(table.clique, row.tobytes()) for row in np.packbits(rows, axis=1)]
            counts.append(table.counts[alive])
            row_of += [alike.setdefault(key, len(alike)) for key in keys]
        index = [
            starts[clique] + np.flatnonzero(np.unpackbits(np.frombuffer(row, dtype=np.uint8))) for clique, row in alike
        ]
        self._made_so_far += 1
        return Part(
            self._made_so_far, atoms, self.numbers(atoms), _rows(index, int(starts[-1])), np.concatenate(counts),
            np.array(row_of, dtype=np.int64), self._meets(chosen, shapes, starts),
        )  # fmt: skip

    def _within(self, conditions: Mapping[str, np.ndarray]) -> np.ndarray:
        kinds = self.people.kinds
        if not conditions:
            return np.arange(len(kinds))
        having = {each: [self._having[self.column[each]][v] for v in values] for each, values in conditions.items()}
        # From the rarest on, so that few are looked through however many there are.
        first = min(having, key=lambda each: sum(map(len, having[each])))
        found = np.sort(np.concatenate(having[first]))
        for attribute, values in conditions.items():
            if attribute != first:
                wanted = np.zeros(self.sizes[attribute], dtype=bool)
                wanted[values] = True
                found = found[wanted[kinds[found, self.column[attribute]]]]
        return found

    def _tables_of(self, places: Sequence[Where]) -> list[Table]:
        alike: dict[tuple[str, ...], list[int]] = {}
        for number, place in enumerate(places):
            alike.setdefault(tuple(sorted(attributes_of(place))), []).append(number)
        tables = []
        for attributes, counts in alike.items():
            masks = []
            for attribute in attributes:
                mask = np.zeros((len(counts), self.sizes[attribute]), dtype=bool)
                for n, count in enumerate(counts):
                    mask[n, self.people.asked[count][self.column[attribute]]] = True
                masks.append(mask)
            fitting = [n for n, clique in enumerate(self.cliques) if set(attributes) <= set(clique.attributes)]
            smallest = min(fitting, key=lambda n: (math.prod(self.sizes[a] for a in self.cliques[n].attributes), n))
            tables.append(Table(attributes, np.array(counts), tuple(masks), smallest))
        return tables

    def _narrow(self, attribute: str, counts: int) -> Narrow:
        many, first = np.zeros(counts, dtype=np.int64), np.zeros(counts, dtype=np.int64)
        classes, table_of, places = [], [], 0
        for number, table in enumerate(self.tables):
            if attribute in table.attributes:
                row, found = np.nonzero(table.masks[table.attributes.index(attribute)])
                own = np.bincount(row, minlength=len(table.counts))
                many[table.counts], first[table.counts] = own, places + np.cumsum(own) - own
                classes.append(found)
                table_of.append(np.full(len(found), number))
                places += len(found)
        together = [np.concatenate([np.zeros(0, dtype=np.int64), *each]) for each in (classes, table_of)]
        weights = np.concatenate([np.zeros(0), *(1 / np.repeat(many[t.counts], many[t.counts]) ** 2
                                                 for t in self.tables if attribute in t.attributes)])  # fmt: skip
        return Narrow(self.sizes[attribute], many, first, together[0], weights, together[1])

    def _atoms_among(self, clique: int, chosen: Mapping[str, np.ndarray]) -> np.ndarray:
        found = self._starts[clique : clique + 1]
        for attribute, step in zip(self.cliques[clique].attributes, self._steps[clique], strict=True):
            found = (found[:, None] + chosen[attribute] * step).ravel()
        return found

    def _seen(
        self, table: Table, chosen: Mapping[str, np.ndarray], shape: tuple[int, ...]
    ) -> tuple[np.ndarray, np.ndarray]:
        """The table's counts that count some of the part's people, and which atoms of its clique each counts."""
        masks = [mask[:, chosen[each]] for each, mask in zip(table.attributes, table.masks, strict=True)]
        hit = np.logical_and.reduce([mask.any(axis=1) for mask in masks] + [np.ones(len(table.counts), dtype=bool)])
        alive = np.flatnonzero(hit)
        clique = self.cliques[table.clique]
        rows = np.ones((len(alive), *shape), dtype=bool)
        for attribute, mask in zip(table.attributes, masks, strict=True):
            axes = [mask.shape[1] if each == attribute else 1 for each in clique.attributes]
            rows &= mask[alive].reshape(len(alive), *axes)
        return alive, rows.reshape(len(alive), math.prod(shape))

    def _meets(
        self, chosen: Mapping[str, np.ndarray], shapes: Sequence[tuple[int, ...]], starts: np.ndarray
    ) -> csr_matrix:
        row, column, sign, many = [], [], [], 0
        for number, clique in enumerate(self.cliques):
            if clique.next is None:
                continue
            keys = math.prod(len(chosen[each]) for each in clique.shared)
            for n, plus in ((number, 1.0), (clique.next, -1.0)):
                grid = np.indices(shapes[n]).reshape(len(shapes[n]), -1)
                key = np.zeros(math.prod(shapes[n]), dtype=np.int64)
                for each in clique.shared:
                    key = key * len(chosen[each]) + grid[self.cliques[n].attributes.index(each)]
                row.append(many + key)
                column.append(starts[n] + np.arange(len(key)))
                sign.append(np.full(len(key), plus))
            many += keys
        if not row:
            return csr_matrix((0, int(starts[-1])))
        placed = (np.concatenate(row), np.concatenate(column))
        return coo_matrix((np.concatenate(sign), placed), shape=(many, int(starts[-1]))).tocsr()


def _rows(index: Sequence[np.ndarray], width: int) -> csr_matrix:
    ends = np.concatenate([[0], np.cumsum([len(each) for each in index], dtype=np.int64)])
    columns = np.concatenate(index) if len(index) else np.array([], dtype=np.int64)
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(index), width))
