"""What is weak in the models: a row for each box, and how many links have no indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import LONGEST_FIRST
from portfolj.exhibits.logic.models import absent, heading_of
from portfolj.exhibits.markup import Column, Html, Table, details, paragraph

if TYPE_CHECKING:
    from portfolj.logic.view import LogicView

LINKS = "link_without_indicator"
SAID = "En svaghet stoppar ingenting."


def weak(view: LogicView) -> Html:
    """A table for each model, and in words how many links have no indicator: the table of links shows which."""
    if not view.models:
        return absent()
    return Html(*(_of_model(view, number) for number in range(len(view.models))))


def _of_model(view: LogicView, number: int) -> Html:
    frame = view.tables["remarks"]
    own = frame[frame["model"] == number]
    bare = int((own["code"] == LINKS).sum())
    rows = own[own["code"] != LINKS].reset_index(drop=True)
    many = f"{swedish.sentence(swedish.in_words(bare))} {'länk' if bare == 1 else 'länkar'}"
    of_links = (
        f"{many} saknar indikator; tabellen över länkar visar {'vilken' if bare == 1 else 'vilka'}." if bare else ""
    )
    title = heading_of(view, number)
    if rows.empty:
        told = of_links or "Ingenting av det som kontrolleras är svagt."
        return paragraph(f"{title}: alla rutor hänger ihop med något. {told}")
    caption = f"Svagheter i {title}"
    table = Table(
        name=f"logik-svagheter-{number + 1}",
        caption=caption,
        frame=rows,
        columns=[Column("said", "Svaghet"), Column("text", "Ruta"), Column("action", "Vad ni kan göra")],
        notes=[" ".join(part for part in (SAID, of_links) if part)],
    ).html()
    heading = f"{caption} ({swedish.counted(len(rows), 'rad', 'rader')})"
    return details(heading, table) if len(rows) > LONGEST_FIRST else table
