"""The figure of the overview: how each federation's money is divided between structures and individuals."""

from __future__ import annotations

import textwrap

import pandas as pd

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.markup import Html
from portfolj.exhibits.overview.frame import with_amounts
from portfolj.exhibits.overview.lines import short_name
from portfolj.portfolio.money import sum_sek

MOST_BARS = 20  # more can't be read; the table has all
LABEL_WIDTH = 24
PARTS = (
    figures.Series("structural", "Till strukturer", figures.BLUE),
    figures.Series("individual", "Till individer", figures.YELLOW, "//"),
    figures.Series("mixed", "Till båda", figures.GREEN, ".."),
    figures.Series("undefined_orientation", "Går inte att bedöma", figures.WHITE, "////"),
)


def orientation_figure(frame: pd.DataFrame) -> Html:
    """A bar for each of the federations that granted most, in percent of its money; empty where no share is known."""
    rows = with_amounts(frame).sort_values(["granted_sek", "name"], ascending=[False, True]).head(MOST_BARS)
    least = rows[[f"{part.key}_sek" for part in PARTS]].fillna(0).min(axis=1)
    rows = rows[least >= 0]  # less than nothing has no bar
    if rows.empty:
        return Html()
    percent = pd.DataFrame(
        {part.key: 100 * rows[f"{part.key}_sek"].fillna(0) / rows["granted_sek"] for part in PARTS}
    ).reset_index(drop=True)
    percent["label"] = [_label(name) for name in rows["name"]]
    series = [part for part in PARTS if percent[part.key].sum()]
    said = [f"{record['name']}: {_said(record)}" for _, record in rows.iterrows()]
    many = len(with_amounts(frame)) > len(rows)
    which = f"de {len(rows)} förbund som beviljade mest" if many else "förbund med belopp"
    return figures.stacked(
        percent, labels="label", series=series, written=lambda size: swedish.number(size),
        alt=f"Liggande stapeldiagram över pengarnas inriktning i procent, {which}. {'. '.join(said)}.",
        caption=f"Pengarnas inriktning i procent av det beviljade, {which}. Siffrorna står i tabellen nedan.",
    )  # fmt: skip


def _said(record: pd.Series) -> str:
    shares = [
        f"{part.name.lower()} {swedish.percent(sum_sek(pd.Series([record[f'{part.key}_sek']])), record['granted_sek'])}"
        for part in PARTS
        if pd.notna(record[f"{part.key}_sek"]) and record[f"{part.key}_sek"]
    ]
    return ", ".join(shares)


def _label(name: str) -> str:
    return "\n".join(textwrap.wrap(short_name(name), LABEL_WIDTH, max_lines=2, placeholder=" …"))
