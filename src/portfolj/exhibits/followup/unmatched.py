"""Interventions in follow-up that the portfolio's tables, on members' money in the period, don't have, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base_sum
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import people_column, people_table, table_of, with_shown
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

WHY = {
    "not_in_ledger": "Finns inte i liggaren",
    "not_in_period": "Finns i liggaren, men inte med pengar i perioden",
    "other_financing": "Betalas av andra än medlemmarna",
    "several": "Flera insatser i liggaren heter så",
}
NOTES = {
    "other_financing": "De som andra betalar har sin huvudman och sin målgrupp ur liggaren. Vad de kostade står under "
    "Vad kostade ett deltagande?",
    "not_in_ledger": "De som inte finns i liggaren har ingen huvudman, ingen målgrupp och ingen kostnad.",
    "not_in_period": "För dem utan pengar i perioden sägs varken huvudman, målgrupp eller kostnad.",
}


def unmatched(view: FollowUpView) -> Html:
    """A row per such intervention; a sentence where every one has its place."""
    if not view.kinds:
        return absent("participations")
    frame = table_of(view, "unmatched")
    if frame.empty:
        return paragraph("Alla insatser i uppföljningen finns i portföljens tabeller.")
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
        caption="Insatser i uppföljningen som inte finns i portföljens tabeller",
        frame=rows,
        columns=columns,
        notes=[
            "Portföljens tabeller gäller medlemmarnas pengar i perioden.",
            *(NOTES[why] for why in NOTES if why in set(frame["why"])),
        ],
        base=base_sum(("participations", rows["participations"])),
    )
    return people_table(view, table)
