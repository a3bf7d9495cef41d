"""What reading the files found: faults with their cells, rows set aside and how many rows each file had.

A fault never repeats a cell of a file with rows on persons. Where many cells of a column have the same fault the first
are told by address and the rest by number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from portfolj.errors import Fault, Reason
from portfolj.federation import PERSON_KINDS
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.rows import empty_frame, frame_of
from portfolj.followup.table import Table, cell_reader, objects
from portfolj.ledger.cells import Value, column_letters, is_blank, text_of
from portfolj.ledger.personal_numbers import holds_personal_number, mask_personal_numbers

_CELLS_TOLD = 5
_SHOWN = 40


@dataclass
class Findings:
    """Faults of all files, remarks that stop nothing, and per table what became of its rows."""

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    _aside: list[pd.DataFrame] = field(default_factory=list)
    _sources: list[dict[str, Any]] = field(default_factory=list)

    def read(self, table: Table, position: int, read: Callable[[Value], Any], *, blank: Any) -> np.ndarray:
        """Per row of the table what ``read`` makes of the column's cell; ``blank`` for rows not used and for faults."""
        column, checked = table.column(position), cell_reader(read)
        asked = np.zeros(len(column.values), dtype=bool)
        asked[column.codes[table.used]] = True
        answers = objects([blank] * len(column.values))
        faulty: dict[int, CellFault] = {}
        for n in np.flatnonzero(asked).tolist():
            try:
                answers[n] = checked(column.values[n])
            except CellFault as fault:
                faulty[n] = fault
        if faulty:
            is_faulty = np.zeros(len(column.values), dtype=bool)
            is_faulty[list(faulty)] = True
            rows = np.flatnonzero(is_faulty[column.codes] & table.used)
            self.cells(table, position, rows, [faulty[int(code)] for code in column.codes[rows]])
        return answers[column.codes]

    def cells(
        self, table: Table, position: int, rows: Sequence[int] | np.ndarray, faults: Sequence[CellFault], *,
        remark: bool = False,
    ) -> None:  # fmt: skip
        """The faults, or remarks, of these rows' cells in one column, told by address up to a handful of each sort."""
        told_in = self.remarks if remark else self.faults
        told: dict[tuple[Reason, str], int] = {}
        first: dict[tuple[Reason, str], CellFault] = {}
        for row, fault in zip(rows, faults, strict=True):
            sort = fault.reason, fault.found
            told[sort] = told.get(sort, 0) + 1
            first.setdefault(sort, fault)
            if told[sort] <= _CELLS_TOLD:
                found = fault.found + fault.beside + self._shown(table, position, int(row))
                told_in.append(_at(table, table.address(int(row), position), fault, found))
        for sort, times in told.items():
            if times > _CELLS_TOLD:
                more = times - _CELLS_TOLD
                place = f"kolumn {column_letters(position)}"
                text = f"{sort[1]}: {more} {'cell' if more == 1 else 'celler'} till i kolumnen"
                told_in.append(_at(table, place, first[sort], text))

    def every(
        self, table: Table, position: int, rows: Sequence[int] | np.ndarray, fault: CellFault, *, remark: bool = False
    ) -> None:
        """One and the same fault, or remark, for these rows' cells in one column."""
        self.cells(table, position, rows, [fault] * len(rows), remark=remark)

    def remark(self, table: Table, position: int, row: int, said: CellFault) -> None:
        """What is odd about one cell, told without stopping anything."""
        self.remarks.append(_at(table, table.address(row, position), said, said.found))

    def close(self, table: Table) -> None:
        """Keeps what became of the table's rows, when nothing more will be set aside."""
        rows = np.flatnonzero(~table.used)
        file, sheet = mask_personal_numbers(table.sheet.file), mask_personal_numbers(table.sheet.title)
        self._aside.append(frame_of("set_aside", {
            "file": [file] * len(rows), "sheet": [sheet] * len(rows), "row": [table.number(int(r)) for r in rows],
            "kind": [table.kind] * len(rows), "reason": list(table.aside[rows]),
        }))  # fmt: skip
        self._sources.append({
            "file": file, "kind": table.kind, "rows_in": len(table), "rows_used": len(table) - len(rows),
            "rows_set_aside": len(rows),
        })  # fmt: skip

    @property
    def set_aside(self) -> pd.DataFrame:
        """The rows set aside, of all files."""
        return pd.concat(self._aside, ignore_index=True) if self._aside else empty_frame("set_aside")

    @property
    def sources(self) -> pd.DataFrame:
        """One row per file and kind, the sheets of a workbook together."""
        if not self._sources:
            return empty_frame("sources")
        return pd.DataFrame(self._sources).groupby(["file", "kind"], sort=False, as_index=False).sum()

    def _shown(self, table: Table, position: int, row: int) -> str:
        column = table.column(position)
        value = column.values[int(column.codes[row])]
        if table.kind in PERSON_KINDS or is_blank(value) or holds_personal_number(value):
            return ""
        return f": ”{text_of(value)[:_SHOWN]}”"


def _at(table: Table, place: str, said: CellFault, found: str) -> Fault:
    file, sheet = mask_personal_numbers(table.sheet.file), mask_personal_numbers(table.sheet.title)
    return Fault(file, sheet, place, said.reason, found, said.allowed, said.action)
