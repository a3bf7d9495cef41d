"""Rows of the files put together with the ledger's interventions: by id or key, else by name."""

from __future__ import annotations

import pandas as pd

from portfolj.followup.joined import joined
from portfolj.portfolio import Portfolio

NOT_IN_LEDGER = "not_in_ledger"


def with_keys(frame: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """The frame with ``intervention_key`` (empty where the ledger has no such intervention), ``name`` and ``why_not``.

    ``name`` is the ledger's own where it has the intervention. ``why_not``: why it has no place among the portfolio's
    interventions, see ``followup.joined``; empty where it has.
    """
    written = {text for column in ("intervention_id", "intervention") for text in frame[column] if text}
    found = joined(written, portfolio)
    keys, names, reasons = [], [], []
    for identity, name in zip(frame["intervention_id"], frame["intervention"], strict=True):
        labels = [found.labels[text] for text in (identity, name) if text]
        label = next((each for each in labels if each in found.keys), labels[0])
        keys.append(found.keys.get(label, ""))
        names.append(label if label in found.keys else name or label)
        reasons.append(found.why_not.get(label, ""))
    told = {"intervention_key": keys, "name": names, "why_not": reasons}
    columns = {column: pd.Series(values, index=frame.index, dtype="str") for column, values in told.items()}
    return frame.assign(**columns)


def place(file: str, sheet: str, row: int) -> str:
    """Where something stands, to be followed: ``underlag.xlsx, blad 2024, rad 12``."""
    return ", ".join(part for part in (file, f"blad {sheet}" if sheet else "", f"rad {row}") if part)
