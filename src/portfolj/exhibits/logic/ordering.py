"""In which order the boxes of each column stand, so that few arrows cross.

The barycentre method for drawings in layers (Sugiyama, Tagawa and Toda, IEEE Transactions on Systems, Man, and
Cybernetics 11, 1981, 109-125): each column in turn is sorted by the mean place of what it is linked to in the column
beside it, from left to right and back, and the order with the fewest crossings is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

SWEEPS = 12
Columns = list[list[str]]


def ordered(columns: Sequence[Sequence[str]], links: Iterable[tuple[str, str]]) -> Columns:
    """The columns with their boxes in the order found. ``links`` go between neighbouring columns only.

    >>> ordered([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")])
    [['a', 'b'], ['y', 'x']]
    """
    listed = list(links)
    beside: dict[str, list[str]] = {}
    for start, end in listed:
        beside.setdefault(start, []).append(end)
        beside.setdefault(end, []).append(start)
    now = [list(column) for column in columns]
    best, fewest = now, crossings(now, listed)
    for sweep in range(SWEEPS):
        places = list(range(1, len(now)) if sweep % 2 == 0 else reversed(range(len(now) - 1)))
        for place in places:
            fixed = now[place - 1 if sweep % 2 == 0 else place + 1]
            now = [*now[:place], _sorted(now[place], fixed, beside), *now[place + 1 :]]
        count = crossings(now, listed)
        if count < fewest:
            best, fewest = now, count
    return best


def crossings(columns: Sequence[Sequence[str]], links: Iterable[tuple[str, str]]) -> int:
    """How many pairs of arrows between neighbouring columns cross.

    >>> crossings([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")])
    1
    """
    place = {name: (number, at) for number, column in enumerate(columns) for at, name in enumerate(column)}
    count = 0
    for number, _ in enumerate(columns[:-1]):
        here = [(place[start][1], place[end][1]) for start, end in links if place[start][0] == number]
        count += sum(
            (start - other_start) * (end - other_end) < 0
            for n, (start, end) in enumerate(here)
            for other_start, other_end in here[n + 1 :]
        )
    return count


def placed(middles: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Middles as near those wanted as they can be, in this order and with ``gap`` between them.

    The least squares solution: with the room each needs taken away the middles must not fall, so that neighbours that
    would fall are given their common mean (pool adjacent violators; Barlow and others, Statistical Inference under
    Order Restrictions, 1972).

    >>> placed([5.0, 5.0], [2.0, 2.0], 1.0)
    [3.5, 6.5]
    """
    offsets = [0.0]
    for above, below in pairwise(heights):
        offsets.append(offsets[-1] + (above + below) / 2 + gap)
    pools: list[tuple[float, int]] = []
    for wanted, offset in zip(middles, offsets, strict=False):
        mean, size = wanted - offset, 1
        while pools and pools[-1][0] > mean:
            before, number = pools.pop()
            mean, size = (mean * size + before * number) / (size + number), size + number
        pools.append((mean, size))
    flat = [mean for mean, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=False)]


def _sorted(column: Sequence[str], fixed: Sequence[str], beside: Mapping[str, Sequence[str]]) -> list[str]:
    """The column by the mean place of each box's neighbours among ``fixed``; one without any stays where it is."""
    place = {name: at for at, name in enumerate(fixed)}
    means = {}
    for at, name in enumerate(column):
        found = [place[other] for other in beside.get(name, ()) if other in place]
        means[name] = sum(found) / len(found) if found else at * max(len(fixed) - 1, 1) / max(len(column) - 1, 1)
    return sorted(column, key=means.__getitem__)
