"""The same person starting in the same intervention again within days: a second participation, or one told twice.

A participation is person x intervention x start, so that it counts as a second one. Two files that differ by a day
on one start look just the same; which it is only those who registered it know, so that it is counted and told.
"""

from __future__ import annotations

import pandas as pd

NEAR_DAYS = 14


def starts_soon_again(person: pd.Series, intervention: pd.Series, start: pd.Series) -> pd.Series:
    """Per row whether the same person started in the same intervention at most ``NEAR_DAYS`` days before.

    Of rows with one start all but the first; never a row without a person, or whose start is not known to the day.
    """
    frame = pd.DataFrame({"person": person, "what": intervention.str.casefold(), "start": start})
    frame = frame[(frame["person"] != "") & frame["start"].notna()]
    ordered = frame.sort_values(["person", "what", "start"], kind="stable")
    days = ordered.groupby(["person", "what"])["start"].diff().dt.days
    return (days <= NEAR_DAYS).reindex(person.index, fill_value=False).astype("bool")
