"""Pictures of the economics: payback per actor, the tornado and the chance by horizon.

Each can be read without colour: bars are patterned and written on, lines have markers of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.markup import Html

QUIET, GRID = "#49525c", "#d5d9dd"
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", ":", "-.")
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}  # so that no line runs through a text
COLOURS = (figures.BLUE, figures.VERMILION, figures.GREEN, figures.PURPLE, figures.YELLOW, figures.SKY)


@dataclass(frozen=True)
class Payback:
    """An actor's pooled payback: whole months, None where it never pays."""

    label: str
    months: int | None

    @property
    def text(self) -> str:
        """As a table has it."""
        return words.months(self.months)


def payback_bars(rows: Sequence[Payback], *, alt: str, caption: str) -> Html:
    """Lying bars of months; one beyond the medium term stops at its limit, is patterned and says so."""
    with figures.style():
        figure, axes = figures.canvas(rows=len(rows) + 1)
        for position, row in enumerate(rows):
            beyond = row.months is not None and row.months > words.HORIZON_MONTHS
            width = 0 if row.months is None else min(row.months, words.HORIZON_MONTHS)
            axes.barh(position, width, height=0.62, color=figures.WHITE if beyond else figures.BLUE,
                      edgecolor=figures.GREY if beyond else figures.BLUE, hatch="////" if beyond else "")  # fmt: skip
            axes.annotate(row.text, (width, position), xytext=(6, 0), textcoords="offset points", va="center",
                          bbox=BEHIND)  # fmt: skip
        axes.axvline(words.HORIZON_MONTHS, color=figures.GREY, linewidth=1.2, linestyle="--", zorder=0)
        axes.set_yticks(range(len(rows)), [row.label for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, words.HORIZON_MONTHS * 1.55)
        ticks = range(0, words.HORIZON_MONTHS + 1, 12)
        axes.set_xticks(ticks, [f"{tick // 12} år" if tick else "0" for tick in ticks], color=QUIET, fontsize=9)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        return figures.as_html(figure, alt=alt, caption=caption)


@dataclass(frozen=True)
class Swing:
    """What a change of one thing does to the result, from its low to its high value."""

    label: str
    low_sek: float
    base_sek: float
    high_sek: float
    low_text: str
    high_text: str


def tornado(rows: Sequence[Swing], *, unit: str, sek: int, alt: str, caption: str) -> Html:
    """Two bars per row from the result as it stands: to what the low value gives and to what the high one gives."""
    with figures.style():
        figure, axes = figures.canvas(rows=round(1.5 * len(rows)) + 1, legend=2)
        base = rows[0].base_sek / sek
        ends = [end / sek for row in rows for end in (row.low_sek, row.high_sek)]
        reach = max(abs(end - base) for end in ends) or 1.0
        for position, row in enumerate(rows):
            for text, end, colour, hatch, name in (
                (row.low_text, row.low_sek / sek, figures.SKY, "////", "Lägsta värdet"),
                (row.high_text, row.high_sek / sek, figures.BLUE, "", "Högsta värdet"),
            ):
                axes.barh(position, end - base, left=base, height=0.42, color=colour, hatch=hatch,
                          edgecolor=figures.WHITE, linewidth=0.8, label=name if not position else "_")  # fmt: skip
                if end != base:
                    right = end > base
                    axes.annotate(text, (end, position), xytext=(4 if right else -4, 0), textcoords="offset points",
                                  va="center", ha="left" if right else "right", fontsize=9, bbox=BEHIND)  # fmt: skip
            axes.annotate(row.label, (0, position - 0.36), xycoords=("axes fraction", "data"), va="center",
                          fontsize=9.5, bbox=BEHIND)  # fmt: skip
        axes.axvline(base, color="black", linewidth=1)
        low, high = min(*ends, base) - 0.34 * reach, max(*ends, base) + 0.34 * reach
        if low < 0 < high:
            axes.axvline(0, color=figures.VERMILION, linewidth=1.2, linestyle="--", zorder=0)
        axes.set_xlim(low, high)
        axes.set_ylim(len(rows) - 0.5, -0.65)
        axes.set_yticks([])
        axes.locator_params(axis="x", nbins=5)
        axes.xaxis.set_major_formatter(lambda value, _: swedish.number(value))
        axes.set_xlabel(f"Resultat efter {words.HORIZON}, {unit}", fontsize=9.5)
        axes.spines["left"].set_visible(False)
        figure.legend(loc="outside upper left", ncols=2, frameon=False)
        return figures.as_html(figure, alt=alt, caption=caption)


@dataclass(frozen=True)
class Chances:
    """An actor's chance to break even at each horizon, as shares."""

    label: str
    by_years: tuple[tuple[int, float], ...]


def chances(rows: Sequence[Chances], *, alt: str, caption: str) -> Html:
    """A row per actor with a point for each horizon, on a scale from 0 to 100 percent."""
    spans = [years for years, _ in rows[0].by_years]
    with figures.style():
        figure, axes = figures.canvas(rows=round(1.4 * len(rows)) + 1, legend=len(spans))
        for n, years in enumerate(spans):  # one below the other, so that those of the same chance are all seen
            beside = 0.17 * (n - (len(spans) - 1) / 2)
            axes.plot([100 * row.by_years[n][1] for row in rows], [position + beside for position in range(len(rows))],
                      MARKERS[n % len(MARKERS)], color=COLOURS[n % len(COLOURS)], markersize=7,
                      markerfacecolor="white" if n % 2 else None, markeredgewidth=1.6, linestyle="none",
                      label=f"Inom {years} år", clip_on=False)  # fmt: skip
        for position in range(1, len(rows)):
            axes.axhline(position - 0.5, color=GRID, linewidth=0.7, zorder=0)
        axes.set_yticks(range(len(rows)), [row.label for row in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f} %")
        axes.tick_params(axis="y", length=0, pad=10)
        axes.grid(axis="x", color=GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.spines["left"].set_visible(False)
        figure.legend(loc="outside upper left", ncols=figures.LEGEND_COLUMNS, frameon=False)
        return figures.as_html(figure, alt=alt, caption=caption)
