from __future__ import annotations

from datetime import date, datetime

import pytest

from portfolj.ledger.dates import DateUnreadable, parse_date, parse_year

FIRST_OF_MARCH = date(2019, 3, 1)


@pytest.mark.parametrize(
    "value",
    [
        "2019-03-01", "20190301", "190301", "2019/03/01", "2019.03.01", "1/3 2019", "1/3-2019", "1/3/2019",
        "1.3.2019", "01-03-2019",
        "1 mars 2019", "den 1 mars 2019", "1:a mars 2019", "1 mar 2019", "2019-3-1", "2019-03-01 00:00:00",
        "2019-03-01T08:15", " 2019-03-01 ",
        "19-03-01", "1/3-19", "1/3 -19", "1/3 – 19", "01/03-19", "1 mars -19", "1 mars-19", "1-mar-19", "mar-19",
        "mars -19", "2019 mars", "mars-2019",
        "mars 2019", "2019-03", 20190301, 190301, 20190301.0, 43525, 43525.0, 43525.5, "43525", datetime(2019, 3, 1),
        datetime(2019, 3, 1, 8, 15),
    ],
)  # fmt: skip
def test_swedish_dates_are_read(value):
    assert parse_date(value) == (FIRST_OF_MARCH, 2019)


def test_serials_of_the_1904_system_are_four_years_and_a_day_later():
    # 43525 - 1462 days is the same day in the 1904 system.
    assert parse_date(43525 - 1462, from_1904=True) == (FIRST_OF_MARCH, 2019)


@pytest.mark.parametrize("value", ["2019", 2019, 2019.0])
def test_a_bare_year_gives_a_year_and_no_date(value):
    assert parse_date(value) == (None, 2019)


@pytest.mark.parametrize("value", [None, "", "-", "–", "saknas"])
def test_a_missing_date_is_missing(value):
    assert parse_date(value) == (None, None)


@pytest.mark.parametrize(
    "value",
    [
        "2019-02-30",
        "3/13/2019",
        "hösten 2019",
        "201913",
        12,
        99999999,
        "1 foo 2019",
        datetime(1905, 7, 11),
        "2019-03-01-05",
        50301,
        "1/3/19",  # the American shape too
        "mars 19",  # a day or a year
        "12-03-15",  # 2012 or 2015
        "01-03-19",
        "19-02-30",
        "19 mars",
        "00-mars",
    ],
)
def test_what_is_no_date_is_refused(value):
    with pytest.raises(DateUnreadable):
        parse_date(value)


def test_two_digit_years_turn_at_seventy():
    assert parse_date("690101")[1] == 2069
    assert parse_date("950101")[1] == 1995


def test_a_date_that_can_be_read_in_two_ways_is_told_as_that():
    with pytest.raises(DateUnreadable, match="två sätt"):
        parse_date("12-03-15")
    # In 2003 there were no coordination associations, and 32 is no day: only one reading is left.
    assert parse_date("12-03-03")[1] == 2012
    assert parse_date("32-03-15")[1] == 2032


@pytest.mark.parametrize("value", ["mar-19", "19-03-01", "1/3-19", "2019 mars"])
def test_the_year_of_a_short_date_is_read(value):
    assert parse_year(value) == 2019


@pytest.mark.parametrize("value", [2019, "2019", 2019.0, "år 2019", "2019-03-01", datetime(2019, 3, 1)])
def test_years_are_read(value):
    assert parse_year(value) == 2019


@pytest.mark.parametrize("value", ["2014-2016", "2014/15", "19", 1789, "nitton", datetime(1905, 7, 11), 3019])
def test_what_is_no_year_is_refused(value):
    with pytest.raises(DateUnreadable):
        parse_year(value)
