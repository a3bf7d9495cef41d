"""What a change in income support or population, of one federation alone, would do to its part of the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

import pandas as pd

from portfolj.comparison.allocation.model import Member, NoAllocation, Rules, allocate

CHANGES_PCT: Final = (-20, -15, -10, -5, 0, 5, 10, 15, 20)
MEASURES: Final = ("income_support", "population_16_64")
COLUMNS: Final = ("federation", "measure", "change_pct", "value", "final_sek", "difference_sek", "bound")


def change_table(members: Sequence[Member], rules: Rules, name: str) -> pd.DataFrame:
    """A row per measure and percent: the measure's value, the amount in kronor, how it differs from that of today.

    ``bound``: ``brake`` where the brake decides the amount, ``request`` where what it has asked for does, otherwise
    empty. The others' figures stay as they are. A change that can't be shared out (see ``NoAllocation``) has no amount.
    """
    own = next(member for member in members if member.name == name)
    today = allocate(members, rules).shares[name].final
    rows: list[tuple[str, str, int, float, int | None, int | None, str]] = []
    for measure in MEASURES:
        for pct in CHANGES_PCT:
            changed = _changed(own, measure, pct)
            others = [changed if member.name == name else member for member in members]
            value = float(changed.support if measure == "income_support" else changed.population)
            try:
                share = allocate(others, rules).shares[name]
            except NoAllocation:
                rows.append((name, measure, pct, value, None, None, ""))
                continue
            asked = own.requested_sek
            bound = "request" if share.final == asked else "brake" if share.final == share.least else ""
            rows.append((name, measure, pct, value, share.final, share.final - today, bound))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"final_sek": "Int64", "difference_sek": "Int64"})


def _changed(member: Member, measure: str, pct: int) -> Member:
    factor = Fraction(100 + pct, 100)
    if measure == "income_support":
        return replace(member, support=member.support * factor)
    return replace(member, population=round(member.population * factor))
