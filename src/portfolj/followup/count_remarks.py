"""Contradictions in files of counts and exits, told with their cells to whoever checks the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import label_of
from portfolj.followup.count_contradictions import ALL, Odd, odd_counts
from portfolj.followup.exit_outcomes import COMPLETED, odd_exits, outcome_codes
from portfolj.followup.findings import Findings
from portfolj.followup.table import Table

_ACTION = "Rätta den siffra som är fel; rapporten görs ändå, och säger att siffrorna motsäger varandra"
_Read = Sequence[tuple[Table, pd.DataFrame]]


def remark_on_counts(read: _Read, findings: Findings) -> None:
    """A remark for each contradiction among the tables' counts, at the first of its cells."""
    together, cells = _together(read)
    for odd in odd_counts(together) if len(together) else ():
        first, *others = [cells(row) for row in odd.rows]
        table, position, row = first
        _remark(table, position, row, odd_sentence(odd, [t.address(r, p) for t, p, r in others]), findings)


def remark_on_exits(read: _Read, federation: Federation, findings: Findings) -> None:
    """A remark for each base of exits whose outcomes do not sum to its total, at the total."""
    together, cells = _together(read)
    for odd in odd_exits(together, outcome_codes(together, federation)) if len(together) else ():
        (table, position, row), *parts = [cells(row) for row in odd.rows]
        whom = "dem som fullföljde" if odd.base == COMPLETED else "alla deltagare"
        where = ", ".join(t.address(r, p) for t, p, r in parts)
        text = (
            f"{odd.intervention}: talet är {odd.total}, men utfallen för {whom} är tillsammans {odd.summed} ({where})"
        )
        _remark(table, position, row, text, findings)


def odd_sentence(odd: Odd, others: Sequence[str] = ()) -> str:
    """What does not add up, in words; ``others``: the cells of the other numbers."""
    sex = "" if odd.sex == ALL else f", {label_of('sex_of_count', odd.sex).casefold()}"
    what, at = f"{odd.intervention} {odd.year}{sex}", f" ({', '.join(others)})" if others else ""
    measure = label_of("measure", odd.measure).casefold()
    if odd.rule == "within":
        return f"{what}: {odd.first} {measure} är fler än {odd.second} {label_of('measure', odd.other).casefold()}{at}"
    text = f"{what}, {measure}: könen är tillsammans {odd.first}{at}, men totalen är {odd.second}"
    return text if odd.impossible else f"{text}. Det går ihop bara om kön saknas för {odd.second - odd.first}"


def _together(read: _Read) -> tuple[pd.DataFrame, Any]:
    parts = [frame.assign(table=n) for n, (_, frame) in enumerate(read)]
    together = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()

    def cell(row: int) -> tuple[Table, int, int]:
        found = together.loc[row]
        return read[int(found["table"])][0], int(found["position"]), int(found["at"])

    return together, cell


def _remark(table: Table, position: int, row: int, text: str, findings: Findings) -> None:
    said = CellFault(Reason.COUNTS_CONTRADICT, text, "", _ACTION)
    findings.remark(table, position, row, said)
