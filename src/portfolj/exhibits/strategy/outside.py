"""The interventions that belong to no priority, and those that can't be placed."""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import labels, swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import LONGEST_LIST, Column, Html, Table, count_column, details, finding, paragraph
from portfolj.exhibits.strategy import words
from portfolj.portfolio.money import known_sum_sek, sum_or_unknown_sek
from portfolj.strategy.money import Line
from portfolj.strategy.view import StrategyView


def outside(view: StrategyView) -> Html:
    """The interventions outside every priority that held when they were granted money, most money first."""
    if not view.is_stated or view.decisions.empty:
        return left_out(words.NOT_STATED)
    frame = _together(view, Line.OUTSIDE)
    if frame.empty:
        return paragraph("Ingen insats ligger säkert utanför alla prioriteringar.")
    text = f"{swedish.interventions(len(frame))} hör inte till någon prioritering."
    columns = [
        Column("name", "Insats"),
        Column("years", "År"),
        Column("group", "Målgrupp"),
        Column("orientation_label", "Inriktning"),
        Column("granted_sek", "Beviljat", swedish.kronor, numeric=True, missing="belopp saknas"),
    ]
    return Html(finding(text), _table(view, frame, columns, name="utanfor", caption="Utanför prioriteringarna"))


def not_known(view: StrategyView) -> Html:
    """The interventions that may belong to a priority: what is missing, and how much money waits for it."""
    if not view.is_stated or view.decisions.empty:
        return left_out(words.NOT_STATED)
    frame = _together(view, Line.UNKNOWN)
    if frame.empty:
        return paragraph("För varje insats går det att säga om den hör till en prioritering.")
    frame = frame.assign(lacks=frame["cannot_judge"].map(words.lacks))
    reasons = frame.groupby("lacks", sort=False).agg(
        count=("name", "size"), granted_sek=("granted_sek", sum_or_unknown_sek)
    )
    missing = Table(
        name="strategi-okant",
        caption="Vad som saknas för att veta om insatserna hör till en prioritering",
        frame=reasons.reset_index().assign(lacks=lambda rows: rows["lacks"].map(swedish.sentence)),
        columns=[
            Column("lacks", "Saknas"),
            count_column("count", "Insatser"),
            Column("granted_sek", "Beviljat", swedish.kronor, numeric=True, missing="belopp saknas"),
        ],
        total={"lacks": "Summa", "count": len(frame), "granted_sek": known_sum_sek(frame["granted_sek"])},
    )
    columns = [
        Column("name", "Insats"),
        Column("years", "År"),
        Column("lacks", "Saknas"),
        Column("granted_sek", "Beviljat", swedish.kronor, numeric=True, missing="belopp saknas"),
    ]
    return Html(
        missing.html(),
        details("Insatserna", _table(view, frame, columns, name="strategi-okanda", caption="Det vet vi inte om")),
    )


def _together(view: StrategyView, line: Line) -> pd.DataFrame:
    """The interventions of a kind of line, their years put together."""
    rows = view.left_over[view.left_over["status"] == line.value]
    grouped = rows.groupby("intervention_key", sort=False).agg(
        name=("name", "first"), first=("year", "min"), last=("year", "max"),
        granted_sek=("granted_sek", sum_or_unknown_sek), cannot_judge=("cannot_judge", "first"),
    )  # fmt: skip
    about = view.portfolio.interventions.set_index("intervention_key").loc[list(grouped.index)]
    codebook = view.portfolio.codebook
    frame = grouped.assign(
        years=[swedish.years(*pair) for pair in zip(grouped["first"], grouped["last"], strict=True)],
        group=[labels.code(codebook, "target_groups", codes) for codes in about["target_groups"]],
        orientation_label=[labels.code(codebook, "orientation", code) for code in about["orientation"]],
    )
    return frame.astype({"granted_sek": "float64"}).sort_values(
        ["granted_sek", "name"], ascending=[False, True], na_position="last"
    )


def _table(view: StrategyView, frame: pd.DataFrame, columns: list[Column], *, name: str, caption: str) -> Html:
    notes = ["Kronorna är de som beviljades de åren."]
    if len(frame) > LONGEST_LIST:
        left = swedish.number(len(frame) - LONGEST_LIST)
        notes += [f"Här visas de {LONGEST_LIST} som fått mest. Ytterligare {left} står i tables/strategy_outside.csv."]
    return Table(
        name=name,
        caption=f"{caption}, {view.portfolio.period_label}",
        frame=frame.head(LONGEST_LIST),
        columns=columns,
        total={"name": "Summa", "granted_sek": known_sum_sek(frame["granted_sek"])},
        notes=notes,
    ).html()
