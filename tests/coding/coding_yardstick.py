"""Scores a classification against two independent coders, as the yardstick's README defines right.

Right is equal to either coder; for target groups the nearer of the two sets, staff beside a client group ignored;
orientation on grades A and B only. **Only rows with odd id numbers may be looked at while rules are written**: the even
ones are kept for a final measurement, so ``odd_rows`` is the only door here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parent / "data"
STAFF = "personal_beslutsfattare"
UNDEFINED = "ej_definierad"


@dataclass(frozen=True)
class Scores:
    """Shares between 0 and 1, and the number of rows behind owner and orientation."""

    owner: float
    owner_rows: int
    target_group_f1: float
    orientation: float
    orientation_rows: int


def odd_rows(*, described: bool) -> pd.DataFrame:
    """The development half: rows with odd id numbers, only those with a description if ``described``."""
    rows = pd.read_csv(DATA / "finsam_interventions.csv", dtype=str, keep_default_na=False)
    rows = rows[rows["id"].str[1:].astype(int) % 2 == 1]
    return rows[rows["description"] != ""] if described else rows


def score(coded: pd.DataFrame, rows: pd.DataFrame) -> Scores:
    """How often ``coded`` (same index as ``rows``) is right."""
    owner = [coded.loc[i, "owner"] in (row["owner_coder1"], row["owner_coder2"]) for i, row in rows.iterrows()]
    graded = rows[rows["grade"].isin(["A", "B"])]
    orientation = [
        coded.loc[i, "orientation"] in (row["orientation_coder1"], row["orientation_coder2"])
        for i, row in graded.iterrows()
    ]
    counts = [
        nearest_counts(coded.loc[i, "target_groups"], row["targets_coder1"], row["targets_coder2"])
        for i, row in rows.iterrows()
    ]
    hits, extra, missed = (sum(column) for column in zip(*counts, strict=True))
    return Scores(
        sum(owner) / len(owner), len(owner), 2 * hits / (2 * hits + extra + missed),
        sum(orientation) / len(orientation), len(orientation),
    )  # fmt: skip


def nearest_counts(answer: str, first: str, second: str) -> tuple[int, int, int]:
    """Groups found, groups too many, groups missed, against the coder whose set is nearer."""
    given = _groups(answer)
    counts = [(len(given & gold), len(given - gold), len(gold - given)) for gold in (_groups(first), _groups(second))]
    return min(counts, key=lambda count: count[1] + count[2])


def _groups(text: str) -> set[str]:
    groups = set(text.split(";")) - {UNDEFINED, ""}
    return groups - {STAFF} if len(groups) > 1 else groups
