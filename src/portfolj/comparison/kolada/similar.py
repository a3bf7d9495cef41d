"""Which municipalities are most like one's own: the distance between standardised indicators.

Each indicator is standardised over every municipality that has all of them that year: (value - mean) / standard
deviation of the population. The distance is Euclidean and all indicators weigh the same.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

COLUMNS: Final = (
    "municipality", "similar", "rank", "distance", "year", "indicator", "own_value", "value", "mean", "sd",
    "difference_sd",
)  # fmt: skip
_DECIMALS: Final = 9  # what floats make of the same distance on different machines is no difference


@dataclass(frozen=True, eq=False)
class Similar:
    """The nearest of each own municipality. ``table``: a row per pair and indicator, nearest first; ``year``: whose
    values they are by, ``compared``: how many municipalities have all of them that year; ``constant``: the indicators
    that are the same everywhere and tell nothing. ``why_none``: why there are none, Swedish, empty where there are.
    """

    table: pd.DataFrame
    year: int | None
    compared: int
    constant: tuple[str, ...] = ()
    why_none: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Each similar municipality once, by its code."""
        return tuple(sorted(set(self.table["similar"])))


def nearest(
    values: pd.DataFrame, *, own: Sequence[str], municipalities: Collection[str], indicators: Sequence[str], count: int
) -> Similar:
    """The ``count`` municipalities nearest to each of ``own``, in the latest year that all of them have all indicators.

    ``values``: as ``Answers.values``; ``municipalities``: the codes of all there are. One's own are never similar.
    Equally near ones stand by their codes.
    """
    if not indicators:
        return _none("inget av nyckeltalen för likhet går att använda")
    if not own:
        return _none("ingen av förbundets kommuner finns i Kolada")
    known = values[values["value"].notna() & values["municipality"].isin(list(municipalities))]
    known = known[known["indicator"].isin(indicators)]
    for year in sorted(set(known["year"]), reverse=True):
        wide = known[known["year"] == year].pivot(index="municipality", columns="indicator", values="value")
        whole = wide.reindex(columns=list(indicators)).dropna().sort_index()
        if set(own) <= set(whole.index) and len(whole) > len(own):
            return _nearest(whole, own=own, count=count, year=int(year))
    return _none("det finns inget år då alla förbundets kommuner har alla nyckeltal för likhet")


def _nearest(whole: pd.DataFrame, *, own: Sequence[str], count: int, year: int) -> Similar:
    mean, sd = whole.mean(), whole.std(ddof=0)
    constant = tuple(str(name) for name in whole.columns if not sd[name] > 0)
    z = ((whole - mean) / sd.where(sd > 0)).fillna(0.0)
    others = [code for code in whole.index if code not in own]
    rows = []
    for code in own:
        differences = z.loc[others] - z.loc[code]
        distance = np.sqrt((differences**2).sum(axis=1)).round(_DECIMALS)
        for rank, (_, other) in enumerate(sorted(zip(distance, others, strict=True))[:count], start=1):
            rows += [
                (code, other, rank, float(distance[other]), year, name, whole.loc[code, name], whole.loc[other, name],
                 mean[name], sd[name], differences.loc[other, name])
                for name in whole.columns
            ]  # fmt: skip
    return Similar(pd.DataFrame(rows, columns=list(COLUMNS)), year, len(whole), constant)


def _none(why: str) -> Similar:
    return Similar(pd.DataFrame(columns=list(COLUMNS)), None, 0, (), why)
