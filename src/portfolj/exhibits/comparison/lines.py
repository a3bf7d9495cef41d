"""An indicator over the years: one's own, the similar ones as a band and a median, and the nation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.markup import Html

if TYPE_CHECKING:
    from portfolj.comparison.kolada.indicators import Indicator

GRID = "#D9D9D9"
BAND = "#DCEBF5"


def over_the_years(
    indicator: Indicator, summary: pd.DataFrame, own: pd.DataFrame, *, own_name: str, alt: str, caption: str
) -> Html:
    """The figure of one indicator. ``summary``: a row per year; ``own``: a row per own municipality and year.

    Line, marker and dashes tell the series apart as well as their colours do.
    """
    years = [int(year) for year in summary["year"]]
    dots = own.dropna(subset=["value"])
    with figures.style():
        figure, axes = figures.canvas(rows=7, legend=5 * figures.LEGEND_COLUMNS)
        axes.fill_between(years, summary["similar_low"], summary["similar_high"], color=BAND, linewidth=0,
                          label="Liknande, lägst till högst")  # fmt: skip
        axes.plot(years, summary["similar_median"], "s--", color=figures.VERMILION, markersize=5, linewidth=1.6,
                  label="Liknande, medianen")  # fmt: skip
        axes.plot(years, summary["nation"], "^:", color=figures.GREEN, markersize=5, linewidth=1.6, label="Riket")
        if summary["own_mean"].notna().any():
            axes.plot(years, summary["own_mean"], "o-", color=figures.BLUE, markersize=6, linewidth=2.2, label=own_name)
        if own["municipality"].nunique() > 1:
            axes.plot(dots["year"], dots["value"], "x", color="black", markersize=4, linestyle="none",
                      label="Varje kommun i förbundet")  # fmt: skip
        axes.set_xticks(years)
        axes.yaxis.set_major_formatter(lambda value, _: swedish.number(value, decimals=indicator.decimals))
        axes.set_ylabel(indicator.unit, fontsize=9.5)
        axes.grid(axis="y", color=GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        if len(years) > 8:
            axes.tick_params(axis="x", rotation=90)
        figure.legend(loc="outside upper left", ncols=1, frameon=False, fontsize=9.5)
        return figures.as_html(figure, alt=alt, caption=caption)
