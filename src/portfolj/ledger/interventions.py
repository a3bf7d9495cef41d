"""Ledger rows to interventions: one per key, with sums to the öre and the texts that most rows agree on."""

from __future__ import annotations

import numpy as np
import pandas as pd

TEXTS = ("intervention_id", "name", "applicant", "target_group_text", "description", "goal_text")


def interventions_of(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per ``intervention_key``, sorted by key, the same whatever the order of ``rows`` (``Ledger.rows``).

    Columns: intervention_key, intervention_id, name, applicant, target_group_text, description, goal_text (str),
    first_year, last_year (Int64), granted_sek (granted, members' money), external_sek (granted, other financing),
    paid_sek, returned_sek (float64 SEK, NaN where no amount is known), members (bool: at least one row of members'
    money), row_count, rows_without_amount (int64). Of differing texts the most common wins, then the one of the
    latest year, then the alphabet.
    """
    keys = pd.Index(sorted(rows["intervention_key"].unique()), name="intervention_key")
    grouped = rows.groupby("intervention_key", sort=True)
    granted, members = rows["entry_type"] == "granted", rows["financing"] == "Finsam"
    data: dict[str, pd.Series] = {text: _agreed_text(rows, text, keys) for text in TEXTS}
    data |= {
        "first_year": grouped["year"].min().reindex(keys).astype("Int64"),
        "last_year": grouped["year"].max().reindex(keys).astype("Int64"),
        "granted_sek": _sum_sek(rows[granted & members], keys),
        "external_sek": _sum_sek(rows[granted & ~members], keys),
        "paid_sek": _sum_sek(rows[rows["entry_type"] == "paid"], keys),
        "returned_sek": _sum_sek(rows[rows["entry_type"] == "returned"], keys),
        "members": members.groupby(rows["intervention_key"]).any().reindex(keys).astype(bool),
        "row_count": grouped.size().reindex(keys).astype("int64"),
        "rows_without_amount": rows["amount_sek"]
        .isna()
        .groupby(rows["intervention_key"])
        .sum()
        .reindex(keys)
        .astype("int64"),
    }
    table = pd.DataFrame(data, index=keys).reset_index()
    return table.astype({"intervention_key": "str"})


def _agreed_text(rows: pd.DataFrame, name: str, keys: pd.Index) -> pd.Series:
    times: dict[str, dict[str, int]] = {}
    latest: dict[tuple[str, str], int] = {}
    known = rows[rows[name].notna() & (rows[name] != "")]
    for key, text, year in zip(known["intervention_key"], known[name], known["year"].fillna(0), strict=True):
        counts = times.setdefault(key, {})
        counts[text] = counts.get(text, 0) + 1
        latest[key, text] = max(latest.get((key, text), 0), int(year))
    agreed = {
        key: min(counts, key=lambda text: (-counts[text], -latest[key, text], text)) for key, counts in times.items()
    }
    return pd.Series([agreed.get(key) for key in keys], index=keys, dtype="str")


def _sum_sek(rows: pd.DataFrame, keys: pd.Index) -> pd.Series:
    # Whole öre add up exactly whatever the order; floats do not.
    known = rows[rows["amount_sek"].notna()]
    ore = (known["amount_sek"] * 100).round().astype(np.int64)
    return (ore.groupby(known["intervention_key"]).sum() / 100).reindex(keys).astype("float64")
