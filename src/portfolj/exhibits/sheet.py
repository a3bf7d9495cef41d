"""A sheet of the workbook, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its title, its rows under Swedish headings, and what stands under them."""

    name: str
    title: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
