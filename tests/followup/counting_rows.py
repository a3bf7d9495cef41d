"""Follow-up that a test writes itself, so that every count can be worked out by hand. Nobody in it exists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.disclosure import Remembered
from portfolj.disclosure.remembered import with_report
from portfolj.followup.rows import FollowUp, frame_from_records
from portfolj.followup.view import FollowUpView, view_of
from small_ledger import portfolio_of, row

DEFAULTS: Mapping[str, Any] = {
    "anonymous": False, "intervention": "Insats", "start": pd.Timestamp("2019-01-10"),
    "end": pd.Timestamp("2019-09-10"), "start_year": 2019, "end_year": 2019, "sex": "woman", "age_band": "missing",
    "municipality": "missing", "referrer": "missing", "occupation_before": "seeking", "occupation_after": "seeking",
    "income_before": "missing", "income_after": "missing", "end_reason": "missing",
}  # fmt: skip
LEDGER = [row("1", "Insats", applicant="Växjö kommun", group="unga", amount="200000")]


def rows_of(*groups: tuple[int, Mapping[str, Any]], **other: pd.DataFrame) -> FollowUp:
    """So many participations of each kind, every one of a person of its own; ``other``: frames of other kinds."""
    records = []
    for number, values in groups:
        for _ in range(number):
            records.append({**DEFAULTS, "person": f"p{len(records)}", **values})
    return FollowUp(participations=frame_from_records("participations", records), **other)


def ratings(changes: Sequence[tuple[str, float, float]]) -> pd.DataFrame:
    """Assessments of one item, first and last, per person."""
    records = [
        {"person": person, "intervention": "Insats", "occasion": occasion, "respondent": "participant", "item": "Hälsa",
         "value": value}
        for person, first, last in changes
        for occasion, value in ((1, first), (2, last))
    ]  # fmt: skip
    return frame_from_records("assessments", records)


def opened(
    rows: FollowUp,
    folder: Path,
    *,
    ledger: Sequence[Sequence[str]] = LEDGER,
    k: int = 5,
    before: Sequence[FollowUpView] = (),
    **rules: str,
) -> FollowUpView:
    """The view of rows on a portfolio of ``ledger``. With k = 2 only a count of one is small."""
    portfolio = portfolio_of(ledger, folder, basis="stated", **rules)
    remembered = Remembered()
    for view in before:
        remembered = with_report(remembered, view.shown, view.hidden)
    settings = portfolio.federation.model_copy(update={"small_cell_threshold": k})
    return view_of(replace(portfolio, federation=settings), rows, before=remembered)


def at(table: pd.DataFrame, column: str, **where: str) -> Any:
    """The one cell of the table where the words hold; None where it is missing."""
    for name, word in where.items():
        table = table[table[name] == word]
    assert len(table) == 1, f"{len(table)} rows of {where}"
    cell = table[column].iloc[0]
    return None if pd.isna(cell) else cell
