"""Step movements in repeated self-ratings: last mean minus first, over the items answered both times.

Only what participants themselves have rated. A change of more than the federation's ``step`` is up or down, anything
else unchanged (the rule that SPiK 2022 printed, with step 0). The unit is the participation; a person's ratings belong
to the first participation in that intervention.

Regression to the mean: whoever begins low tends to rise without any help, and whoever begins high to fall. A mean over
all that were measured does not suffer from it, a group chosen by its first value does: with a correlation r between
first and last value, (1 - r) of its distance to the mean is to be expected (Barnett, van der Pols and Dobson,
International Journal of Epidemiology 34, 2005, 215-220). r is told beside the change.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit  # scipy.stats has the same function, and takes a quarter of a second to import

UP: Final = "up"
DOWN: Final = "down"
UNCHANGED: Final = "unchanged"
NEVER: Final = "never_twice"
OUTCOMES = (UP, DOWN, UNCHANGED, NEVER)
MEASURED = (UP, DOWN, UNCHANGED)
CONFIDENCE = 0.95


class Change(NamedTuple):
    """The mean change with its interval, and the correlation of first and last; NaN where they have none."""

    n: int
    mean_change: float
    low: float
    high: float
    correlation: float


def measured_twice(assessments: pd.DataFrame) -> pd.DataFrame:
    """One row per person, intervention and item that was answered at the first and at the last of several occasions.

    Columns: ``person``, ``intervention``, ``item``, ``first``, ``last`` (float64).
    """
    keys = ["person", "intervention"]
    own = assessments[(assessments["respondent"] == "participant") & assessments["value"].notna()]
    occasions = own.groupby(keys)["occasion"].agg(first="min", last="max").reset_index()
    occasions = occasions[occasions["first"] < occasions["last"]]
    sides = {}
    for side in ("first", "last"):
        at = occasions[[*keys, side]].rename(columns={side: "occasion"})
        chosen = own.merge(at, on=[*keys, "occasion"])
        sides[side] = chosen.groupby([*keys, "item"], as_index=False)["value"].mean().rename(columns={"value": side})
    return sides["first"].merge(sides["last"], on=[*keys, "item"])


def changes(twice: pd.DataFrame, *, step: float) -> pd.DataFrame:
    """One row per person and intervention of ``measured_twice``.

    Columns: ``person``, ``intervention``, ``first``, ``last``, ``change`` (means over items, float64), ``outcome``
    (``up``, ``down``, ``unchanged``).
    """
    means = twice.groupby(["person", "intervention"], as_index=False)[["first", "last"]].mean()
    # Means of whole numbers are no exact binary fractions: 3.2 - 3.1 must not be more than a step of 0.1.
    change = (means["last"] - means["first"]).round(9)
    outcome = np.select([change > step, change < -step], [UP, DOWN], UNCHANGED)
    return means.assign(change=change, outcome=pd.Series(outcome, index=means.index, dtype="str"))


def mean_change(moved: pd.DataFrame) -> Change:
    """Of ``changes``: the mean with the 95 % interval of Student's t; at least two rows, else no interval."""
    values = moved["change"].to_numpy(dtype=float)
    n = len(values)
    if n == 0:
        return Change(0, float("nan"), float("nan"), float("nan"), float("nan"))
    mean = float(values.mean())
    if n == 1:
        return Change(n, mean, float("nan"), float("nan"), float("nan"))
    half = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * float(values.std(ddof=1)) / n**0.5
    spread = moved["first"].std() > 0 and moved["last"].std() > 0
    correlation = float(np.corrcoef(moved["first"], moved["last"])[0, 1]) if spread else float("nan")
    return Change(n, mean, mean - half, mean + half, correlation)
