"""Step movements in repeated ratings, and statuses from point to point."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from counting_rows import at, opened, ratings, rows_of
from scipy import stats

from portfolj.followup.progression import changes, mean_change, measured_twice
from portfolj.followup.rows import FollowUp, frame_from_records


def assessed(*values: tuple[str, int, str, float]) -> pd.DataFrame:
    """Assessments of (person, occasion, item, value)."""
    names = ("person", "occasion", "item", "value")
    same = {"intervention": "Insats", "respondent": "participant"}
    return frame_from_records("assessments", [{**same, **dict(zip(names, v, strict=True))} for v in values])


def test_only_items_answered_at_the_first_and_the_last_occasion_are_compared() -> None:
    frame = assessed(
        ("a", 1, "Hälsa", 2), ("a", 1, "Nätverk", 5), ("a", 2, "Hälsa", 1), ("a", 3, "Hälsa", 4), ("a", 3, "Stöd", 1),
    )  # fmt: skip
    moved = changes(measured_twice(frame), step=0)
    assert moved["change"].tolist() == [2.0]  # Hälsa alone, 4 - 2; occasion 2 lies between
    assert moved["outcome"].tolist() == ["up"]


def test_who_has_no_item_in_common_or_one_occasion_is_not_measured_twice() -> None:
    frame = assessed(("a", 1, "Hälsa", 2), ("a", 2, "Nätverk", 5), ("b", 1, "Hälsa", 2))
    assert changes(measured_twice(frame), step=0).empty


def test_what_the_caseworker_has_rated_is_left_out() -> None:
    frame = assessed(("a", 1, "Hälsa", 2), ("a", 2, "Hälsa", 5)).assign(respondent="caseworker")
    assert measured_twice(frame).empty


@pytest.mark.parametrize(("step", "outcome"), [(0.0, "up"), (0.09, "up"), (0.1, "unchanged"), (0.2, "unchanged")])
def test_a_change_has_to_be_more_than_the_step(step: float, outcome: str) -> None:
    # 31 / 10 and 32 / 10: as binary fractions they differ by a hair more than 0.1
    frame = assessed(
        *[("a", 1, f"i{n}", 3 + (n == 0)) for n in range(10)], *[("a", 2, f"i{n}", 3 + (n < 2)) for n in range(10)]
    )
    assert changes(measured_twice(frame), step=step)["outcome"].tolist() == [outcome]


def test_the_interval_of_the_mean_change_is_students() -> None:
    moved = pd.DataFrame({"first": [2.0, 3.0, 4.0, 1.0, 2.0], "last": [3.0, 3.0, 5.0, 3.0, 1.0]})
    moved = moved.assign(change=moved["last"] - moved["first"])
    found = mean_change(moved)
    expected = stats.ttest_1samp(moved["change"], 0).confidence_interval(0.95)
    assert found.mean_change == pytest.approx(0.6)  # (1 + 0 + 1 + 2 - 1) / 5
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.correlation == pytest.approx(stats.pearsonr(moved["first"], moved["last"]).statistic)


def test_means_are_told_of_no_category_beside_one_that_is_hidden(tmp_path: Path) -> None:
    rated = ratings([(f"p{n}", 2.0, 4.0) for n in range(43)])
    rows = rows_of((40, {"sex": "woman"}), (3, {"sex": "man"}), assessments=rated)
    means = opened(rows, tmp_path).tables["item_means"]
    assert set(means["group"]) <= {"all", "intervention"}
    assert set(means["mean"]) == {2.0, 4.0}


def test_how_many_answered_an_item_is_not_told_where_two_did_not(tmp_path: Path) -> None:
    rated = ratings([(f"p{n}", 2.0, 4.0) for n in range(40)])
    more = rated[rated["person"].isin([f"p{n}" for n in range(38)])].assign(item="Nätverk")
    rows = rows_of((40, {}), assessments=pd.concat([rated, more], ignore_index=True))
    means = opened(rows, tmp_path).tables["item_means"]
    assert at(means, "n", group="all", item="Hälsa", occasion="first") == 40
    assert at(means, "n", group="all", item="Nätverk", occasion="first") is None
    assert at(means, "mean", group="all", item="Nätverk", occasion="first") == 2.0


def stood(*groups: tuple[int, tuple[str, ...]]) -> FollowUp:
    """So many participants with these statuses at start, after three months and at exit; "" is none noted."""
    records = []
    number = 0
    for times, statuses in groups:
        for _ in range(times):
            told = zip(("0", "3", "exit"), statuses, strict=True)
            records += [
                {"person": f"p{number}", "intervention": "Insats", "point": point, "status": status}
                for point, status in told
                if status
            ]
            number += 1
    return rows_of((number, {}), statuses=frame_from_records("statuses", records))


def test_counts_move_between_statuses_and_who_has_none_is_missing(tmp_path: Path) -> None:
    rows = stood(
        (20, ("Utan insats", "Praktik", "Arbete")),
        (10, ("Utan insats", "", "Utan insats")),
        (7, ("Utan insats", "Praktik", "")),
    )
    tables = opened(rows, tmp_path).tables
    assert at(tables["status"], "count", point="0", status="Utan insats") == 37
    assert at(tables["status"], "count", point="3", status="missing") == 10
    moves = {"point_from": "3", "point_to": "exit"}
    assert at(tables["flow"], "count", **moves, status_from="Praktik", status_to="Arbete") == 20
    assert at(tables["flow"], "count", **moves, status_from="Praktik", status_to="missing") == 7
    assert at(tables["steps"], "step_shown", group="all") == 20
    assert (
        at(tables["steps"], "step_not_shown", group="all") == 17
    )  # 10 that stand where they stood, 7 without a status


def test_who_is_in_an_intervention_without_statuses_is_not_missing_there(tmp_path: Path) -> None:
    rows = stood((20, ("Utan insats", "Praktik", "Arbete")))
    others = rows.participations.assign(intervention="Annan", person=[f"q{n}" for n in range(20)])
    both = FollowUp(participations=pd.concat([rows.participations, others], ignore_index=True), statuses=rows.statuses)
    tables = opened(both, tmp_path).tables
    assert at(tables["status"], "count", point="0", status="missing") == 0
    assert at(tables["steps"], "participations", group="all") == 20


def test_ratings_alone_are_enough_for_progression(tmp_path: Path) -> None:
    view = opened(FollowUp(assessments=ratings([(f"p{n}", 2.0, 3.0) for n in range(12)])), tmp_path)
    assert view.kinds == ("assessments",)
    assert at(view.tables["progression"], "up", group="all") == 12
    assert "outcomes" not in view.tables
