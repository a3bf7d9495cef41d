"""Participations, persons and exits to work or studies: for the whole and by sex, age, place, referrer and the like.

A participation belongs to the period when it started by its last year and had not ended before its first; an exit is
one that ended in the period. What someone went to is occupation after exit: work and studies at once stand in both
columns, and once in ``work_or_study``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from portfolj.disclosure import Where, where
from portfolj.followup import years
from portfolj.followup.counted import Row, active, ended
from portfolj.followup.joined import UNMATCHED, Joined
from portfolj.followup.occupation import MEASURES
from portfolj.followup.people import MISSING, NEAR, People
from portfolj.followup.shown import Shown, filled

FEW_INTERVENTIONS = 3  # with more, each is only told by sex: tables of a few people each would hide one another
PERSON_GROUPS = ("sex", "age", "municipality", "referrer")
CELLS = ("participations", "persons", "exits", *MEASURES, "missing_after")
COLUMNS = ("intervention", "group", "category", *CELLS)
PARTICIPANTS = (
    "participations", "persons", "anonymous", "misregistered", "missing_sex", "missing_after", "exits", "ongoing",
    "near",
)  # fmt: skip
Conditions = Mapping[str, str | Sequence[str]]
EVERYBODY: Conditions = MappingProxyType({})


def participants_plan(people: People) -> list[Row]:
    """One row: four different numbers kept apart, and how many have ended; ``near`` only where there is any."""
    near = {"near": active(people, {"near": NEAR})} if "near" in people.domains else {}
    return [
        {
            **near,
            "participations": active(people),
            "persons": active(people, {people.turn: "first"}),
            "anonymous": active(people, {people.turn: "anonymous"}),
            "missing_sex": active(people, {"sex": MISSING}),
            "missing_after": ended(people, {"result": MISSING}),
            "exits": ended(people),
            "ongoing": ongoing(people),
        }
    ]


def ongoing(people: People, conditions: Conditions | None = None) -> Where:
    """The cell of participations in the period that have not ended in it and of which the conditions hold."""
    return where({"ongoing": people.period, **(conditions or {})})


def outcomes_plan(people: People, joined: Joined, *, period: tuple[int, int] | None) -> list[Row]:
    """The rows of ``outcomes``, the whole first.

    With at most ``FEW_INTERVENTIONS`` that have participations each is told by sex, age, municipality and referrer;
    with more, as a whole and by sex only. An intervention is a row of its own twice, as a category of the whole and as
    a whole: the same counts. ``labels`` (no column) are the interventions that a row is about, where it is about all of
    their participations.
    """
    names = seen(people, "intervention")
    rows: list[Row] = [_row(people, "", "all", "all", {}, persons=True, labels=names)]
    for group in PERSON_GROUPS:
        rows += [_row(people, "", group, name, {group: name}, persons=True) for name in told_of(people, group)]
    rows += [_row(people, "", "intervention", name, {"intervention": name}, labels=[name]) for name in names]
    for group, members in by_portfolio(names, joined).items():
        rows += [
            _row(people, "", group, code, {"intervention": labels}, labels=labels) for code, labels in members.items()
        ]
    if "when" in people.domains:
        every = years.single_years(people.values("when"), period)
        rows += [_row(people, "", "year", str(year), {}, label=str(year)) for year in every]
    groups = PERSON_GROUPS if len(names) <= FEW_INTERVENTIONS else ("sex",)
    for name in names:
        own = {"intervention": name}
        rows.append(_row(people, name, "all", "all", own, labels=[name]))
        for group in groups:
            rows += [_row(people, name, group, value, {**own, group: value}) for value in told_of(people, group)]
    return rows


def balance_plan(people: People, joined: Joined) -> list[Row]:
    """``group``, ``category``, ``women``, ``men``: for the whole, each intervention, each owner and target group."""
    if not told_of(people, "sex"):
        return []
    names = seen(people, "intervention")
    rows: list[tuple[str, str, Conditions]] = [("all", "all", EVERYBODY)]
    rows += [("intervention", name, {"intervention": name}) for name in names if len(names) > 1]
    for group, members in by_portfolio(names, joined).items():
        rows += [(group, code, {"intervention": own}) for code, own in members.items() if len(members) > 1]
    return [
        {
            "group": group,
            "category": category,
            "women": active(people, {**within, "sex": "woman"}),
            "men": active(people, {**within, "sex": "man"}),
        }
        for group, category, within in rows
    ]


def outcomes(plan: Sequence[Row], shown: Shown, joined: Joined) -> pd.DataFrame:
    """The plan's table, with what was granted and what a participation cost.

    Columns: ``COLUMNS``, ``<cell>_suppressed``, ``granted_sek`` (members' money in the period, float64, missing where
    an intervention's is not known), ``cost_per_participation_sek`` (missing also where participations are hidden).
    """
    table = filled(plan, shown, columns=COLUMNS, cells=CELLS)
    granted = pd.Series([_granted(row.get("labels"), joined) for row in plan], dtype="float64")
    participations = table["participations"].astype("Float64").astype("float64")
    cost = (granted / participations.where(participations > 0)).round(0)
    return table.assign(granted_sek=granted, cost_per_participation_sek=cost)


def measured(people: People, conditions: Conditions, *, label: str = "") -> dict[str, Where]:
    """Cell name -> cell, for the counts that every group has. ``label``: other years than the period's."""
    own = {"active": label or people.period, **conditions}
    out = {"ended": label or people.period, **conditions}
    cells = {"participations": where(own), "exits": where(out)}
    for name, codes in MEASURES.items():
        cells[name] = where({**out, "result": people.having("result", *codes)})
    cells["missing_after"] = where({**out, "result": MISSING})
    return cells


def seen(people: People, attribute: str) -> list[str]:
    """The values of the attribute that some participation has, in order."""
    return list(people.seen.get(attribute, ()))


def told_of(people: People, attribute: str) -> list[str]:
    """The categories of a group in order; none where it is known of nobody."""
    found = set(seen(people, attribute))
    if found <= {MISSING}:
        return []
    always = {"sex": {"woman", "man"}, "age": set(people.values("age")) - {MISSING, "under-20"}}.get(attribute, set())
    return [value for value in people.values(attribute) if value in found | always]


def by_portfolio(names: Iterable[str], joined: Joined) -> dict[str, dict[str, list[str]]]:
    """``owner`` and ``target_group`` -> code -> the interventions of it; those without a place last."""
    members: dict[str, dict[str, list[str]]] = {"owner": {}, "target_group": {}}
    for name in names:
        members["owner"].setdefault(joined.owner.get(name, UNMATCHED), []).append(name)
        for code in joined.target_groups.get(name, (UNMATCHED,)):
            members["target_group"].setdefault(code, []).append(name)
    return {
        group: dict(sorted(found.items(), key=lambda each: (each[0] == UNMATCHED, each[0])))
        for group, found in members.items()
        if set(found) != {UNMATCHED}
    }


def _row(
    people: People, intervention: str, group: str, category: str, conditions: Conditions, *, label: str = "",
    persons: bool = False, labels: Sequence[str] = (),
) -> dict[str, Any]:  # fmt: skip
    row: dict[str, Any] = {"intervention": intervention, "group": group, "category": category, "labels": labels}
    row |= measured(people, conditions, label=label)
    if persons:
        row["persons"] = active(people, {**conditions, people.turn: "first"})
    return row


def _granted(labels: Sequence[str] | None, joined: Joined) -> float | None:
    if not labels or any(name not in joined.granted_sek for name in labels):
        return None
    return sum(round(joined.granted_sek[name] * 100) for name in labels) / 100
