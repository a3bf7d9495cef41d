"""Breakdowns of mostly small counts are left out, and moves are told between groups of states: from the case's file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from portfolj.followup.view import FollowUpView, open_follow_up
from portfolj.portfolio import open_portfolio

CASE = Path(__file__).parents[2] / "data" / "raw" / "ratt-insats"
PEOPLE = 63  # 29 + 34, as printed
WORKING = ["Arbete eller praktik", "Arbetsprövning", "Studier"]
GROUP, OTHER = "Arbete, arbetsprövning eller studier", "Annat läge"


@pytest.fixture(scope="module")
def view() -> FollowUpView:
    return open_follow_up(open_portfolio("ratt-insats"))


@pytest.fixture(scope="module")
def states() -> pd.DataFrame:
    """A row per participant, a column per point in time."""
    rows = pd.read_csv(CASE / "lagen.csv", dtype=str)
    return rows.pivot(index="Deltagare", columns="Tidpunkt", values="Läge")


def test_a_point_is_left_out_where_most_of_its_counts_are_small(view: FollowUpView, states: pd.DataFrame) -> None:
    names = {"Start": "0", "Avslut": "exit"}
    thin = set()
    for point in states:
        known = states[point].value_counts()
        counts = [*known, *([PEOPLE - known.sum()] if known.sum() < PEOPLE else [])]
        if 2 * sum(count < view.k for count in counts) > len(counts):
            thin.add(names.get(point, point.split()[0]))
    frame = view.tables["left_out"]
    assert set(frame[frame["table"] == "status"]["group"]) == thin
    assert thin  # the case has some
    assert thin.isdisjoint(view.tables["status"]["point"])


def test_moves_are_counted_between_groups_of_states(view: FollowUpView, states: pd.DataFrame) -> None:
    later = states["3 månader"]
    assert len(states) == later.notna().sum() == PEOPLE
    frame = view.tables["flow"]
    first = frame[(frame["point_from"] == "0") & (frame["point_to"] == "3")].set_index(["status_from", "status_to"])
    assert first.loc[(OTHER, GROUP), "count"] == later.isin(WORKING).sum()
    assert first.loc[(OTHER, OTHER), "count"] == PEOPLE - later.isin(WORKING).sum()
