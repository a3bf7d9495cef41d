"""Step movements and statuses as tables: how many went up or down in which group, and who moved from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from portfolj.followup import flow, progression
from portfolj.followup.counted import Row, active
from portfolj.followup.outcomes import EVERYBODY, Conditions, seen, told_of
from portfolj.followup.people import People
from portfolj.followup.shown import Shown

GROUPS = ("sex", "age", "sex_age", "referrer", "municipality", "intervention")
CELLS = ("measured_twice", progression.UP, progression.DOWN, progression.UNCHANGED, progression.NEVER)
STEP_CELLS = ("participations", "step_shown", "step_not_shown")


def groups_of(people: People) -> list[tuple[str, str, Conditions]]:
    """Group, category and what it asks, the whole first. A category of ``sex_age`` is ``woman;20-29``."""
    found: list[tuple[str, str, Conditions]] = [("all", "all", {})]
    for group in GROUPS:
        if group == "sex_age":
            sexes, ages = told_of(people, "sex"), told_of(people, "age")
            found += [(group, f"{sex};{age}", {"sex": sex, "age": age}) for sex in sexes for age in ages]
        else:
            names = seen(people, group) if group == "intervention" else told_of(people, group)
            found += [(group, name, {group: name}) for name in names]
    return found


def progression_plan(people: People) -> list[Row]:
    """``group``, ``category`` and ``CELLS``; nothing without ratings."""
    if "progress" not in people.domains:
        return []
    return [
        {
            "group": group,
            "category": category,
            "measured_twice": active(people, {**asked, "progress": progression.MEASURED}),
            **{name: active(people, {**asked, "progress": name}) for name in progression.OUTCOMES},
        }
        for group, category, asked in groups_of(people)
    ]


def item_means(people: People, shown: Shown, *, k: int) -> pd.DataFrame:
    """The mean of each item, first and last, over those who answered it both times; one decimal.

    Columns: ``group``, ``category``, ``occasion`` (``first``, ``last``), ``item``, ``mean`` (float64), ``n`` (Int64).
    Only for categories with at least k measured, and for no category of a group where a count had to be hidden: a
    mean of the others would tell of it. ``n`` is missing for an item that fewer than k of any category left
    unanswered, since the rest of those measured would tell how many.
    """
    columns = ["group", "category", "occasion", "item", "mean", "n"]
    records: list[tuple[str, str, str, str, float, int | None]] = []
    told: dict[str, list[tuple[str, np.ndarray]]] = {}
    refused = set()
    for group, category, asked in groups_of(people) if "progress" in people.domains else []:
        number = shown[active(people, {**asked, "progress": progression.MEASURED})]
        if number is None:
            refused.add(group)
        elif number >= k:
            told.setdefault(group, []).append((category, _hits(people, asked)))
    for item, rows in people.twice.groupby("item", sort=True):
        places = rows["place"].to_numpy()
        everyone = people.moved["place"].to_numpy()
        hits = {(group, category): hit for group, own in told.items() if group not in refused for category, hit in own}
        left_out = [int(hit[everyone].sum() - hit[places].sum()) for hit in hits.values()]
        safe = not any(0 < number < k for number in left_out)
        for (group, category), hit in hits.items():
            own = rows[hit[places]]
            if len(own) >= k:
                n = len(own) if safe else None
                for occasion in ("first", "last"):
                    records.append((group, category, occasion, str(item), round(float(own[occasion].mean()), 1), n))
    frame = pd.DataFrame.from_records(records, columns=columns)
    order = {group: place for place, group in enumerate(("all", *GROUPS))}
    frame = frame.sort_values("group", key=lambda column: column.map(order), kind="stable").reset_index(drop=True)
    text = dict.fromkeys(columns[:4], "str")
    return frame.astype({**text, "mean": "float64", "n": "Int64"})


def change(people: People, shown: Shown, *, k: int) -> pd.DataFrame:
    """One row for the whole: ``n``, ``mean_change``, ``low``, ``high``, ``correlation``; see ``progression.Change``.

    No row where fewer than k were measured or their number is hidden. Two decimals.
    """
    columns = {"n": "Int64", "mean_change": "float64", "low": "float64", "high": "float64", "correlation": "float64"}
    rows = []
    if "progress" in people.domains:
        number = shown[active(people, {"progress": progression.MEASURED})]
        moved = people.moved[_hits(people, {})[people.moved["place"].to_numpy()]]
        if number is not None and number >= k and len(moved) == number:
            found = progression.mean_change(moved)
            rows = [(found.n, *(round(value, 2) for value in found[1:]))]
    return pd.DataFrame.from_records(rows, columns=list(columns)).astype(columns)


def status_plan(
    people: People, groups: Mapping[str, Sequence[str]] | None = None, within: Conditions = EVERYBODY
) -> list[Row]:
    """``point``, ``status``, ``count``; a participation without a status at a point is ``missing`` there.

    ``groups``: a label -> the statuses that stand together under it; others stand for themselves.
    """
    return [
        {"point": _point(name), "status": label, "count": active(people, {**within, name: own})}
        for name in _points(people)
        for label, own in _grouped(_statuses(people, name), groups or {}).items()
    ]


def flow_plan(people: People, groups: Mapping[str, Sequence[str]], within: Conditions = EVERYBODY) -> list[Row]:
    """``point_from``, ``point_to``, ``status_from``, ``status_to``, ``count``: every point to the next.

    ``groups``: a label -> the statuses that stand together under it; others stand for themselves.
    """
    return [
        {
            "point_from": _point(first),
            "point_to": _point(last),
            "status_from": before,
            "status_to": after,
            "count": active(people, {**within, first: left, last: entered}),
        }
        for first, last in flow.moves(_points(people))
        for before, left in _grouped(_statuses(people, first), groups).items()
        for after, entered in _grouped(_statuses(people, last), groups).items()
    ]


def steps_plan(people: People) -> list[Row]:
    """``group`` (``all``, ``intervention``), ``category`` and ``STEP_CELLS``, of interventions that note statuses."""
    if "step" not in people.domains:
        return []
    asked_of = [flow.SHOWN, flow.NOT_SHOWN]
    rows: list[tuple[str, str, Conditions]] = [("all", "all", {})]
    rows += [("intervention", name, {"intervention": name}) for name in seen(people, "intervention")]
    return [
        {
            "group": group,
            "category": category,
            "participations": active(people, {**asked, "step": asked_of}),
            "step_shown": active(people, {**asked, "step": flow.SHOWN}),
            "step_not_shown": active(people, {**asked, "step": flow.NOT_SHOWN}),
        }
        for group, category, asked in rows
    ]


def _hits(people: People, asked: Conditions) -> np.ndarray:
    """Which participations of the period the conditions hold of."""
    hit = np.asarray(people.numbers[people.turn] != people.values(people.turn).index("outside")) if (
        "outside" in people.values(people.turn)
    ) else np.ones(len(people.numbers["sex"]), dtype=bool)  # fmt: skip
    for attribute, value in asked.items():
        chosen: Sequence[str] = [value] if isinstance(value, str) else value
        hit = hit & np.isin(people.numbers[attribute], [people.values(attribute).index(each) for each in chosen])
    return hit


def _points(people: People) -> list[str]:
    return [name for name in people.domains if name.startswith("status ")]


def _point(attribute: str) -> str:
    return attribute.removeprefix("status ")


def _statuses(people: People, point: str) -> list[str]:
    """The statuses that occur at the point, and ``missing``."""
    found = {*seen(people, point), flow.MISSING} - {flow.NOT_ASKED}
    return [status for status in people.values(point) if status in found]


def _grouped(statuses: Sequence[str], groups: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Label -> its statuses, where the first of them would stand; letters' case does not part them."""
    label_of = {status.casefold(): label for label, own in groups.items() for status in own}
    found: dict[str, list[str]] = {}
    for status in statuses:
        found.setdefault(label_of.get(status.casefold(), status), []).append(status)
    return found
