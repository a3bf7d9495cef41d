"""Agreement of coders, with themselves and with the machine: every figure with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
import numpy.typing as npt

from portfolj.agreement import statistics
from portfolj.agreement.answers import MACHINE, CodedRows
from portfolj.agreement.bootstrap import DRAWS, SEED, Redrawn
from portfolj.agreement.either import either_counts
from portfolj.agreement.statistics import MISSING, Codes, Floats
from portfolj.coding.codebook import ORIENTATION, TARGET_GROUPS

GRADED = ("A", "B")  # a bare name, grade C, does not let anybody decide the orientation
NO_ROWS = "ingen rad har svar från båda"
ONE_CODE = "alla svar är en och samma kod, så det går inte att skilja överensstämmelse från slump"
ONE_VALUE = "bara ett svar förekommer, så det går inte att skilja överensstämmelse från slump"


@dataclass(frozen=True)
class Figure:
    """One figure of agreement.

    ``measure``: agreement, kappa, alpha, jaccard, micro_f1, precision, recall, f1 or right (by either coder).
    ``coders``: the two that are compared, the reference first, or all of an alpha. ``code``: of a figure per code.
    ``value`` is a share or a coefficient, None where it is undefined; ``interval`` its 95 % interval, None where
    redrawing can't tell. ``why_not`` says in words what is missing and why. ``rows``: the number of rows behind it.
    """

    dimension: str
    measure: str
    coders: tuple[str, ...]
    code: str
    value: float | None
    interval: tuple[float, float] | None
    rows: int
    why_not: str = ""


@dataclass(frozen=True)
class _Wanted:
    """A figure before it is computed: what it is about, the statistic, and why it may be undefined."""

    dimension: str
    measure: str
    coders: tuple[str, ...]
    code: str
    rows: int
    statistic: Callable[[Floats], Floats]
    undefined: str


def measure_agreement(coded: CodedRows, *, draws: int = DRAWS, seed: int = SEED) -> list[Figure]:
    """Every figure of agreement of ``coded``, by dimension, measure and pair of coders.

    Per pair: percent agreement (for target groups: equal sets), Cohen's kappa (one code per row) or mean Jaccard and
    micro-F1 (sets), Krippendorff's alpha (nominal; for sets with MASI distance), and precision, recall and F1 per code
    with the pair's first coder as the reference. Alpha also for all coders at once, and of all people where there are
    more than two. Where the machine and at least two people have answered: how often the machine is right by either
    (see ``either``). Orientation is measured on grades A and B where ``coded`` has grades.

    Figures are weighted; intervals redraw within strata and are the same for the same ``seed`` whatever the row order.
    """
    ordered = coded.in_fixed_order()
    wanted = [item for dimension in ordered.answers for item in _of_dimension(ordered, dimension)]
    redrawn = ordered.rows.redraw([item.statistic for item in wanted], draws=draws, seed=seed)
    return [_figure(item, result) for item, result in zip(wanted, redrawn, strict=True)]


def _figure(item: _Wanted, result: Redrawn) -> Figure:
    value = None if np.isnan(result.figure) else result.figure
    interval = result.interval if value is not None else None
    why_not = ""
    if value is None:
        why_not = item.undefined if item.rows else NO_ROWS
    elif interval is None:
        why_not = _no_interval(item, result)
    return Figure(item.dimension, item.measure, item.coders, item.code, value, interval, item.rows, why_not)


def _no_interval(item: _Wanted, result: Redrawn) -> str:
    if len(result.draws) == 0 or item.rows < 2:
        return "intervall saknas: för få rader att dra om"
    if np.isnan(result.draws).any() and np.isnan(result.draws).mean() > 0.05:
        return "intervall saknas: i många omdragningar kommer koden eller svaren inte med"
    return "intervall saknas: alla omdragningar ger samma siffra"


def _of_dimension(coded: CodedRows, dimension: str) -> Iterator[_Wanted]:
    table = _Table.of(coded, dimension)
    people = [coder for coder in table.coders if coder != MACHINE]
    for pair in combinations(table.coders, 2):
        yield from _of_pair(table, pair)
    if len(table.coders) > 2:
        yield _alpha(table, tuple(table.coders))
    if 2 < len(people) < len(table.coders):
        yield _alpha(table, tuple(people))
    if MACHINE in table.coders and len(people) > 1:
        yield _right(table, people)


def _of_pair(table: _Table, pair: tuple[str, str]) -> Iterator[_Wanted]:
    first, second = (table.column(coder) for coder in pair)
    both = (first != MISSING) & (second != MISSING) & table.counted
    first, second = first[both], second[both]
    rows = int(both.sum())

    def wanted(measure: str, statistic: Callable[..., Floats], *on: object, undefined: str = "") -> _Wanted:
        return _Wanted(table.dimension, measure, pair, "", rows, partial(_on, both, statistic, on), undefined)

    yield wanted("agreement", statistics.mean, first == second)
    if table.dimension != TARGET_GROUPS:
        yield wanted("kappa", statistics.cohens_kappa, first, second, undefined=ONE_CODE)
    yield _alpha(table, pair)
    has = table.has_code()
    reference, answer = has[first], has[second]
    hits, extra, missed = reference * answer, answer * (1 - reference), reference * (1 - answer)
    if table.dimension == TARGET_GROUPS:
        shared = np.array(
            [statistics.jaccard(table.sets[a], table.sets[b]) for a, b in zip(first, second, strict=True)], float
        )
        yield wanted("jaccard", statistics.mean, shared)
        yield wanted("micro_f1", statistics.f1, hits.sum(axis=1), extra.sum(axis=1), missed.sum(axis=1))
    for place, code in enumerate(table.codes):
        of_code = (hits[:, place], extra[:, place], missed[:, place])
        if not any(counts.any() for counts in of_code):
            continue  # a code that neither of them used
        for measure, statistic, on, undefined in (
            ("precision", statistics.precision, of_code[:2], f"{pair[1]} har inte svarat {code}"),
            ("recall", statistics.recall, of_code[::2], f"{pair[0]} har inte svarat {code}"),
            ("f1", statistics.f1, of_code, ""),
        ):
            yield _Wanted(
                table.dimension, measure, pair, code, rows, partial(_on, both, statistic, on), undefined
            )  # fmt: skip


def _alpha(table: _Table, coders: tuple[str, ...]) -> _Wanted:
    answers = np.column_stack([table.column(coder) for coder in coders])
    pairable = ((answers != MISSING).sum(axis=1) > 1) & table.counted
    on = (answers[pairable], table.distance)
    statistic = partial(_on, pairable, statistics.krippendorffs_alpha, on)
    return _Wanted(table.dimension, "alpha", coders, "", int(pairable.sum()), statistic, ONE_VALUE)


def _right(table: _Table, people: Sequence[str]) -> _Wanted:
    machine = table.column(MACHINE)
    by_people = [table.column(coder) for coder in people]
    counted = (machine != MISSING) & np.any([column != MISSING for column in by_people], axis=0) & table.counted
    coders = (*people, MACHINE)
    rows = int(counted.sum())
    if table.dimension != TARGET_GROUPS:
        equal = np.any([column == machine for column in by_people], axis=0)[counted]
        statistic = partial(_on, counted, statistics.mean, (equal,))
        return _Wanted(table.dimension, "right", coders, "", rows, statistic, "")
    counts = either_counts(
        [table.sets[i] for i in machine[counted]],
        [[table.sets[i] for i in row if i != MISSING] for row in np.column_stack(by_people)[counted]],
    )
    statistic = partial(_on, counted, statistics.f1, tuple(counts.T))
    return _Wanted(
        table.dimension, "right", coders, "", rows, statistic, "ingen har nämnt någon målgrupp"
    )  # fmt: skip


def _on(rows: npt.NDArray[np.bool_], statistic: Callable[..., Floats], on: Sequence[object], weights: Floats) -> Floats:
    """The statistic on some of the rows only."""
    return statistic(weights[:, rows], *on)


@dataclass(frozen=True)
class _Table:
    """The answers of a dimension as numbers: a place in ``sets`` per row and coder."""

    dimension: str
    coders: tuple[str, ...]
    sets: tuple[tuple[str, ...], ...]
    columns: tuple[Codes, ...]
    counted: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, coded: CodedRows, dimension: str) -> _Table:
        given = coded.answers[dimension]
        as_sets = {coder: [tuple(sorted(set(text.split(";")))) for text in texts] for coder, texts in given.items()}
        sets = sorted({codes for column in as_sets.values() for codes in column} - {("",)})
        place = {codes: number for number, codes in enumerate(sets)} | {("",): MISSING}
        columns = tuple(np.array([place[codes] for codes in column], dtype=np.int64) for column in as_sets.values())
        counted = np.ones(len(coded.weights), dtype=bool)
        if dimension == ORIENTATION and coded.grades is not None:
            counted = np.isin(np.array(coded.grades, dtype=str), GRADED)
        return cls(dimension, tuple(given), tuple(sets), columns, counted)

    def column(self, coder: str) -> Codes:
        return self.columns[self.coders.index(coder)]

    @property
    def codes(self) -> list[str]:
        return sorted({code for codes in self.sets for code in codes})

    @property
    def distance(self) -> Floats:
        if self.dimension == TARGET_GROUPS:
            return statistics.masi_distance(self.sets)
        return statistics.nominal_distance(self.sets)

    def has_code(self) -> Floats:
        """A row per distinct answer, a column per code, 1 where the answer holds the code."""
        codes = self.codes
        has = [[float(code in answer) for code in codes] for answer in self.sets]
        return np.array(has, dtype=np.float64).reshape(len(self.sets), len(codes))
