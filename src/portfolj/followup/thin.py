"""Breakdowns that have mostly small counts are left out whole: hiding most of their cells would take others with them.

A table of cells that are nearly all hidden tells a reader nothing, and every count in it has to be kept from being
worked out, at the cost of counts elsewhere. That a breakdown is left out tells no more than that it is thin. What
follows from the breakdowns that are left (the whole less the interventions that are told is the others) is told by
``without_thin``, so that it can be protected too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portfolj.disclosure import Where, where
from portfolj.followup.counted import Row, cells_of, compiled, counted
from portfolj.followup.people import People

MOST_SMALL = 0.5  # of the cells that are not zero
# A report of each intervention, owner or target group: with more than so many small cells it takes figures from the
# report of all of them together, which more readers need.
MOST_SMALL_OF_PARTS = 0.1
PARTS = ("point_from", "point", "source_before")  # the words of a row that say which part of its table it belongs to


class LeftOut(NamedTuple):
    """A breakdown that is not made: of which table, in which intervention (``""``: the whole), and which part.

    Of a report that is told ``by`` interventions, owners or target groups it is left out for every one of them.
    """

    table: str
    intervention: str
    by: str
    group: str


class Kept(NamedTuple):
    """``plans`` without the thin parts, what was ``left_out``, and the ``derivable`` counts that follow from others."""

    plans: dict[str, list[Row]]
    left_out: tuple[LeftOut, ...]
    derivable: tuple[Where, ...]


def without_thin(people: People, plans: Mapping[str, Sequence[Row]], *, k: int) -> Kept:
    """The plans without breakdowns of which most of the cells that are not zero are fewer than ``k``.

    A breakdown is the rows of a plan with one ``intervention`` and ``group``, from one point in time to the next, or
    from one source of income. The row of the whole (``all``) always stays, and so does a part of a single row.
    """
    places = {cell: compiled(cell, people) for plan in plans.values() for cell in cells_of(plan)}
    counts = counted(people, set(places.values()))  # of all at once: there may be thousands of parts
    numbers = {cell: counts[place] for cell, place in places.items()}
    kept: dict[str, list[Row]] = {}
    left_out: list[LeftOut] = []
    derivable: list[Where] = []
    for table, plan in plans.items():
        parts: dict[LeftOut, list[Row]] = {}
        for row in plan:
            parts.setdefault(_part(table, row), []).append(row)
        thin = {part for part, rows in parts.items() if part.group != "all" and _is_thin(rows, part, numbers, k=k)}
        told: dict[str, set[frozenset[str]]] = {}
        for part, rows in parts.items():
            if part.by and part not in thin:
                sets = told.get(part.group, set()) | {_interventions(row) for row in rows}
                if _tells_no_others(sets, people.values("intervention")):
                    told[part.group] = sets
                else:
                    thin.add(part)
        kept[table] = [row for row in plan if _part(table, row) not in thin]
        left_out += [part for part in parts if part in thin]
        for group in {part.group for part in thin if part.intervention}:
            # Not the whole's own rows, which are thin too where there are few people: they are of no intervention.
            of_each = [part for part in thin if part.group == group and part.intervention]
            derivable += _together([row for part in of_each for row in parts[part]])
    return Kept(kept, tuple(left_out), tuple(derivable))


def _part(table: str, row: Row) -> LeftOut:
    by = str(row.get("by", ""))
    words = PARTS if by else ("group", *PARTS)
    return LeftOut(table, str(row.get("intervention", "")), by, next((str(row[w]) for w in words if w in row), ""))


def _is_thin(rows: Sequence[Row], part: LeftOut, numbers: Mapping[Where, int], *, k: int) -> bool:
    somebody = [numbers[cell] for cell in set(cells_of(rows)) if numbers[cell]]
    most = MOST_SMALL_OF_PARTS if part.by else MOST_SMALL
    return len(rows) > 1 and sum(number < k for number in somebody) > most * len(somebody)


def _interventions(row: Row) -> frozenset[str]:
    return next(dict(cell)["intervention"] for cell in cells_of([row]))


def _tells_no_others(sets: set[frozenset[str]], interventions: Sequence[str]) -> bool:
    """Whether counts of these sets of interventions and of all give none of other sets, which are not protected."""
    apart: dict[tuple[bool, ...], set[str]] = {}
    for name in interventions:
        apart.setdefault(tuple(name in own for own in sets), set()).add(name)
    return {frozenset(names) for names in apart.values()} <= sets


def _together(rows: Sequence[Row]) -> list[Where]:
    """The counts of the rows' interventions taken together, of each category: the whole less all that are told."""
    names = {str(row["intervention"]) for row in rows}
    cells = {frozenset(pair for pair in cell if pair[0] != "intervention") for cell in cells_of(rows)}
    return [cell | where({"intervention": names}) for cell in cells]
