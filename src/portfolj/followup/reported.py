"""Counts that come as counts, as in Uppföljning Finsam: protected like all others, together with their sums.

What an earlier report showed of the same counts, or of sums over other years, is known to readers of this one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from portfolj.disclosure import Count, Remembered, Where, changed_little, protection
from portfolj.disclosure.counts import plain
from portfolj.followup.count_contradictions import ALL, MEASURES, SEXES, odd_counts
from portfolj.followup.joined import Joined
from portfolj.followup.reported_people import EVERY_SEX, KINDS, MEASURE_KINDS, arrays_of, people_of, place

COLUMNS = ("intervention", "year", "sex", "measure", "count", "suppressed")
Block = tuple[str, int]  # an intervention by its label, and a year
Told = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Blocks:
    """Counts by intervention and year. ``told``: those that can all be true, with somebody for each in ``people``;
    ``wrong``: those that can't; ``inside``: those of the period's years; ``of_row``: the block of each row."""

    told: Mapping[Block, Told]
    people: Mapping[Block, list[tuple[str, str]]]
    wrong: frozenset[Block]
    inside: frozenset[Block]
    of_row: Mapping[int, Block]


def blocks_of(counts: pd.DataFrame, joined: Joined, *, period: tuple[int, int] | None) -> Blocks:
    """The counts of every year, put together by what their interventions are called."""
    known = counts[counts["count"].notna() & counts["year"].notna()]
    known = known.assign(intervention=known["intervention"].map(joined.labels).astype("str"))
    told: dict[Block, Told] = {}
    of_row: dict[int, Block] = {}
    wrong: set[Block] = {(odd.intervention, odd.year) for odd in odd_counts(known) if odd.impossible}
    fields = [known[name] for name in ("intervention", "year", "sex", "measure", "count")]
    for index, name, year, sex, measure, count in zip(known.index, *fields, strict=True):
        block = of_row[int(index)] = str(name), int(year)
        if told.setdefault(block, {}).setdefault((str(sex), str(measure)), int(count)) != int(count):
            wrong.add(block)
    people = {}
    for block, own in told.items():
        found = None if block in wrong else people_of(own)
        if found is None or any(_number(found, sex, measure) != count for (sex, measure), count in own.items()):
            wrong.add(block)
        else:
            people[block] = found
    inside = frozenset(b for b in told if period is None or period[0] <= b[1] <= period[1])
    return Blocks({b: own for b, own in told.items() if b in people}, people, frozenset(wrong), inside, of_row)


def name_of(block: Block) -> str:
    """The block as a value of an attribute."""
    return f"{block[0]};{block[1]}"


def cell_of(block: Block, sex: str, measure: str) -> Where:
    """The cell of one count."""
    return place([name_of(block)], measure, sex)


def hidden_of(
    blocks: Blocks, sums: Iterable[Where], *, k: int, before: Remembered, sensitive: Iterable[Where] = ()
) -> tuple[Mapping[Where, int], frozenset[Where]]:
    """Every cell of the blocks that can be true and every cell of ``sums``, with its number, and those to hide.

    ``sensitive``: cells that must be hidden whatever else. ``before``: what earlier reports have shown and hidden.
    """
    domains = {"reported": sorted(map(name_of, blocks.people)), "sex": EVERY_SEX, "kind": KINDS}
    if not blocks.people:
        return {}, frozenset()
    arrays = arrays_of({name_of(block): people for block, people in blocks.people.items()}, domains)
    own = {
        cell_of(block, sex, measure): count
        for block, told in blocks.told.items() if block in blocks.inside
        for (sex, measure), count in told.items()
    }  # fmt: skip
    asked = {cell: _counted(cell, arrays, domains) for cell in (*own, *sums)}
    follows, facts = _others(blocks)
    values = asked | {cell: _counted(cell, arrays, domains) for cell in follows}
    facts = [cell for cell in facts if not _counted(cell, arrays, domains)]
    mine = {name: set(each) for name, each in domains.items()}
    reports = [[each for each in report if _is_ours(each.where, mine)] for report in before.reports]
    today = [Count(cell, value) for cell, value in values.items()]
    gone = {cell for cell in before.hidden if _is_ours(cell, mine)} | {cell for cell in sensitive if cell in values}
    compared = [each for each in today if each.where not in gone]
    gone |= {each.where for each in changed_little(reports, compared, domains, k=k)}
    still = {each for report in reports for each in report if _counted(each.where, arrays, domains) == each.value}
    hidden = protection(
        today, domains=domains, k=k, known=[*still, *(Count(cell, 0) for cell in facts)], sensitive=gone, people=arrays
    ).hidden
    return asked, frozenset(cell for cell in asked if plain(cell, domains) in hidden)


def suppressed_rows(
    counts: pd.DataFrame, blocks: Blocks, hidden: Collection[Where], *, k: int, hide: Collection[int] = ()
) -> frozenset[int]:
    """The rows of ``counts``, in the period, that are not shown. ``hide``: rows that are not whatever else.

    Counts of an intervention and a year that can't all be true (more to work than ended, say) are shown only where
    none of them is small: nothing can be worked out about what else they would give away.
    """
    rows = {row: block for row, block in blocks.of_row.items() if block in blocks.inside}
    small = {block for row, block in rows.items() if 0 < int(counts.loc[row, "count"]) < k}
    gone = set(hide) & rows.keys()
    for row, block in rows.items():
        sex, measure = str(counts.loc[row, "sex"]), str(counts.loc[row, "measure"])
        if block in small if block in blocks.wrong else cell_of(block, sex, measure) in hidden:
            gone.add(row)
    return frozenset(gone)


def counts_table(counts: pd.DataFrame, blocks: Blocks, suppressed: Collection[int]) -> pd.DataFrame:
    """The counts of the period's years: ``intervention``, ``year``, ``sex``, ``measure``, ``count`` (Int64, missing
    where hidden), ``suppressed``."""
    rows = [row for row in counts.index if row in blocks.of_row and blocks.of_row[row] in blocks.inside]
    inside = counts.loc[rows]
    gone = pd.Series([row in suppressed for row in rows], index=inside.index, dtype="bool")
    names = pd.Series([blocks.of_row[row][0] for row in rows], index=inside.index, dtype="str")
    table = inside.assign(intervention=names, count=inside["count"].mask(gone), suppressed=gone)
    order = ["intervention", "year", "sex", "measure"]
    table = table.sort_values(order, key=lambda column: column.map(_ORDER) if column.name in _SORTED else column)
    return table[list(COLUMNS)].astype({"count": "Int64"}).reset_index(drop=True)


_ORDER: Mapping[str, int] = {name: n for n, name in enumerate((*MEASURES, ALL, *SEXES))}
_SORTED = ("sex", "measure")


def _others(blocks: Blocks) -> tuple[list[Where], list[Where]]:
    """Counts of whoever is in a total and in none of its parts: where the total is told, they follow; where it is made
    of women and men, there is nobody else."""
    follows, nobody = [], []
    for block in sorted(blocks.inside & set(blocks.told)):
        told = blocks.told[block]
        for measure in MEASURES:
            sexes = {sex for sex in SEXES if (sex, measure) in told}
            cell = place([name_of(block)], measure, [sex for sex in EVERY_SEX if sex not in sexes])
            if (ALL, measure) in told and sexes:
                follows.append(cell)
            elif {"woman", "man"} <= sexes:
                nobody.append(cell)
    return follows, nobody


def _is_ours(cell: Where, domains: Mapping[str, Collection[str]]) -> bool:
    """Whether a cell of an earlier report is one of reported counts that are still there."""
    asked = dict(cell)
    return "reported" in asked and all(values <= set(domains.get(name, ())) for name, values in asked.items())


def _counted(cell: Where, arrays: Mapping[str, np.ndarray], domains: Mapping[str, Collection[str]]) -> int:
    hit = np.ones(len(arrays["kind"]), dtype=bool)
    for name, values in cell:
        hit &= np.isin(arrays[name], [n for n, value in enumerate(domains[name]) if value in values])
    return int(hit.sum())


def _number(people: Iterable[tuple[str, str]], sex: str, measure: str) -> int:
    return sum(sex in (ALL, own) and kind in MEASURE_KINDS[measure] for own, kind in people)
