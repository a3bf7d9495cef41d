"""Words in the files on documentation, and the cells that are read by them."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from importlib.resources import files

from portfolj.documentation.files import NOT_REQUIRED
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.table import Table
from portfolj.followup.values import NO_DAY, Day, read_day
from portfolj.ledger.cells import Value, text_of
from portfolj.ledger.personal_numbers import mask_personal_numbers

MET = {"yes": "ja", "partly": "delvis", "no": "nej", "unclear": "oklart"}
ONGOING = "tills vidare"


def met_of(value: Value) -> str:
    """Whether a condition is met, as a code; empty where the cell is. Raises CellFault with the nearest word."""
    word = fold(text_of(value))
    if not word:
        return ""
    known = _words("met")
    if word not in known:
        close = difflib.get_close_matches(word, list(known), n=1)
        raise CellFault(
            Reason.WORD_UNKNOWN, "Cellen säger inte om villkoret är uppfyllt", ", ".join(MET.values()),
            f"Menade du {MET[known[close[0]]]}?" if close else "Rätta cellen",
        )  # fmt: skip
    return known[word]


def fact_of(value: Value) -> str:
    """The fact that a cell states, personal numbers masked; empty where it says that there is none."""
    text = text_of(value)
    meaning = _words("fact").get(fold(text), "")
    if meaning == NOT_REQUIRED:
        return NOT_REQUIRED
    return "" if meaning == "none" else mask_personal_numbers(text)


def day_reader(table: Table) -> Callable[[Value], Day | str]:
    """What reads a cell as a day or a year, or as one of the words for no end and for not required."""
    return partial(_day, from_1904=table.sheet.dates_from_1904)


def as_text(read: Day | str) -> str:
    """``2024-08-01``, ``2024``, a word, or nothing."""
    if isinstance(read, str):
        return read
    return read.day.isoformat() if read.day else str(read.year or "")


def first_day(read: Day | str) -> date | None:
    """The day, or the first of its year."""
    if isinstance(read, str) or not read.year:
        return None
    return read.day or date(read.year, 1, 1)


def last_day(read: Day | str) -> date | None:
    """The day, or the last of its year."""
    if isinstance(read, str) or not read.year:
        return None
    return read.day or date(read.year, 12, 31)


def _day(value: Value, *, from_1904: bool) -> Day | str:
    meaning = _words("fact").get(fold(text_of(value)), "") if isinstance(value, str) else ""
    if meaning == "none":
        return NO_DAY
    if meaning:
        return ONGOING if meaning == "ongoing" else NOT_REQUIRED
    return read_day(value, from_1904=from_1904)


@lru_cache(maxsize=2)
def _words(name: str) -> Mapping[str, str]:
    """Folded word -> code, of a list in ``reference/documentation_headings.toml``."""
    text = (files("portfolj") / "reference" / "documentation_headings.toml").read_text(encoding="utf-8")
    return {fold(word): code for code, words in tomllib.loads(text)["words"][name].items() for word in (code, *words)}
