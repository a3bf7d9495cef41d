"""What has moved by few since the counts of a table were shown: a survey that a few more have answered.

Two versions of a table tell together what those did who came between them. A count that has moved by 1 to ``k`` - 1 is
therefore not shown anew; and where nothing has moved by more, not one is, since those that are hidden would tell what
the few did.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from portfolj.disclosure.counts import Where


class Moved(NamedTuple):
    """``little``: the counts that have moved by 1 to ``k`` - 1 since any version; ``wholly``: whether in some version
    nothing has moved by more; ``regrouped``: attributes of which a version has told of other groups than today's."""

    little: frozenset[Where] = frozenset()
    wholly: bool = False
    regrouped: frozenset[str] = frozenset()


def moved(
    now: Mapping[Where, int],
    before: Iterable[Mapping[Where, int]],
    *,
    parts: Iterable[tuple[Where, Sequence[Where]]],
    k: int,
    told_as: Callable[[Where], Where] = lambda place: place,
    groupings: Collection[str] = (),
) -> Moved:
    """What has moved. ``now``: every count of today, shown or not; ``before``: the counts that each earlier version has
    shown; ``parts``: a count and those that it is the sum of. What an earlier version left of a sum can be worked out,
    so a sum whose rest has moved by few has itself moved. ``told_as``: a place of today as it is remembered;
    ``groupings``: the attributes, as remembered, whose values are groups that may be put together in another way."""
    keys = {place: told_as(place) for place in now}
    groups = {each for key in keys.values() for each in key}
    sums = [(whole, own) for whole, own in parts if whole in now and all(part in now for part in own)]
    little: set[Where] = set()
    regrouped: set[str] = set()
    wholly = False
    for version in before:
        steps = {place: now[place] - version[key] for place, key in keys.items() if key in version}
        told = {each for key in version for each in key if each[0] in groupings}
        regrouped |= {attribute for attribute, values in told if (attribute, values) not in groups}
        own_steps = dict(steps)
        for whole, own in sums:
            known = [part for part in own if part in own_steps]
            if whole in own_steps and 0 < len(known) < len(own):
                rest = own_steps[whole] - sum(own_steps[part] for part in known)
                steps[whole] = rest if 0 < abs(rest) < k else steps[whole]
        few = {place for place, step in steps.items() if 0 < abs(step) < k}
        little |= few
        wholly |= bool(few) and all(abs(step) < k for step in steps.values())
    return Moved(frozenset(little), wholly, frozenset(regrouped))
