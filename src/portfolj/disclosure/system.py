"""A set of counts as equations: what anyone can know of people from what is published.

The unknowns are how many people there are of each kind (an atom: one value, or values that no count tells apart, of
each attribute of a clique). A count is a sum of atoms; where two cliques meet, their atoms sum to the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from portfolj.disclosure.cliques import Clique, cliques_of
from portfolj.disclosure.counts import Where, attributes_of

Classes = dict[str, dict[str, int]]  # attribute -> value -> number of the values that it is never told apart from


class System(NamedTuple):
    """``counts``: a row per count, 1 for each atom that it is a sum of. ``meets``: rows that are 0 for any people."""

    counts: csr_matrix
    meets: csr_matrix


def system_of(places: Sequence[Where], domains: Mapping[str, Sequence[str]]) -> System:
    """The equations of some counts. ``domains``: every value that an attribute has."""
    classes = classes_of(places, domains)
    sizes = {attribute: max(numbers.values()) + 1 for attribute, numbers in classes.items()}
    asked = [attributes_of(place) for place in places]
    cliques = cliques_of(asked, sizes)
    starts = np.concatenate([[0], np.cumsum([_atoms_of(clique, sizes) for clique in cliques], dtype=int)])
    rows = [_atoms_counted(place, cliques, starts, classes, sizes) for place in places]
    return System(_matrix([(atoms, None) for atoms in rows], int(starts[-1])), _meetings(cliques, starts, sizes))


def classes_of(places: Sequence[Where], domains: Mapping[str, Sequence[str]]) -> Classes:
    """For each attribute that is asked about, which values no count tells apart."""
    sets: dict[str, dict[frozenset[str], None]] = {}
    for place in places:
        for attribute, values in sorted(place, key=lambda each: each[0]):
            sets.setdefault(attribute, {})[values] = None
    classes: Classes = {}
    for attribute, asked in sets.items():
        signs: dict[tuple[bool, ...], int] = {}
        classes[attribute] = {
            value: signs.setdefault(tuple([value in values for values in asked]), len(signs))
            for value in domains[attribute]
        }
    return classes or {"": {"": 0}}  # of people who are only counted there is one kind


def _atoms_of(clique: Clique, sizes: Mapping[str, int]) -> int:
    return int(np.prod([sizes[attribute] for attribute in clique.attributes], dtype=int))


def _grid(clique: Clique, start: int, sizes: Mapping[str, int]) -> np.ndarray:
    shape = [sizes[attribute] for attribute in clique.attributes]
    return start + np.arange(int(np.prod(shape, dtype=int))).reshape(shape)


def _atoms_counted(
    place: Where, cliques: Sequence[Clique], starts: np.ndarray, classes: Classes, sizes: Mapping[str, int]
) -> np.ndarray:
    asked = dict(place)
    fitting = [n for n, clique in enumerate(cliques) if asked.keys() <= set(clique.attributes)]
    smallest = min(fitting, key=lambda n: (starts[n + 1] - starts[n], n))
    clique = cliques[smallest]
    chosen = [
        sorted({classes[attribute][value] for value in asked[attribute] if value in classes[attribute]})
        if attribute in asked
        else range(sizes[attribute])
        for attribute in clique.attributes
    ]
    return _grid(clique, int(starts[smallest]), sizes)[np.ix_(*chosen)].ravel()


def _meetings(cliques: Sequence[Clique], starts: np.ndarray, sizes: Mapping[str, int]) -> csr_matrix:
    rows: list[tuple[np.ndarray, np.ndarray | None]] = []
    for number, clique in enumerate(cliques):
        if clique.next is None:
            continue  # the last
        pair = (number, clique.next)
        sides = [dict(_by_shared(cliques[n], clique.shared, int(starts[n]), sizes)) for n in pair]
        rows += [(sides[0][key], sides[1][key]) for key in sides[0]]
    return _matrix(rows, int(starts[-1]))


def _by_shared(
    clique: Clique, shared: Sequence[str], start: int, sizes: Mapping[str, int]
) -> Iterator[tuple[tuple[int, ...], np.ndarray]]:
    """The atoms of a clique by what they are of the shared attributes; all of them where nothing is shared."""
    grid = _grid(clique, start, sizes)
    for key in product(*[range(sizes[attribute]) for attribute in shared]):
        at = dict(zip(shared, key, strict=True))
        yield key, grid[tuple([at.get(attribute, slice(None)) for attribute in clique.attributes])].ravel()


def _matrix(rows: Sequence[tuple[np.ndarray, np.ndarray | None]], width: int) -> csr_matrix:
    """A row per pair: 1 for the first atoms, -1 for the second."""
    row, column, sign = [], [], []
    for number, (plus, minus) in enumerate(rows):
        for atoms, value in ((plus, 1), (minus, -1)):
            if atoms is not None:
                row.append(np.full(len(atoms), number))
                column.append(atoms)
                sign.append(np.full(len(atoms), value))
    if not row:
        return csr_matrix((len(rows), width))
    placed = (np.concatenate(row), np.concatenate(column))
    return coo_matrix((np.concatenate(sign), placed), shape=(len(rows), width)).tocsr()
