"""The tables of a report as files for machines: tidy, in SEK and codes, one CSV a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from portfolj.portfolio import tables
from portfolj.portfolio.money import whole_where_possible
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import at_stake

# A spreadsheet program takes a text that begins so for a formula. A leading apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
INTERVENTION_COLUMNS = (
    "intervention_key", "intervention_id", "name", "applicant", "target_group_text", "description", "goal_text",
    "first_year", "last_year", "granted_sek", "row_count", "rows_without_amount",
    "owner", "owner_basis", "owner_decided_by", "owner_rule", "owner_evidence", "owner_reason",
    "target_groups", "target_groups_basis", "target_groups_decided_by", "target_groups_rule", "target_groups_evidence",
    "target_groups_reason",
    "orientation", "orientation_basis", "orientation_decided_by", "orientation_rule", "orientation_evidence",
    "orientation_reason", "process_support", "process_support_rule", "process_support_evidence",
)  # fmt: skip


def tidy_tables(portfolio: Portfolio) -> Mapping[str, pd.DataFrame]:
    """Every table of the report by its name as a file; amounts are whole kronor where none has öre."""
    groups = tables.target_group(portfolio)
    frames = {
        "owner": tables.owner(portfolio)[["owner", "count", "granted_sek", "mean_granted_sek"]],
        "target_group": groups.drop(columns=["count_overlapping", "without_amount"]),
        "target_group_mentions": groups[["target_group", "count_overlapping", "without_amount"]],
        "orientation": tables.orientation(portfolio)[["orientation", "count", "granted_sek"]],
        "process_support": tables.process_support(portfolio)[["kind", "granted_sek"]],
        "year": tables.year(portfolio)[["year", "financing", "granted_sek"]],
        "basis": tables.basis(portfolio),
        "ledger_parts": portfolio.parts,
        "amounts_missing": _amounts_missing(portfolio),
        "published": tables.published(portfolio),
        "pending": at_stake(portfolio),
        "interventions": _interventions(portfolio),
        "set_aside": portfolio.prepared.set_aside,
    }
    return {name: _with_whole_kronor(frame) for name, frame in frames.items()}


def write_tables(portfolio: Portfolio, folder: Path) -> list[str]:
    """Writes each table as ``<name>.csv`` (UTF-8, commas, decimal points) and gives the names written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = tidy_tables(portfolio)
    for name, frame in written.items():
        harmless_frame(frame).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return list(written)


def _interventions(portfolio: Portfolio) -> pd.DataFrame:
    frame = portfolio.interventions.sort_values("intervention_key").reset_index(drop=True)
    return frame[[column for column in INTERVENTION_COLUMNS if column in frame]]


def harmless_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text made harmless to a spreadsheet program."""
    texts = [str(column) for column in frame.select_dtypes(include="str")]
    return frame.assign(**{column: frame[column].map(harmless, na_action="ignore") for column in texts})


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _amounts_missing(portfolio: Portfolio) -> pd.DataFrame:
    frames = [
        tables.owner(portfolio).assign(dimension="owner").rename(columns={"owner": "code"}),
        tables.target_group(portfolio).assign(dimension="target_groups").rename(
            columns={"target_group": "code", "count_overlapping": "count"}),
        tables.orientation(portfolio).assign(dimension="orientation").rename(columns={"orientation": "code"}),
    ]  # fmt: skip
    columns = ["dimension", "code", "count", "without_amount"]
    return pd.concat([frame[columns] for frame in frames], ignore_index=True)


def _with_whole_kronor(frame: pd.DataFrame) -> pd.DataFrame:
    money = [str(c) for c in frame if str(c).endswith("_sek") and not str(c).startswith("mean_")]
    return frame.assign(**{column: whole_where_possible(frame[column]) for column in money})
