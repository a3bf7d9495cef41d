"""How long a participation lasted, in months."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from portfolj.followup.occupation import MISSING, ONGOING

DAYS_PER_MONTH: Final = 365.25 / 12
UNDER = (3, 6, 12, 24)  # months at which the next band begins
BANDS = ("under-3", "3-6", "6-12", "12-24", "24+")


def months(participations: pd.DataFrame) -> pd.Series:
    """From start to end in months of 365.25 / 12 days; missing without both dates."""
    return (participations["end"] - participations["start"]).dt.days / DAYS_PER_MONTH


def bands(participations: pd.DataFrame) -> pd.Series:
    """The band of each participation (str): ``ongoing`` without an end, ``missing`` where a date is unknown.

    A band begins at its first number of whole calendar months: 3 months to the day is in ``3-6``.
    """
    start, end = participations["start"], participations["end"]
    whole = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month - (end.dt.day < start.dt.day)
    known = start.notna() & end.notna()
    numbers = np.searchsorted(np.array(UNDER), whole.fillna(0).to_numpy(), side="right")
    band = pd.Series([BANDS[n] for n in numbers], index=participations.index, dtype="str").where(known, MISSING)
    return band.where(participations["end_year"].notna(), ONGOING)
