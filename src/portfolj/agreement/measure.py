"""Agreement of coders, with themselves and with the machine: every figure with its interval, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from portfolj.agreement import statistics
from portfolj.agreement.answers import MACHINE, CodedRows, coder_label
from portfolj.agreement.bootstrap import DRAWS, SEED, Redrawn
from portfolj.agreement.either import clients_first, nearest
from portfolj.agreement.numbered import Flags, Numbered
from portfolj.agreement.statistics import MISSING, Floats
from portfolj.coding.codebook import TARGET_GROUPS

NO_ROWS = "ingen rad har svar från båda"
ONE_CODE = "alla svar är en och samma kod, så överensstämmelse går inte att skilja från slump"
NO_GROUPS = "ingen har nämnt någon målgrupp"
NEVER = "{} har aldrig gett koden"
NOBODY = "ingen kodare har gett koden"
TOO_FEW_ROWS = "intervall saknas: för få rader att dra om"
OFTEN_WITHOUT = "intervall saknas: koden eller svaren är så få att de faller bort i många omdragningar"
ALL_ALIKE = "intervall saknas: alla omdragningar ger samma siffra"


@dataclass(frozen=True)
class Figure:
    """One figure of agreement.

    ``measure``: agreement, kappa, alpha, jaccard, micro_f1, precision, recall, f1 or right (by either coder).
    ``coders``: the two that are compared, the reference first, or all of an alpha. ``code``: of a figure per code.
    ``value`` is a share or a coefficient, None where it is undefined; ``interval`` its 95 % interval, None where
    redrawing can't tell. ``why_not`` says in words what is missing and why. ``rows``: the number of rows behind it: of
    a code's precision those answered so, of its recall those that the reference has, of its F1 those of either.
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
    """Every figure of agreement of ``coded``, by dimension and coders.

    Per pair: percent agreement (for target groups: equal sets), Cohen's kappa (one code per row) or mean Jaccard and
    micro-F1 (sets), Krippendorff's alpha (nominal; for sets with MASI distance), and precision, recall and F1 per code
    with the pair's first coder as the reference. Alpha also for all coders at once, and for all people where there are
    more than two. Where the machine and at least two people have answered: how often the machine is right by either,
    in all and per code (see ``either``). Orientation is measured on grades A and B where ``coded`` has grades.

    Figures are weighted; intervals redraw within strata and are the same for the same ``seed`` whatever the row order.
    With ``draws=0`` no interval is made.
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
        why_not = item.undefined if item.rows or item.code else NO_ROWS
    elif interval is None:
        why_not = _no_interval(result)
    return Figure(item.dimension, item.measure, item.coders, item.code, value, interval, item.rows, why_not)


def _no_interval(result: Redrawn) -> str:
    if len(result.draws) == 0:
        return TOO_FEW_ROWS
    return OFTEN_WITHOUT if result.is_often_undefined else ALL_ALIKE


def _of_dimension(coded: CodedRows, dimension: str) -> Iterator[_Wanted]:
    table = Numbered.of(coded, dimension)
    people = [coder for coder in table.coders if coder != MACHINE]
    for pair in combinations(table.coders, 2):
        yield from _of_pair(table, pair)
    if len(table.coders) > 2:
        yield _alpha(table, tuple(table.coders))
    if 2 < len(people) < len(table.coders):
        yield _alpha(table, tuple(people))
    if MACHINE in table.coders and len(people) > 1:
        yield from _right(table, people)


def _of_pair(table: Numbered, pair: tuple[str, str]) -> Iterator[_Wanted]:
    first, second = (table.column(coder) for coder in pair)
    both = (first != MISSING) & (second != MISSING) & table.counted
    first, second = first[both], second[both]
    sets = [(table.sets[a], table.sets[b]) for a, b in zip(first, second, strict=True)]

    def wanted(measure: str, statistic: Callable[..., Floats], *on: object, undefined: str = "") -> _Wanted:
        of_rows = partial(_on, both, statistic, on)
        return _Wanted(table.dimension, measure, pair, "", len(first), of_rows, undefined)

    yield wanted("agreement", statistics.mean, first == second)
    if table.dimension != TARGET_GROUPS:
        yield wanted("kappa", statistics.cohens_kappa, first, second, undefined=ONE_CODE)
    yield _alpha(table, pair)
    if table.dimension == TARGET_GROUPS:
        yield wanted("jaccard", statistics.mean, np.array([statistics.jaccard(a, b) for a, b in sets], float))
        yield wanted("micro_f1", statistics.f1, *(counts.sum(axis=1) for counts in table.counts(sets)))
    never = NEVER.format(coder_label(pair[0])), NEVER.format(coder_label(pair[1]))
    yield from _per_code(table, pair, both, sets, never)


def _per_code(
    table: Numbered,
    coders: tuple[str, ...],
    rows: Flags,
    sets: Sequence[tuple[Collection[str], Collection[str]]],
    never: tuple[str, str],
) -> Iterator[_Wanted]:
    """Precision, recall and F1 of every code in ``sets``: the reference's and the answerer's of each row.

    ``never``: why there is no recall, and no precision, of a code that one of them did not give.
    """
    hits, extra, missed = table.counts(sets)
    for place, code in enumerate(table.codes):
        hit, more, less = hits[:, place], extra[:, place], missed[:, place]
        for measure, statistic, on, undefined in (
            ("precision", statistics.precision, (hit, more), never[1]),
            ("recall", statistics.recall, (hit, less), never[0]),
            ("f1", statistics.f1, (hit, more, less), ""),
        ):
            if (hit + more + less).any():  # a code that neither of them used has no figures
                behind = int(sum(counts.sum() for counts in on))
                of_rows = partial(_on, rows, statistic, on)
                yield _Wanted(table.dimension, measure, coders, code, behind, of_rows, undefined)


def _alpha(table: Numbered, coders: tuple[str, ...]) -> _Wanted:
    answers = np.column_stack([table.column(coder) for coder in coders])
    pairable = ((answers != MISSING).sum(axis=1) > 1) & table.counted
    on = (answers[pairable], table.distance)
    statistic = partial(_on, pairable, statistics.krippendorffs_alpha, on)
    return _Wanted(table.dimension, "alpha", coders, "", int(pairable.sum()), statistic, ONE_CODE)


def _right(table: Numbered, people: Sequence[str]) -> Iterator[_Wanted]:
    machine = table.column(MACHINE)
    by_people = np.column_stack([table.column(coder) for coder in people])
    counted = (machine != MISSING) & (by_people != MISSING).any(axis=1) & table.counted
    prepared = clients_first if table.dimension == TARGET_GROUPS else set
    answers = [prepared(table.sets[place]) for place in machine[counted]]
    given = [[prepared(table.sets[place]) for place in row if place != MISSING] for row in by_people[counted]]
    sets = [(nearest(answer, coders), answer) for answer, coders in zip(answers, given, strict=True)]
    hits, extra, missed = (counts.sum(axis=1) for counts in table.counts(sets))
    coders = (*people, MACHINE)
    if table.dimension == TARGET_GROUPS:
        statistic = partial(_on, counted, statistics.f1, (hits, extra, missed))
    else:
        statistic = partial(_on, counted, statistics.mean, (hits,))
    yield _Wanted(table.dimension, "right", coders, "", len(sets), statistic, NO_GROUPS)
    yield from _per_code(table, coders, counted, sets, (NOBODY, NEVER.format(coder_label(MACHINE))))


def _on(rows: Flags, statistic: Callable[..., Floats], on: Sequence[object], weights: Floats) -> Floats:
    """The statistic on some of the rows only."""
    return statistic(weights[:, rows], *on)
