"""Figures by seaborn, as SVG inside the page, each with an alt text made from the same data.

Patterns and labels at the bars carry what colour carries, so that nothing hangs on colour alone. The palette is Okabe
and Ito's (Color Universal Design, 2008), which people with any common colour blindness can tell apart.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits.markup import Html
from portfolj.exhibits.svg import slimmed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, VERMILION, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#6B6B6B"
WHITE = "#FFFFFF"
SKY, YELLOW, PURPLE = "#56B4E9", "#E69F00", "#CC79A7"
WIDTH_INCHES = 5.0  # narrow, so that the letters can still be read on a telephone
LEGEND_COLUMNS = 2
ROW_INCHES = 0.42
STYLE = {
    "svg.hashsalt": "portfolj",  # the same data give the same bytes
    "svg.fonttype": "path",
    "text.parse_math": False,  # a name with dollar signs is a name, not a formula
    "font.family": "DejaVu Sans",
    "font.size": 10.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.8,
}


@dataclass(frozen=True)
class Series:
    """One kind of bar: its column in the frame, its name in the legend, colour and pattern."""

    key: str
    name: str
    colour: str
    hatch: str = ""

    @property
    def edge(self) -> str:
        """The colour of the pattern: it must be seen on the bar's own colour."""
        return GREY if self.colour == WHITE else WHITE


def bars(
    frame: pd.DataFrame,
    *,
    labels: str,
    values: str,
    written: Sequence[str],
    alt: str,
    caption: str,
    muted: Sequence[bool],
) -> Html:
    """Lying bars, one per row, with ``written`` at each bar's end; ``muted`` bars are patterned grey (undefined)."""
    import seaborn as sns

    with style():
        figure, axes = canvas(rows=len(frame))
        data = frame.assign(**{values: frame[values].astype("float64").fillna(0.0)})
        sns.barplot(data=data, x=values, y=labels, ax=axes, color=BLUE, saturation=1, orient="h", errorbar=None)
        for bar, is_muted in zip(axes.patches, muted, strict=True):
            if is_muted:
                bar.set(facecolor=WHITE, edgecolor=GREY, hatch="////")
        for bar, text in zip(axes.containers[0], written, strict=True):
            x = max(bar.get_width(), 0)
            axes.annotate(text, (x, bar.get_y() + bar.get_height() / 2), xytext=(5, 0), textcoords="offset points",
                          va="center")  # fmt: skip
        _bare(axes, room=0.2)
        return as_html(figure, alt=alt, caption=caption)


def stacked(
    frame: pd.DataFrame, *, labels: str, series: Sequence[Series], written: Any, alt: str, caption: str,
    row_inches: float = ROW_INCHES,
) -> Html:  # fmt: skip
    """Lying bars in parts, one bar per row. ``written`` gives the text inside a part, empty where it has no room."""
    import seaborn as sns

    with style():
        figure, axes = canvas(rows=len(frame), legend=len(series), row_inches=row_inches)
        left = pd.Series(0.0, index=frame.index)
        largest = frame[[s.key for s in series]].sum(axis=1).max() or 1.0
        for part in series:
            width = frame[part.key].astype("float64").fillna(0.0)
            # seaborn draws the bar of everything so far; the parts before it cover all but its own end.
            data = pd.DataFrame({labels: frame[labels], "until": left + width})
            sns.barplot(data=data, x="until", y=labels, ax=axes, color=part.colour, saturation=1, orient="h",
                        errorbar=None, label=part.name, legend=False, zorder=2 - 0.1 * series.index(part))  # fmt: skip
            for bar in axes.containers[-1]:
                bar.set(edgecolor=part.edge, hatch=part.hatch, linewidth=0.8)
            for position, (start, size) in enumerate(zip(left, width, strict=True)):
                if size / largest > 0.07:
                    axes.annotate(written(size), (start + size / 2, position), ha="center", va="center", zorder=5,
                                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
            left = left + width
        _bare(axes, room=0.02)
        figure.legend(loc="outside upper left", ncols=LEGEND_COLUMNS, frameon=False)
        return as_html(figure, alt=alt, caption=caption)


def columns_per_year(
    frame: pd.DataFrame, *, series: Sequence[Series], written: Any, alt: str, caption: str, axis: str
) -> Html:
    """Standing bars per year, one beside the other for each series. ``frame`` has ``year`` as text."""
    import seaborn as sns

    with style():
        figure, axes = canvas(rows=7, legend=len(series) if len(series) > 1 else 0)
        long = frame.melt(id_vars="year", value_vars=[s.key for s in series], var_name="series", value_name="value")
        names = {s.key: s.name for s in series}
        long = long.assign(series=long["series"].map(names), value=long["value"].astype("float64").fillna(0.0))
        sns.barplot(data=long, x="year", y="value", hue="series", ax=axes, saturation=1, errorbar=None,
                    palette={s.name: s.colour for s in series}, legend=False)  # fmt: skip
        for container, part in zip(axes.containers, series, strict=True):
            for bar in container:
                bar.set(hatch=part.hatch, edgecolor=part.edge)
                if bar.get_height():
                    below = bar.get_height() < 0
                    axes.annotate(written(bar.get_height()), (bar.get_x() + bar.get_width() / 2, bar.get_height()),
                                  xytext=(0, -3 if below else 3), textcoords="offset points", ha="center",
                                  va="top" if below else "bottom", fontsize=9)  # fmt: skip
        if (long["value"] < 0).any():
            axes.axhline(0, color=GREY, linewidth=0.8)
        if len(series) > 1:
            handles = [container[0] for container in axes.containers]
            figure.legend(
                handles, [s.name for s in series], loc="outside upper left", ncols=LEGEND_COLUMNS, frameon=False
            )
        axes.set(xlabel="", ylabel=axis)
        axes.margins(y=0.12)
        if len(frame) > 8:
            axes.tick_params(axis="x", rotation=90)
        axes.tick_params(length=0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return as_html(figure, alt=alt, caption=caption)


def style() -> Any:
    """The house's way of drawing, for as long as the context lasts."""
    import matplotlib

    return matplotlib.rc_context(STYLE)


def canvas(*, rows: int, legend: int = 0, row_inches: float = ROW_INCHES) -> tuple[Figure, Axes]:
    """A figure and its axes, as high as so many rows of bars and so many names in a legend need."""
    # Not through pyplot: a figure that pyplot knows is shown a second time by the notebook.
    from matplotlib.figure import Figure

    height = 0.3 + row_inches * max(rows, 1) + 0.25 * -(-legend // LEGEND_COLUMNS)
    figure = Figure(figsize=(WIDTH_INCHES, height), layout="constrained")
    return figure, figure.subplots()


def _bare(axes: Axes, *, room: float) -> None:
    axes.set(xlabel="", ylabel="")
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)
    low, high = axes.get_xlim()
    axes.set_xlim(low, high * (1 + room) if high else 1)


def as_html(figure: Figure, *, alt: str, caption: str, scrolls: str = "") -> Html:
    """The finished figure as SVG inside the page, with its alt text and caption.

    With ``scrolls`` it keeps its size on a narrow screen, in a region of that name that a keyboard scrolls too, and
    is made smaller as a file, since it may hold much text.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    width, height = (round(inches * 96) for inches in figure.get_size_inches())
    drawing = slimmed(buffer.getvalue().decode("utf-8")).encode("utf-8") if scrolls else buffer.getvalue()
    source = "data:image/svg+xml;base64," + base64.b64encode(drawing).decode("ascii")
    image = Markup('<img alt="{}" width="{}" height="{}" src="{}">').format(alt, width, height, source)
    if scrolls:
        image = Markup('<div class="scroll wide-picture" role="region" tabindex="0" aria-label="{}">{}</div>').format(
            scrolls, image
        )
    return Html(Markup('<figure class="exhibit">{}<figcaption>{}</figcaption></figure>').format(image, caption))
