"""Before and after by state from a file of transitions: each participation is in one state before and one after.

What is shown of a file with years must be safe for whoever reads the reports of several periods, since what one period
has and another has not is theirs to work out. So the same states are hidden in every period: those that any year, or
all of them together, must hide. Each year of a state that is shown is then 0 or at least k, and so is every difference.
A year of fewer than k people, or of which nothing could be shown, is in no period at all.

People whose state before or after is not known are nowhere among the states. They are among those who cost: nothing is
known to have changed for them, and the intervention was paid for them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from portfolj.economics.changes import STATE_MISSING_STARTS, TRANSITIONS, Changes, Row, frame_of_changes
from portfolj.economics.small_changes import Sides, protected_sides
from portfolj.economics.states import MISSING, State

NOTHING_REMARK = "Deltagarna i filerna med övergångar är för få för att något om dem ska kunna visas."
YEARS_REMARK = "Övergångarna {years} räknas inte: deltagarna är för få för att de ska kunna visas."
MEASURE_REMARK = (
    "Lägen utan ersättning: {labels}. De räknas som om deltagaren inte har någon ersättning under tiden. "
    "Den som har ersättning hör hemma i ett läge som nämner den."
)
MISSING_REMARK = (
    f"{STATE_MISSING_STARTS} {{number}} deltagare. De är med i kostnaden, men räknas som att inget har ändrats för dem."
)
FEW_MISSING_REMARK = f"{STATE_MISSING_STARTS} några deltagare. De räknas inte, och är inte med i kostnaden."
_APART = "apart:"  # before the code of a state of somebody who is told for oneself


class _Hidden(NamedTuple):
    before: frozenset[str]
    after: frozenset[str]
    years: frozenset[int]  # of which nothing may be shown


def changes_from_transitions(
    transitions: pd.DataFrame, *, states: Mapping[str, State], k: int, period: tuple[int, int] | None = None,
    subsidised_apart: bool = False,
) -> Changes:  # fmt: skip
    """The changes of the period, in the order of ``states``, small counts hidden (see above and ``small_changes.py``).

    ``transitions``: the whole file, ``state_before``, ``state_after`` (codes of ``states``), ``count``, ``year`` (of
    which rows without one are about every period). ``subsidised_apart``: those who have a job with a wage subsidy
    before or after stand in rows of their own, with all that they came from and went to. Raises ValueError for a code
    that is no state or a count below 0.
    """
    seen = {*transitions["state_before"], *transitions["state_after"]}
    if seen - states.keys():
        raise ValueError(f"no such state: {', '.join(sorted(seen - states.keys()))}")
    if (transitions["count"] < 0).any():
        raise ValueError("a count below 0")
    if transitions.empty:
        return Changes(frame_of_changes([]), None, "")
    unknown = (transitions["state_before"] == MISSING) | (transitions["state_after"] == MISSING)
    known = _keyed(transitions[~unknown & (transitions["count"] > 0)], states if subsidised_apart else {})
    hidden = _hidden(known, k=k)
    inside = _inside(known, period)
    counted = inside[~inside["year"].isin(hidden.years)]
    lost = _inside(transitions[unknown & ~transitions["year"].isin(hidden.years)], period)
    shown = _shown(counted, hidden, [f"{apart}{code}" for apart in ("", _APART) for code in states], k=k)
    rows = [(key.startswith(_APART), _row(key.removeprefix(_APART), states, shown, key)) for key in shown.before]
    frames = [frame_of_changes([row for apart, row in rows if apart is of], source=TRANSITIONS, apart=of)
              for of in (False, True)]  # fmt: skip
    frame = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
    people, remark = _with_lost(shown.participants, lost, k=k)
    left_out = sorted(set(inside["year"].dropna()) & hidden.years)
    remarks = [
        *([NOTHING_REMARK] if shown.participants is None else []),
        *([YEARS_REMARK.format(years=", ".join(map(str, left_out)))] if left_out and shown.participants else []),
        *remark,
        *_places(row for _, row in rows if states[row[0]].measure and not states[row[0]].benefit),
    ]
    return Changes(frame, people, TRANSITIONS, tuple(remarks))


def _keyed(known: pd.DataFrame, states: Mapping[str, State]) -> pd.DataFrame:
    """The rows with ``before`` and ``after``: the states, marked where somebody is told for oneself."""
    subsidised = {code for code, state in states.items() if state.subsidised}
    apart = known["state_before"].isin(subsidised) | known["state_after"].isin(subsidised)
    mark = apart.map({True: _APART, False: ""}).astype("str")
    return known.assign(before=mark + known["state_before"], after=mark + known["state_after"])


def _inside(rows: pd.DataFrame, period: tuple[int, int] | None) -> pd.DataFrame:
    return rows if period is None else rows[rows["year"].isna() | rows["year"].between(*period)]


def _sides(rows: pd.DataFrame, keys: Iterable[str] | None = None) -> tuple[dict[str, int], dict[str, int]]:
    totals = [rows.groupby(side)["count"].sum() for side in ("before", "after")]
    listed = sorted(set(totals[0].index) | set(totals[1].index)) if keys is None else keys
    before, after = ({key: int(total.get(key, 0)) for key in listed} for total in totals)
    return before, after


def _hidden(known: pd.DataFrame, *, k: int) -> _Hidden:
    """What any year, or all of them together, must hide: hidden in every period."""
    years = sorted(set(known["year"].dropna()))
    of_year = {year: protected_sides(*_sides(known[known["year"] == year]), k=k) for year in years}
    nothing = frozenset(
        year for year, sides in of_year.items() if sides.participants is None or set(sides.before.values()) == {None}
    )
    whole = known[~known["year"].isin(nothing)]
    asked = [sides for year, sides in of_year.items() if year not in nothing]
    if len(whole):
        asked.append(protected_sides(*_sides(whole), k=k))
    return _Hidden(
        frozenset(key for sides in asked for key, count in sides.before.items() if count is None),
        frozenset(key for sides in asked for key, count in sides.after.items() if count is None),
        nothing,
    )


def _shown(rows: pd.DataFrame, hidden: _Hidden, order: Iterable[str], *, k: int) -> Sides:
    """The counts of the period that may be shown, by state in the order given."""
    seen = set(rows["before"]) | set(rows["after"])
    before, after = _sides(rows, [key for key in order if key in seen])
    people = sum(before.values())
    if people < k:
        return Sides({}, {}, None)
    # A period is a sum of years: what leaves each year's hidden counts at least k possible numbers leaves its sum more.
    return Sides(
        {key: None if key in hidden.before else count for key, count in before.items()},
        {key: None if key in hidden.after else count for key, count in after.items()},
        people,
    )


def _row(code: str, states: Mapping[str, State], sides: Sides, key: str) -> Row:
    before, after = sides.before[key], sides.after[key]
    change = None if before is None or after is None else after - before
    return code, states[code].label, before, after, change is None, change


def _with_lost(people: int | None, lost: pd.DataFrame, *, k: int) -> tuple[int | None, list[str]]:
    """How many took part, those whose states are not known among them where their number may be told."""
    number = int(lost["count"].sum())
    if people is None or not number:
        return people, []
    of_year = lost.groupby("year", dropna=False)["count"].sum()
    if number < k or of_year.between(1, k - 1).any():
        return people, [FEW_MISSING_REMARK]
    return people + number, [MISSING_REMARK.format(number=number)]


def _places(rows: Iterable[Row]) -> list[str]:
    labels = list(dict.fromkeys(row[1] for row in rows))
    return [MEASURE_REMARK.format(labels=", ".join(labels))] if labels else []
