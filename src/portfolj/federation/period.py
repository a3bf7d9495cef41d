"""Periods as they are written: ``2014-2019``, ``2019``."""

from __future__ import annotations

import re


def parse_period(text: str) -> tuple[int, int] | None:
    """First and last year of ``2014-2019`` or ``2019``; None for an empty text, which means all years.

    Raises ValueError with what is allowed.
    """
    if not text.strip():
        return None
    match = re.fullmatch(r"\s*(\d{4})\s*(?:[-–]\s*(\d{4}))?\s*", text)
    if not match:
        raise ValueError(f"perioden {text!r} går inte att tolka; skriv till exempel 2014-2019, 2019 eller lämna tomt")
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1990 <= first <= last <= 2100:
        raise ValueError(f"perioden {text!r} måste ligga mellan 1990 och 2100 och börja före den slutar")
    return first, last


def checked_period(text: str) -> str:
    """The text as it stands. Raises ValueError where it is no period."""
    parse_period(text)
    return text
