"""Amounts that know what they lack: what is computed from a missing value is missing too, and says which."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

MONTHS = 12
PARTS_OF_KRONA = 1024  # sums of such parts are exact in floating point, up to 8 000 billion kronor


class Amount(NamedTuple):
    """``sek`` (or a share) is not a number where anything is ``missing``: what people call it, without repeats."""

    sek: float
    missing: tuple[str, ...] = ()


def computed(rule: Callable[..., float], *amounts: Amount) -> Amount:
    """What the rule makes of the amounts, missing where any of them is."""
    missing = summed(each.missing for each in amounts)
    return Amount(math.nan, missing) if missing else Amount(rule(*(each.sek for each in amounts)))


def summed(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All that is missing, in order, without repeats."""
    return tuple(dict.fromkeys(label for each in lists for label in each))


def exact(sek: float) -> float:
    """The nearest 1/1024 of a krona.

    >>> exact(300_000 * 0.3142)
    94260.0
    """
    return round(sek * PARTS_OF_KRONA) / PARTS_OF_KRONA


def percent(pct: float) -> float:
    """A share of a percentage.

    >>> percent(25)
    0.25
    """
    return pct / 100


def subsidy_sek(month_sek: float, extent: float, fee_share: float, cap_month_sek: float, share: float) -> float:
    """A wage subsidy in a year: the share of the wage up to the cap, both of full time, with the employer fee on it.

    >>> subsidy_sek(25_000, 0.5, 0.3142, 17_100, 0.8)  # 17 100 x 12 x 0.5 x 1.3142 x 0.8 = 107 869.536, to 1/1024
    107869.5361328125
    """
    return exact(MONTHS * min(month_sek, cap_month_sek) * extent * (1 + fee_share) * share)
