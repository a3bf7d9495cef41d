"""Breakdowns of mostly small counts are left out, and moves are told between groups of states: from the case's file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from counting_rows import opened, rows_of

from portfolj.followup import view as view_module
from portfolj.followup.view import FollowUpView, open_follow_up
from portfolj.portfolio import open_portfolio
from small_ledger import row

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


SMALL_AND_LARGE = [
    row("1", "Stor", applicant="Växjö kommun", group="unga", amount="200000"),
    row("2", "Liten", applicant="Försäkringskassan", group="unga", amount="100000"),
]


def two_interventions(folder: Path, small: int) -> FollowUpView:
    """``Stor``: 40 to work and 40 to studies; ``Liten``: 30 to work and ``small`` to studies, all from seeking."""
    rows = rows_of(
        (40, {"intervention": "Stor", "occupation_after": "work"}),
        (40, {"intervention": "Stor", "occupation_after": "study"}),
        (30, {"intervention": "Liten", "occupation_after": "work"}),
        (small, {"intervention": "Liten", "occupation_after": "study"}),
    )
    return opened(rows, folder, ledger=SMALL_AND_LARGE)


def test_reports_are_told_of_each_intervention_where_hardly_any_count_is_small(tmp_path: Path) -> None:
    view = two_interventions(tmp_path, small=20)
    started = view.tables["started_or_increased_by"].set_index(["by", "of", "measure"])
    assert started.loc[("intervention", "Stor", "work"), "started_or_increased"] == 40
    assert started.loc[("intervention", "Liten", "either"), "after"] == 50  # 30 + 20
    assert started.loc[("intervention", "Liten", "either"), "same_as"] == ""
    owners = view.tables["started_or_increased_by"].query("by == 'owner'")
    assert set(owners["same_as"]) == {"Stor", "Liten"}  # each owner has one
    balance = view.tables["gender_balance"].set_index(["group", "category"])
    assert balance.loc[("intervention", "Liten"), "women"] == 50
    assert balance.loc[("intervention", "Liten"), "men"] == 0


def test_a_report_is_told_of_every_intervention_or_of_none(tmp_path: Path) -> None:
    # Of Liten's occupation after, 3 of 33 went to studies. Were Stor alone told, 43 - 40 would give that.
    view = two_interventions(tmp_path, small=3)
    assert view.tables["started_or_increased_by"].empty
    left_out = view.tables["left_out"]
    assert {"intervention", "owner"} <= set(left_out[left_out["table"] == "started_or_increased_by"]["by"])


def test_one_intervention_has_no_reports_of_its_own(tmp_path: Path) -> None:
    tables = opened(rows_of((20, {"occupation_after": "work"})), tmp_path).tables
    assert all(frame.empty for name, frame in tables.items() if name.endswith("_by"))


def test_the_row_of_one_income_is_told_where_that_of_another_is_thin(tmp_path: Path) -> None:
    rows = rows_of(
        (30, {"income_before": "income_support", "income_after": "wage"}),
        (40, {"income_before": "income_support", "income_after": "income_support"}),
        *(
            (2, {"income_before": "sickness_benefit", "income_after": code})
            for code in ("wage", "none", "study_support")
        ),
    )
    tables = opened(rows, tmp_path).tables
    assert set(tables["income_transition"]["source_before"]) == {"income_support"}
    left_out = tables["left_out"]
    assert list(left_out[left_out["table"] == "income_transition"]["group"]) == ["sickness_benefit"]


def test_what_follows_of_a_breakdown_that_is_left_out_is_protected(tmp_path: Path) -> None:
    # Liten by age is 2, 3 and 20, of which most are small: thin. The whole less Stor is Liten: 22 - 20, 23 - 20.
    of_age = {"Stor": {"20-29": 20, "30-39": 20}, "Liten": {"20-29": 2, "30-39": 3, "40-49": 20}}
    rows = rows_of(
        *((number, {"intervention": name, "age_band": age, "occupation_after": "work"})
          for name, numbers in of_age.items() for age, number in numbers.items())
    )  # fmt: skip
    view = opened(rows, tmp_path, ledger=SMALL_AND_LARGE)
    frame = view.tables["outcomes"].query("group == 'age'").set_index(["intervention", "category"])
    assert set(frame.index.get_level_values("intervention")) == {"", "Stor"}
    for age in ("20-29", "30-39"):
        for count in ("participations", "exits", "to_work"):
            assert pd.isna(frame.loc[("", age), count]) or pd.isna(frame.loc[("Stor", age), count])


def test_what_follows_asks_only_for_interventions_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The whole by sex is thin as well, 3, 4 and 2 of 9: its rows are of no intervention, and nothing follows of them.
    asked: list[tuple[set[str], set[str]]] = []
    protect = view_module.protected

    def noting(people, plans, *, derivable=(), **more):  # type: ignore[no-untyped-def]
        names = {
            name for cell in derivable for attribute, values in cell if attribute == "intervention" for name in values
        }
        asked.append((names, set(people.domains["intervention"])))
        return protect(people, plans, derivable=derivable, **more)

    monkeypatch.setattr(view_module, "protected", noting)
    of_sex = {"Stor": {"woman": 2, "man": 3, "missing": 1}, "Liten": {"woman": 1, "man": 1, "missing": 1}}
    rows = rows_of(
        *((number, {"intervention": name, "sex": sex})
          for name, numbers in of_sex.items() for sex, number in numbers.items())
    )  # fmt: skip
    opened(rows, tmp_path, ledger=SMALL_AND_LARGE)
    ((names, there_are),) = asked
    assert names
    assert names <= there_are
