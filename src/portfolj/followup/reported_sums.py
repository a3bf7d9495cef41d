"""What was only reported as counts, summed: for the whole, by sex, intervention, owner, target group and year.

Nothing that contradicts itself is in a sum. Of work and studies nobody has told how many did both, so that their sum
is told as the least and the most that it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from portfolj.disclosure import Where
from portfolj.followup.count_contradictions import ALL, DESTINATIONS
from portfolj.followup.counted import Row
from portfolj.followup.exit_outcomes import COMPLETED, PARTICIPANTS
from portfolj.followup.joined import Joined
from portfolj.followup.outcomes import by_portfolio
from portfolj.followup.reported import Block, Blocks, Told, name_of
from portfolj.followup.reported_exits import Exits
from portfolj.followup.reported_people import place

CELLS = ("participations", "exits", *DESTINATIONS)
_MEASURES = dict(zip(CELLS, ("participants", "ended", *DESTINATIONS), strict=True))
COLUMNS = (
    "intervention", "group", "category", "years", *(name for cell in CELLS for name in (cell, f"{cell}_suppressed")),
    "least_work_or_study", "most_work_or_study", "granted_sek", "cost_per_participation_sek",
)  # fmt: skip
_TYPES = {
    "intervention": "str", "group": "str", "category": "str", "years": "int64",
    **dict.fromkeys(CELLS, "Int64"), **{f"{cell}_suppressed": "bool" for cell in CELLS},
    "least_work_or_study": "Int64", "most_work_or_study": "Int64",
    "granted_sek": "float64", "cost_per_participation_sek": "float64",
}  # fmt: skip
Number = int | None


def sums_plan(blocks: Blocks, exits: Exits, joined: Joined, *, with_rows: Collection[str]) -> list[Row]:
    """One row per sum: what it is about, ``cells`` (measure -> cell, where every count that it needs is told),
    ``exits`` (the interventions whose exit counts are in it), ``years`` and ``counted_years``.

    ``with_rows``: interventions that rows on participations tell of; those are in no sum here. Exits have no sex and no
    year; an intervention with counts of both kinds is told by its yearly ones.
    """
    members = sorted(b for b in blocks.inside & set(blocks.told) if b[0] not in with_rows)
    yearly = list(dict.fromkeys(name for name, _ in members))
    with_exits = sorted({name for name, _ in exits.sums} - set(with_rows) - {name for name, _ in blocks.inside})
    names = sorted({*yearly, *with_exits})
    if not names:
        return []

    def row(intervention: str, group: str, category: str, own: Iterable[str], **other: Any) -> Row:
        chosen = set(own)
        mine = [b for b in members if b[0] in chosen and other.get("year", b[1]) == b[1]]
        dated = "year" in other or "sex" in other
        return {
            "intervention": intervention, "group": group, "category": category,
            "years": max((sum(b[0] == name for b in mine) for name in yearly), default=0),
            "cells": _cells(mine, blocks.told, sex=str(other.get("sex", ALL))),
            "exits": () if dated else tuple(name for name in with_exits if name in chosen),
            "counted_years": tuple(sorted({year for _, year in mine})),
        }  # fmt: skip

    rows = [row("", "all", "all", names)]
    sexes = [
        sex for sex in ("woman", "man") if any((sex, m) in blocks.told[b] for b in members for m in _MEASURES.values())
    ]
    rows += [row("", "sex", sex, names, sex=sex) for sex in sexes]
    rows += [row("", "intervention", name, [name]) for name in names]
    for group, codes in by_portfolio(names, joined).items():
        rows += [row("", group, code, own) for code, own in codes.items()]
    rows += [row("", "year", str(year), names, year=year) for year in sorted({year for _, year in members})]
    for name in names:
        rows.append(row(name, "all", "all", [name]))
        rows += [row(name, "sex", sex, [name], sex=sex) for sex in sexes if name in yearly]
    return rows


def cells_of_sums(plan: Iterable[Row]) -> list[Where]:
    """Every cell of yearly counts that the plan asks for."""
    return [cell for row in plan for cell in row["cells"].values() if cell is not None]


def sums_table(
    plan: Sequence[Row], exits: Exits, values: Mapping[Where, int], hidden: Collection[Where],
    granted: Callable[[str, Sequence[int]], float | None],
) -> pd.DataFrame:  # fmt: skip
    """The plan as a table with the columns ``COLUMNS``: each count Int64, missing where hidden (``_suppressed``) or not
    told. ``years``: over how many years of one intervention a row is summed; with more than one, whoever took part in
    several is in ``participations`` once for each. ``least_`` and ``most_work_or_study`` are made of shown counts.
    ``granted``: what an intervention was granted in some years, in all of the period where there are none.
    ``cost_per_participation_sek`` is of those years' participations, missing where either is not known or shown."""
    records = []
    for row in plan:
        parts = [_of_exits(name, exits) for name in row["exits"]]
        if any(row["cells"].values()):
            parts.append({cell: _shown(row["cells"][cell], values, hidden) for cell in CELLS})
        record: dict[str, Any] = {name: row[name] for name in ("intervention", "group", "category", "years")}
        for cell in CELLS:
            numbers = [part.get(cell, "") for part in parts]
            gone = None in numbers and "" not in numbers
            known = bool(parts) and None not in numbers and "" not in numbers
            record[cell] = sum(numbers) if known else None
            record[f"{cell}_suppressed"] = gone
        bounds = [_work_or_study(part) for part in parts]
        for n, name in enumerate(("least_work_or_study", "most_work_or_study")):
            each = [bound[n] for bound in bounds]
            record[name] = sum(each) if each and None not in each else None
        by_itself = row["group"] == "intervention"
        money = record["granted_sek"] = granted(row["category"], row["counted_years"]) if by_itself else None
        of = record["participations"]
        record["cost_per_participation_sek"] = round(money / of) if money is not None and of else None
        records.append(record)
    return pd.DataFrame.from_records(records, columns=list(COLUMNS)).astype(_TYPES)


def _cells(members: Sequence[Block], told: Mapping[Block, Told], *, sex: str) -> dict[str, Where | None]:
    """Measure -> its cell over the blocks, None where one of them does not tell it. Outcomes are those of the blocks
    that tell how many ended and where some of them went."""
    ended = [b for b in members if _tells(told[b], "ended", sex)]
    followed = [b for b in ended if any(_tells(told[b], m, sex) for m in DESTINATIONS)] or ended
    cells: dict[str, Where | None] = {}
    for cell, measure in _MEASURES.items():
        own = members if cell == "participations" else followed
        whole = own and all(_tells(told[b], measure, sex) for b in own)
        cells[cell] = place(map(name_of, own), measure, sex) if whole else None
    return cells


def _tells(told: Told, measure: str, sex: str) -> bool:
    """Whether a block tells the measure; of all sexes also where it tells women and men."""
    both = sex == ALL and all((each, measure) in told for each in ("woman", "man"))
    return (sex, measure) in told or both


def _shown(cell: Where | None, values: Mapping[Where, int], hidden: Collection[Where]) -> Number | str:
    """The number, None where it is hidden, ``""`` where it is not told."""
    if cell is None:
        return ""
    return None if cell in hidden else values[cell]


def _of_exits(name: str, exits: Exits) -> dict[str, Any]:
    """The measures of an intervention with exit counts: how many there are outcomes of, and where those went."""
    table = exits.table[exits.table["intervention"] == name]
    rows = table[(table["base"] == COMPLETED) & table["code"].isin([*DESTINATIONS, "work_or_study"])]
    base = PARTICIPANTS if rows.empty else COMPLETED
    rows = table[(table["base"] == base) & (table["code"] != "total")]
    found: dict[str, Any] = {}
    if (name, PARTICIPANTS) in exits.sums:
        found["participations"] = exits.sums[name, PARTICIPANTS]
    if (name, base) in exits.sums:
        found["exits"] = exits.sums[name, base]
    for code in (*DESTINATIONS, "work_or_study"):
        own = rows[rows["code"] == code]
        if len(own):
            found[code] = None if own["suppressed"].any() else int(own["count"].sum())
    found["apart"] = True  # each is in one row of the outcomes
    return found


def _work_or_study(part: Mapping[str, Any]) -> tuple[Number, Number]:
    """The least and the most who can have gone to work or studies; None where it is hidden or can't be said."""
    work, study, exits, both = (part.get(name, "") for name in ("to_work", "to_study", "exits", "work_or_study"))
    if both != "":
        more = [each for each in (work, study) if each != ""]
        total = None if both is None or None in more else both + sum(more)
        return total, total
    if work == "" or study == "" or None in (work, study):
        return None, None
    if part.get("apart"):
        return work + study, work + study
    most = min(work + study, exits) if isinstance(exits, int) else work + study
    return max(work, study), most
