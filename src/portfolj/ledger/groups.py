"""Headings inside the table: a name alone above a group of rows is no intervention.

A row with nothing but a name is a **group** heading where the rows below it, up to the next such row, end in a sum row
of exactly those rows, and that sum is a part of the sheet: "Delsumma", or one of several. Elsewhere a name alone is an
intervention without amount, and is remarked on.
"""

from __future__ import annotations

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import Amount
from portfolj.ledger.kinds import DATA, SUM, is_plain_total, sum_label
from portfolj.ledger.table import Table


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
            label = table.texts("name")[row]
            text = f"Raden ”{label}” är rubrik för en grupp av rader och räknas inte som en insats"
            place = f"rad {table.sheet.numbers[row]}"
            found[row] = Fault(table.sheet.file, table.sheet.title, place, Reason.GROUP_HEADING, text, "", "")
    return found


def _adds_up(table: Table, block: list[int], end: int) -> bool:
    for name in table.amount_fields:
        total = table.amounts[name][end]
        rows = sum(a.ore for r in block if isinstance(a := table.amounts[name][r], Amount))
        if isinstance(total, Amount) and total.ore != rows:
            return False
    return any(isinstance(table.amounts[name][end], Amount) for name in table.amount_fields)
