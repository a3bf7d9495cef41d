"""Goals of the interventions: what was aimed at, what came of it, who judged it and on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import table_of, under_finding
from portfolj.exhibits.markup import Column, Html, Table
from portfolj.followup.codes import label_of

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

NOT_STATED = "inte angivet"
JUDGED = {
    "met": ("uppfyllt", "uppfyllda"),
    "partly_met": ("delvis uppfyllt", "delvis uppfyllda"),
    "not_met": ("inte uppfyllt", "inte uppfyllda"),
}


def goals(view: FollowUpView) -> Html:
    """A row per goal, with its verdict, and how many were met."""
    frame = table_of(view, "goals")
    if frame.empty:
        return absent("goals")
    rows = frame.assign(
        verdict=[label_of("verdict", str(code)) for code in frame["verdict"]],
        heading=[_heading(goal, text) for goal, text in zip(frame["goal"], frame["text"], strict=True)],
        **{key: [value or None for value in frame[key]] for key in ("target", "outcome", "judged_by", "basis")},
    )
    columns = [
        Column("heading", "Mål"),
        Column("intervention", "Insats"),
        Column("target", "Målvärde", missing=NOT_STATED),
        Column("outcome", "Utfall", missing=NOT_STATED),
        Column("verdict", "Bedömning"),
        Column("judged_by", "Vem som bedömde", missing=NOT_STATED),
        Column("basis", "På vad", missing=NOT_STATED),
    ]
    table = Table(
        name="mal",
        caption="Insatsernas mål, utfall och bedömning",
        frame=rows,
        columns=columns,
        notes=["Mål, utfall och bedömning står som den som bedömde skrev dem. De är inte räknade här."],
    )
    return under_finding(goals_finding(view), table.html())


def goals_finding(view: FollowUpView) -> str:
    """How many goals there are and how they were judged; empty where there are none."""
    frame = table_of(view, "goals")
    if frame.empty:
        return ""
    counts = frame["verdict"].value_counts()
    judged = [(int(counts[code]), forms) for code, forms in JUDGED.items() if code in counts.index]
    unclear = len(frame) - sum(count for count, _ in judged)
    if len(frame) == 1:
        return f"Det enda målet är {judged[0][1][0]}." if judged else "Det är oklart om det enda målet är uppfyllt."
    every = "båda målen" if len(frame) == 2 else f"alla {swedish.in_words(len(frame))} mål"
    if not judged:
        return f"För {every} är det oklart om de är uppfyllda."
    if len(judged) == 1 and not unclear:
        return f"{swedish.sentence(every)} är {judged[0][1][1]}."
    parts = [f"{swedish.in_words(count, neuter=True)} {forms[count != 1]}" for count, forms in judged]
    told = f"Av {swedish.in_words(len(frame))} mål är {swedish.listed(parts)}."
    if not unclear:
        return told
    whether = "det är uppfyllt" if unclear == 1 else "de är uppfyllda"
    return f"{told} För {swedish.in_words(unclear, neuter=True)} är det oklart om {whether}."


def _heading(goal: str, text: str) -> str:
    if not text:
        return f"Mål {goal}, utan formulering" if goal else "Mål utan formulering"
    return f"{goal}: {text}" if goal else text
