"""Dates and years as Swedish ledgers write them.

Read: ``2019-03-01``, ``20190301``, ``190301``, ``2019/03/01``, ``2019.03.01``, ``1/3 2019``, ``1/3-2019``,
``1.3.2019``, ``01-03-2019`` (day first, as in Sweden), ``1/3-19``, ``1 mars 2019``, ``den 1:e mars 2019``,
``1 mars -19``, ``mars 2019``, ``2019 mars``, ``mar-19`` and ``2019-03`` (the first of the month), a bare year (no date,
only the year), real date cells and Excel serials from 1990 to 2035. ``19-03-01`` is year first, and read only where it
can't be day first: never where both readings are days after coordination associations began.

Two-digit years: 00-69 are 2000-2069. Years outside 1990-2100 are refused: they are nearly always a number that was
formatted as a date.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from portfolj.ledger.cells import Value, text_of

FIRST_YEAR, LAST_YEAR = 1990, 2100
_FIRST_ASSOCIATIONS = 2004  # lag (2003:1210) om finansiell samordning av rehabiliteringsinsatser
ALLOWED_DATES = "till exempel 2019-03-01, 20190301, 1/3 2019, 1 mars 2019, mars 2019 eller en datumcell"
ALLOWED_YEARS = f"ett årtal {FIRST_YEAR}-{LAST_YEAR}, till exempel 2019"

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
_MISSING = frozenset({"", "-", "–", "—", ".", "..", "x", "saknas", "uppgift saknas", "okänt", "okänd", "ej känt", "?"})
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_SERIAL_DAY_ZERO_1904 = date(1904, 1, 1)
_SERIAL_RANGE = range(32874, 49675)  # 1990-01-01 to 2035-12-31
_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_COMPACT = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
_DMY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-–]| - | – | )\s*(\d{4})")
_DM_Y = re.compile(r"(\d{1,2})/(\d{1,2})\s?[-–]\s?(\d{2})")
_TWO_DIGITS_EACH = re.compile(r"(\d{2})-(\d{2})-(\d{2})")
_WORDS = re.compile(
    r"(?:den )?(?:(\d{1,2})(?::?[ea])?\.?[ -])?([a-zåäö]+)\.?(?:\s?[-–]\s?(?=\d\d(?:\d\d)?$)| (?=\d{4}$))(\d+)"
)
_YEAR_WORD = re.compile(r"(\d{4})[ -]([a-zåäö]+)\.?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")


class DateUnreadable(ValueError):
    """A cell that can't be read as a date or a year."""


def parse_date(value: Value, *, from_1904: bool = False) -> tuple[date | None, int | None]:
    """The date of a cell and its year: both None where missing, the date None where only a year stands.

    Raises DateUnreadable.
    """
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return _checked(day.year, day.month, day.day)
    if isinstance(value, float) and not value.is_integer() and int(value) in _SERIAL_RANGE:
        value = int(value)  # a serial with a time of day
    text = text_of(value).casefold()
    if text in _MISSING:
        return None, None
    if text.isdigit():
        return _from_digits(text, from_1904)
    if match := _YMD.fullmatch(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _DMY.fullmatch(text):
        return _checked(int(match[3]), int(match[2]), int(match[1]))
    if match := _DM_Y.fullmatch(text):
        return _checked(_full_year(match[3]), int(match[2]), int(match[1]))
    if match := _TWO_DIGITS_EACH.fullmatch(text):
        return _year_first(*match.groups())
    if match := _YEAR_MONTH.fullmatch(text):
        return _checked(int(match[1]), int(match[2]), 1)
    if (match := _WORDS.fullmatch(text)) and (month := _month(match[2])):
        return _checked(_full_year(match[3]), month, int(match[1] or 1))
    if (match := _YEAR_WORD.fullmatch(text)) and (month := _month(match[2])):
        return _checked(int(match[1]), month, 1)
    raise DateUnreadable("Cellen går inte att läsa som ett datum")


def parse_year(value: Value) -> int | None:
    """The year of a cell in a year column, None where missing. A date gives its year. Raises DateUnreadable."""
    text = text_of(value).casefold()
    if text in _MISSING:
        return None
    if match := re.fullmatch(r"(?:år )?(\d{4})", text):
        return _checked_year(int(match[1]))
    if re.fullmatch(r"\d{4}\s*[-–/]\s*\d{2,4}", text) and not _YEAR_MONTH.fullmatch(text):
        raise DateUnreadable("Cellen håller flera år")
    try:
        return parse_date(value)[1]
    except DateUnreadable as error:
        if "utanför" in str(error):
            raise
        raise DateUnreadable("Cellen går inte att läsa som ett årtal") from None


def _from_digits(text: str, from_1904: bool) -> tuple[date | None, int | None]:
    if len(text) == 4:
        return None, _checked_year(int(text))
    if len(text) in (6, 8):
        match = _COMPACT.fullmatch(text)
        assert match is not None
        return _checked(_full_year(match[1]), int(match[2]), int(match[3]))
    if len(text) == 5 and int(text) in _SERIAL_RANGE:
        zero = _SERIAL_DAY_ZERO_1904 if from_1904 else _SERIAL_DAY_ZERO
        day = zero + timedelta(days=int(text))
        return day, day.year
    raise DateUnreadable("Talet går inte att läsa som ett datum")


def _year_first(first: str, month: str, last: str) -> tuple[date, int]:
    found = _checked(_full_year(first), int(month), int(last))
    other = _full_year(last)
    if first != last and other >= _FIRST_ASSOCIATIONS and _exists(other, month, first):
        raise DateUnreadable("Datumet kan läsas på två sätt, med året först eller sist")
    return found


def _exists(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _checked(year: int, month: int, day: int) -> tuple[date, int]:
    try:
        found = date(year, month, day)
    except ValueError:
        raise DateUnreadable("Datumet finns inte i kalendern") from None
    return found, _checked_year(year)


def _checked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateUnreadable(f"Året ligger utanför {FIRST_YEAR}-{LAST_YEAR}")
    return year


def _month(word: str) -> int | None:
    return next((n for n, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)), None)
