"""Where printed figures on outcomes do not add up: sums of exits against their totals, shares that should make 100.

Only figures that are in print are looked at, so that nothing about anybody is told that is not public. Where a total
would hold with one digit of one part read differently (1 and 2, the pair that scanning is known to confuse), that is
said as a possibility: the text at hand may differ from the report.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from portfolj.followup.joined import Joined

COLUMNS = {
    "intervention": "str", "what": "str", "parts": "Int64", "sum": "Float64", "total": "Float64",
    "difference": "Float64", "unit": "str", "maybe_read_as": "str",
}  # fmt: skip
CONFUSED = frozenset("12")


def contradictions(exits: pd.DataFrame, published: pd.DataFrame, joined: Joined) -> pd.DataFrame:
    """Columns: ``intervention``, ``what`` (``participants``, ``completed`` or ``share_<...>;<group>``), ``parts`` (how
    many), ``sum``, ``total``, ``difference`` (sum - total), ``unit``, ``maybe_read_as`` (``dropped_out: 23 -> 13``)."""
    records = [*_exits(exits, published, joined), *_shares(published, joined)]
    return pd.DataFrame.from_records(records, columns=list(COLUMNS)).astype(COLUMNS)


def _exits(exits: pd.DataFrame, published: pd.DataFrame, joined: Joined) -> Iterator[tuple[object, ...]]:
    in_print = exits[(exits["printed_in"] != "") & exits["count"].notna()]
    for (name, base), own in in_print.groupby(["intervention", "base"], sort=True):
        total = _total(str(name), str(base), in_print, published)
        summed = int(own["count"].sum())
        if total is not None and summed != total:
            maybe = _misread(own, summed - total)
            label = joined.labels.get(str(name), str(name))
            yield (label, str(base), len(own), summed, total, summed - total, "persons", maybe)


def _total(name: str, base: str, exits: pd.DataFrame, published: pd.DataFrame) -> int | None:
    if base == "completed":
        own = exits[(exits["intervention"] == name) & (exits["outcome"] == "completed")]["count"]
        if len(own):
            return int(own.iloc[0])
    measures = {"participants": ("participations", "participants"), "completed": ("completed",)}.get(base, ())
    told = published[
        (published["intervention"] == name) & published["group"].isin(["", "all"])
        & published["measure"].isin(measures) & published["value"].notna()
    ]  # fmt: skip
    return int(told["value"].iloc[0]) if len(told) else None


def _misread(parts: pd.DataFrame, difference: int) -> str:
    for outcome, count in zip(parts["outcome"], parts["count"], strict=True):
        meant = int(count) - difference
        pairs = [pair for pair in zip(str(count), str(meant), strict=False) if pair[0] != pair[1]]
        if len(str(count)) == len(str(meant)) and len(pairs) == 1 and set(pairs[0]) == CONFUSED:
            return f"{outcome}: {count} -> {meant}"
    return ""


def _shares(published: pd.DataFrame, joined: Joined) -> Iterator[tuple[object, ...]]:
    """Shares of one whole over the sexes: they have to make 100, give or take their rounding."""
    shares = published[(published["unit"] == "percent") & (published["group"] == "sex") & published["value"].notna()]
    shares = shares[shares["measure"].str.startswith("share_of_")]
    for (name, measure), own in shares.groupby(["intervention", "measure"], sort=True):
        summed = float(own["value"].sum())
        if {"woman", "man"} <= set(own["category"]) and summed != 100:
            label = joined.labels.get(str(name), str(name))
            yield (label, f"{measure};sex", len(own), summed, 100.0, round(summed - 100, 1), "percent", "")
