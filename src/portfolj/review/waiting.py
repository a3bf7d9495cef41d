"""How much waits for a person, in words: the same in the workbook and on the command line."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from portfolj.portfolio.money import sum_sek
from portfolj.review.rows import Item, Pair


def waiting(items: Iterable[Item]) -> str:
    """How many of the report's interventions have an answer in doubt, and the kronor granted to them where known."""
    counted = [item for item in items if item.counted]
    open_ = [item for item in counted if item.doubts]
    text = f"{len(open_)} av {len(counted)} insatser i rapporten har ett osäkert svar"
    known = pd.Series([item.row["granted_sek"] for item in open_], dtype="float64").dropna()
    return f"{text}; de har beviljats {kronor(sum_sek(known))}" if len(known) else text


def pairs_waiting(pairs: Iterable[Pair]) -> str:
    """How many pairs of names alike nobody has answered; ``""`` for none."""
    count = sum(not pair.answer for pair in pairs)
    return "" if not count else f"{count} par att svara på" if count > 1 else "Ett par att svara på"


def kronor(amount: float) -> str:
    """``1 234 500 kr``, with spaces that do not break."""
    return f"{amount:,.0f}\u00a0kr".replace(",", "\u00a0")
