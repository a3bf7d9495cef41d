"""Goals of the interventions: what was aimed at, what came of it, who judged it and on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import table_of, under_finding
from portfolj.exhibits.markup import Column, Html, Table
from portfolj.followup.codes import codes_of, label_of

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

NOT_STATED = "inte angivet"


def goals(view: FollowUpView) -> Html:
    """A row per goal, with its verdict, and how many were met."""
    frame = table_of(view, "goals")
    if frame.empty:
        return absent("goals")
    rows = frame.assign(
        verdict=[label_of("verdict", str(code)) for code in frame["verdict"]],
        heading=[f"{goal}: {text}" if goal else text for goal, text in zip(frame["goal"], frame["text"], strict=True)],
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
    if len(frame) == 1:
        return f"Ett mål har bedömts: {label_of('verdict', str(frame['verdict'].iloc[0])).casefold()}."
    counts = frame["verdict"].value_counts()
    parts = [
        f"{swedish.number(int(counts[code]))} {label_of('verdict', code).casefold()}"
        for code in codes_of("verdict")
        if code in counts.index
    ]
    return f"Av {swedish.counted(len(frame), 'mål', 'mål')} är {swedish.listed(parts)}."
