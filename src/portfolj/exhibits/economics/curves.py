"""The break-even curve: how many persons a cost needs, over what each of them is worth a year.

A case is a number, which the list under the figure explains; where its value is from is the marker's shape. The lines
are named where they end, so that nobody has to look from a line to a legend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolj.economics.break_even import curve
from portfolj.exhibits import figures, swedish
from portfolj.exhibits.economics.pictures import BEHIND, DASHES, GRID
from portfolj.exhibits.markup import Html

COLOURS = (figures.BLUE, figures.VERMILION, figures.GREEN, figures.PURPLE)
MARKERS = {"stated": "o", "model": "s", "printed": "^"}
NEAR = 1.3  # times as much, within which numbers would be written on top of each other
ROOM = 2.0  # how much further than the points the axis of values reaches, each way


@dataclass(frozen=True)
class Point:
    """So many persons, each worth so much a year. ``number``: of its case in the list; ``kind``: whose value it is."""

    number: int
    kind: str
    value_sek: float
    persons: float


def break_even_curve(
    cost_sek: float, *, years: Sequence[int], points: Sequence[Point], kinds: dict[str, str], alt: str, caption: str
) -> Html:
    """Persons needed over value per person and year, a line per number of years, on logarithmic axes.

    ``kinds``: what each kind of point is called in the legend.
    """
    low, high = min(each.value_sek for each in points) / ROOM, max(each.value_sek for each in points) * ROOM
    used = [kind for kind in kinds if any(point.kind == kind for point in points)]
    with figures.style():
        figure, axes = figures.canvas(rows=8, legend=len(used))
        for n, span in enumerate(years):  # cost / value is a straight line on these axes
            ends = curve(cost_sek, values_sek=[low, high], years=[span])
            axes.plot(ends["value_per_person_year_sek"], ends["persons"], DASHES[n % len(DASHES)],
                      color=COLOURS[n % len(COLOURS)], linewidth=1.8)  # fmt: skip
            axes.annotate(f"{swedish.number(span)} år", (high, float(ends["persons"].iloc[-1])), xytext=(5, 0),
                          textcoords="offset points", va="center", fontsize=9.5, color=COLOURS[n % len(COLOURS)],
                          annotation_clip=False)  # fmt: skip
        for kind in used:
            own = [point for point in points if point.kind == kind]
            axes.plot([point.value_sek for point in own], [point.persons for point in own], MARKERS.get(kind, "D"),
                      color="black", markersize=8, markerfacecolor="none", markeredgewidth=1.4, linestyle="none",
                      label=kinds[kind])  # fmt: skip
        for group in near(points):
            numbers = sorted({point.number for point in group})
            at = max(group, key=_value)
            axes.annotate(swedish.listed([str(number) for number in numbers]), (at.value_sek, at.persons),
                          xytext=(8, 7), textcoords="offset points", fontsize=11, fontweight="bold", va="bottom",
                          bbox=BEHIND)  # fmt: skip
        axes.set(xscale="log", yscale="log", xlim=(low, high))
        axes.set_xticks(_round_ticks(low, high), minor=False)
        bottom, top = axes.get_ylim()
        axes.set_yticks(_round_ticks(bottom, top), minor=False)
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(lambda value, _: swedish.number(value / 1_000))
        axes.yaxis.set_major_formatter(lambda value, _: swedish.number(value))
        axes.set_xlabel("Värde per person och år, tusen kronor", fontsize=9.5)
        axes.set_ylabel("Personer som behövs", fontsize=9.5)
        axes.grid(color=GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        figure.legend(loc="outside upper left", ncols=1 if len(used) > figures.LEGEND_COLUMNS else len(used),
                      frameon=False, fontsize=9.5)  # fmt: skip
        return figures.as_html(figure, alt=alt, caption=caption)


def near(points: Sequence[Point]) -> list[list[Point]]:
    """The points in groups that lie so near each other that their numbers would be written on top of each other."""
    groups: list[list[Point]] = []
    for point in sorted(points, key=_value):
        last = groups[-1][-1] if groups else None
        if (
            last
            and point.value_sek <= last.value_sek * NEAR
            and last.persons / NEAR <= point.persons <= (last.persons * NEAR)
        ):
            groups[-1].append(point)
        else:
            groups.append([point])
    return groups


def _value(point: Point) -> float:
    return point.value_sek


def _round_ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 times each power of ten between the ends."""
    return [step * 10.0**power for power in range(0, 12) for step in (1, 2, 5) if low <= step * 10.0**power <= high]
