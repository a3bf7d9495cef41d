"""Amounts as Swedish ledgers write them, read to the öre and written back.

Rules, for one cell:

- A number is in the column's unit. A unit in the cell itself (``1,2 mkr``, ``380 tkr``, ``500:-``) goes before it.
- Thousands by any kind of space; minus as ``-``, ``−``, ``–``, after the number or as parentheses.
- Empty, ``-``, ``–``, ``..``, ``.``, ``x`` and "uppgift saknas" are missing, never 0.
- ``ca``, ``drygt`` and the like are read, and marked as approximate.
- A mark that stands twice divides thousands (``1.234.567``); of two different marks the last is the decimal mark.
- One mark with three digits after it is **ambiguous** (``1.234``, ``1,234``). It is read only where something makes it
  certain: more than three or no leading digits before it (``0,750``, ``1234,567``), spaces as thousands in the same
  amount, a unit of mkr (thousands of millions do not occur), or the way the rest of the column is written. Otherwise
  it is refused. Three decimals of a krona do not exist, so in kronor a mark that is a decimal mark elsewhere in the
  column does not settle it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from portfolj.federation import KRONOR_PER_UNIT, Unit
from portfolj.ledger.cells import Uncached, Value, clean_text

ALLOWED_AMOUNTS = "ett tal, eller text som 1 234 567,00, −500, 380 tkr eller 1,2 mkr"

_MISSING = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        ".",
        "..",
        "...",
        "x",
        "saknas",
        "uppgift saknas",
        "okänt",
        "okänd",
        "ej känt",
        "?",
        "n/a",
        "na",
    }
)
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013\u2014\u2010\u2011\u2012\ufe63\uff0d", "-"))
_ABOUT = re.compile(r"(?:ca|cirka|c:a|circa|drygt|knappt|omkring|ungefär|uppskattningsvis|≈|~)\.?\s*(?=[\d(\-+])")
_UNIT_WORDS = {
    Unit.MKR: r"mkr|mnkr|msek|mn\s?kr|milj\.?\s?kr|milj(?:on|oner)\s?(?:kronor|kr)|m\s?kr|miljon|miljoner|mn",
    Unit.TKR: r"tkr|kkr|ksek|tsek|t\s?kr|(?:tusen|tusentals?)\s?(?:kronor|kr)|tusen",
    Unit.KR: r"kr|kronor|krona|sek|:-|,-|\.-|:--",
}
_ANY_UNIT = "|".join(f"(?P<{unit.value}>{words})" for unit, words in _UNIT_WORDS.items())
_UNIT_AFTER = re.compile(rf"\s*(?:{_ANY_UNIT})\.?$")
_UNIT_BEFORE = re.compile(r"^(?P<tkr>tkr)\s+|^(?P<mkr>mkr|mnkr)\s+|^(?P<kr>kr|sek)\.?\s+")
_UNIT_IN_HEADING = re.compile(
    r"(?:^|[\s(,/\[])(?:i\s+)?(?:(?P<mkr>mkr|mnkr|msek|mn\s?kr|miljoner\s(?:kronor|kr))"
    r"|(?P<tkr>tkr|kkr|ksek|tsek|tusen\s?(?:kronor|kr)|tusentals?\s?(?:kronor|kr)|1\s?000\s?kr|1\s?000-tal\s?(?:kronor|kr))"
    r"|(?P<kr>kr|kronor|sek))\.?(?=$|[\s),/\]])"
)
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:(\.)\d{3}(?:\.\d{3})+|(\.)\d{3}(?=,)|(,)\d{3}(?:,\d{3})+|(,)\d{3}(?=\.))(?:[.,]\d+)?")
_MAYBE_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")


class DecimalMark(StrEnum):
    """The mark that a column's own amounts show to be its decimal mark."""

    COMMA = ","
    POINT = "."


class AmountUnreadable(ValueError):
    """A cell that can't be read as an amount. The text says what is wrong, in Swedish, without repeating the cell."""


@dataclass(frozen=True)
class Amount:
    """An amount to the öre, with the unit that the cell itself states, if any."""

    ore: int
    stated_unit: Unit | None = None
    approximate: bool = False


def parse_amount(value: Value, *, unit: Unit, decimal_mark: DecimalMark | None = None) -> Amount | None:
    """The amount of one cell, or None where it is missing. Raises AmountUnreadable with the reason.

    ``decimal_mark`` is what ``decimal_mark_of`` says of the column; it settles ``1.234`` and ``1,234``.
    """
    if value is None:
        return None
    if isinstance(value, bool | date | time):
        kind = "ett sant/falskt-värde" if isinstance(value, bool) else "ett datum"
        raise AmountUnreadable(f"Cellen håller {kind}, inte ett belopp")
    if isinstance(value, Uncached):
        raise AmountUnreadable("Formeln saknar uträknat värde")
    if isinstance(value, int | float):
        if value != value or value in (float("inf"), float("-inf")):
            raise AmountUnreadable("Talet är inte ändligt")
        return Amount(_ore(Decimal(repr(value)), unit))
    return _from_text(clean_text(value).translate(_MINUS).casefold(), unit, decimal_mark)


def _from_text(text: str, unit: Unit, decimal_mark: DecimalMark | None) -> Amount | None:
    if text in _MISSING:
        return None
    body, approximate = _ABOUT.subn("", text, count=1)
    body, negative = _without_parentheses(body)
    body, stated = _without_unit(body)
    body, signed = _without_sign(body)
    if negative and signed is not None:
        raise AmountUnreadable("Beloppet har både parentes och tecken")
    number = _number(body, stated or unit, decimal_mark)
    if negative or signed == "-":
        number = -number
    return Amount(_ore(number, stated or unit), stated, bool(approximate))


def _without_parentheses(text: str) -> tuple[str, bool]:
    if text.startswith("("):
        inner, unit_after, rest = text[1:].partition(")")
        return f"{inner.strip()} {rest.strip()}".strip() if unit_after else text, bool(unit_after)
    return text, False


def _without_unit(text: str) -> tuple[str, Unit | None]:
    for pattern in (_UNIT_AFTER, _UNIT_BEFORE):
        match = pattern.search(text)
        if match:
            return (text[: match.start()] + text[match.end() :]).strip(), Unit(str(match.lastgroup))
    return text, None


def _without_sign(text: str) -> tuple[str, str | None]:
    if text[:1] in ("-", "+"):
        return text[1:].strip(), text[0]
    if text.endswith("-"):
        return text[:-1].strip(), "-"
    return text, None


def _number(text: str, unit: Unit, decimal_mark: DecimalMark | None) -> Decimal:
    if text.endswith("%"):
        raise AmountUnreadable("Cellen håller en procentsats, inte ett belopp")
    if _SPACED.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        thousands = next(mark for mark in grouped.groups() if mark)
        return Decimal(text.replace(thousands, "").replace(",", "."))
    if not _PLAIN.fullmatch(text):
        raise AmountUnreadable(_complaint(text))
    doubtful = _MAYBE_THOUSANDS.fullmatch(text)
    if doubtful and unit is not Unit.MKR:
        mark = doubtful[1]
        if decimal_mark is not None and decimal_mark != mark:
            return Decimal(text.replace(mark, ""))
        if decimal_mark is None or unit is Unit.KR:
            raise AmountUnreadable(
                f"Beloppet är tvetydigt: tecknet {mark!r} kan skilja tusental eller decimaler, och inget annat i "
                "kolumnen visar vilket"
            )
    return Decimal(text.replace(",", "."))


def _complaint(text: str) -> str:
    if re.fullmatch(r"[\do ]+", text) and "o" in text:
        return "Beloppet har bokstaven o där det ska stå en nolla"
    if re.fullmatch(r"[\dl ]+", text) and "l" in text:
        return "Beloppet har bokstaven l där det ska stå en etta"
    if re.fullmatch(r"[\d ]+([.,]\d+)?", text):
        return "Mellanslagen i beloppet delar inte siffrorna i grupper om tre"
    return "Cellen går inte att läsa som ett belopp"


def _ore(number: Decimal, unit: Unit) -> int:
    return int((number * KRONOR_PER_UNIT[unit] * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def decimal_mark_of(values: Iterable[Value]) -> DecimalMark | None:
    """The decimal mark that the column's texts show without doubt; None where none or both are shown.

    ``380,0`` and ``1.234.567`` show a comma; ``12.50`` and ``1,234,567`` show a point.
    """
    shown = {mark for value in values if isinstance(value, str) and (mark := _shown_mark(value))}
    return shown.pop() if len(shown) == 1 else None


def _shown_mark(value: str) -> DecimalMark | None:
    text, _ = _without_unit(_ABOUT.sub("", clean_text(value).translate(_MINUS).casefold()))
    text, _ = _without_sign(text.strip("()"))
    grouped = _GROUPED.fullmatch(text)
    if grouped:
        thousands = next(mark for mark in grouped.groups() if mark)
        return DecimalMark.COMMA if thousands == "." else DecimalMark.POINT
    if (_PLAIN.fullmatch(text) or _SPACED.fullmatch(text)) and not _MAYBE_THOUSANDS.fullmatch(text):
        return DecimalMark.COMMA if "," in text else DecimalMark.POINT if "." in text else None
    return None


def unit_in_heading(heading: str) -> Unit | None:
    """The unit that a heading names: ``Belopp tkr``, ``Beviljat (kr)``, ``Summa i mnkr``. None where it names none."""
    match = _UNIT_IN_HEADING.search(_heading_text(heading))
    return Unit(str(match.lastgroup)) if match else None


def without_unit(heading: str) -> str:
    """The heading without the unit that it names, and without empty brackets."""
    text = _UNIT_IN_HEADING.sub(" ", _heading_text(heading), count=1)
    return clean_text(re.sub(r"[(\[]\s*[)\]]", " ", text.replace("( )", " ")).strip(" ,/(["))


def _heading_text(heading: str) -> str:
    return clean_text(heading.replace("_", " ")).casefold()


def unit_in_title(title: str) -> Unit | None:
    """The unit that a row above the table states for all amounts: in brackets, after "belopp i" or last."""
    text = clean_text(title).casefold()
    stated = re.search(
        r"\(([^()]*)\)\s*$|(?:belopp|kronor|tal|siffror|alla)\w*\s+(?:anges\s+)?(?:i\s+)(\S+(?: kronor)?)"
        r"|,\s*(?:i\s+)?(\S+)$",
        text,
    )
    inner = next((group for group in stated.groups() if group), "") if stated else text
    return unit_in_heading(inner) if len(inner) < 30 and (stated or len(text) < 20) else None


def write_kronor(ore: int) -> str:
    """``78 350 000 kr`` or ``12,50 kr`` with non-breaking spaces and a real minus sign; the opposite of reading."""
    kronor, rest = divmod(abs(ore), 100)
    text = f"{kronor:,}".replace(",", "\u00a0") + (f",{rest:02d}" if rest else "")
    return f"{'−' if ore < 0 else ''}{text}\u00a0kr"
