"""A small federation's folder: its ledger, and one file for each kind that a test writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

Rows = Sequence[Sequence[object]]


def write_files(folder: Path, files: Mapping[str, Sequence[str] | Rows]) -> str:
    """Writes a ledger and the files: lines become ``kind.csv``, rows of cells become ``kind.xlsx``.

    Gives the lines of a settings table that names them.
    """
    (folder / "l.csv").write_text("Insats;Sökande;År;Beviljat\nUng start;Flens kommun;2020;100\n", encoding="utf-8")
    names = {}
    for kind, content in files.items():
        if content and isinstance(content[0], str):
            names[kind] = f"{kind}.csv"
            (folder / names[kind]).write_text("\n".join(map(str, content)), encoding="utf-8")
        else:
            names[kind] = f"{kind}.xlsx"
            book = openpyxl.Workbook()
            book.active.title = "Blad 1"
            for row in content:
                book.active.append(list(row))
            book.save(folder / names[kind])
    return "\n".join(f'{kind} = ["{name}"]' for kind, name in names.items())
