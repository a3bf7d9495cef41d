"""For the analyst: what people have decided, whether the texts are still those they saw, and what may be the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from portfolj.coding.decisions import NOT_SAME_AS, SAME_AS, decision_note
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import LONGEST_LIST, Column, Html, Table, finding, paragraph
from portfolj.portfolio.money import known_sum_sek
from portfolj.portfolio.view import Portfolio
from portfolj.review.goal_rows import with_goals
from portfolj.review.rows import review_pairs

SAME_LABELS = {SAME_AS: "Samma insats", NOT_SAME_AS: "Inte samma insats"}
CHANGED, UNCHANGED, UNSEEN = "ändrad", "oförändrad", "okänt: skrivet för hand"
NONE_MADE = (
    "Inga beslut är fattade än. De skrivs i decisions.csv, ersätter regelns svar och står kvar när rapporten görs om."
)


def decisions_made(portfolio: Portfolio) -> Html:
    """Each decision with what the rules read now, who made it and why; those whose text has changed come first."""
    frame = portfolio.prepared.decisions
    if frame.empty:
        return paragraph(NONE_MADE)
    frame = frame.sort_values(["text_changed", "record"], ascending=[False, True], kind="stable")
    changed = int(frame["text_changed"].sum())
    every, told_of = portfolio.prepared.interventions, {*frame["intervention_key"], *frame["code"]}
    about = with_goals(every[every["intervention_key"].isin(told_of)], frame)
    coded = {str(row["intervention_key"]): row for row in about.to_dict("records")}
    notes = []
    if len(frame) > LONGEST_LIST:
        left = swedish.number(len(frame) - LONGEST_LIST)
        notes = [f"Här visas de {LONGEST_LIST} första. Ytterligare {left} står i decisions.csv."]
    shown = pd.DataFrame([_decision(portfolio, row, coded) for row in frame.head(LONGEST_LIST).to_dict("records")])
    columns = [
        Column("name", "Insats"),
        Column("what", "Uppgift"),
        Column("decided", "Beslutat"),
        Column("read", "Regeln läser nu"),
        Column("text", "Texten sedan beslutet"),
        Column("note", "Vem, när och varför"),
    ]
    table = Table(name="beslut", caption="Beslut som gäller", frame=shown, columns=columns, notes=notes)
    text = f"{swedish.counted(len(frame), 'beslut', 'beslut')} gäller. "
    if changed:
        text += (
            f"För {swedish.number(changed)} av dem har texten ändrats sedan någon beslutade. Beslutet gäller, men se "
            "efter om det står fast."
        )
    else:
        text += "Ingen text har ändrats under dem, så vitt det går att se."
    return Html(finding(text), table.html())


def _decision(portfolio: Portfolio, row: Mapping[str, Any], coded: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    dimension, key, code = (str(row[column]) for column in ("dimension", "intervention_key", "code"))
    about = coded.get(key)
    shown = {"name": str(about["name"]) if about else key, "note": decision_note({k: str(v) for k, v in row.items()})}
    if dimension in SAME_LABELS:
        other = str(coded[code]["name"]) if code in coded else code
        shown["name"] = f"{shown['name']} ({key})" if about else key
        return shown | {
            "what": SAME_LABELS[dimension], "decided": f"{other} ({code})",
            "read": swedish.NOT_APPLICABLE, "text": swedish.NOT_APPLICABLE,
        }  # fmt: skip
    said = str(about[f"{dimension}_rule_said"]) if about else ""
    text = CHANGED if row["text_changed"] else UNCHANGED if row["text_seen"] else UNSEEN
    return shown | {
        "what": labels.DECIDED[dimension],
        "decided": _answer(portfolio, dimension, code),
        "read": _answer(portfolio, dimension, said),
        "text": text,
    }


def _answer(portfolio: Portfolio, dimension: str, code: str) -> str:
    return labels.code(portfolio.codebook, dimension, code) if code else "inget"


def lookalikes(portfolio: Portfolio) -> Html:
    """Interventions whose names are so alike that they may be one; a person decides, nothing is put together."""
    pairs = [pair for pair in review_pairs(portfolio) if not pair.answer]
    if not pairs:
        return paragraph("Inga insatser har så lika namn att de kan vara samma, utöver dem som någon har svarat på.")
    rows = {str(row["intervention_key"]): row for row in portfolio.prepared.interventions.to_dict("records")}
    shown = pd.DataFrame(
        [
            {
                "one": _named(rows[pair.key]),
                "other": _named(rows[pair.other]),
                "likeness": pair.likeness,
                "granted_sek": known_sum_sek(pd.Series([rows[key]["granted_sek"] for key in (pair.key, pair.other)])),
                "differ": _differ(rows[pair.key], rows[pair.other]),
            }
            for pair in pairs
        ]
    )
    columns = [
        Column("one", "Insats"),
        Column("other", "Kan vara samma som"),
        Column("likeness", "Likhet", lambda value: swedish.percent(value, 100), numeric=True),
        Column("granted_sek", "Beviljat tillsammans", swedish.kronor, numeric=True),
        Column("differ", "Svar som skiljer sig"),
    ]
    text = f"{swedish.number(len(pairs))} par insatser har så lika namn att de kan vara samma."
    notes = [
        "Insatser som är samma räknas som en. Inga kronor försvinner, men pengar byter kategori där deras svar skiljer "
        "sig. Svara ja eller nej i granskningsboken; inget slås ihop utan beslut."
    ]
    table = Table(name="lika", caption="Insatser som kan vara samma", frame=shown, columns=columns, notes=notes)
    return Html(finding(text), table.html())


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({row['intervention_key']}, {swedish.years(row['first_year'], row['last_year'])})"


def _differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    differing = [label.lower() for d, label in labels.DIMENSIONS.items() if one[d] != other[d]]
    return swedish.sentence(swedish.listed(differing)) or "inget"
