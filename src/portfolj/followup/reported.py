"""Counts that come as counts: Uppföljning Finsam's, and exits as ESF projects report them. Protected like all others.

Where a federation has rows on the same intervention and year too, both tell of the same people: see ``twins``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from portfolj.disclosure import Count, Where, hidden_counts, where
from portfolj.disclosure.counts import plain
from portfolj.followup.counted import Row, Shown
from portfolj.followup.joined import Joined
from portfolj.followup.outcomes import measured, seen
from portfolj.followup.people import People

ALL = "all"
SEXES = ("woman", "man", "other", "missing")
# What a yearly count can be: still there, or ended to any of these at once. Each measure counts some of them.
KINDS = ("ongoing", "none", "w", "s", "t", "ws", "wt", "st", "wst")
MEASURES = {
    "participants": KINDS,
    "ended": KINDS[1:],
    "to_work": tuple(kind for kind in KINDS[2:] if "w" in kind),
    "to_study": tuple(kind for kind in KINDS[2:] if "s" in kind),
    "to_training": tuple(kind for kind in KINDS[2:] if "t" in kind),
}


def counts_table(
    counts: pd.DataFrame, joined: Joined, *, period: tuple[int, int] | None, k: int, hide: Iterable[int] = ()
) -> pd.DataFrame:
    """The counts of the period's years: ``intervention``, ``year``, ``sex``, ``measure``, ``count`` (Int64, missing
    where hidden), ``suppressed``. ``hide``: rows of ``counts`` that must be hidden whatever else.

    Counts of an intervention and a year that can't all be true (more to work than ended, say) are shown only where
    none of them is small: nothing can be worked out about what else they would give away.
    """
    inside = counts if period is None else counts[counts["year"].between(*period).fillna(False)]
    inside = inside[inside["count"].notna()]
    names = inside["intervention"].map(joined.labels).astype("str")
    places = {
        index: _place(name, int(year), str(sex), str(measure))
        for index, name, year, sex, measure in zip(
            inside.index, names, inside["year"], inside["sex"], inside["measure"], strict=True
        )
    }
    values: dict[Where, int] = {}
    twice = set()
    for index, place in places.items():
        number = int(inside.loc[index, "count"])
        if values.setdefault(place, number) != number:
            twice.add(place)
    blocks = {index: (names[index], int(inside.loc[index, "year"])) for index in places}
    wrong = _contradicting(inside, blocks) | {blocks[index] for index, place in places.items() if place in twice}
    hidden = set(hide)
    for block in wrong:
        own = [index for index in places if blocks[index] == block]
        if any(0 < int(inside.loc[index, "count"]) < k for index in own):
            hidden |= set(own)
    sound = {index: place for index, place in places.items() if blocks[index] not in wrong}
    domains = {
        "intervention": sorted({name for name, _ in blocks.values()} | {""}),
        "year": sorted({str(year) for _, year in blocks.values()} | {""}),
        "sex": SEXES,
        "kind": KINDS,
    }
    sensitive = {place for index, place in sound.items() if index in hidden}
    if sound:
        gone = hidden_counts(
            [Count(place, values[place]) for place in dict.fromkeys(sound.values())],
            domains=domains, k=k, sensitive=sensitive,
        )  # fmt: skip
        hidden |= {index for index, place in sound.items() if plain(place, domains) in gone}
    suppressed = pd.Series([index in hidden for index in inside.index], index=inside.index, dtype="bool")
    table = inside.assign(intervention=names, count=inside["count"].mask(suppressed), suppressed=suppressed)
    order = ["intervention", "year", "sex", "measure"]
    table = table.sort_values(order, key=lambda column: column.map(_ORDER) if column.name in _SORTED else column)
    return table[[*order, "count", "suppressed"]].astype({"count": "Int64"}).reset_index(drop=True)


def exits_table(exits: pd.DataFrame, joined: Joined, *, k: int) -> pd.DataFrame:
    """``intervention``, ``base``, ``outcome``, ``count`` (Int64), ``printed_in``, ``suppressed``.

    What others have printed is shown as printed. What the federation has counted itself is protected; the sum of each
    base is taken to be known, since it stands in other tables.
    """
    table = exits.assign(intervention=exits["intervention"].map(joined.labels).astype("str"))
    counts: dict[Where, int] = {}
    known: list[Count] = []
    places: dict[int, Where] = {}
    for (name, base), own in table.groupby(["intervention", "base"], sort=True):
        block = f"{name};{base}"
        for index, row in own.iterrows():
            if not pd.isna(row["count"]):
                place = where({"block": block, "outcome": str(row["outcome"])})
                places[index] = place
                counts.setdefault(place, int(row["count"]))
                if row["printed_in"]:
                    known.append(Count(place, int(row["count"])))
        known.append(Count(where({"block": block}), int(own["count"].fillna(0).sum())))
    gone: frozenset[Where] = frozenset()
    domains: dict[str, list[str]] = {}
    if len(known) < len(counts) + table.groupby(["intervention", "base"]).ngroups:  # not everything is in print
        domains = {
            "block": sorted({f"{n};{b}" for n, b in zip(table["intervention"], table["base"], strict=True)} | {""}),
            "outcome": sorted({*table["outcome"].astype("str"), ""}),
        }
        computed = [Count(place, value) for place, value in counts.items()]
        gone = hidden_counts(computed, domains=domains, k=k, shown_before=known)
    suppressed = pd.Series(
        [
            not row["printed_in"] and index in places and plain(places[index], domains) in gone
            for index, row in table.iterrows()
        ],
        index=table.index, dtype="bool",
    )  # fmt: skip
    table = table.assign(count=table["count"].mask(suppressed), suppressed=suppressed)
    columns = ["intervention", "base", "outcome", "count", "printed_in", "suppressed"]
    return table[columns].astype({"count": "Int64"}).reset_index(drop=True)


def twins(counts: pd.DataFrame, joined: Joined, people: People | None) -> list[Row]:
    """What the rows on participations give for each count of the same intervention and year: ``twin`` (a cell) and
    ``row`` (the index in ``counts``). Where they agree one is the other, and both are shown or neither."""
    if people is None:
        return []
    found: list[Row] = []
    known = set(seen(people, "intervention"))
    for index, row in counts[counts["year"].notna()].iterrows():
        name, year, sex = joined.labels[str(row["intervention"])], str(row["year"]), str(row["sex"])
        if name in known:
            asked = {"intervention": name} if sex == ALL else {"intervention": name, "sex": sex}
            cells = measured(people, asked, label=year)
            found.append({"row": index, "twin": cells[_TWIN.get(str(row["measure"]), str(row["measure"]))]})
    return found


def to_hide(
    counts: pd.DataFrame, twin: Iterable[Row], values: Mapping[Where, int], shown: Shown, *, k: int
) -> set[int]:
    """Rows of ``counts`` that would give a hidden count of participations away, or differ from it by fewer than k."""
    hidden = set()
    for each in twin:
        own, other = counts.loc[each["row"], "count"], values[each["twin"]]
        if not pd.isna(own) and abs(int(own) - other) < k and (int(own) != other or shown[each["twin"]] is None):
            hidden.add(int(each["row"]))
    return hidden


_TWIN = {"participants": "participations", "ended": "exits"}
_ORDER: Mapping[str, int] = {name: n for n, name in enumerate((*MEASURES, ALL, *SEXES))}
_SORTED = ("sex", "measure")


def _place(name: str, year: int, sex: str, measure: str) -> Where:
    asked: dict[str, str | tuple[str, ...]] = {"intervention": name, "year": str(year), "kind": MEASURES[measure]}
    return where(asked if sex == ALL else {**asked, "sex": sex})


def _contradicting(counts: pd.DataFrame, blocks: Mapping[int, tuple[str, int]]) -> set[tuple[str, int]]:
    """The interventions and years whose counts can't all be true."""
    wrong = set()
    cells: dict[tuple[str, int], dict[tuple[str, str], int]] = {}
    for index, sex, measure, count in zip(counts.index, counts["sex"], counts["measure"], counts["count"], strict=True):
        cells.setdefault(blocks[index], {})[str(sex), str(measure)] = int(count)
    for block, own in cells.items():
        for measure in MEASURES:
            parts = sum(own.get((sex, measure), 0) for sex in SEXES)
            if (ALL, measure) in own and own[ALL, measure] < parts:
                wrong.add(block)
        for sex in (ALL, *SEXES):
            limits = [("ended", "participants"), *((each, "ended") for each in ("to_work", "to_study", "to_training"))]
            limits += [(each, "participants") for each in ("to_work", "to_study", "to_training")]
            for less, more in limits:
                if (sex, less) in own and (sex, more) in own and own[sex, less] > own[sex, more]:
                    wrong.add(block)
    return wrong
