"""Where the boxes and arrows of a logic model stand: a column for each kind, arrows only in the room between boxes.

An arrow that passes a column goes through a lane of its own between the boxes there; arrows to the same box share it.
One between two boxes of a column goes round in the room to the right of it. All measures are inches, downwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from portfolj.exhibits.logic.ordering import ordered, placed

BOX_WIDTH: Final = 1.45
GUTTER: Final = 0.38  # between columns
GAP: Final = 0.16  # between boxes of a column
LANE: Final = 0.1  # the height of a lane
MARGIN: Final = 0.04
ROUNDS: Final = 16  # of moving boxes towards what they are linked to
PORT: Final = 0.16  # at most between the ends of two arrows on a box
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A box by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Layout:
    """``boxes``: id -> box; ``routes``: link -> the points that its arrow passes, straight across lanes and curved
    between columns; ``columns``: the left edge of each column; ``width``, ``height``: of everything."""

    boxes: Mapping[str, Box]
    routes: Mapping[tuple[str, str], tuple[Point, ...]]
    columns: tuple[float, ...]
    width: float
    height: float


def lay_out(columns: Sequence[Sequence[str]], heights: Mapping[str, float], links: Sequence[tuple[str, str]]) -> Layout:
    """Every box in its column and every link as an arrow. ``heights``: how high each box is."""
    at = {name: number for number, column in enumerate(columns) for name in column}
    chains = {link: _chain(link, at) for link in links}
    lanes = dict.fromkeys(name for chain in chains.values() for name in chain[1:-1])
    filled = [[*column, *(lane for lane in lanes if _column(lane) == number)] for number, column in enumerate(columns)]
    steps = list(dict.fromkeys(
        step for chain in chains.values() for step in pairwise(chain) if not _same(step, at)
    ))  # fmt: skip
    high = {**heights, **dict.fromkeys(lanes, LANE)}
    linked = {name for step in steps for name in step}
    order = ordered([[name for name in column if name in linked] for column in filled], steps)
    middles = _middles(order, high, steps)
    alone = [[name for name in column if name not in linked] for column in filled]
    middles |= _below(alone, order, middles, high)
    order = [[*column, *rest] for column, rest in zip(order, alone, strict=True)]
    top = min(middles[name] - high[name] / 2 for column in order for name in column)
    lefts = tuple(MARGIN + number * (BOX_WIDTH + GUTTER) for number in range(len(columns)))
    boxes = {
        name: Box(
            lefts[number], middles[name] - high[name] / 2 - top, lefts[number] + BOX_WIDTH,
            middles[name] + high[name] / 2 - top,
        )
        for number, column in enumerate(order)
        for name in column
    }  # fmt: skip
    ports = _ports(boxes, chains, at)
    routes = {link: _route(chain, boxes, ports[link]) for link, chain in chains.items()}
    loops = any(at[start] == at[end] == len(columns) - 1 for start, end in links)
    width = lefts[-1] + BOX_WIDTH + MARGIN + (GUTTER if loops else 0)
    height = max(box.bottom for box in boxes.values())
    return Layout({name: boxes[name] for name in at}, routes, lefts, width, height)


def _chain(link: tuple[str, str], at: Mapping[str, int]) -> tuple[str, ...]:
    """The boxes and lanes along a link."""
    start, end = link
    return start, *(f"{number}\n{end}" for number in range(at[start] + 1, at[end])), end


def _column(lane: str) -> int:
    return int(lane.split("\n")[0])  # ids have no line breaks, so that no box is taken for a lane


def _same(step: tuple[str, str], at: Mapping[str, int]) -> bool:
    return step[0] in at and step[1] in at and at[step[0]] == at[step[1]]


def _middles(
    order: Sequence[Sequence[str]], high: Mapping[str, float], steps: Sequence[tuple[str, str]]
) -> dict[str, float]:
    """How far down the middle of each box and lane stands."""
    beside: dict[str, list[str]] = {}
    for start, end in steps:
        beside.setdefault(start, []).append(end)
        beside.setdefault(end, []).append(start)
    middles: dict[str, float] = {}
    for column in order:
        sizes = [high[name] for name in column]
        half = (sum(sizes) + GAP * max(len(column) - 1, 0)) / 2
        middles |= dict(zip(column, placed([-half] * len(column), sizes, GAP), strict=True))
    for number in range(ROUNDS):
        for column in order if number % 2 == 0 else reversed(order):
            wanted = []
            for name in column:
                others = [middles[other] for other in beside.get(name, ())] or [middles[name]]
                wanted.append(sum(others) / len(others))
            middles |= dict(zip(column, placed(wanted, [high[name] for name in column], GAP), strict=True))
    return middles


def _below(
    alone: Sequence[Sequence[str]], order: Sequence[Sequence[str]], middles: Mapping[str, float],
    high: Mapping[str, float],
) -> dict[str, float]:  # fmt: skip
    """How far down boxes stand that no arrow between columns reaches: under the others of their column."""
    top = min((middles[name] - high[name] / 2 for column in order for name in column), default=0.0)
    found = {}
    for names, above in zip(alone, order, strict=True):
        edge = middles[above[-1]] + high[above[-1]] / 2 + GAP if above else top
        for name in names:
            found[name] = edge + high[name] / 2
            edge += high[name] + GAP
    return found


def _ports(
    boxes: Mapping[str, Box], chains: Mapping[tuple[str, str], tuple[str, ...]], at: Mapping[str, int]
) -> dict[tuple[str, str], tuple[float, float]]:
    """How far down each arrow leaves its first box and reaches its last one; on each side in the order of where they
    go. Arrows that share a lane reach the box together."""
    sides: dict[tuple[str, str], dict[str, float]] = {}
    for (start, end), chain in chains.items():
        loop = at[start] == at[end]
        sides.setdefault((start, "right"), {})[f"{end}\nout"] = boxes[chain[1]].middle
        sides.setdefault((end, "right" if loop else "left"), {})[f"{chain[-2]}\nin"] = boxes[chain[-2]].middle
    places: dict[tuple[str, str, str], float] = {}
    for (name, side), ends in sides.items():
        box = boxes[name]
        gap = min(PORT, (box.bottom - box.top) / (len(ends) + 1))
        for n, key in enumerate(sorted(ends, key=ends.__getitem__)):
            places[name, side, key] = box.middle + (n - (len(ends) - 1) / 2) * gap
    return {
        (start, end): (
            places[start, "right", f"{end}\nout"],
            places[end, "right" if at[start] == at[end] else "left", f"{chain[-2]}\nin"],
        )
        for (start, end), chain in chains.items()
    }


def _route(chain: tuple[str, ...], boxes: Mapping[str, Box], ports: tuple[float, float]) -> tuple[Point, ...]:
    first, *lanes, last = chain
    leaves = (boxes[first].right, ports[0])
    through = [point for lane in lanes for point in _across(boxes[lane])]
    loop = boxes[first].left == boxes[last].left
    return leaves, *through, (boxes[last].right if loop else boxes[last].left, ports[1])


def _across(lane: Box) -> tuple[Point, Point]:
    return (lane.left, lane.middle), (lane.right, lane.middle)
