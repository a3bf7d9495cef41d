"""Coded statements: who said it in what role, on which theme, as a strength or not, and whether it may be quoted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from portfolj.economics.reading.table import Read, column_of, needed, position_of
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.ledger.cells import text_of
from portfolj.ledger.personal_numbers import mask_personal_numbers
from portfolj.stakeholders.questions import ROOM
from portfolj.stakeholders.words import reader

SHAPE = Shape(f"{ROOM}statements", (("role",), ("theme",), ("kind",)))
DUPLICATE = "duplicate_statement"


def statements_of(table: Table, *, findings: Findings) -> pd.DataFrame:
    """The table's statements with ``at`` (row of the table). Roles and themes are the federation's own words."""
    roles = column_of(
        table,
        "role",
        needed(text_of, "Utsagan har ingen roll", "till exempel chef eller handläggare"),
        findings,
        blank="",
    )
    themes = column_of(
        table,
        "theme",
        needed(text_of, "Utsagan har inget tema", "det tema som utsagan är kodad till"),
        findings,
        blank="",
    )
    kinds = column_of(table, "kind", reader("statement"), findings, blank="")
    quotable = column_of(table, "quotable", reader("quotable", blank="no"), findings, blank="no")
    texts = table.texts("text")
    position = position_of(table, "quotable")
    if position is not None:
        nothing = np.flatnonzero((quotable == "yes") & (texts == "") & table.used)
        findings.every(
            table,
            position,
            nothing,
            CellFault(
                Reason.VALUE_MISSING,
                "Utsagan får citeras, men har ingen text",
                "en text, eller nej",
                "Rätta raden",
            ),
        )
    frame = pd.DataFrame(
        {
            "source": table.texts("source"),
            "source_kind": table.texts("source_kind"),
            "role": roles,
            "theme": themes,
            "kind": kinds,
            "text": [mask_personal_numbers(text) for text in texts],
            "quotable": quotable == "yes",
            "intervention": table.texts("intervention"),
            "at": range(len(table)),
        }
    )
    return frame[table.used]


def once(read: Read, findings: Findings) -> Read:
    """Statements without rows that repeat an earlier one; a fault for a source with two roles.

    A word that is written in two ways (``Chef``, ``chef``) is the one that comes first.
    """
    seen: set[tuple[object, ...]] = set()
    role_of: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    kept = []
    for table, frame in read:
        frame = frame.assign(
            **{
                name: [first.setdefault((name, fold(word)), word) for word in frame[name]]
                for name in ("role", "theme", "source_kind")
            }
        )
        repeated, two_roles, stays = np.zeros(len(table), dtype=bool), [], []
        for row in frame.to_dict("records"):
            at, source = row["at"], fold(row["source"])
            if source and row["role"] and role_of.setdefault(source, row["role"]) != row["role"]:
                two_roles.append(at)
            said = tuple(row[name] for name in frame.columns if name != "at")
            again = bool(source and row["text"]) and said in seen
            seen.add(said)
            repeated[at] = again
            stays.append(not again)
        findings.every(
            table,
            position_of(table, "role") or 0,
            two_roles,
            CellFault(
                Reason.ROWS_CONTRADICT,
                "Samma källa har en annan roll på en tidigare rad",
                "en roll för varje källa",
                "Rätta rollen, eller ge källan ett eget nummer",
            ),
        )
        table.set_aside(repeated, DUPLICATE)
        kept.append((table, frame[np.array(stays, dtype=bool)]))
    return kept
