"""Which participations a period is about, and what overlapping periods give away."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from counting_rows import at, opened, rows_of

from portfolj.followup.years import active_in, ended_in, label_of, single_years
from small_ledger import row

WORDS = ["2017-2018", "2018-", "2018-2021", "2020-2020", "?-2017", "2019="]


@pytest.mark.parametrize(
    ("period", "active", "ended"),
    [
        ((2018, 2019), ["2017-2018", "2018-", "2018-2021", "2019="], ["2017-2018"]),
        ((2020, 2020), ["2018-", "2018-2021", "2020-2020"], ["2020-2020"]),
        (None, WORDS, ["2017-2018", "2018-2021", "2020-2020", "?-2017"]),
    ],
)
def test_a_participation_belongs_to_the_years_it_went_on_and_its_exit_to_one(
    period: tuple[int, int] | None, active: list[str], ended: list[str]
) -> None:
    label = label_of(period)
    assert active_in(WORDS, label) == active
    assert ended_in(WORDS, label) == ended


def test_the_years_are_those_of_the_period_that_something_is_known_of() -> None:
    assert single_years(WORDS, None) == [2017, 2018, 2019, 2020, 2021]
    assert single_years(WORDS, (2020, 2030)) == [2020, 2021]


def years(first: int, last: int | None) -> dict[str, object]:
    end = pd.Timestamp(f"{last}-06-01") if last else None
    return {"start": pd.Timestamp(f"{first}-02-01"), "start_year": first, "end": end, "end_year": last}


def test_who_ends_after_the_period_has_not_ended_in_it(tmp_path: Path) -> None:
    rows = rows_of(
        (10, {**years(2018, 2018), "occupation_after": "work"}),
        (20, {**years(2019, 2020), "occupation_after": "work"}),
        (30, years(2019, None)),
        (40, {**years(2020, 2020)}),
    )
    ledger = [row("1", "Insats", year="2018"), row("1", "Insats", year="2019")]
    view = opened(rows, tmp_path, ledger=ledger, period="2018-2019")
    found = view.tables["participants"].iloc[0]
    assert found["participations"] == 60  # 10 + 20 + 30
    assert found["exits"] == 10
    assert found["ongoing"] == 50
    outcomes = view.tables["outcomes"]
    assert at(outcomes, "to_work", intervention="", group="all") == 10
    assert at(outcomes, "participations", group="year", category="2019") == 50


def test_a_report_of_fewer_years_does_not_tell_what_three_people_of_the_other_year_did(tmp_path: Path) -> None:
    # 2018: 10 exits to work; 2019: 3. Both years together, 13, beside 2018 alone would give the three away.
    rows = rows_of(
        (10, {**years(2018, 2018), "occupation_after": "work"}),
        (30, years(2018, 2018)),
        (3, {**years(2019, 2019), "occupation_after": "work"}),
        (30, years(2019, 2019)),
    )
    ledger = [row("1", "Insats", year="2018"), row("1", "Insats", year="2019")]
    earlier = opened(rows, tmp_path, ledger=ledger, period="2018")
    assert at(earlier.tables["outcomes"], "to_work", intervention="", group="all") == 10
    both = opened(rows, tmp_path, ledger=ledger, before=[earlier])
    assert at(both.tables["outcomes"], "to_work", intervention="", group="all") is None
    assert at(both.tables["outcomes"], "exits", intervention="", group="all") == 73


def test_an_earlier_version_that_differs_by_two_people_is_shown_again(tmp_path: Path) -> None:
    first = opened(rows_of((10, {"occupation_after": "work"}), (30, {})), tmp_path)
    later = rows_of((12, {"occupation_after": "work"}), (28, {}))
    again = opened(later, tmp_path, before=[first])
    assert at(again.tables["outcomes"], "to_work", intervention="", group="all") == 10
    assert at(again.tables["outcomes"], "participations", intervention="", group="all") == 40
    assert again.kept
