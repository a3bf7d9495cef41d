"""The goals one by one, the weakest first, with the words that decided and what would make each measurable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup, escape

from portfolj.coding.goal_classes import GOALS, NO_GOAL
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.goals.words import PARTS, class_labels, marked_text, nothing_more
from portfolj.exhibits.markup import (
    LONGEST_LIST,
    Column,
    Html,
    Table,
    cells,
    definitions,
    details,
    finding,
    money_column,
    paragraph,
)
from portfolj.goals.graded import evidence_cell
from portfolj.ledger import mask_personal_numbers

if TYPE_CHECKING:
    from portfolj.goals.view import GoalsView

NO_TEXT = "ingen måltext i liggaren"
COMPLETE = "Målet har alla delar som behövs för att mäta det."


def weakest(view: GoalsView) -> Html:
    """Interventions by how weak their goals are, then by kronor; those without a text in a list of their own."""
    if nothing := nothing_more(view):
        return left_out(nothing)
    frame = view.worst_first
    with_text = frame[frame["goal_text"].notna() | (frame["decided_by"] == "decision")]
    without = frame.drop(index=with_text.index)
    return Html(finding(weakest_finding(view)), _with_text(view, with_text), _without(view, without))


def weakest_finding(view: GoalsView) -> str:
    """How many goals could be sharper, and that nothing is stopped by it."""
    frame = view.interventions
    open_ = frame[(frame["main_class"] != "outcome_measurable") & frame["goal_text"].notna()]
    if open_.empty:
        return "Alla måltexter i liggaren har ett mål som går att mäta."
    count = len(open_)
    what = "En måltext" if count == 1 else f"{swedish.sentence(swedish.in_words(count))} måltexter"
    return (
        f"{what} i liggaren säger inte vad som ska bli annorlunda, eller hur mycket. Listan är ett stöd för samtalet "
        "om nästa beslut. Den stoppar ingen insats."
    )


def meaning(view: GoalsView) -> Html:
    """What each class means, and how the text is read."""
    codebook = view.portfolio.codebook
    pairs = [(codebook.label(GOALS, code), codebook.definition(GOALS, code)) for code in codebook.codes(GOALS)]
    return details(
        "Vad slagen betyder, och hur texten läses",
        definitions(pairs),
        paragraph(
            "Måltexten delas i sina mål, och vart och ett bedöms av hur det är formulerat. ”Alla” och ”varje” är en "
            "nivå, ”öka” och ”fler” är det inte. I ”utbilda personalen för att fler ska få arbete” är målet "
            "utbildningen. Ett antal deltagare är en volym, och en andel av personalen som går en kurs är en aktivitet."
        ),
        paragraph(
            "Den som vet bättre beslutar, i granskningsboken eller i decisions.csv. Beslutet går före det som orden "
            "säger. Bedömningen gäller hur målet är skrivet, inte om insatsen är bra."
        ),
    )


def _with_text(view: GoalsView, frame: pd.DataFrame) -> Html:
    if frame.empty:
        return Html()
    shown, left = frame.head(LONGEST_LIST), len(frame) - LONGEST_LIST
    records = shown.to_dict("records")
    rows = shown.assign(
        text=cells([_text(row) for row in records], shown),
        said=cells([_said(view, row) for row in records], shown),
        advised=[row["advice"] or (COMPLETE if _is_complete(row) else None) for row in records],
    )
    columns = [
        Column("name", "Insats"),
        money_column("granted_sek", "Beviljat", labels.scale(view.portfolio)),
        Column("text", "Måltext, avgörande ord i fetstil", lambda value: value),
        Column("said", "Målets slag och delar", lambda value: value),
        Column("advised", "Så blir målet mätbart", missing=swedish.NOT_APPLICABLE),
    ]
    notes = ["Svagast slag först, sedan mest pengar."]
    if left > 0:
        notes.append(f"Här visas de {LONGEST_LIST} första. Ytterligare {swedish.number(left)} står i goal_quality.csv.")
    table = Table(
        name="svagast-mal",
        caption=f"Insatsernas mål, svagast först, {view.portfolio.period_label}",
        frame=rows,
        columns=columns,
        notes=notes,
    )
    return table.html()


def _without(view: GoalsView, frame: pd.DataFrame) -> Html:
    if frame.empty:
        return Html()
    shown = frame.head(LONGEST_LIST)
    codebook = view.portfolio.codebook
    table = Table(
        name="utan-maltext",
        caption=f"Insatser utan måltext i liggaren, {view.portfolio.period_label}",
        frame=shown.assign(who=[codebook.label("owner", code) for code in shown["owner"]]),
        columns=[
            Column("name", "Insats"),
            money_column("granted_sek", "Beviljat", labels.scale(view.portfolio)),
            Column("who", "Huvudman"),
        ],
        notes=[f"Här visas de {LONGEST_LIST} första." for _ in range(len(frame) > LONGEST_LIST)],
    )
    return details(f"{swedish.interventions(len(frame))} utan måltext i liggaren", table.html())


def _is_complete(row: Mapping[str, Any]) -> bool:
    """Whether the text itself says all; where a person has decided, the text may say less than they know."""
    return row["main_class"] == "outcome_measurable" and row["decided_by"] == "rule"


def _text(row: Mapping[str, Any]) -> Markup:
    text = row["goal_text"]
    return escape(NO_TEXT) if pd.isna(text) else marked_text(str(text), evidence_cell(text))


def _said(view: GoalsView, row: Mapping[str, Any]) -> Markup:
    text = escape(class_labels(view, row["classes"]))
    has = [words for part, words in PARTS.items() if row[part]]
    if row["main_class"] != NO_GOAL and has:
        text += escape(f". Anger {swedish.listed(has)}")
    if row["decided_by"] == "decision":
        note = f" av {row['decided_note']}" if row["decided_note"] else ""
        rule = class_labels(view, row["rule_said"])
        text += escape(mask_personal_numbers(f". Beslutat{note.rstrip('.')}. Orden säger: {rule}"))
    return text
