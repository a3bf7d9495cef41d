"""The six standard reports of SUS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from counting_rows import DEFAULTS, at, opened, rows_of

from portfolj.followup.length import bands
from portfolj.followup.occupation import grouped, results
from portfolj.followup.rows import frame_from_records


@pytest.mark.parametrize(
    ("before", "after", "extents", "result"),
    [
        ("seeking", "work", (None, 50.0), "work+"),
        ("work", "work", (25.0, 50.0), "work+"),
        ("work", "work", (50.0, 50.0), "work"),
        ("work", "work", (None, 50.0), "work"),  # more than an unknown extent can't be said
        ("missing", "work", (None, 100.0), "work"),  # started can't be said where before is unknown
        ("study", "study;work", (None, 50.0), "study;work+"),
        ("work", "missing", (50.0, None), "missing"),
        ("seeking", "labour_market_training", (None, None), "labour_market_training"),
    ],
)
def test_what_started_or_grew_is_marked(
    before: str, after: str, extents: tuple[float | None, float | None], result: str
) -> None:
    record = {**DEFAULTS, "occupation_before": before, "occupation_after": after}
    extent = {"work_extent_before": extents[0], "work_extent_after": extents[1]}
    assert list(results(frame_from_records("participations", [{**record, **extent}]))) == [result]


def test_who_has_not_ended_has_no_result_whatever_is_noted() -> None:
    record = {**DEFAULTS, "end": None, "end_year": None, "occupation_after": "work"}
    assert list(results(frame_from_records("participations", [record]))) == ["ongoing"]


@pytest.mark.parametrize(
    ("value", "groups"),
    [
        ("study;work", {"study", "work"}),
        ("seeking;work", {"work"}),
        ("practice;seeking", {"seeking_only"}),
        ("practice", {"other"}),
        ("missing", {"other"}),
    ],
)
def test_seeking_is_told_only_of_those_who_neither_work_nor_study(value: str, groups: set[str]) -> None:
    assert grouped(value) == groups


@pytest.mark.parametrize(
    ("start", "end", "band"),
    [
        ("2019-01-15", "2019-04-14", "under-3"),
        ("2019-01-15", "2019-04-15", "3-6"),  # three months to the day
        ("2019-01-15", "2020-01-14", "6-12"),
        ("2019-01-15", "2021-01-15", "24+"),
        (None, "2021-01-15", "missing"),
        ("2019-01-15", None, "ongoing"),
    ],
)
def test_length_goes_by_whole_months(start: str | None, end: str | None, band: str) -> None:
    dates: dict[str, Any] = {"start": start and pd.Timestamp(start), "end": end and pd.Timestamp(end)}
    record = {**DEFAULTS, **dates, "end_year": int(end[:4]) if end else None}
    assert list(bands(frame_from_records("participations", [record]))) == [band]


def test_before_and_after_are_counted_among_exits_and_both_codes_of_one_person_stand(tmp_path: Path) -> None:
    rows = rows_of(
        (10, {"occupation_before": "seeking", "occupation_after": "study;work"}),
        (20, {"occupation_before": "work", "occupation_after": "work"}),
        (30, {"occupation_before": "seeking", "end": None, "end_year": None, "occupation_after": "missing"}),
    )
    tables = opened(rows, tmp_path).tables
    assert at(tables["occupation"], "before", code="seeking") == 10  # not the 30 that go on
    assert at(tables["occupation"], "after", code="work") == 30  # 10 + 20
    assert at(tables["occupation"], "after", code="study") == 10
    assert at(tables["occupation_grouped"], "after", group="work") == 30
    started = tables["started_or_increased"]
    assert at(started, "after", measure="either") == 30
    assert at(started, "started_or_increased", measure="work") == 10
    assert at(tables["outcomes"], "work_or_study", intervention="", group="all") == 30  # once, not 40


def test_income_moves_from_one_source_to_another(tmp_path: Path) -> None:
    rows = rows_of(
        (10, {"income_before": "income_support", "income_after": "wage"}),
        (20, {"income_before": "income_support", "income_after": "income_support;wage"}),
        (15, {"income_before": "sickness_benefit", "income_after": "missing"}),
    )
    tables = opened(rows, tmp_path).tables
    assert at(tables["income"], "before", code="income_support") == 30
    assert at(tables["income"], "after", code="wage") == 30
    moves = tables["income_transition"]
    assert at(moves, "count", source_before="income_support", source_after="wage") == 30
    assert at(moves, "count", source_before="income_support", source_after="income_support") == 20
    assert at(moves, "count", source_before="sickness_benefit", source_after="missing") == 15


def test_without_sources_of_income_there_is_no_such_table(tmp_path: Path) -> None:
    tables = opened(rows_of((10, {})), tmp_path).tables
    assert tables["income"].empty
    assert tables["income_transition"].empty
