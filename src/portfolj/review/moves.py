"""What one decision would move in the board's tables: which kronor, out of which category and into which."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from portfolj.coding.answers import CODE_SEPARATOR
from portfolj.coding.codebook import TARGET_GROUPS
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.money import equal_shares_ore


def categories(codes: str, dimension: str, counting: CountingRule) -> tuple[str, ...]:
    """The categories that an answer stands under in the board's table; none for the empty answer.

    Only target groups can be several, and by the rule ``once`` it is the first that counts.
    """
    listed = tuple(codes.split(CODE_SEPARATOR)) if codes else ()
    return listed if dimension == TARGET_GROUPS and counting is not CountingRule.ONCE else listed[:1]


def changes_ore(now: str, other: str, *, granted_sek: float, dimension: str, counting: CountingRule) -> dict[str, int]:
    """Category -> öre that it would gain (or lose, below 0) if ``other`` were decided in place of ``now``.

    Without a likely other answer (``other`` empty) only what stands under ``now`` is in it, as lost. Empty where the
    amount is not known.
    """
    if pd.isna(granted_sek):
        return {}
    ore = round(float(granted_sek) * 100)
    before, after = (_shares_ore(categories(codes, dimension, counting), ore, counting) for codes in (now, other))
    changed = {code: after.get(code, 0) - before.get(code, 0) for code in [*before, *after]}
    return {code: change for code, change in changed.items() if change}


def moved_sek(changes: Mapping[str, int]) -> float:
    """How many kronor change category in all: what some lose or what others gain, whichever is more."""
    lost, gained = (sum(sign * ore for ore in changes.values() if sign * ore > 0) for sign in (-1, 1))
    return max(lost, gained) / 100


def _shares_ore(codes: tuple[str, ...], ore: int, counting: CountingRule) -> dict[str, int]:
    if counting is CountingRule.OVERLAPPING:
        return dict.fromkeys(codes, ore)
    return dict(zip(codes, equal_shares_ore(ore, len(codes)), strict=True)) if codes else {}
