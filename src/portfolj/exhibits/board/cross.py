"""The money by target group and orientation, as a small figure and a small table of the same sums."""

from __future__ import annotations

import pandas as pd

from portfolj.evaluation import Evaluation
from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, count_column, money_column
from portfolj.exhibits.scope import ONCE, amounts_missing, nothing_funded, reconciles
from portfolj.portfolio.money import known_sum_sek, sum_or_unknown_sek
from portfolj.portfolio.reconcile import reconcile
from portfolj.portfolio.view import Portfolio

ROW_INCHES = 0.3  # the page is to be two pages of paper
SERIES = {
    "strukturpaverkande": (figures.BLUE, ""),
    "individinriktad": (figures.YELLOW, "//"),
    "blandad": (figures.GREEN, ".."),
    labels.UNDEFINED: (figures.WHITE, "////"),
}


def groups_and_orientations(evaluation: Evaluation) -> Html:
    """For whom and aimed at what, in kronor where most amounts are known, else in interventions."""
    portfolio = evaluation.portfolio
    if nothing := nothing_funded(portfolio):
        return left_out(nothing)
    frame = cross(portfolio)
    kinds = [code for code in portfolio.codebook.codes("orientation") if code in frame]
    frame = frame.assign(label=[portfolio.codebook.label("target_groups", code) for code in frame["target_group"]])
    return Html(_figure(portfolio, frame, kinds), _table(portfolio, frame, kinds))


def cross(portfolio: Portfolio) -> pd.DataFrame:
    """A row per first target group that occurs, most first, undefined last, and a column per orientation that occurs.

    The columns hold SEK (missing where there are interventions but no known amount), or, where most amounts are not
    known, numbers of interventions. ``total``: the same of the row; ``count``: interventions.
    """
    rows = portfolio.interventions.assign(
        target_group=portfolio.interventions["target_groups"].astype("str").str.split(";").str[0]
    )
    grouped = rows.groupby(["target_group", "orientation"])["granted_sek"]
    cells = grouped.agg(sum_or_unknown_sek if portfolio.has_amounts else "size").astype("float64").unstack()
    absent = grouped.size().unstack().isna()
    cells = cells.mask(absent, 0.0)
    by_group = rows.groupby("target_group")["granted_sek"]
    total = by_group.agg(sum_or_unknown_sek if portfolio.has_amounts else "size").astype("float64")
    frame = cells.assign(total=total, count=by_group.size()).reset_index()
    last = frame["target_group"] == labels.UNDEFINED
    ordered = frame.assign(last=last).sort_values(["last", "total"], ascending=[True, False], na_position="last")
    return ordered.drop(columns="last").reset_index(drop=True)


def _table(portfolio: Portfolio, frame: pd.DataFrame, kinds: list[str]) -> Html:
    scale = labels.scale(portfolio)
    words = {code: portfolio.codebook.label("orientation", code) for code in kinds}
    if portfolio.has_amounts:
        columns = [money_column(code, words[code], scale) for code in kinds] + [money_column("total", "Allt", scale)]
    else:
        columns = [count_column(code, words[code]) for code in kinds]
    total = {code: known_sum_sek(frame[code]) for code in [*kinds, "total"]}
    line = reconcile("styrelsen", count=int(frame["count"].sum()), rows=frame["total"],
                     interventions=portfolio.interventions) if portfolio.has_amounts else None  # fmt: skip
    what = "Beviljade pengar" if portfolio.has_amounts else "Insatser"
    return Table(
        name="malgrupp-inriktning",
        caption=f"{what} per målgrupp och inriktning, {portfolio.period_label}",
        frame=frame,
        columns=[Column("label", "Målgrupp"), *columns, count_column("count", "Insatser")],
        total={"label": "Summa", **total, "count": int(frame["count"].sum())},
        reconciles=[reconciles(line)] if line is not None else [],
        notes=[
            " ".join(text for text in (f"{ONCE} Den står på sin första målgrupp.", amounts_missing(portfolio)) if text)
        ],
    ).html()


def _figure(portfolio: Portfolio, frame: pd.DataFrame, kinds: list[str]) -> Html:
    scale = labels.scale(portfolio)
    unit = f"beviljade pengar i {scale.unit}" if portfolio.has_amounts else "antal insatser"
    write = scale.number if portfolio.has_amounts else swedish.number
    words = {code: portfolio.codebook.label("orientation", code) for code in kinds}
    series = [figures.Series(code, words[code], *SERIES.get(code, (figures.PURPLE, "xx"))) for code in kinds]
    said = []
    for row in frame.to_dict("records"):
        parts = [f"{labels.inside(words[code])} {write(row[code])}" for code in kinds
                 if not swedish.is_missing(row[code]) and row[code]]  # fmt: skip
        said.append(f"{row['label']}: {', '.join(parts) or 'belopp saknas'}")
    return figures.stacked(
        frame, labels="label", series=series, written=write,
        alt=f"Liggande stapeldiagram över {unit} per målgrupp och inriktning, {portfolio.period_label}. "
        f"{'; '.join(said)}.",
        caption=f"{swedish.sentence(unit)} per målgrupp och inriktning. Siffrorna står i tabellen nedan.",
        row_inches=ROW_INCHES,
    )  # fmt: skip
