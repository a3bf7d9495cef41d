"""The picture of movement between states: a bar in parts per point in time, with bands for those who moved.

The states are named beside the bars, each with a pattern of its own, so that the picture can be read in grey.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.markup import Html

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 8.4, 4.4  # inches
BAR, GAP = 0.3, 0.02  # widths of a bar and of the space between states, of one step and of the whole
LINE = 0.052  # how high a line of text is, of the whole
LONGEST_LABEL = 17  # letters in a line of a state's name
# From dark to light, each with a pattern of its own: told apart in grey too.
LOOKS = (
    ("#08306b", ""), ("#ffffff", "//"), ("#6baed6", ""), ("#ffffff", "xx"), ("#2171b5", "--"), ("#deebf7", ""),
    ("#ffffff", "\\\\"), ("#bdbdbd", ""), ("#737373", "++"), ("#ffffff", "||"), ("#ffffff", "--"), ("#ffffff", ".."),
)  # fmt: skip
NOT_NOTED = ("#f1f3f5", "")
STAYED, MOVED = "#d3d8dd", "#7d8894"


@dataclass(frozen=True)
class Flow:
    """What is drawn, all of it counts that are shown.

    ``points``, ``states``: in order, the states as they are named; ``named``: what each point is called. ``sizes``:
    (point, state) -> people; ``moves``: (point, state, next point, state there) -> people; ``rest``: point -> people
    whose states there are hidden, where their number is known; ``not_noted``: the state of whoever has none.
    """

    points: Sequence[str]
    states: Sequence[str]
    named: Mapping[str, str]
    sizes: Mapping[tuple[str, str], int]
    moves: Mapping[tuple[str, str, str, str], int]
    rest: Mapping[str, int]
    not_noted: str

    @property
    def largest(self) -> int:
        """The people of the highest bar."""
        return max(sum(self.sizes.get((point, s), 0) for s in self.states) + self.rest.get(point, 0)
                   for point in self.points)  # fmt: skip


def draw(flow: Flow, *, alt: str, caption: str) -> Html:
    """The picture. A part, and a band, is as thick as the people in it are many; hidden ones have a broken line."""
    from matplotlib.figure import Figure

    high = flow.largest * (1 + GAP * len(flow.states))
    bottoms = _bottoms(flow)
    with figures.style():
        figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
        axes = figure.subplots()
        axes.set_xlim(-BAR / 2 - 0.02, len(flow.points) - 1 + BAR / 2 + 0.02)
        axes.set_ylim(0, high)
        for here, there in pairwise(enumerate(flow.points)):
            _bands(axes, flow, here, there, bottoms)
        for x, point in enumerate(flow.points):
            _bar(axes, flow, x, point, bottoms, line=LINE * high)
        _name_states(axes, flow, bottoms, line=LINE * high)
        names = [flow.named[point].replace(swedish.NBSP, "\n") for point in flow.points]
        axes.set_xticks(range(len(flow.points)), names)
        axes.set_yticks([])
        axes.tick_params(length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        return figures.as_html(figure, alt=alt, caption=caption)


def spread(places: Sequence[float], heights: Sequence[float], *, low: float) -> list[float]:
    """Middles of labels, from the top down, moved apart so that none covers another and none goes below ``low``.

    ``places``: where they would stand, falling; ``heights``: how much room each needs.

    >>> spread([10, 9, 2], [2, 2, 2], low=0)
    [10, 8, 2]
    """
    found: list[float] = []
    for place, height in zip(places, heights, strict=True):
        lowest = found[-1] - (heights[len(found) - 1] + height) / 2 if found else place
        found.append(min(place, lowest))
    floor = low
    for n in reversed(range(len(found))):
        found[n] = max(found[n], floor + heights[n] / 2)
        floor = found[n] + heights[n] / 2
    return found


def _bottoms(flow: Flow) -> dict[tuple[str, str], float]:
    """Where each part begins: the first state at the top, those that are hidden at the bottom."""
    bottoms: dict[tuple[str, str], float] = {}
    for point in flow.points:
        level = float(flow.rest.get(point, 0))
        level += GAP * flow.largest if level else 0.0
        for state in reversed(flow.states):
            bottoms[point, state] = level
            if flow.sizes.get((point, state)):
                level += flow.sizes[point, state] + GAP * flow.largest
    return bottoms


def _bar(
    axes: Axes, flow: Flow, x: int, point: str, bottoms: Mapping[tuple[str, str], float], *, line: float
) -> None:  # fmt: skip
    from matplotlib.patches import Rectangle

    if hidden := flow.rest.get(point, 0):
        axes.add_patch(Rectangle((x - BAR / 2, 0), BAR, hidden, facecolor="white", edgecolor=figures.GREY,
                                 linestyle="--", linewidth=1.0, zorder=3))  # fmt: skip
        if hidden > line:
            axes.text(x, hidden / 2, swedish.HIDDEN_SAID, ha="center", va="center", fontsize=9, zorder=4)
    for number, state in enumerate(flow.states):
        size = flow.sizes.get((point, state), 0)
        if not size:
            continue
        colour, hatch = NOT_NOTED if state == flow.not_noted else LOOKS[number % len(LOOKS)]
        bottom = bottoms[point, state]
        axes.add_patch(Rectangle((x - BAR / 2, bottom), BAR, size, facecolor=colour, hatch=hatch,
                                 edgecolor=figures.GREY, linewidth=0.8, zorder=3))  # fmt: skip
        if size > line:
            axes.text(x, bottom + size / 2, swedish.number(size), ha="center", va="center", zorder=4, fontsize=9.5,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2})  # fmt: skip


def _name_states(axes: Axes, flow: Flow, bottoms: Mapping[tuple[str, str], float], *, line: float) -> None:
    """Each state's name beside the first bar and the last; beside the first part of it where it is in neither."""
    first, last = flow.points[0], flow.points[-1]
    middle = {place: bottoms[place] + size / 2 for place, size in flow.sizes.items() if size}
    for x, point, side in ((0, first, "right"), (len(flow.points) - 1, last, "left")):
        here = [state for state in flow.states if (point, state) in middle]
        texts = [textwrap.fill(state, LONGEST_LABEL) for state in here]
        heights = [line * (1 + text.count("\n")) for text in texts]
        away = -BAR / 2 - 0.06 if side == "right" else BAR / 2 + 0.06
        for y, text in zip(spread([middle[point, s] for s in here], heights, low=0), texts, strict=True):
            axes.text(x + away, y, text, ha=side, va="center", fontsize=9.5, linespacing=1.05)
    for state in flow.states:
        places = [x for x, point in enumerate(flow.points) if (point, state) in middle]
        if places and not {0, len(flow.points) - 1} & set(places):
            axes.text(places[0] + BAR / 2 + 0.04, middle[flow.points[places[0]], state],
                      textwrap.fill(state, LONGEST_LABEL), ha="left", va="center", fontsize=8.5, zorder=5,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85})  # fmt: skip


def _bands(
    axes: Axes,
    flow: Flow,
    here: tuple[int, str],
    there: tuple[int, str],
    bottoms: Mapping[tuple[str, str], float],
) -> None:
    """The bands between the bars of neighbouring points; they leave and arrive in the order of the states."""
    (x, start), (_, end) = here, there
    leaving = {s: bottoms[start, s] + flow.sizes.get((start, s), 0) for s in flow.states}
    arriving = {s: bottoms[end, s] + flow.sizes.get((end, s), 0) for s in flow.states}
    for before in flow.states:
        for after in flow.states:
            people = flow.moves.get((start, before, end, after), 0)
            if people and flow.sizes.get((start, before)) and flow.sizes.get((end, after)):
                leaving[before] -= people
                arriving[after] -= people
                edges = (x + BAR / 2, leaving[before]), (x + 1 - BAR / 2, arriving[after])
                _band(axes, *edges, people, stays=before == after)


def _band(axes: Axes, start: tuple[float, float], end: tuple[float, float], people: int, *, stays: bool) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (left, low), (right, high) = start, end
    middle = (left + right) / 2
    points = [
        (left, low), (middle, low), (middle, high), (right, high),
        (right, high + people), (middle, high + people), (middle, low + people), (left, low + people), (left, low),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=STAYED if stays else MOVED, alpha=0.75,
                             edgecolor="white", linewidth=0.7, zorder=1 if stays else 2))  # fmt: skip
