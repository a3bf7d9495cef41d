"""Headings inside the table: a name alone above a group of rows is no intervention.

A row with nothing but a name is a **group** heading where the rows below it, up to the next such row, end in a sum row
of exactly those rows, and that sum is a part of the sheet: "Delsumma", or one of several. So are names of places
("Flens kommun") that divide the whole sheet: two or more, the first above all rows, each above rows that all have
amounts. Elsewhere a name alone is an intervention without amount, and is remarked on.
"""

from __future__ import annotations

import re
from itertools import pairwise

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import Amount
from portfolj.ledger.kinds import DATA, SUM, is_plain_total, sum_label
from portfolj.ledger.table import Table

_PLACE = re.compile(r"\b(?:kommun|kommuner|kommunerna|region|regionen|län|stad|landsting)$|^region\b", re.IGNORECASE)


def group_headings(table: Table, kinds: dict[int, str]) -> dict[int, Fault]:
    """The rows that are headings of groups, each with its remark. ``kinds`` is left as it is."""
    column = table.header.fields.get("name")
    alone = [row for row, kind in kinds.items() if kind == DATA and table.filled(row) == [column]]
    sums = [row for row, kind in kinds.items() if kind == SUM]
    found: dict[int, Fault] = {}
    for row in alone:
        end = next((s for s in sums if s > row), None)
        if end is None or any(row < other < end for other in alone):
            continue
        block = [r for r in range(row + 1, end) if kinds[r] == DATA]
        before = max((s for s in sums if s < row), default=table.header.last)
        # Rows between the sum before and this one would be part of the sum as well.
        loose = any(kinds[r] == DATA for r in range(before + 1, row))
        part = end != sums[-1] or not is_plain_total(sum_label(table, end), equal=True)
        if block and part and not loose and _adds_up(table, block, end):
            found[row] = _remark(table, row)
    if not found and _divide_the_sheet(table, kinds, alone):
        found = {row: _remark(table, row) for row in alone}
    return found


def _divide_the_sheet(table: Table, kinds: dict[int, str], alone: list[int]) -> bool:
    data = [row for row, kind in kinds.items() if kind == DATA]
    if len(alone) < 2 or data[0] != alone[0] or data[-1] == alone[-1]:
        return False
    adjacent = any(a in alone and b in alone for a, b in pairwise(data))
    others = [row for row in data if row not in alone]
    with_amounts = all(any(isinstance(table.amounts[f][r], Amount) for f in table.amount_fields) for r in others)
    return with_amounts and not adjacent and all(_PLACE.search(table.texts("name")[row]) for row in alone)


def _remark(table: Table, row: int) -> Fault:
    label = table.texts("name")[row]
    text = f"Raden ”{label}” är rubrik för en grupp av rader och räknas inte som en insats"
    place = f"rad {table.sheet.numbers[row]}"
    return Fault(table.sheet.file, table.sheet.title, place, Reason.GROUP_HEADING, text, "", "")


def _adds_up(table: Table, block: list[int], end: int) -> bool:
    for name in table.amount_fields:
        total = table.amounts[name][end]
        rows = sum(a.ore for r in block if isinstance(a := table.amounts[name][r], Amount))
        if isinstance(total, Amount) and total.ore != rows:
            return False
    return any(isinstance(table.amounts[name][end], Amount) for name in table.amount_fields)
