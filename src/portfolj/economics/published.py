"""What other evaluations have printed on payback, to look at beside one's own: ``reference/published_payback.csv``."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

_TYPES = {
    "label": "str", "evaluations": "Int64", "payback_months": "Int64", "max_cost_per_participant_sek": "float64",
    "max_cost_months": "Int64", "actual_cost_per_participant_sek": "float64", "source": "str",
}  # fmt: skip


def published_payback() -> pd.DataFrame:
    """One row per publication; what it does not print is missing."""
    with (files("portfolj") / "reference" / "published_payback.csv").open("rb") as file:
        return pd.read_csv(file, dtype=_TYPES)[list(_TYPES)]
