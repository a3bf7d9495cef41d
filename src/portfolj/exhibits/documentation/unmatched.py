"""Rows of the file of facts on something that is not among the portfolio's interventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.documentation.matching import place
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.unmatched import WHY
from portfolj.exhibits.markup import Column, Html, Table

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView


def unmatched(view: DocumentationView) -> Html:
    """A row per such row with the reason; a sentence where every one has its place, which a page leaves out."""
    frame = view.tables["unmatched"]
    if frame.empty:
        return left_out("Alla rader i filen med underlag gäller insatser i portföljens tabeller.")
    shown = frame.assign(
        why=[WHY.get(str(code), str(code)) for code in frame["why"]],
        place=[place(*where) for where in zip(frame["file"], frame["sheet"], frame["row"], strict=True)],
    )
    return Table(
        name="underlag-utan-plats",
        caption="Rader i filen med underlag som inte gäller någon insats i portföljens tabeller",
        frame=shown,
        columns=[Column("intervention", "Insats"), Column("why", "Varför"), Column("place", "Var raden står")],
        notes=["De räknas inte i tabellerna ovan. Stavas namnet annorlunda i liggaren, rätta det eller skriv id."],
    ).html()
