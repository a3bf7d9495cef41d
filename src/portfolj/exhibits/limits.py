"""What the figures do not tell: what is missing, why, and what a reader must not conclude."""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, bullets, count_column, money_column, paragraph
from portfolj.exhibits.scope import table_notes
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.view import Portfolio


def not_defined(portfolio: Portfolio) -> Html:
    """How many interventions and how much money lack an answer, per dimension and reason."""
    records = []
    for dimension, label in labels.DIMENSIONS.items():
        undefined = portfolio.interventions[portfolio.interventions[dimension] == labels.UNDEFINED]
        for reason, rows in undefined.groupby(f"{dimension}_reason", sort=True):
            known = rows["granted_sek"].notna().any()
            records.append(
                {
                    "dimension": label,
                    "reason": swedish.sentence(labels.reason(portfolio.codebook, str(reason))),
                    "count": len(rows),
                    "granted_sek": sum_sek(rows["granted_sek"]) if known else None,
                }
            )
    if not records:
        return paragraph("Alla insatser har huvudman, målgrupp och inriktning.")
    columns = [
        Column("dimension", "Uppgift"),
        Column("reason", "Varför den saknas"),
        count_column("count", "Insatser"),
        money_column("granted_sek", "Beviljat", labels.scale(portfolio)),
    ]
    return Table(
        name="saknas",
        caption=f"Uppgifter som inte går att slå fast, {portfolio.period_label}",
        frame=pd.DataFrame(records),
        columns=columns,
        notes=table_notes(portfolio, "Samma insats kan sakna flera uppgifter, därför summeras inte raderna."),
    ).html()


def caveats(portfolio: Portfolio) -> Html:
    """What a reader must not read into the figures, as sentences that follow from this ledger."""
    count = len(portfolio.interventions)
    items = [
        "Beviljade pengar är inte förbrukade pengar. Vad insatserna kostade till slut syns bara om liggaren har "
        "utbetalda och återbetalda belopp.",
        "Tabellerna säger vad som finansierades. De säger inte vad det ledde till.",
    ]
    derived = int((portfolio.interventions["orientation_decided_by"] == "derived").sum())
    if derived:
        items.append(
            f"{swedish.number(derived)} av {swedish.interventions(count)} har fått sin inriktning härledd. "
            "Det är en regel, inte något som står i ansökan eller beslut."
        )
    hints = _hints(portfolio)
    if hints:
        items.append(
            f"För {swedish.interventions(hints)} finns en ledtråd i namn eller beskrivning som inte räknas, "
            "eftersom förbundet bara räknar säkrare underlag. Sidan Underlag och kodning visar ledtrådarna."
        )
    paid = portfolio.prepared.rows["entry_type"].isin(["paid", "returned"])
    paid &= portfolio.prepared.rows["amount_sek"].notna()
    if paid.any():
        by_type = portfolio.prepared.rows[paid].groupby("entry_type")["amount_sek"].agg(sum_sek)
        words = {"paid": "utbetalt", "returned": "återbetalt"}
        items.append(
            "Liggaren har också "
            + swedish.listed([f"{swedish.kronor(amount)} {words[str(kind)]}" for kind, amount in by_type.items()])
            + ", för alla år och finansiärer tillsammans."
        )
    return bullets(items)


def _hints(portfolio: Portfolio) -> int:
    frame = portfolio.interventions
    has_hint = pd.Series(False, index=frame.index)
    for dimension in labels.DIMENSIONS:
        column = f"{dimension}_hint"
        if column in frame:
            has_hint |= frame[column].fillna("").astype("str") != ""
    return int(has_hint.sum())
