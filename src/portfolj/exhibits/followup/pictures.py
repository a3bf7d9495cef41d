"""Pictures of follow-up: shares with intervals, and the spider chart of ratings.

Each is drawn from shown figures only, and can be read without colour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.markup import Html


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
