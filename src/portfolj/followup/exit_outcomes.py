"""What the outcomes of exit counts are: a total, those who completed, to work, to study, or anything else.

Of one intervention the rows on all participants say how taking part ended, and the rows on those who completed what
they went to. Where both are there, the second is a part of the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from portfolj.federation import Federation
from portfolj.followup.codes import coder, fold

PARTICIPANTS, COMPLETED = "participants", "completed"
OTHER = "other"


class OddExits(NamedTuple):
    """Outcomes of a base that do not sum to what is told of it: ``rows`` holds the index of the total, then those of
    the parts."""

    intervention: str
    base: str
    summed: int
    total: int
    rows: tuple[int, ...]


def outcome_codes(exits: pd.DataFrame, federation: Federation) -> pd.Series:
    """Per exit count its code in the list ``exit_outcome``, ``other`` for every other word."""
    words = coder("exit_outcome", federation).words
    return pd.Series([words.get(fold(text), OTHER) for text in exits["outcome"]], index=exits.index, dtype="str")


def odd_exits(exits: pd.DataFrame, codes: pd.Series) -> Iterator[OddExits]:
    """Every base whose outcomes do not sum to its total: a row of its own, or those said to have completed.

    Rows of several sources on the same outcome are not summed, so nothing is said of them.
    """
    known = exits[exits["count"].notna()].assign(code=codes, folded=exits["intervention"].str.casefold())
    for _, own in known.groupby("folded", sort=True):
        for base in (PARTICIPANTS, COMPLETED):
            rows = own[own["base"] == base]
            parts = rows[rows["code"] != "total"]
            finished = (own["base"] == PARTICIPANTS) & (own["code"] == "completed")
            totals = pd.concat([rows[rows["code"] == "total"], own[finished] if base == COMPLETED else own[:0]])
            if parts.empty or parts["outcome"].map(fold).duplicated().any():
                continue
            summed = int(parts["count"].sum())
            for row, total in totals["count"].items():
                if summed != int(total):
                    index = (int(str(row)), *map(int, parts.index))
                    yield OddExits(str(own["intervention"].iloc[0]), base, summed, int(total), index)
