"""What an opened file holds: sheets of typed cells with addresses, before anybody asks what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final


class Uncached:
    """The value of a formula that no program has computed and saved."""

    def __repr__(self) -> str:
        return "UNCACHED"


UNCACHED: Final = Uncached()

Value = str | int | float | bool | datetime | date | time | None | Uncached

# What spreadsheet programs write where a formula went wrong, in English and Swedish.
ERROR_VALUE = re.compile(
    r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA"
    r"|REFERENS!|SAKNAS!|NAMN\?|VÄRDEFEL!|DIVISION/0!|OGILTIGT!|SKÄRNING!)|Err:\d+"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001b\u007f]")


@dataclass(frozen=True)
class Span:
    """A merged block of cells, 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


def _nothing() -> Mapping[tuple[int, int], str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands, or a whole text file (``title`` is then empty and ``is_text`` true).

    ``rows`` start with the file's first row and end with the last that holds anything. ``numbers`` gives the row in the
    sheet, or for a text file the line where the record starts. ``formulas`` and ``formats`` are keyed by 0-based
    (row, column); ``hidden_rows`` holds 0-based rows. ``hidden``: the sheet itself is hidden in its workbook.
    """

    file: str
    title: str
    rows: Sequence[Sequence[Value]]
    numbers: Sequence[int]
    is_text: bool = False
    merged: Sequence[Span] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=_nothing)
    formats: Mapping[tuple[int, int], str] = field(default_factory=_nothing)
    hidden_rows: frozenset[int] = frozenset()
    dates_from_1904: bool = False
    hidden: bool = False

    def address(self, row: int, column: int) -> str:
        """``J14`` for 0-based row and column."""
        return f"{column_letters(column)}{self.numbers[row]}"


def sheet_of(rows: Sequence[Sequence[Value]], *, file: str = "liggare.csv", title: str = "") -> Sheet:
    """A sheet from plain lists, as the readers make it. Used by tests and by programs that hold the cells already."""
    return Sheet(file=file, title=title, rows=rows, numbers=range(1, len(rows) + 1), is_text=not title)


def column_letters(column: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def clean_text(text: str) -> str:
    """The text with one plain space between words, composed letters and nothing invisible."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def text_of(value: Value) -> str:
    """A cell as a reader of the sheet sees it; empty where there is nothing."""
    if isinstance(value, str):
        return clean_text(value)
    if value is None or isinstance(value, Uncached):
        return ""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    return str(value)


def is_blank(value: Value) -> bool:
    """Whether the cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not clean_text(value))


def is_error_value(value: Value) -> bool:
    """Whether the cell holds ``#REF!`` or one of its kin."""
    return isinstance(value, str) and ("#" in value or "Err" in value) and bool(ERROR_VALUE.fullmatch(value.strip()))
