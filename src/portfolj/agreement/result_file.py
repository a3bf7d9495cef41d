"""Figures of agreement and confusions as files: one workbook, or two CSV files beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from portfolj.agreement.measure import Figure
from portfolj.errors import PortfoljError
from portfolj.ledger import write_table

FIGURE_COLUMNS = ("dimension", "measure", "coders", "code", "value", "low", "high", "rows", "why_not")
CONFUSIONS_SUFFIX = "-olika"


def figures_table(figures: Sequence[Figure]) -> pd.DataFrame:
    """The figures, one per row, with ``FIGURE_COLUMNS``; ``value``, ``low`` and ``high`` empty where undefined."""
    rows = [
        (
            f.dimension,
            f.measure,
            " + ".join(f.coders),
            f.code,
            f.value,
            *(f.interval or (None, None)),
            f.rows,
            f.why_not,
        )
        for f in figures
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(FIGURE_COLUMNS))
    return frame.astype(dict.fromkeys(("value", "low", "high"), "Float64") | {"rows": "int64"})


def write_result(figures: Sequence[Figure], differing: pd.DataFrame, path: Path) -> list[Path]:
    """Writes the figures at ``path`` (.csv or .xlsx) and the confusions beside it, with ``-olika`` after the name.

    The files that were written, figures first. Raises PortfoljError where one can't be written.
    """
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise PortfoljError(f"Kan inte skriva {path.name}: filen måste sluta på .csv eller .xlsx.")
    beside = path.with_stem(f"{path.stem}{CONFUSIONS_SUFFIX}")
    write_table(figures_table(figures), path)
    write_table(differing, beside)
    return [path, beside]
