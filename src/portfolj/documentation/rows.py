"""What both kinds of files do with their rows: whose each is, where it stands, and that it says something once."""

from __future__ import annotations

from typing import Any

import numpy as np

from portfolj.economics.reading.table import position_of
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.joined import normal
from portfolj.followup.table import Table
from portfolj.ledger.personal_numbers import mask_personal_numbers

ROOM = "documentation:"
IDENTITY = ("intervention", "intervention_id")
NAMELESS = CellFault(
    Reason.NAME_MISSING, "Raden säger inte vilken insats den gäller", "insatsens namn eller id, som i liggaren",
    "Fyll i cellen",
)  # fmt: skip
REVERSED = CellFault(
    Reason.DATES_REVERSED, "Slutet ligger före starten", "ett slut samma dag som starten eller senare", "Rätta cellen"
)


def identified(table: Table, findings: Findings) -> dict[str, Any]:
    """Per row whose it is and where it stands: columns of the frame, with ``at`` and ``about`` beside them.

    A row without name and id is a fault. Rows that sum up others are set aside.
    """
    for position in table.positions("intervention"):
        table.set_aside_sums(position)
    names = {name: np.array([mask_personal_numbers(t) for t in table.texts(name)], dtype=object) for name in IDENTITY}
    nameless = (names["intervention"] == "") & (names["intervention_id"] == "")
    first = next(p for name in IDENTITY if (p := position_of(table, name)) is not None)
    findings.every(table, first, np.flatnonzero(nameless & table.used), NAMELESS)
    rows = range(len(table))
    return {
        **names, "file": mask_personal_numbers(table.sheet.file), "sheet": mask_personal_numbers(table.sheet.title),
        "row": [table.number(row) for row in rows], "at": rows,
        "about": [normal(known or name) for known, name in zip(names["intervention_id"], names["intervention"],
                                                               strict=True)],
    }  # fmt: skip


def masked_texts(table: Table, name: str) -> np.ndarray:
    """Per row the field's text, personal numbers masked."""
    return np.array([mask_personal_numbers(text) for text in table.texts(name)], dtype=object)


def tell_of_reversed(table: Table, starts: np.ndarray, ends: np.ndarray, findings: Findings) -> None:
    """A fault for each row whose end lies before its start; both are dates or None."""
    rows = [
        row for row in np.flatnonzero(table.used).tolist()
        if starts[row] is not None and ends[row] is not None and ends[row] < starts[row]
    ]  # fmt: skip
    findings.every(table, position_of(table, "end") or 0, rows, REVERSED)
