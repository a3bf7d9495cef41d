"""Times as people write them, and when the next run is."""

from __future__ import annotations

from datetime import datetime

import pytest

from portfolj.errors import PortfoljError
from portfolj.schedule.times import When, daily, weekly


@pytest.mark.parametrize(
    ("text", "hour", "minute"), [("02:00", 2, 0), ("2:05", 2, 5), ("23.59", 23, 59), (" 00:00 ", 0, 0)]
)
def test_a_time_of_the_clock_is_read(text: str, hour: int, minute: int) -> None:
    assert daily(text) == When(hour, minute)


@pytest.mark.parametrize("text", ["24:00", "02:60", "2", "", "två", "02:00:00", "-1:00", "02:0"])
def test_a_time_that_does_not_exist_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(PortfoljError, match="00:00-23:59"):
        daily(text)


@pytest.mark.parametrize(
    ("day", "number"),
    [("mån", 0), ("Måndag", 0), ("man", 0), ("tis", 1), ("ons.", 2), ("TOR", 3), ("fre", 4), ("lordag", 5), ("sön", 6)],
)
def test_a_day_is_read_short_or_whole_and_without_its_dots(day: str, number: int) -> None:
    assert weekly(day, "02:00") == When(2, 0, number)


@pytest.mark.parametrize("day", ["", "må", "monday", "helg", "månd"])
def test_a_day_that_does_not_exist_is_refused_with_those_that_do(day: str) -> None:
    with pytest.raises(PortfoljError, match="mån, tis, ons, tor, fre, lör, sön"):
        weekly(day, "02:00")


@pytest.mark.parametrize(
    ("when", "moment", "next_start"),
    [
        # 4 March 2026 is a Wednesday.
        (When(2, 0), datetime(2026, 3, 4, 1, 59), datetime(2026, 3, 4, 2, 0)),
        (When(2, 0), datetime(2026, 3, 4, 2, 0), datetime(2026, 3, 5, 2, 0)),
        (When(2, 0, 2), datetime(2026, 3, 4, 1, 0), datetime(2026, 3, 4, 2, 0)),
        (When(2, 0, 2), datetime(2026, 3, 4, 3, 0), datetime(2026, 3, 11, 2, 0)),
        (When(2, 0, 1), datetime(2026, 3, 4, 3, 0), datetime(2026, 3, 10, 2, 0)),
        (When(23, 59), datetime(2026, 12, 31, 23, 59, 30), datetime(2027, 1, 1, 23, 59)),
    ],
)
def test_the_next_start_is_the_first_one_later(when: When, moment: datetime, next_start: datetime) -> None:
    assert when.next_after(moment) == next_start


def test_a_schedule_says_itself_in_words() -> None:
    assert (str(When(2, 5)), str(When(2, 5, 6))) == ("varje dag 02:05", "varje söndag 02:05")
