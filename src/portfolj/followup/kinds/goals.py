"""Goals of interventions: what was aimed at, what was measured, the verdict, who judged and on what."""

from __future__ import annotations

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, coder
from portfolj.followup.findings import Findings
from portfolj.followup.kinds.who import interventions_of
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table

SHAPE = Shape("goals", (("intervention",), ("goal", "text"), ("verdict",)))


def goals_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's goals with ``at`` (row of the table) beside the kind's columns."""
    (position,) = table.positions("verdict")
    interventions = interventions_of(table, findings)
    verdicts = findings.read(table, position, coder("verdict", federation).code, blank="")
    findings.every(table, position, np.flatnonzero((verdicts == MISSING) & table.used), CellFault(
        Reason.VALUE_MISSING, "Målet har ingen bedömning", "uppfyllt, delvis, inte uppfyllt eller oklart",
        "Fyll i cellen; skriv oklart om det inte går att bedöma",
    ))  # fmt: skip
    texts = {name: table.texts(name) for name in ("goal", "text", "target", "outcome", "judged_by", "basis")}
    texts["goal"] = np.where(texts["goal"] == "", texts["text"], texts["goal"])
    frame = pd.DataFrame({"intervention": interventions, **texts, "verdict": verdicts, "at": range(len(table))})
    return frame[table.used]
