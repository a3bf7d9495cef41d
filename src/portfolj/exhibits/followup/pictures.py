"""Pictures of follow-up: shares with intervals, movement between states, and the spider chart of ratings.

Each is drawn from shown figures only, and can be read without colour.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.markup import Html

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FLOW_INCHES = 7.2
BAR, GAP = 0.26, 0.02  # widths of a bar and of the space between states, of one step and of the whole
# From dark to light, each with a pattern of its own: told apart in grey too.
STATE_LOOKS = (
    ("#08306b", ""), ("#ffffff", "//"), ("#6baed6", ""), ("#ffffff", "xx"), ("#2171b5", "--"), ("#deebf7", ""),
    ("#ffffff", "\\\\"), ("#bdbdbd", ""), ("#737373", "++"), ("#ffffff", "||"), ("#ffffff", "--"), ("#ffffff", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, all between 0 and 1."""

    label: str
    share: float
    low: float
    high: float

    @property
    def text(self) -> str:
        """``35 % (24–48)``."""
        written = swedish.percent(self.share, 1)
        return f"{written} ({swedish.number(100 * self.low)}–{swedish.number(100 * self.high)})"


def shares(rows: Sequence[Share], *, alt: str, caption: str) -> Html:
    """A point and its interval per row, with the figures written beside it."""
    with figures.style():
        figure, axes = figures.canvas(rows=len(rows))
        for position, row in enumerate(rows):
            axes.plot([100 * row.low, 100 * row.high], [position, position], color=figures.GREY, linewidth=2.2)
            axes.plot(100 * row.share, position, "o", color=figures.BLUE, markersize=7)
            axes.annotate(row.text, (100 * row.high, position), xytext=(7, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(rows)), [row.label for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, max(100 * row.high for row in rows) * 1.42)
        axes.tick_params(axis="y", length=0)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f} %" if value <= 100 else "")
        axes.grid(axis="x", color="#d5d9dd", linewidth=0.7)
        axes.set_axisbelow(True)
        axes.spines["left"].set_visible(False)
        return figures.as_html(figure, alt=alt, caption=caption)


def flow(
    points: Sequence[str],
    states: Sequence[str],
    sizes: Mapping[tuple[str, str], int],
    moves: Mapping[tuple[str, str, str, str], int],
    *,
    written: Mapping[str, str],
    alt: str,
    caption: str,
) -> Html:
    """A standing bar in parts per point in time, with bands between the parts for those who moved.

    ``sizes``: (point, state) -> people; ``moves``: (point, state, next point, state there) -> people; what is hidden is
    in neither. ``written``: the label of each point. A band is as thick as the people in it are many.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch, Rectangle

    looks = {state: STATE_LOOKS[n % len(STATE_LOOKS)] for n, state in enumerate(states)}
    largest = max((sum(sizes.get((point, s), 0) for s in states) for point in points), default=0) or 1
    gap = GAP * largest
    bottoms: dict[tuple[str, str], float] = {}
    for point in points:
        level = 0.0
        for state in reversed(states):  # the first state, the one nearest to work, is at the top
            bottoms[point, state] = level
            if sizes.get((point, state)):
                level += sizes[point, state] + gap
    with figures.style():
        legend_rows = -(-len(states) // 2)
        figure = Figure(figsize=(FLOW_INCHES, 4.3 + 0.25 * legend_rows), layout="constrained")
        axes = figure.subplots()
        _bands(axes, points, states, sizes, moves, bottoms)
        for x, point in enumerate(points):
            for state in states:
                size = sizes.get((point, state), 0)
                if not size:
                    continue
                colour, hatch = looks[state]
                axes.add_patch(Rectangle((x - BAR / 2, bottoms[point, state]), BAR, size, facecolor=colour, hatch=hatch,
                                         edgecolor=figures.GREY, linewidth=0.8, zorder=3))  # fmt: skip
                axes.text(x, bottoms[point, state] + size / 2, swedish.number(size), ha="center", va="center", zorder=4,
                          fontsize=9, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2})  # fmt: skip
        axes.set_xlim(-0.5, len(points) - 0.5)
        axes.set_ylim(0, largest + gap * len(states))
        axes.set_xticks(range(len(points)), [written[point] for point in points])
        axes.set_yticks([])
        axes.tick_params(length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        handles = [Patch(facecolor=looks[s][0], hatch=looks[s][1], edgecolor=figures.GREY, label=s) for s in states]
        figure.legend(handles=handles, loc="outside upper left", ncols=2, frameon=False, fontsize=9.5)
        return figures.as_html(figure, alt=alt, caption=caption)


def _bands(
    axes: Axes,
    points: Sequence[str],
    states: Sequence[str],
    sizes: Mapping[tuple[str, str], int],
    moves: Mapping[tuple[str, str, str, str], int],
    bottoms: Mapping[tuple[str, str], float],
) -> None:
    """The bands between the bars of neighbouring points; they leave and arrive in the order of the states."""
    for x, (here, there) in enumerate(pairwise(points)):
        leaving = {s: bottoms[here, s] + sizes.get((here, s), 0) for s in states}
        arriving = {s: bottoms[there, s] + sizes.get((there, s), 0) for s in states}
        for start in states:
            for end in states:
                people = moves.get((here, start, there, end), 0)
                if people and sizes.get((here, start)) and sizes.get((there, end)):
                    leaving[start] -= people
                    arriving[end] -= people
                    _band(axes, (x + BAR / 2, leaving[start]), (x + 1 - BAR / 2, arriving[end]), people, start == end)


def _band(axes: Axes, start: tuple[float, float], end: tuple[float, float], people: int, stays: bool) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (left, low), (right, high) = start, end
    middle = (left + right) / 2
    points = [
        (left, low), (middle, low), (middle, high), (right, high),
        (right, high + people), (middle, high + people), (middle, low + people), (left, low + people), (left, low),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor="#c3c9d0" if stays else "#8d99a6", alpha=0.55,
                             edgecolor="#6b7580", linewidth=0.5, zorder=2))  # fmt: skip


def spider(
    labels: Sequence[str],
    first: Sequence[float],
    last: Sequence[float],
    *,
    scale: tuple[float, float],
    alt: str,
    caption: str,
) -> Html:
    """Means of the first and the last rating on an axis per item, named by its number; at least three items."""
    from matplotlib.figure import Figure

    with figures.style():
        figure = Figure(figsize=(3.4, 3.7), layout="constrained")
        axes: Any = figure.subplots(subplot_kw={"projection": "polar"})
        angles = [2 * math.pi * n / len(first) for n in range(len(first))]
        round_ = [*angles, angles[0]]
        axes.plot(round_, [*first, first[0]], "--s", color=figures.VERMILION, linewidth=1.6, markersize=4.5,
                  markerfacecolor="white", label="Första")  # fmt: skip
        axes.plot(round_, [*last, last[0]], "-o", color=figures.BLUE, linewidth=2, markersize=4.5, label="Sista")
        axes.set_theta_offset(math.pi / 2)
        axes.set_theta_direction(-1)
        axes.set_xticks(angles, list(labels))
        axes.set_ylim(scale[0], scale[1])
        steps = int(scale[1] - scale[0])
        ticks = [scale[0] + n for n in range(1, steps + 1)] if 1 < steps <= 10 else None
        if ticks:
            axes.set_yticks(ticks, [f"{tick:g}" for tick in ticks], fontsize=8.5, color="#49525c")
        axes.grid(color="#c3c9d0", linewidth=0.7)
        figure.legend(loc="outside upper left", ncols=2, frameon=False)
        return figures.as_html(figure, alt=alt, caption=caption)
