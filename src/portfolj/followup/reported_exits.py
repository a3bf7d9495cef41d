"""Exit counts as ESF projects report them, protected like all other counts; what others have printed stands as printed.

The rows on all participants say how taking part ended, those on whoever completed what they went to: where the second
sum to the first, each person is in one row of either, and both are linked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from portfolj.disclosure import Count, Where, protection, where
from portfolj.disclosure.counts import plain
from portfolj.followup.codes import fold
from portfolj.followup.exit_outcomes import COMPLETED, PARTICIPANTS, odd_exits
from portfolj.followup.joined import Joined

BASES = (PARTICIPANTS, COMPLETED)
COLUMNS = ("intervention", "base", "outcome", "code", "count", "printed_in", "suppressed")


@dataclass(frozen=True)
class Exits:
    """``table``: ``intervention``, ``base``, ``outcome``, ``code``, ``count`` (Int64, missing where hidden),
    ``printed_in``, ``suppressed``, in the order of the file. ``sums``: intervention and base -> what the rows of the
    base sum to, None where that is hidden."""

    table: pd.DataFrame
    sums: Mapping[tuple[str, str], int | None]


def protected_exits(exits: pd.DataFrame, codes: pd.Series, joined: Joined, *, k: int) -> Exits:
    """The exit counts, those that the federation has counted itself protected. ``codes``: see ``outcome_codes``.

    Where the counts of an intervention contradict one another its own are shown only where none is small: nothing can
    be worked out about what else they would give away.
    """
    table = exits.assign(intervention=exits["intervention"].map(joined.labels).astype("str"), code=codes)
    values: dict[Where, int] = {}
    known: list[Count] = []
    places: dict[int, Where] = {}
    sums: dict[tuple[str, str], Where | int] = {}
    hidden: set[int] = set()
    kinds = [""]
    odd = {each.intervention.casefold() for each in odd_exits(table, table["code"])}
    for label, own in table[table["count"].notna()].groupby("intervention", sort=True):
        name = str(label)
        counted = {base: int(_parts(own, base)["count"].sum()) for base in BASES if len(_parts(own, base))}
        doubtful = name.casefold() in odd or any(
            _parts(own, base)["outcome"].map(fold).duplicated().any() for base in BASES
        )
        if doubtful:
            mine = own[own["printed_in"] == ""]
            if any(0 < int(count) < k for count in mine["count"]):
                hidden |= set(mine.index)
            sums |= {(name, base): number for base, number in counted.items() if not hidden & set(own.index)}
            continue
        found = _places(name, own)
        kinds += [kind for row in found.values() for kind in row if kind not in kinds]
        every = {base: [kind for row in _parts(own, base).index for kind in found[row]] for base in counted}
        for base, number in counted.items():
            sums[name, base] = place = _where(name, every[base])
            values[place] = number
        for row, count, printed_in in zip(own.index, own["count"], own["printed_in"], strict=True):
            places[row] = _where(name, found[row])
            values[places[row]] = int(count)
            if printed_in:
                known.append(Count(places[row], int(count)))
    domains = {"intervention": sorted({*table["intervention"], ""}), "kind": kinds}
    gone: frozenset[Where] = frozenset()
    if len({each.where for each in known}) < len(values):  # not everything is in print
        gone = protection([Count(p, v) for p, v in values.items()], domains=domains, k=k, known=known).hidden
        gone -= {plain(each.where, domains) for each in known}
    hidden |= {row for row, place in places.items() if plain(place, domains) in gone}
    told = {key: _told(asked, values, gone, domains) for key, asked in sums.items()}
    suppressed = pd.Series([row in hidden for row in table.index], index=table.index, dtype="bool")
    suppressed &= table["printed_in"] == ""
    table = table.assign(count=table["count"].mask(suppressed), suppressed=suppressed)
    return Exits(table[list(COLUMNS)].astype({"count": "Int64"}).reset_index(drop=True), told)


def _parts(own: pd.DataFrame, base: str) -> pd.DataFrame:
    return own[(own["base"] == base) & (own["code"] != "total")]


def _places(name: str, own: pd.DataFrame) -> dict[int, list[str]]:
    """Per row the kinds of people that it counts; those who completed are of the kinds of their own rows."""
    finished = [f"{name};{row}" for row in _parts(own, COMPLETED).index]
    found: dict[int, list[str]] = {}
    for base in BASES:
        for row, code in zip(_parts(own, base).index, _parts(own, base)["code"], strict=True):
            is_whole = base == PARTICIPANTS and code == "completed" and finished
            found[int(row)] = finished if is_whole else [f"{name};{row}"]
        every = [kind for row in _parts(own, base).index for kind in found[int(row)]]
        totals = own[(own["base"] == base) & (own["code"] == "total")].index
        found |= {int(row): every or [f"{name};{row}"] for row in totals}
    return found


def _where(name: str, kinds: list[str]) -> Where:
    return where({"intervention": name, "kind": kinds})


def _told(
    asked: Where | int, values: Mapping[Where, int], gone: frozenset[Where], domains: Mapping[str, list[str]]
) -> int | None:
    if isinstance(asked, int):
        return asked
    return None if plain(asked, domains) in gone else values[asked]
