"""What readers know already: counts of other periods' reports, and of earlier versions of this one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from portfolj.disclosure.counts import Count, Where
from portfolj.disclosure.follows import CLOSE, following

LATEST = 30  # sequences of reports that what follows is looked for in; with older ones each count is compared by itself


def changed_little(
    reports: Sequence[Collection[Count]], now: Collection[Count], domains: Mapping[str, Sequence[str]], *, k: int
) -> frozenset[Count]:
    """Those of today's counts that have changed by 1 to ``k`` - 1 from what a report has shown, or from what follows.

    ``reports``: what each has shown, the oldest first. Which of them are of the same people is not known. So those that
    come one after the other are put together as far as all that they say may be of the same people, and what follows
    is looked for in each such sequence: whichever reports are of the same people lie together in one of them. What only
    follows from reports between which something has changed is not looked for: it is a number of no people. Where
    reports are too much to look at together they are taken fewer at a time, and one that is too much by itself is
    compared count by count only.
    """
    found = {
        each
        for report in reports
        for each, then in _pairs(report, now)
        if 0 < abs(each.value - then) < k
    }  # fmt: skip
    left, seen = list(_sequences(reports))[-LATEST:], set[tuple[int, int]]()
    while left:
        first, last = left.pop()
        if (first, last) in seen:
            continue
        seen.add((first, last))
        shown = {each.where: each.value for report in reports[first : last + 1] for each in report}
        asked = [each for each in now if each not in found and each.where not in shown]
        if not any(shown.values()) or (first == last and not asked):
            continue  # what follows from nobody is nobody
        follows = following(shown, [each.where for each in asked], domains)
        if first < last and (follows is None or not follows.agree):
            left += [(first, last - 1), (first + 1, last)]
        elif follows is not None:
            then = follows.numbers
            found |= {each for each in asked if CLOSE < abs(each.value - then.get(each.where, each.value)) < k - CLOSE}
    return frozenset(found)


def apart(counts: Sequence[Count]) -> list[list[Count]]:
    """Counts of which it is not known what report they are from, as reports with one value of each.

    There are no more than it takes; a count with one value is in all of them.
    """
    values: dict[Where, list[int]] = {}
    for each in sorted(counts, key=lambda count: count.value):
        if each.value not in values.setdefault(each.where, []):
            values[each.where].append(each.value)
    most = max(map(len, values.values()), default=0)
    return [[Count(place, own[min(n, len(own) - 1)]) for place, own in values.items()] for n in range(most)]


def _pairs(report: Collection[Count], now: Collection[Count]) -> Iterator[tuple[Count, int]]:
    """Each of today's counts with every value that the report has of it."""
    then: dict[Where, list[int]] = {}
    for each in report:
        then.setdefault(each.where, []).append(each.value)
    return ((each, value) for each in now for value in then.get(each.where, ()))


def _sequences(reports: Sequence[Collection[Count]]) -> Iterator[tuple[int, int]]:
    """The first and the last of every sequence that is as long as it can be without two values of one count."""
    latest: dict[Where, dict[int, int]] = {}
    start = 0
    for number, report in enumerate(reports):
        others = [n for each in report for value, n in latest.get(each.where, {}).items() if value != each.value]
        after = max((n + 1 for n in others if n < number), default=0)
        if after > start:
            yield start, number - 1
            start = after
        for each in report:
            latest.setdefault(each.where, {})[each.value] = number
    if reports:
        yield start, len(reports) - 1
