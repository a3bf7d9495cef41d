"""Cells read as dates, whole numbers, decimals and births, with faults that never repeat what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import numpy as np

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold, is_missing
from portfolj.ledger.cells import Value, text_of
from portfolj.ledger.dates import ALLOWED_DATES, DateUnreadable, parse_date, parse_year

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?:\D|$))")
_EARLIEST_BIRTH = 1900


class Day(NamedTuple):
    """A date, or only its year, or neither."""

    day: date | None
    year: int | None


NO_DAY = Day(None, None)


def says_nothing(value: Value) -> bool:
    """Whether a cell is empty, or says that nothing is known."""
    return is_missing(fold(text_of(value)))


def read_day(value: Value, *, from_1904: bool = False) -> Day:
    """The date of a cell, or its year where only that stands. Raises CellFault."""
    if says_nothing(value):
        return NO_DAY
    try:
        return Day(*parse_date(value, from_1904=from_1904))
    except DateUnreadable as error:
        # The ledger's sentences on dates say what is wrong and never what stands in the cell.
        raise CellFault(Reason.DATE_UNREADABLE, str(error), ALLOWED_DATES, "Rätta cellen") from None


def dates_of(days: Iterable[Day]) -> np.ndarray:
    """The dates of days as ``datetime64[ns]``, NaT where only a year or nothing is known."""
    ordinals = np.array([day.day.toordinal() if day.day else 0 for day in days], dtype=np.int64)
    dates = (ordinals - date(1970, 1, 1).toordinal()).astype("datetime64[D]").astype("datetime64[ns]")
    dates[ordinals == 0] = np.datetime64("NaT")
    return dates


def read_year(value: Value) -> int | None:
    """The year of a cell. Raises CellFault."""
    if says_nothing(value):
        return None
    try:
        return parse_year(value)
    except DateUnreadable as error:
        raise CellFault(Reason.YEAR_UNREADABLE, str(error), "ett årtal, till exempel 2023", "Rätta cellen") from None


def read_birth(value: Value) -> Day:
    """A birth date or year: ``1985``, ``1985-04-30``, ``19850430`` or a date cell. Raises CellFault."""
    if isinstance(value, datetime | date):
        return Day(value.date() if isinstance(value, datetime) else value, value.year)
    text = text_of(value)
    if is_missing(fold(text)):
        return NO_DAY
    match = re.fullmatch(r"(\d{4})(?:[-/.]?(\d{2})[-/.]?(\d{2}))?", text)
    if match and int(match[1]) >= _EARLIEST_BIRTH:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3])) if match[2] else None
            return Day(day, int(match[1]))
        except ValueError:
            pass
    raise CellFault(
        Reason.DATE_UNREADABLE, "Cellen går inte att läsa som födelseår eller födelsedatum",
        "till exempel 1985 eller 1985-04-30", "Rätta cellen",
    )  # fmt: skip


def read_number(value: Value) -> float | None:
    """A number with decimal comma or point, spaces between thousands; None where missing. Raises CellFault."""
    if isinstance(value, int | float):
        return float(value)
    text = text_of(value)
    if is_missing(fold(text)):
        return None
    plain = _SPACES.sub("", text).replace(",", ".").replace("−", "-").replace("–", "-")
    if _NUMBER.fullmatch(plain):
        return float(plain)
    raise CellFault(Reason.NUMBER_UNREADABLE, "Cellen går inte att läsa som ett tal", "ett tal", "Rätta cellen")


def read_count(value: Value) -> int | None:
    """A whole number of persons, none below zero; None where missing. Raises CellFault."""
    number = read_number(value)
    if number is None:
        return None
    if number < 0 or number != int(number):
        raise CellFault(Reason.NUMBER_OUTSIDE, "Antalet är inte ett helt tal från noll", "0, 1, 2, ...", "Rätta cellen")
    return int(number)


def read_percent(value: Value) -> float | None:
    """An extent in percent, 0-100; a cell formatted as percent holds a part of one. Raises CellFault."""
    text = fold(text_of(value))
    words = {"heltid": 100.0, "halvtid": 50.0}
    if text in words:
        return words[text]
    number = read_number(text.removesuffix("%").removesuffix("procent").strip() if isinstance(value, str) else value)
    # A workbook keeps 100 % as the whole number 1. Nobody works one percent.
    if number is not None and isinstance(value, int | float) and 0 < number <= 1:
        number *= 100
    if number is not None and not 0 <= number <= 100:
        raise CellFault(Reason.NUMBER_OUTSIDE, "Omfattningen ligger utanför 0-100 procent", "0-100", "Rätta cellen")
    return number
