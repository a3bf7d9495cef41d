"""What every kind of file does with its table: one column per field, cells that must be filled, rows told twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from portfolj.errors import Fault, Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.table import Table, objects
from portfolj.ledger.cells import Value

ROOM = "economics:"
DUPLICATE = "duplicate"
FAULTY = "?"  # stands for a cell with a fault, where a cell that says nothing means something
Read = Sequence[tuple[Table, pd.DataFrame]]


def position_of(table: Table, name: str) -> int | None:
    """The field's column; None where the table has none."""
    return next(iter(table.positions(name)), None)


def column_of(
    table: Table, name: str, read: Callable[[Value], Any], findings: Findings, *, blank: Any, faulty: Any = None
) -> np.ndarray:
    """Per row what ``read`` makes of the field's cell; ``blank`` where there is no such column.

    ``faulty`` stands for cells with a fault, ``blank`` where it is not given.
    """
    position = position_of(table, name)
    if position is None:
        return objects([blank])[np.zeros(len(table), dtype=int)]
    return findings.read(table, position, read, blank=blank if faulty is None else faulty)


def needed(read: Callable[[Value], Any], what: str, allowed: str) -> Callable[[Value], Any]:
    """The same reader, which refuses a cell that says nothing. ``what``: ``Raden säger inte vilket år den gäller``."""

    def checked(value: Value) -> Any:
        found = read(value)
        if found is None or found == "":
            raise CellFault(Reason.VALUE_MISSING, what, allowed, "Fyll i cellen")
        return found

    return checked


def source_needed(table: Table, rows: np.ndarray, findings: Findings) -> np.ndarray:
    """Per row its source; a fault for those of ``rows`` (booleans) that have none."""
    sources = table.texts("source")
    position = position_of(table, "source")
    if position is not None:
        findings.every(table, position, np.flatnonzero(rows & table.used & (sources == "")), CellFault(
            Reason.VALUE_MISSING, "Siffran har ingen källa", "var siffran kommer ifrån, till exempel en rapport",
            "Fyll i cellen",
        ))  # fmt: skip
    return sources


def each_once(
    read: Read, *, by: Sequence[str], says: Sequence[str], what: str, field: str, must: Sequence[str],
    findings: Findings,
) -> Read:  # fmt: skip
    """The frames without rows that repeat an earlier one of any table. ``at``: each row's row in its table.

    ``by``: what makes two rows about the same thing; ``says``: what they say of it. The later row is set aside where
    both say the same, and a fault at the column of ``field`` where they don't. A row without one of ``must`` has a
    fault already, as has one with ``FAULTY``, and is held against nothing.
    """
    said: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    fault = CellFault(
        Reason.ROWS_CONTRADICT, f"{what} finns på en tidigare rad också, och den säger något annat",
        "en rad för var och en", "Ta bort den rad som är fel",
    )  # fmt: skip
    once = []
    for table, frame in read:
        kept, other, repeated = [], [], np.zeros(len(table), dtype=bool)
        for row in frame.to_dict("records"):
            about, says_now = (tuple(None if pd.isna(row[n]) else row[n] for n in names) for names in (by, says))
            if FAULTY in about or any(pd.isna(row[name]) or row[name] == "" for name in must):
                kept.append(True)
                continue
            kept.append(about not in said)
            if about in said and said[about] != says_now:
                other.append(row["at"])
            elif about in said:
                repeated[row["at"]] = True
            said.setdefault(about, says_now)
        findings.every(table, position_of(table, field) or 0, other, fault)
        table.set_aside(repeated, DUPLICATE)
        once.append((table, frame[np.array(kept, dtype=bool)]))
    return once


def unused_columns(table: Table, findings: Findings) -> None:
    """A remark for each heading that no field has: it may be a misspelt one."""
    used = {position for positions in table.header.fields.values() for position in positions}
    sheet = table.sheet
    for position, heading in enumerate(table.header.headings):
        if heading and position not in used:
            place = sheet.address(table.header.row, position)
            found = f"Kolumnen ”{heading}” används inte"
            findings.remarks.append(Fault(sheet.file, sheet.title, place, Reason.COLUMN_NOT_USED, found, "", ""))
