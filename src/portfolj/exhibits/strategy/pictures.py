"""Intended and actual shares over years, a row of bars for each priority."""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.markup import Html
from portfolj.exhibits.strategy import words
from portfolj.strategy.money import Line
from portfolj.strategy.view import StrategyView

MOST_PANELS = 8  # priorities that a figure has room for; the table has all
HAD = figures.Series("share", "Fick", figures.BLUE)
MAY = figures.Series("may", "Kan höra dit", figures.WHITE, "////")
INTENDED = "Avsett"


def shares_per_year(view: StrategyView) -> Html:
    """Bars of the share that each priority had each year, with what may belong to it above and a line at the intended
    share; no figure where the amounts are not known, or there is no dated decision."""
    lines = view.by_year[(view.by_year["line"] == Line.PRIORITY.value) & view.by_year["year"].notna()]
    stated = dict.fromkeys(priority.name for priority in view.settings.priorities)
    names = [name for name in stated if (lines["priority"] == name).any()][:MOST_PANELS]
    if not view.portfolio.has_amounts or not names:
        return Html()
    every = view.by_year[view.by_year["year"].notna()].groupby("year")["granted_sek"].sum()
    years = list(range(int(every.index.min()), int(every.index.max()) + 1))
    panels = {name: _panel(lines[lines["priority"] == name], every) for name in names}
    return _draw(view, panels, years)


def _panel(own: pd.DataFrame, every: pd.Series) -> pd.DataFrame:
    of = own["year"].map(every).astype("float64")
    may = (100 * own["unknown_sek"].astype("float64") / of.where(of > 0)).fillna(0.0)
    frame = pd.DataFrame({"share": own["share_pct"].fillna(0.0), "may": may, "intended": own["intended_share_pct"]})
    return frame.set_index(own["year"].astype("int64"))


def _draw(view: StrategyView, panels: dict[str, pd.DataFrame], years: list[int]) -> Html:
    from matplotlib.figure import Figure

    highest = max(float(max((f["share"] + f["may"]).max(), f["intended"].max() or 0)) for f in panels.values())
    with figures.style():
        figure = Figure(figsize=(figures.WIDTH_INCHES, 0.6 + 1.25 * len(panels)), layout="constrained")
        rows = figure.subplots(len(panels), sharex=True, squeeze=False)[:, 0]
        for axes, (name, frame) in zip(rows, panels.items(), strict=True):
            at = [years.index(year) for year in frame.index]
            had = axes.bar(at, frame["share"], color=HAD.colour, label=HAD.name)
            may = axes.bar(at, frame["may"], bottom=frame["share"], facecolor=MAY.colour, edgecolor=MAY.edge,
                           hatch=MAY.hatch, linewidth=0.8, label=MAY.name)  # fmt: skip
            goal = axes.hlines(frame["intended"], [x - 0.46 for x in at], [x + 0.46 for x in at],
                               color=figures.VERMILION, linewidth=2.5, zorder=4, label=INTENDED)  # fmt: skip
            for x, share in zip(at, frame["share"], strict=True):
                axes.annotate(swedish.number(share), (x, 0), xytext=(0, 2), textcoords="offset points", ha="center",
                              fontsize=9, zorder=5,
                              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
            axes.set_title(name, loc="left", fontsize=10.5, fontweight="bold")
            axes.set(ylim=(0, (highest or 1) * 1.08), xlim=(-0.6, len(years) - 0.4), yticks=[])
            axes.set_xticks(range(len(years)), [str(year) for year in years], rotation=90 if len(years) > 8 else 0)
            axes.tick_params(length=0)
            axes.spines["left"].set_visible(False)
        figure.get_layout_engine().set(hspace=0.12)  # type: ignore[union-attr,call-arg]
        figure.legend(handles=[had, may, goal], loc="outside upper left", ncols=3, frameon=False)
        return figures.as_html(
            figure,
            alt=_said(panels),
            caption="Andel av årets pengar i procent, per prioritering och beslutsår. Siffran är det som säkert hör "
            "dit. Randigt kan höra dit. Linjen är den avsedda andelen. Siffrorna står i tabellen År för år.",
        )


def _said(panels: dict[str, pd.DataFrame]) -> str:
    parts = []
    for name, frame in panels.items():
        told = []
        for year, row in frame.iterrows():
            text = f"{year} {swedish.number(row['share'])} procent"
            if row["may"]:
                text += f", kanske {swedish.number(row['may'])} till"
            if not pd.isna(row["intended"]):
                text += f", avsett {words.pct(row['intended']).replace('%', 'procent')}"
            told.append(text)
        parts.append(f"{name}: {'; '.join(told)}")
    return f"Stapeldiagram över varje prioriterings andel av årets pengar. {'. '.join(parts)}."
