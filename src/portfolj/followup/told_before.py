"""What earlier and other periods' reports tell of the people that are counted today, and so what today must not tell.

Earlier counts are asked of today's people once more. Those that are as they were are known. Those that have changed by
fewer than ``k`` are not shown, since both reports together would tell the change; nor are those hidden then. That holds
too of what today's report does not ask about but its counts may give away, as the women of one year from those of two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from portfolj.disclosure import Count, Remembered, Where, changed_little
from portfolj.disclosure.counts import plain
from portfolj.followup import years
from portfolj.followup.counted import TIMES, compiled, counted
from portfolj.followup.people import People

SAME_REPORT = 0.8  # of its cells in earlier reports, for a report to be one more of the same
ANOTHER = ""  # whatever else there is of an attribute that is not known any more


class Told(NamedTuple):
    """``known``: what readers have that still holds. ``guarded``: what must neither be shown nor follow; ``unsafe``,
    ``zeros_too``: of it, as in ``Protection``.

    ``kept``: where all that has been shown of today's cells has changed by fewer than ``k`` if at all, and something
    has, the cells with the numbers that they were last shown with. A report that shows those says nothing new. One
    that showed today's numbers would have to hide what has changed, and which cells that are says who came.
    """

    known: tuple[Count, ...] = ()
    guarded: frozenset[Where] = frozenset()
    unsafe: frozenset[Where] = frozenset()
    zeros_too: frozenset[frozenset[str]] = frozenset()
    kept: Mapping[Where, int] | None = None


def told_before(
    people: People, asked: Iterable[Where], before: Remembered, *, k: int, derivable: Iterable[Where] = ()
) -> Told:
    """What earlier reports tell of ``people``. ``asked``: the cells of today's tables; ``derivable``: more that is
    compared."""
    if not before.reports and not before.hidden:
        return Told()
    then = [each.where for report in before.reports for each in report]
    own = list(dict.fromkeys(asked))
    cells = list(dict.fromkeys([*own, *derivable, *then, *before.hidden]))
    today = _places(cells, people)
    numbers = counted(people, today.values())
    guarded = {today[cell] for cell in before.hidden if cell in today}
    for domains in (_all_that_may_be(people, cells), _as_compared(people, own, [*then, *before.hidden])):
        places = _places(cells, replace(people, domains=domains))
        now = {cell: Count(places[cell], numbers[today[cell]]) for cell in cells if cell in today and cell in places}
        reports = [
            [Count(places[each.where], each.value) for each in report if each.where in places]
            for report in before.reports
        ]
        compared = dict.fromkeys(count for cell, count in now.items() if today[cell] not in guarded)
        found = changed_little(reports, list(compared), domains, k=k)
        guarded |= {today[cell] for cell, count in now.items() if count in found}
    still = {
        Count(today[each.where], each.value): None
        for report in before.reports
        for each in report
        if each.where in today and numbers[today[each.where]] == each.value
    }
    unsafe = frozenset(today[cell] for cell in before.unsafe if cell in today)
    return Told(
        tuple(still), frozenset(guarded), unsafe, frozenset(map(frozenset, before.zeros_too)),
        _kept(own, {cell: numbers[today[cell]] for cell in own if cell in today}, before, k=k),
    )  # fmt: skip


def _kept(
    asked: Collection[Where], today: Mapping[Where, int], before: Remembered, *, k: int
) -> dict[Where, int] | None:
    shown = {each.where: each.value for report in before.reports for each in report}  # the latest last
    told = {cell: shown[cell] for cell in asked if cell in shown}
    hidden = set(before.hidden)
    if sum(cell in told or cell in hidden for cell in asked) < SAME_REPORT * len(asked):
        return None  # another report than those before
    changes = {abs(today.get(cell, 0) - number) for cell, number in told.items()}
    return told if changes - {0} and max(changes) < k else None


def _places(cells: Iterable[Where], people: People) -> dict[Where, Where]:
    """What the cells count of people with these values, those of nobody left out."""
    own = {name: frozenset(values) for name, values in people.domains.items()}
    found: dict[Where, Where] = {}
    for cell in cells:
        if all(name in own or name in TIMES for name, _ in cell):
            asked = {name: values & own[name] for name, values in compiled(cell, people)}
            if all(asked.values()):
                found[cell] = plain(frozenset(asked.items()), people.domains)
    return found


def _all_that_may_be(people: People, cells: Iterable[Where]) -> dict[str, tuple[str, ...]]:
    """The values that there are, those that any of the cells asks about, and all years that a report can tell apart.

    What follows from counts of these follows whoever the people were.
    """
    found = {name: dict.fromkeys(values) for name, values in people.domains.items()}
    labels: set[str] = set()
    for cell in cells:
        for name, values in cell:
            if name in TIMES:
                labels |= values
            else:
                found.setdefault(name, {ANOTHER: None}).update(dict.fromkeys(sorted(values)))
    found["when"] |= dict.fromkeys(years.all_words(found["when"], labels))
    return {name: tuple(values) for name, values in found.items()}


def _as_compared(people: People, asked: Iterable[Where], then: Iterable[Where]) -> dict[str, tuple[str, ...]]:
    """The values that tables of both reports have: those of today but for what only today's tables ask about.

    A reader compares to work with to work, though one more combination is among what is counted as that. What only
    one of the reports has is taken to have been nobody in the other.
    """
    before, now = _values(then), _values(asked)
    found: dict[str, tuple[str, ...]] = {}
    for name, values in people.domains.items():
        new = now.get(name, set()) - before[name] if name in before else set()
        found[name] = tuple(value for value in values if value not in new) or values
    return found


def _values(cells: Iterable[Where]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for cell in cells:
        for name, values in cell:
            found.setdefault(name, set()).update(values)
    return found
