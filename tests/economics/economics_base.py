"""Yearly incomes and costs of actors as the calculations over several years take them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from portfolj.economics.options import Options
from portfolj.economics.ranges import Range, ranges_of
from portfolj.federation import Federation

LEDGER = {"files": ["liggare.csv"], "unit": "kr"}
Row = tuple[str, str, float, float]


def base(*rows: Row) -> pd.DataFrame:
    """Year, actor, income of a year and cost."""
    frame = pd.DataFrame(rows, columns=["year", "actor", "income_1y_sek", "cost_sek"]).assign(participants=10)
    types = {"year": "str", "actor": "str", "income_1y_sek": "float64", "cost_sek": "float64", "participants": "int64"}
    return frame.astype(types)


def span(name: str, low: float, likely: float, high: float) -> Range:
    """A range as a federation would have stated it."""
    return Range(name, low, likely, high, label=name, source="federation")


def federation(**economics: object) -> Federation:
    """A federation that has stated these settings of its economics and nothing else."""
    stated = {"key": "prov", "name": "Provförbundet", "folder": Path("prov"), "ledger": LEDGER}
    return Federation.model_validate({**stated, "economics": economics})


ASSUMED = ranges_of(federation(), options=Options())
