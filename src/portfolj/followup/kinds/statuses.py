"""Where people were at start, every third month and at exit: a row per point in time, or a column per point."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, Coder, coder, fold, shipped_words
from portfolj.followup.findings import Findings
from portfolj.followup.kinds.who import interventions_of, named_persons
from portfolj.followup.rows import empty_frame
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.followup.values import says_nothing
from portfolj.ledger.cells import Value, text_of

WITHOUT_STATUS = "status_missing"
_MONTHS = re.compile(
    r"(?:efter |månad |vid |uppföljning |läge |status )*(\d{1,3})(?:\.0)?"
    r"\s*(?:mån(?:ad(?:er)?)?\.?|m)?(?: efter start)?"
)


def point_of(text: str) -> str | None:
    """``0``, ``3``, ``6``, ... months or ``exit``; None for any other text.

    >>> point_of("Vid start"), point_of("6 mån"), point_of("Avslut"), point_of("Kön")
    ('0', '6', 'exit', None)
    """
    folded = fold(text)
    for prefix in ("", "läge ", "status "):
        if (code := shipped_words("point").get(folded.removeprefix(prefix))) is not None:
            return code
    match = _MONTHS.fullmatch(folded)
    return str(int(match[1])) if match else None


def statuses_of(table: Table, *, federation: Federation, key: bytes, findings: Findings) -> pd.DataFrame:
    """The table's statuses, one row each, with ``at`` (row of the table) beside the kind's columns."""
    words = coder("status", federation)
    own = set(federation.followup.words.get("status", {}))
    by_row = bool(table.positions("status") and table.positions("point"))
    columns = table.positions("status") if by_row else sorted(table.header.more)
    told = [table.column(p).each(lambda value: not says_nothing(value)).astype(bool) for p in columns]
    table.set_aside(~np.logical_or.reduce(told), WITHOUT_STATUS)
    persons = named_persons(table, federation=federation, key=key, findings=findings)
    interventions = interventions_of(table, findings, needed=False)
    points = {p: np.full(len(table), point, dtype=object) for p, point in table.header.more.items()}
    if by_row:
        points = {columns[0]: findings.read(table, table.positions("point")[0], _read_point, blank="")}
    parts = []
    for position in columns:
        read = findings.read(table, position, lambda value: _status(value, words=words, own=own), blank=MISSING)
        given = (read != MISSING) & table.used
        parts.append(pd.DataFrame({
            "person": persons[given], "intervention": interventions[given], "point": points[position][given],
            "status": read[given], "at": np.flatnonzero(given),
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else empty_frame("statuses").assign(at=[])


def _status(value: Value, *, words: Coder, own: set[str]) -> str:
    """The status as written, in the federation's own word where it has one. Raises CellFault."""
    code = words.code(value)
    return code if code in own or code == MISSING else text_of(value)


def _read_point(value: Value) -> str:
    point = point_of(text_of(value))
    if point is None:
        raise CellFault(
            Reason.WORD_UNKNOWN, "Cellen går inte att läsa som en tidpunkt", "start, 3 mån, 6 mån, ... eller avslut",
            "Rätta cellen",
        )  # fmt: skip
    return point


SHAPE = Shape("statuses", (("person",),), more=point_of, unless_more=(("status",), ("point",)))
