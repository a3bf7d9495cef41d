"""Adding kronor without losing an öre.

Amounts are held in SEK as floats, which are exact to the öre far beyond any federation's budget; every sum and every
share is computed on whole öre, so that tables reconcile to the krona whatever the order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def to_ore(amounts_sek: pd.Series) -> pd.Series:
    """The amounts as whole öre (Int64); missing stays missing."""
    return (amounts_sek.astype("float64") * 100).round().astype("Int64")


def to_sek(ore: pd.Series) -> pd.Series:
    """Whole öre as SEK (float64); missing stays missing."""
    return ore.astype("Float64").astype("float64") / 100


def sum_sek(amounts_sek: pd.Series) -> float:
    """The sum in SEK, exact to the öre. Missing amounts add nothing; the sum of nothing is 0."""
    return int(to_ore(amounts_sek).sum()) / 100


def known_sum_sek(amounts_sek: pd.Series) -> float | None:
    """The sum in SEK of the amounts that are known; None, not 0, where none is."""
    return sum_sek(amounts_sek) if amounts_sek.notna().any() else None


def sum_or_unknown_sek(amounts_sek: pd.Series) -> float | None:
    """The sum in SEK: 0 where there is nothing to sum, None where there is but no amount is known."""
    return known_sum_sek(amounts_sek) if len(amounts_sek) else 0.0


def equal_shares_ore(amount_ore: int, parts: int) -> Sequence[int]:
    """``amount_ore`` in equal whole shares that sum to it exactly; what is left over goes to the first ones."""
    share, rest = divmod(abs(amount_ore), parts)
    sign = -1 if amount_ore < 0 else 1
    return [sign * (share + (1 if position < rest else 0)) for position in range(parts)]


def whole_where_possible(amounts_sek: pd.Series) -> pd.Series:
    """For files: whole kronor as integers where no amount has öre, otherwise SEK with at most two decimals."""
    known = amounts_sek.dropna()
    if np.equal(np.mod(known, 1), 0).all():
        return amounts_sek.astype("float64").astype("Int64")
    return amounts_sek.astype("float64").round(2)
