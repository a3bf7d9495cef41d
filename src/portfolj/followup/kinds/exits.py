"""Exit counts, as ESF projects report them: how many of all participants, or of those who completed, went where."""

from __future__ import annotations

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, coder
from portfolj.followup.findings import Findings
from portfolj.followup.kinds.counts import WITHOUT_COUNT
from portfolj.followup.kinds.who import interventions_of
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.followup.values import read_count, says_nothing
from portfolj.ledger.cells import text_of

SHAPE = Shape("exits", (("intervention",), ("base",), ("outcome",), ("count",)))


def exits_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's exit counts with ``at`` and ``position`` (row and column of the table) beside the kind's columns."""
    (count,), (base,), (outcome,) = (table.positions(name) for name in ("count", "base", "outcome"))
    table.set_aside(table.column(count).each(says_nothing).astype(bool), WITHOUT_COUNT)
    interventions = interventions_of(table, findings)
    bases = findings.read(table, base, coder("base", federation).code, blank="")
    outcomes = findings.read(table, outcome, text_of, blank="")
    for position, empty in ((base, bases == MISSING), (outcome, outcomes == "")):
        findings.every(table, position, np.flatnonzero(empty & table.used), CellFault(
            Reason.VALUE_MISSING, "Raden säger inte vad antalet är ett antal av", "", "Fyll i cellen"
        ))  # fmt: skip
    counts = findings.read(table, count, read_count, blank=None)
    return pd.DataFrame({
        "intervention": interventions, "base": bases, "outcome": outcomes,
        "count": pd.array(list(counts), dtype="Int64"), "printed_in": table.texts("printed_in"),
        "at": range(len(table)), "position": count,
    })[table.used]  # fmt: skip
