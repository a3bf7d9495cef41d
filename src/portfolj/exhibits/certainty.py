"""For the analyst: how sure the coding is, in interventions and kronor, and why the rest is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from portfolj.errors import ReconciliationError
from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, count_column, finding, paragraph
from portfolj.exhibits.scope import nothing_funded, table_notes
from portfolj.portfolio import tables
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import DOUBTS, at_stake, kronor_in_doubt

KINDS = (
    figures.Series("sure", "Säkert", figures.BLUE),
    figures.Series("weak", "Svagt", figures.YELLOW, "//"),
    figures.Series("undefined", "Ej definierat", figures.WHITE, "////"),
)
THE_ANSWER = {"owner": "huvudmannen", "target_groups": "målgruppen", "orientation": "inriktningen"}
WHAT_IS_SURE = (
    "Säkert: svaret står i underlaget, eller någon har beslutat det. Svagt: svaret vilar bara på namnet, på en svag "
    "regel eller på härledning, eller på ett beslut vars text har ändrats. Ej definierat: inget i underlaget räcker."
)


def certainty(portfolio: Portfolio) -> Html:
    """How much of the portfolio has a sure, a weak or no answer, per dimension."""
    if nothing := nothing_funded(portfolio):
        return paragraph(nothing)
    frame = kronor_in_doubt(portfolio)
    with_money = portfolio.has_amounts
    shown = frame.assign(label=frame["dimension"].map(labels.DIMENSIONS))
    columns = [Column("label", "Uppgift")]
    columns += [count_column(kind.key, f"{kind.name}, insatser") for kind in KINDS]
    if with_money:
        columns += [
            Column(f"{kind.key}_sek", f"{kind.name}, kronor", swedish.kronor, numeric=True) for kind in KINDS
        ]  # fmt: skip
    table = Table(
        name="sakerhet",
        caption=f"Hur säkra svaren är, {portfolio.period_label}",
        frame=shown,
        columns=columns,
        reconciles=[_reconciles(portfolio, frame)],
        notes=table_notes(portfolio, WHAT_IS_SURE),
    )
    return Html(finding(certainty_finding(portfolio)), _figure(portfolio, frame), table.html())


def certainty_finding(portfolio: Portfolio) -> str:
    """How much is sure, in kronor where every amount is known, else in interventions."""
    if nothing := nothing_funded(portfolio):
        return nothing
    frame = kronor_in_doubt(portfolio).set_index("dimension")
    total_sek = sum_sek(portfolio.interventions["granted_sek"])
    if total_sek > 0 and not tables.without_amount(portfolio):
        scale = labels.scale(portfolio)
        whole, parts = scale.text(total_sek), {d: scale.text(frame.loc[d, "sure_sek"]) for d in THE_ANSWER}
    else:
        whole = swedish.interventions(len(portfolio.interventions))
        parts = {dimension: swedish.number(int(frame.loc[dimension, "sure"])) for dimension in THE_ANSWER}
    said = [f"{what} för {parts[dimension]}" for dimension, what in THE_ANSWER.items()]
    said[0] = said[0].replace(" för ", " säker för ", 1)
    return f"Av {whole} är {swedish.listed(said)}."


def _reconciles(portfolio: Portfolio, frame: pd.DataFrame) -> str:
    count, total_sek = len(portfolio.interventions), sum_sek(portfolio.interventions["granted_sek"])
    for row in frame.to_dict("records"):
        ore = sum(round(row[f"{kind.key}_sek"] * 100) for kind in KINDS)
        if ore != round(total_sek * 100) or sum(row[kind.key] for kind in KINDS) != count:
            raise ReconciliationError(f"hur säker kodningen är om {row['dimension']} går inte ihop med portföljen")
    money = f" och {swedish.kronor(total_sek)}" if portfolio.has_amounts else ""
    return f"Varje rad är tillsammans {swedish.interventions(count)}{money}, lika mycket som i liggaren."


def _figure(portfolio: Portfolio, frame: pd.DataFrame) -> Html:
    bars = []
    for row in frame.to_dict("records"):
        label = labels.DIMENSIONS[row["dimension"]]
        bars.append(_bar(f"{label}, insatser", {kind.key: row[kind.key] for kind in KINDS}))
        money = {kind.key: row[f"{kind.key}_sek"] for kind in KINDS}
        # Shares of a sum mean nothing where corrections make a part of it negative.
        if portfolio.has_amounts and min(money.values()) >= 0 and sum(money.values()):
            bars.append(_bar(f"{label}, kronor", money))
    shares = pd.DataFrame(bars)
    said = [
        f"{bar['label']}: {', '.join(f'{kind.name.lower()} {_percent(bar[kind.key])}' for kind in KINDS)}"
        for bar in bars
    ]
    return figures.stacked(
        shares, labels="label", series=KINDS, written=_percent,
        alt=f"Liggande stapeldiagram över hur säkra svaren är, andelar. {'; '.join(said)}.",
        caption="Andelar vars svar är säkert, svagt eller inte definierat. Antalen står i tabellen nedan.",
    )  # fmt: skip


def _bar(label: str, parts: Mapping[str, Any]) -> dict[str, Any]:
    whole = sum(parts.values())
    return {"label": label, **{key: 100 * part / whole for key, part in parts.items()}}


def _percent(share: float) -> str:
    return swedish.percent(share, 100)


def doubts(portfolio: Portfolio) -> Html:
    """Why answers are weak or missing: interventions and kronor per reason, the most doubtful first."""
    open_ = at_stake(portfolio)
    if open_.empty:
        return paragraph(nothing_funded(portfolio) or "Alla svar är säkra.")
    records = []
    for doubt, words in DOUBTS.items():
        rows = {d: open_[(open_["doubt"] == doubt) & (open_["dimension"] == d)] for d in labels.DIMENSIONS}
        if any(len(part) for part in rows.values()):
            record = {"doubt": swedish.sentence(words)}
            for dimension, part in rows.items():
                record[dimension] = swedish.number(len(part)) if len(part) else swedish.NOT_APPLICABLE
                record[f"{dimension}_sek"] = _money(part["granted_sek"])
            records.append(record)
    columns = [Column("doubt", "Varför svaret inte är säkert")]
    for dimension, label in labels.DIMENSIONS.items():
        columns.append(Column(dimension, f"{label}, insatser", numeric=True))
        if portfolio.has_amounts:
            columns.append(Column(f"{dimension}_sek", f"{label}, kronor", numeric=True))
    table = Table(
        name="varfor-osakert", caption=f"Varför svar är svaga eller saknas, {portfolio.period_label}",
        frame=pd.DataFrame(records), columns=columns, total=_all_doubts(portfolio, open_),
        notes=table_notes(portfolio, "Underlag saknas: varken fältet för uppgiften eller någon text säger något."),
    )  # fmt: skip
    return table.html()


def _all_doubts(portfolio: Portfolio, open_: pd.DataFrame) -> dict[str, str]:
    total = {"doubt": "Svagt eller ej definierat"}
    for row in kronor_in_doubt(portfolio).to_dict("records"):
        dimension, rows = row["dimension"], open_[open_["dimension"] == row["dimension"]]
        count, ore = row["weak"] + row["undefined"], round(100 * (row["weak_sek"] + row["undefined_sek"]))
        if len(rows) != count or round(100 * sum_sek(rows["granted_sek"])) != ore:
            raise ReconciliationError(f"skälen till osäkra svar om {dimension} går inte ihop med hur säkra svaren är")
        total |= {dimension: swedish.number(count), f"{dimension}_sek": swedish.kronor(ore / 100)}
    return total


def _money(granted_sek: pd.Series) -> str:
    if granted_sek.empty:
        return swedish.NOT_APPLICABLE
    return swedish.kronor(sum_sek(granted_sek)) if granted_sek.notna().any() else swedish.MISSING
