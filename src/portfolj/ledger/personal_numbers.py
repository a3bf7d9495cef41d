"""Swedish personal identity numbers: found, masked and never repeated.

Forms (domain paper 7.3): ``ÅÅMMDD-NNNC`` and ``ÅÅÅÅMMDD-NNNC`` with -, + or any dash, with or without spaces around it;
``ÅÅ MM DD-NNNC``; the same with / or without separator. Something may follow, as in ``ÅÅMMDD-NNNC-01``. Days 61-91 are
coordination numbers (samordningsnummer).

- With a dash or + the shape and the date decide: always taken as a personal number.
- Without one, with a space or / only, with dashes in the date, or with last digits that may be a year in a range of
  dates, the check digit must be right as well, since amounts, references and periods have such digits too.
- An organisation number has a third digit of 2 or more, so its "month" does not exist and it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portfolj.ledger.cells import Value, clean_text, text_of

MASK = "[personnummer borttaget]"

_YEAR = r"(?:18|19|20)?\d{2}"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_TOGETHER = rf"{_YEAR}{_MONTH}{_DAY}"
_SPACED = rf"{_YEAR}\s{_MONTH}\s{_DAY}"
_DIVIDED = rf"{_YEAR}(?P<divider>[-./]){_MONTH}(?P=divider){_DAY}"
_DASH = "\\-+\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_LOOSE = rf"(?:\s?|\s*[/{_DASH}]\s*)"
_LAST = r"\d{4}(?!\d)"
_NO_PERIOD = r"(?!(?<=(?:19|20)\d\d)[-/\s]\d{2}(?!\d))"  # 2019-03-01-2019-04-01
_NUMBER = re.compile(
    rf"(?<!\d)(?:(?P<separated>(?:{_TOGETHER}|{_SPACED})\s*[{_DASH}]\s*{_LAST}{_NO_PERIOD})"
    rf"|(?:{_TOGETHER}|{_SPACED}){_LOOSE}{_LAST}"
    rf"|{_DIVIDED}{_LOOSE}{_LAST}{_NO_PERIOD})"
)
_MIGHT = re.compile(r"\d\d\D{0,12}\d{4}(?!\d)")


class Masker:
    """Masks personal numbers and remembers which is which, so that two people in name fields stay two.

    One masker is used for a whole ledger; the numbers it remembers never leave it.
    """

    def __init__(self) -> None:
        self._order: dict[str, int] = {}

    def mask(self, text: str) -> str:
        """The text with each personal number replaced by ``[personnummer borttaget]``."""
        return mask_personal_numbers(text)

    def mask_distinct(self, text: str) -> str:
        """The same, with ``[personnummer borttaget 1]``, ``... 2]``: one ordinal per number, whatever its shape."""
        if not _MIGHT.search(text):
            return text
        return _NUMBER.sub(lambda m: self._ordinal(m) if _is_personal(m) else m[0], text)

    def _ordinal(self, match: re.Match[str]) -> str:
        ordinal = self._order.setdefault(_digits(match[0])[-10:], len(self._order) + 1)
        return f"{MASK[:-1]} {ordinal}]"


def mask_personal_numbers(text: str) -> str:
    """The text with each personal number replaced by ``[personnummer borttaget]``; otherwise the text itself."""
    if not _MIGHT.search(text):
        return text
    return _NUMBER.sub(lambda m: MASK if _is_personal(m) else m[0], text)


def holds_personal_number(value: Value) -> bool:
    """Whether a cell, text or number, holds a personal identity number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return 10**9 <= abs(value) < 10**12 and _found_in(text_of(value))
    if not isinstance(value, str) or len(value) < 10:
        return False
    return bool(_MIGHT.search(value)) and _found_in(value if value.isascii() else clean_text(value))


def row_may_hold_one(cells: Sequence[Value]) -> bool:
    """Whether a closer look at the row's cells is worth it: quick, and never wrong when it says no."""
    joined = "\n".join([cell if isinstance(cell, str) else text_of(cell) for cell in cells])
    return bool(_MIGHT.search(joined if joined.isascii() else clean_text(joined)))


def _found_in(text: str) -> bool:
    return any(_is_personal(match) for match in _NUMBER.finditer(text))


def _is_personal(match: re.Match[str]) -> bool:
    return match["separated"] is not None or _luhn_holds(_digits(match[0])[-10:])


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _luhn_holds(ten_digits: str) -> bool:
    total = 0
    for position, digit in enumerate(ten_digits):
        product = int(digit) * (2 - position % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == 0
