"""Everything that is made of counts alone: yearly counts, exits, their sums and what contradicts itself in them.

Where a federation has rows on the same intervention and year too, both tell of the same people: see ``twins``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from portfolj.disclosure import Count, Remembered, Where
from portfolj.followup.count_contradictions import ALL, odd_counts
from portfolj.followup.counted import Row
from portfolj.followup.exit_outcomes import OddExits, odd_exits, outcome_codes
from portfolj.followup.joined import Joined
from portfolj.followup.outcomes import measured, seen
from portfolj.followup.people import People
from portfolj.followup.reported import Blocks, blocks_of, cell_of, counts_table, hidden_of, suppressed_rows
from portfolj.followup.reported_exits import protected_exits
from portfolj.followup.reported_sums import cells_of_sums, sums_plan, sums_table
from portfolj.followup.rows import FollowUp
from portfolj.followup.shown import Shown
from portfolj.portfolio import Portfolio
from portfolj.portfolio.money import sum_sek

_TWIN = {"participants": "participations", "ended": "exits"}


class OnlyCounts(NamedTuple):
    """``tables``: ``counts``, ``exits``, ``reported`` and ``count_contradictions``, those that there are; ``odd``: what
    does not sum among exits; ``shown``, ``hidden``: what later reports have to remember."""

    tables: Mapping[str, pd.DataFrame]
    exits: pd.DataFrame
    odd: tuple[OddExits, ...]
    shown: tuple[Count, ...]
    hidden: tuple[Where, ...]


def only_counts(
    rows: FollowUp, joined: Joined, portfolio: Portfolio, people: People | None, *, k: int, hide: Collection[int],
    before: Remembered,
) -> OnlyCounts:  # fmt: skip
    """The tables of counts and exits, protected together with their sums. ``people``: those of rows on participations,
    if any; ``hide``: rows of the counts that must be hidden, see ``to_hide``."""
    counts, exits = rows.counts, rows.exits
    codes = outcome_codes(exits, portfolio.federation)
    safe_exits = protected_exits(exits, codes, joined, k=k)
    labelled = exits.assign(intervention=exits["intervention"].map(joined.labels).astype("str"))
    blocks = blocks_of(counts, joined, period=portfolio.period)
    plan = sums_plan(blocks, safe_exits, joined, with_rows=set(seen(people, "intervention")) if people else set())
    must = [
        cell_of(blocks.of_row[row], str(counts.loc[row, "sex"]), str(counts.loc[row, "measure"]))
        for row in hide if row in blocks.of_row
    ]  # fmt: skip
    values, hidden = hidden_of(blocks, cells_of_sums(plan), k=k, before=before, sensitive=must)
    suppressed = suppressed_rows(counts, blocks, hidden, k=k, hide=hide)
    tables: dict[str, pd.DataFrame] = {}
    if len(counts):
        tables["counts"] = counts_table(counts, blocks, suppressed)
        tables["count_contradictions"] = _contradictions(counts, blocks, suppressed, joined)
    if len(exits):
        tables["exits"] = safe_exits.table
    if plan:
        tables["reported"] = sums_table(plan, safe_exits, values, hidden, partial(_granted, portfolio, joined))
    shown = tuple(Count(cell, value) for cell, value in values.items() if cell not in hidden)
    return OnlyCounts(tables, safe_exits.table, tuple(odd_exits(labelled, codes)), shown, tuple(hidden))


def _granted(portfolio: Portfolio, joined: Joined, label: str, years: Sequence[int]) -> float | None:
    """What members granted the intervention in these years, in the period where there are none; None where an amount is
    not known."""
    named = portfolio.interventions[portfolio.interventions["name"] == label]
    entries = portfolio.entries[portfolio.entries["part"] == "counted"]
    own = entries[entries["intervention_key"].isin(named["intervention_key"])]
    if not years:
        return None if own["amount_sek"].isna().any() else joined.granted_sek.get(label)
    own = own[own["year"].isin(years)]
    if len(named) != 1 or own.empty or own["amount_sek"].isna().any():
        return None
    return sum_sek(own["amount_sek"])


def _contradictions(counts: pd.DataFrame, blocks: Blocks, suppressed: Collection[int], joined: Joined) -> pd.DataFrame:
    """``intervention``, ``year``, ``rule``, ``sex``, ``measure``, ``other``, ``first``, ``second`` (Int64, both missing
    where one of the counts is hidden), ``impossible``; rule ``together`` where each two of them could
    be true. What is odd but possible is only told where all is shown."""
    inside = counts[[row in blocks.of_row and blocks.of_row[row] in blocks.inside for row in counts.index]]
    inside = inside.assign(intervention=inside["intervention"].map(joined.labels).astype("str"))
    records = []
    for odd in odd_counts(inside):
        hidden = bool(set(odd.rows) & set(suppressed))
        if odd.impossible or not hidden:
            numbers = (None, None) if hidden else (odd.first, odd.second)
            records.append((*odd[:6], *numbers, odd.impossible))
    told = {(str(record[0]), record[1]) for record in records if record[8]}
    others = sorted(blocks.inside & blocks.wrong - told)
    records += [(*block, "together", ALL, "", "", None, None, True) for block in others]
    columns = {
        "intervention": "str", "year": "int64", "rule": "str", "sex": "str", "measure": "str", "other": "str",
        "first": "Int64", "second": "Int64", "impossible": "bool",
    }  # fmt: skip
    return pd.DataFrame.from_records(records, columns=list(columns)).astype(columns)


def twins(counts: pd.DataFrame, joined: Joined, people: People | None) -> list[Row]:
    """What the rows on participations give for each count of the same intervention and year: ``twin`` (a cell) and
    ``row`` (the index in ``counts``). Where they agree one is the other, and both are shown or neither."""
    if people is None:
        return []
    found: list[Row] = []
    known = set(seen(people, "intervention"))
    for index, row in counts[counts["year"].notna()].iterrows():
        name, year, sex = joined.labels[str(row["intervention"])], str(row["year"]), str(row["sex"])
        if name in known:
            asked = {"intervention": name} if sex == ALL else {"intervention": name, "sex": sex}
            cells = measured(people, asked, label=year)
            found.append({"row": index, "twin": cells[_TWIN.get(str(row["measure"]), str(row["measure"]))]})
    return found


def to_hide(
    counts: pd.DataFrame, twin: Iterable[Row], values: Mapping[Where, int], shown: Shown, *, k: int
) -> set[int]:
    """Rows of ``counts`` that would give a hidden count of participations away, or differ from it by fewer than k."""
    hidden = set()
    for each in twin:
        own, other = counts.loc[each["row"], "count"], values[each["twin"]]
        if not pd.isna(own) and abs(int(own) - other) < k and (int(own) != other or shown[each["twin"]] is None):
            hidden.add(int(each["row"]))
    return hidden
