"""The answers of a dimension as numbers, as the statistics take them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from portfolj.agreement import statistics
from portfolj.agreement.answers import CodedRows
from portfolj.agreement.statistics import MISSING, Codes, Floats
from portfolj.coding.codebook import TARGET_GROUPS

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Numbered:
    """A dimension's answers: per coder a column of places in ``sets``, ``MISSING`` where the coder gave none.

    ``counted``: the rows that the dimension is measured on.
    """

    dimension: str
    coders: tuple[str, ...]
    sets: tuple[tuple[str, ...], ...]
    columns: tuple[Codes, ...]
    counted: Flags

    @classmethod
    def of(cls, coded: CodedRows, dimension: str) -> Numbered:
        """The dimension of ``coded``. The order in which a coder wrote target groups does not count."""
        given = coded.answers[dimension]
        as_sets = {coder: [tuple(sorted(set(text.split(";")))) for text in texts] for coder, texts in given.items()}
        sets = sorted({codes for column in as_sets.values() for codes in column} - {("",)})
        place = {codes: number for number, codes in enumerate(sets)} | {("",): MISSING}
        columns = tuple(np.array([place[codes] for codes in column], dtype=np.int64) for column in as_sets.values())
        return cls(dimension, tuple(given), tuple(sets), columns, np.array(coded.counted(dimension), dtype=np.bool_))

    def column(self, coder: str) -> Codes:
        """The coder's answers."""
        return self.columns[self.coders.index(coder)]

    @property
    def codes(self) -> list[str]:
        """Every code that stands in any answer."""
        return sorted({code for codes in self.sets for code in codes})

    @property
    def distance(self) -> Floats:
        """The distance between each pair of answers: MASI of target groups, else 0 or 1."""
        if self.dimension == TARGET_GROUPS:
            return statistics.masi_distance(self.sets)
        return statistics.nominal_distance(self.sets)

    def counts(self, sets: Sequence[tuple[Collection[str], Collection[str]]]) -> tuple[Floats, Floats, Floats]:
        """Codes found, too many and missed, of pairs of a reference's and an answerer's sets: a column per code."""
        reference, answer = (self._has([pair[place] for pair in sets]) for place in (0, 1))
        return reference * answer, answer * (1 - reference), reference * (1 - answer)

    def _has(self, sets: Sequence[Collection[str]]) -> Floats:
        codes = self.codes
        has = [[float(code in answer) for code in codes] for answer in sets]
        return np.array(has, dtype=np.float64).reshape(len(sets), len(codes))
