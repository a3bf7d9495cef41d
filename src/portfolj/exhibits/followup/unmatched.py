"""Interventions in follow-up that have no place in the portfolio, and why: they have no owner, group or money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import people_column, people_table, table_of, with_shown
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

WHY = {
    "not_in_ledger": "Finns inte i liggaren",
    "not_in_period": "Finns i liggaren, men inte med pengar i perioden",
    "other_financing": "Har andras pengar, inte medlemmarnas",
    "several": "Flera insatser i liggaren heter så",
}


def unmatched(view: FollowUpView) -> Html:
    """A row per such intervention; a sentence where every one has its place."""
    if not view.kinds:
        return absent("participations")
    frame = table_of(view, "unmatched")
    if frame.empty:
        return paragraph("Alla insatser i uppföljningen finns bland portföljens insatser.")
    rows = with_shown(frame, ["participations"])
    rows = rows.assign(
        label=[words.category(view.portfolio, "intervention", str(name)) for name in rows["intervention"]],
        why=[WHY.get(str(code), str(code)) for code in rows["why"]],
    )
    columns = [Column("label", "Insats"), Column("why", "Varför")]
    if any(value is not None for value in rows["participations"]):
        columns.append(people_column("participations", "Deltaganden", missing="bara antal eller mål"))
    table = Table(
        name="utan-plats",
        caption="Insatser i uppföljningen som inte hör till portföljen",
        frame=rows,
        columns=columns,
        notes=["Vad de kostade går inte att säga. De som inte finns i liggaren saknar huvudman och målgrupp."],
    )
    return people_table(view, table)
