"""Where figures on outcomes do not add up: sums of exits against their totals, printed shares that should make 100.

Only figures that are shown are looked at, so that nothing about anybody is told that is not. Where a printed total
would hold with one digit of one part read differently (1 and 2, the pair that scanning is known to confuse), that is
said as a possibility: the text at hand may differ from the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from portfolj.followup.codes import fold
from portfolj.followup.exit_outcomes import OddExits
from portfolj.followup.joined import Joined

COLUMNS = {
    "intervention": "str", "what": "str", "parts": "Int64", "sum": "Float64", "total": "Float64",
    "difference": "Float64", "unit": "str", "maybe_read_as": "str", "printed": "bool",
}  # fmt: skip
CONFUSED = frozenset("12")


def contradictions(
    exits: pd.DataFrame, odd: Iterable[OddExits], published: pd.DataFrame, joined: Joined
) -> pd.DataFrame:
    """Columns: ``intervention``, ``what`` (``participants``, ``completed`` or ``share_<...>;<group>``), ``parts`` (how
    many), ``sum``, ``total``, ``difference`` (sum - total; missing where a count is hidden), ``unit``,
    ``maybe_read_as`` (``dropped_out: 23 -> 13``), ``printed`` (bool: all of it is in print).

    ``exits``: as protected, see ``reported_exits``; ``odd``: what does not sum among them, hidden or not.
    """
    records = [*_exits(exits, odd, published, joined), *_shares(published, joined)]
    return pd.DataFrame.from_records(records, columns=list(COLUMNS)).astype(COLUMNS)


def _exits(
    exits: pd.DataFrame, odd: Iterable[OddExits], published: pd.DataFrame, joined: Joined
) -> Iterator[tuple[object, ...]]:
    known = exits[exits["count"].notna() | exits["suppressed"]]
    hidden = {(each.intervention, each.base): each for each in odd}
    for (name, base), own in known.groupby(["intervention", "base"], sort=True):
        parts = own[own["code"] != "total"]
        if parts["suppressed"].any():
            if (str(name), str(base)) in hidden:
                yield (str(name), str(base), len(parts), None, None, None, "persons", "", False)
            continue
        summed, in_print = int(parts["count"].sum()), bool((parts["printed_in"] != "").all())
        for total in dict.fromkeys(_totals(str(name), str(base), known, published, joined)):
            if summed != total and not parts["outcome"].map(fold).duplicated().any():
                maybe = _misread(parts, summed - total) if in_print else ""
                yield (str(name), str(base), len(parts), summed, total, summed - total, "persons", maybe, in_print)


def _totals(name: str, base: str, exits: pd.DataFrame, published: pd.DataFrame, joined: Joined) -> Iterator[int]:
    """What is told of the sum of a base: by others, by a row of its own, by those who are said to have completed."""
    measures = {"participants": ("participations", "participants"), "completed": ("completed",)}.get(base, ())
    labels = published["intervention"].map(lambda written: joined.labels.get(written, written))
    told = published[
        (labels == name) & published["group"].isin(["", "all"])
        & published["measure"].isin(measures) & published["value"].notna()
    ]  # fmt: skip
    yield from (int(value) for value in told["value"])
    own = exits[(exits["intervention"] == name) & exits["count"].notna()]
    yield from (int(count) for count in own[(own["base"] == base) & (own["code"] == "total")]["count"])
    if base == "completed":
        yield from (int(count) for count in own[(own["base"] == "participants") & (own["code"] == base)]["count"])


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
            yield (label, f"{measure};sex", len(own), summed, 100.0, round(summed - 100, 1), "percent", "", True)
