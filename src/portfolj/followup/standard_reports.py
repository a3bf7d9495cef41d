"""The six standard reports that users of SUS know, all of participations that ended in the period.

Occupation before and after (a), the same grouped (b), work or study started or increased (c), income source before and
after (d), from one source to another (e), and length (f). Who has several codes stands in each of them, so that columns
of (a), (b: work and study), (d) and (e) may sum to more than the exits. Each is of the participations ``within`` some
conditions: of everybody, or of one intervention and the like.
"""

from __future__ import annotations

from portfolj.followup import length, occupation
from portfolj.followup.counted import Row, ended
from portfolj.followup.occupation import MISSING, codes_of, grouped_as, started_or_increased
from portfolj.followup.outcomes import EVERYBODY, Conditions, seen
from portfolj.followup.people import INCOMES, People

SIDES = ("income_before", "income_after")


def occupation_plan(people: People, within: Conditions = EVERYBODY) -> list[Row]:
    """(a) ``code``, ``before``, ``after``; last those whose occupation is ``missing``."""
    rows: list[Row] = [
        {
            "code": code,
            "before": ended(people, {**within, "before": people.having("before", code)}),
            "after": ended(people, {**within, "result": people.having("result", code)}),
        }
        for code in occupation.CODES
    ]
    return [*rows, _missing(people, within, "before", "result")]


def grouped_plan(people: People, within: Conditions = EVERYBODY) -> list[Row]:
    """(b) ``group``, ``before``, ``after``; seeking without work or study, and all others, unknown ones among them."""
    return [
        {
            "group": group,
            "before": ended(people, {**within, "before": grouped_as(people.values("before"), group)}),
            "after": ended(people, {**within, "result": grouped_as(people.values("result"), group)}),
        }
        for group in occupation.GROUPS
    ]


def started_plan(people: People, within: Conditions = EVERYBODY) -> list[Row]:
    """(c) ``measure``, ``after``, ``started_or_increased``."""
    asked = {"work": ("work",), "study": ("study",), "either": ("work", "study")}
    results = people.values("result")
    return [
        {
            "measure": measure,
            "after": ended(people, {**within, "result": people.having("result", *codes)}),
            "started_or_increased": ended(people, {**within, "result": started_or_increased(results, *codes)}),
        }
        for measure, codes in asked.items()
    ]


def income_plan(people: People, within: Conditions = EVERYBODY) -> list[Row]:
    """(d) ``code``, ``before``, ``after``, for the sources that occur; none where no source is known."""
    codes = _in_order({code for side in SIDES for code in _sources(people, side)} - {MISSING})
    rows: list[Row] = [
        {
            "code": code,
            "before": ended(people, {**within, "income_before": people.having("income_before", code)}),
            "after": ended(people, {**within, "income_after": people.having("income_after", code)}),
        }
        for code in codes
    ]
    return [*rows, _missing(people, within, *SIDES)] if rows else []


def transition_plan(people: People, within: Conditions = EVERYBODY) -> list[Row]:
    """(e) ``source_before``, ``source_after``, ``count``: from each source that occurs to all, and to ``missing``."""
    before, after = (_sources(people, side) for side in SIDES)
    return [
        {
            "source_before": first,
            "source_after": last,
            "count": ended(people, {**within, "income_before": before[first], "income_after": after[last]}),
        }
        for first in before
        if first != MISSING
        for last in after
    ]


def length_plan(people: People, within: Conditions = EVERYBODY) -> list[Row]:
    """(f) ``band`` of months, ``count``; last those with a date unknown."""
    return [{"band": band, "count": ended(people, {**within, "length": band})} for band in (*length.BANDS, MISSING)]


def _sources(people: People, side: str) -> dict[str, list[str]]:
    """Each source that occurs on the side, with the values that have it; ``missing`` last."""
    found = {code for value in seen(people, side) for code in codes_of(value)}
    return {**{code: people.having(side, code) for code in _in_order(found)}, MISSING: [MISSING]}


def _in_order(codes: set[str]) -> list[str]:
    return [*(code for code in INCOMES if code in codes), *sorted(codes - set(INCOMES))]


def _missing(people: People, within: Conditions, before: str, after: str) -> Row:
    return {
        "code": MISSING,
        "before": ended(people, {**within, before: MISSING}),
        "after": ended(people, {**within, after: MISSING}),
    }


# Table -> its plan, in the order of the reports' letters.
PLANS = {
    "occupation": occupation_plan,
    "occupation_grouped": grouped_plan,
    "started_or_increased": started_plan,
    "income": income_plan,
    "income_transition": transition_plan,
    "length": length_plan,
}
