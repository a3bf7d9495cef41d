"""Counts before and after, of the same people, made safe to show.

What is shown of a file of transitions is its margins: how many were in each state before, how many after, and how many
they are in all. A count of 1 to k - 1 is hidden, and as many others on its side as it takes for every hidden one to be
at least k whole numbers for whoever sees all that is shown (see ``disclosure.protect``). A state of which either count
is hidden has no change to show; so that few states lose theirs, the same states are hidden on both sides where that
will do, those of fewest people first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from portfolj.disclosure import ALL, Count, Where, protection, where

SMALL_WEIGHT = 0.1  # what it costs to hide the other count of a state whose change is lost already


class Sides(NamedTuple):
    """State -> count, None where it is hidden. ``participants``: None where not even they may be told."""

    before: Mapping[str, int | None]
    after: Mapping[str, int | None]
    participants: int | None


def protected_sides(before: Mapping[str, int], after: Mapping[str, int], *, k: int) -> Sides:
    """What may be shown of counts of the same people, by the same states in the same order.

    Every state occurs on one side at least, which its row tells. Where it takes hiding the number of participants, or
    counts of nobody, all counts are hidden instead and the participants are told; where that would not do either there
    is no row at all.
    """
    people = sum(before.values())
    if people != sum(after.values()) or before.keys() != after.keys():
        raise ValueError("before and after are not of the same people")
    if not people:
        return Sides(before, after, 0)
    if people >= k:
        sides = {"before": before, "after": after}
        counts = {where({side: state}): n for side, of in sides.items() for state, n in of.items()}
        found = protection(
            [Count(ALL, people), *(Count(cell, n) for cell, n in counts.items())],
            domains={side: tuple(sorted(before)) for side in sides}, k=k, weights=_weights(before, after, people, k=k),
        )  # fmt: skip
        if len(before) == 1 or not found.hidden:
            return Sides(before, after, people)
        if not found.unsafe and not found.zeros_too and ALL not in found.hidden:
            shown = {
                side: {state: None if where({side: state}) in found.hidden else n for state, n in of.items()}
                for side, of in sides.items()
            }
            return Sides(shown["before"], shown["after"], people)
        if _all_hidden_is_enough(people, len(before), k=k):
            nothing = dict.fromkeys(before)
            return Sides(nothing, nothing, people)
    return Sides({}, {}, None)


def _weights(before: Mapping[str, int], after: Mapping[str, int], people: int, *, k: int) -> dict[Where, float]:
    weights: dict[Where, float] = {}
    for state in before:
        small = 0 < before[state] < k or 0 < after[state] < k
        weight = SMALL_WEIGHT if small else 1 + (before[state] + after[state]) / (2 * people)
        weights |= {where({side: state}): weight for side in ("before", "after")}
    return weights


def _all_hidden_is_enough(people: int, states: int, *, k: int) -> bool:
    """With nothing but the rows and the number of people shown a count may be 0 to all, as far as the other rows, each
    of which tells of somebody before or after, leave places: twice as many places as people."""
    return min(people, 2 * people - states + 1) + 1 >= k
