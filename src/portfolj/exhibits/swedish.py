"""Numbers, money, dates and word forms as Swedish readers expect them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "sv_SE"
NBSP = "\u00a0"
MINUS = "\u2212"
MISSING = "uppgift saknas"
NOT_APPLICABLE = "–"
HIDDEN = ".."  # a figure on people that may not be shown, whatever the reason; statistics Sweden's own sign for it
HIDDEN_SAID = "dolt"
SMALL_NUMBERS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_AFTER_Z = str.maketrans("åäöé", "{|}e")  # the three marks that come after z


@dataclass(frozen=True)
class MoneyScale:
    """The unit that a report's money is shown in. One unit for a whole report, so that columns can be compared."""

    unit: str
    sek: int
    decimals: int

    def number(self, amount_sek: float) -> str:
        """An amount in this unit without the unit's name: ``43,0``."""
        return number(amount_sek / self.sek, decimals=self.decimals)

    def text(self, amount_sek: float) -> str:
        """An amount with the unit: ``43,0 mkr``."""
        return f"{self.number(amount_sek)}{NBSP}{self.unit}"


def scale_for(total_sek: float) -> MoneyScale:
    """Millions for totals from one million kronor, thousands below; more decimals the smaller the total."""
    if abs(total_sek) >= 10_000_000:
        return MoneyScale("mkr", 1_000_000, 1)
    if abs(total_sek) >= 1_000_000:
        return MoneyScale("mkr", 1_000_000, 2)
    if abs(total_sek) >= 100_000:
        return MoneyScale("tkr", 1_000, 0)
    return MoneyScale("kr", 1, 0)


def is_missing(value: Any) -> bool:
    """Whether a table's value is missing (None, NaN or NA)."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def number(value: float, *, decimals: int = 0) -> str:
    """A number with non-breaking spaces between thousands, a decimal comma and a true minus sign."""
    if math.isnan(value):
        raise ValueError("a missing figure can't be written as a number")
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # Half up on the decimal text, as people round, not half to even as floats do.
    text = format_decimal(_half_up(value, decimals), format=pattern, locale=LOCALE)
    return text.replace("-", MINUS)


def kronor(amount_sek: float) -> str:
    """An amount in full: ``70 200 000 kr``, with öre only where there are any."""
    decimals = 0 if round(amount_sek * 100) % 100 == 0 else 2
    return f"{number(amount_sek, decimals=decimals)}{NBSP}kr"


def percent(part: float, whole: float) -> str:
    """A share in whole percent, ``–`` where there is no whole; never rounded to 0 or 100 when it is not."""
    if not whole:
        return NOT_APPLICABLE
    share = 100 * part / whole
    if 0 < share < 0.5:
        return f"under 1{NBSP}%"
    if 99.5 <= share < 100:
        return f"över 99{NBSP}%"
    return f"{number(share)}{NBSP}%"


def counted(count: int, singular: str, plural: str) -> str:
    """A count and its noun in the right form: ``1 insats``, ``56 insatser``."""
    return f"{number(count)}{NBSP}{singular if count == 1 else plural}"


def in_words(count: int, *, neuter: bool = False) -> str:
    """A count below ten as a word, as in running text; a number from ten on, and for nothing."""
    if count == 1 and neuter:
        return "ett"
    return SMALL_NUMBERS[count - 1] if 0 < count <= len(SMALL_NUMBERS) else number(count)


def interventions(count: int) -> str:
    """``1 insats``, ``56 insatser``."""
    return counted(count, "insats", "insatser")


def listed(words: Sequence[str], *, last: str = "och") -> str:
    """``a``, ``a och b``, ``a, b och c``; or with another word before the last."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def long_date(day: date) -> str:
    """``22 november 2026``."""
    return format_date(day, format="d MMMM y", locale=LOCALE)


def years(first: Any, last: Any) -> str:
    """``2014``, ``2014–2018`` or that the year is missing."""
    if is_missing(first):
        return "utan år"
    return str(int(first)) if first == last else f"{int(first)}–{int(last)}"


def alphabetical(text: str) -> str:
    """What to sort the text by: å, ä and ö last and in that order, whatever the letters' case."""
    return text.casefold().translate(_AFTER_Z)


def sentence(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def _half_up(value: float, decimals: int) -> Any:
    from decimal import ROUND_HALF_UP, Decimal

    # Adding 0 turns minus nothing into nothing.
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
