"""The ledger as read: rows used, rows set aside, where they came from, and what should be known about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from portfolj.errors import Fault

ROW_COLUMNS = {
    "file": "str", "sheet": "str", "row": "int64", "cell": "str", "intervention_key": "str", "intervention_id": "str",
    "name": "str", "applicant": "str", "target_group_text": "str", "description": "str", "goal_text": "str",
    "document": "str", "budget_line": "str",
    "decision_date": "datetime64[us]", "year": "Int64", "amount_sek": "float64", "entry_type": "str",
    "financing": "str",
}  # fmt: skip
SET_ASIDE_COLUMNS = {"file": "str", "sheet": "str", "row": "int64", "reason": "str", "text": "str"}
SOURCE_COLUMNS = {
    "file": "str", "sheet": "str", "sha256": "str", "rows_in": "int64", "rows_used": "int64", "rows_set_aside": "int64",
    "header_row": "Int64", "unit": "str", "note": "str",
}  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """A ledger that was read without faults.

    ``rows``: one row per entry used (columns and types in ``ROW_COLUMNS``; amounts in SEK, NaN where missing).
    ``set_aside``: one row per sheet row that was not used, with the reason. ``sources``: one row per sheet; rows_in
    is always rows_used + rows_set_aside. A sheet row may give several entries, so ``rows`` may be longer than
    rows_used. ``columns``: field -> heading as it stands. ``remarks``: what did not stop the reading but should be
    seen.
    """

    rows: pd.DataFrame
    set_aside: pd.DataFrame
    sources: pd.DataFrame
    columns: dict[str, str]
    remarks: tuple[Fault, ...]


def frame_of(records: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    """A frame with exactly these columns and types, also where there are no records."""
    data = {name: [record.get(name) for record in records] for name in columns}
    return pd.DataFrame({name: pd.Series(values, dtype=columns[name]) for name, values in data.items()})
