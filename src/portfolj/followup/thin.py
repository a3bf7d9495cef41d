"""Breakdowns that have mostly small counts are left out whole: hiding most of their cells would take others with them.

A table of cells that are nearly all hidden tells a reader nothing, and every count in it has to be kept from being
worked out, at the cost of counts elsewhere. That a breakdown is left out tells no more than that it is thin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portfolj.followup.counted import Row, cells_of, compiled, counted
from portfolj.followup.people import People

MOST_SMALL = 0.5  # of the cells that are not zero


class LeftOut(NamedTuple):
    """A breakdown that is not made: of which table, in which intervention (``""``: the whole), by what."""

    table: str
    intervention: str
    group: str


def without_thin(
    people: People, plans: Mapping[str, list[Row]], *, k: int
) -> tuple[dict[str, list[Row]], tuple[LeftOut, ...]]:
    """The plans without breakdowns of which more than half of the cells that are not zero are fewer than ``k``.

    A breakdown is the rows of a plan with one ``intervention`` and ``group``, or from one point in time to the next.
    The row of the whole (``all``) always stays, and so does a part of a single row.
    """
    kept: dict[str, list[Row]] = {}
    left_out: list[LeftOut] = []
    for table, plan in plans.items():
        parts: dict[tuple[str, str], list[Row]] = {}
        for row in plan:
            parts.setdefault(_part(row), []).append(row)
        thin = {part for part, rows in parts.items() if part[1] != "all" and _is_thin(people, rows, k=k)}
        kept[table] = [row for row in plan if _part(row) not in thin]
        left_out += [LeftOut(table, *part) for part in parts if part in thin]
    return kept, tuple(left_out)


def _part(row: Row) -> tuple[str, str]:
    group = row.get("group", row.get("point_from", row.get("point", "")))
    return str(row.get("intervention", "")), str(group)


def _is_thin(people: People, rows: Sequence[Row], *, k: int) -> bool:
    cells = {compiled(cell, people) for cell in cells_of(rows)}
    numbers = [number for number in counted(people, cells).values() if number]
    return len(rows) > 1 and sum(number < k for number in numbers) > MOST_SMALL * len(numbers)
