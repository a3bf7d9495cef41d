"""Shares of counts that may be shown, each with its denominator named and an interval for small numbers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import pandas as pd
from scipy.special import ndtri  # scipy.stats has the same function, and takes a quarter of a second to import

CONFIDENCE: Final = 0.95
DENOMINATORS = ("participations", "exits")
MEASURES = ("to_work", "to_study", "to_training", "work_or_study", "work_study_or_training")
BALANCED = (40.0, 60.0)  # percent: the band within which a group is called gender balanced


def wilson_interval(count: int, of: int, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The score interval of a share, as fractions: it holds for small numbers and never leaves 0 to 1.

    Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American Statistical
    Association 22, 1927, 209-212. Raises ValueError unless 0 <= count <= of and of > 0.
    """
    if not 0 <= count <= of or of == 0:
        raise ValueError(f"{count} of {of} is no share")
    z = _deviations(confidence)
    share = count / of
    middle = share + z**2 / (2 * of)
    half = z * (share * (1 - share) / of + z**2 / (4 * of**2)) ** 0.5
    whole = 1 + z**2 / of
    # At the ends the score interval touches 0 or 1 exactly; floating point would miss it by a hair.
    low = 0.0 if count == 0 else (middle - half) / whole
    high = 1.0 if count == of else (middle + half) / whole
    return low, high


@cache
def _deviations(confidence: float) -> float:
    return float(ndtri((1 + confidence) / 2))


def shares(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Each measure of the outcomes table as a share of participations and of exits.

    Columns: ``intervention``, ``group``, ``category``, ``measure``, ``denominator``, ``count``, ``of`` (Int64),
    ``percent``, ``low``, ``high`` (Float64, one decimal, missing where either count is hidden or there is nothing to
    share out), ``suppressed`` (bool: either count is hidden).
    """
    rows = []
    for row in outcomes.to_dict("records"):
        for measure in MEASURES:
            for denominator in DENOMINATORS:
                count, of = row[measure], row[denominator]
                hidden = bool(row[f"{measure}_suppressed"] or row[f"{denominator}_suppressed"])
                known = not hidden and not pd.isna(count) and not pd.isna(of) and of > 0
                low, high = wilson_interval(int(count), int(of)) if known else (None, None)
                percent = [round(100 * part, 1) if part is not None else None
                           for part in (count / of if known else None, low, high)]  # fmt: skip
                place = [row[name] for name in ("intervention", "group", "category")]
                rows.append((*place, measure, denominator, count, of, *percent, hidden))
    columns = {
        "intervention": "str", "group": "str", "category": "str", "measure": "str", "denominator": "str",
        "count": "Int64", "of": "Int64", "percent": "Float64", "low": "Float64", "high": "Float64",
        "suppressed": "bool",
    }  # fmt: skip
    return pd.DataFrame.from_records(rows, columns=list(columns)).astype(columns)


def with_balance(counts: pd.DataFrame) -> pd.DataFrame:
    """The table of ``women`` and ``men`` with women's share of both.

    Adds ``percent_women`` (Float64, one decimal) and ``balanced`` (boolean: within ``BALANCED``), missing where either
    count is hidden.
    """
    both = (counts["women"] + counts["men"]).astype("Float64")
    percent = (100 * counts["women"] / both.where(both > 0)).astype("Float64")
    low, high = BALANCED
    balanced = ((percent >= low) & (percent <= high)).astype("boolean")
    return counts.assign(percent_women=percent.round(1), balanced=balanced)


def national_outcomes() -> pd.DataFrame:
    """What has been told of all federations together: ``measure``, ``year``, ``percent``, ``of``, ``status``,
    ``source``, ``note``. Definitions differ by year: the note says what is known of them."""
    path = files("portfolj") / "reference" / "national_outcomes.csv"
    with path.open(encoding="utf-8") as lines:
        text = dict.fromkeys(("measure", "of", "status", "source", "note"), "str")
        return pd.read_csv(lines, dtype={**text, "year": "int64", "percent": "float64"}, keep_default_na=False)
