"""Years that are left out of every sum, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def set_aside(view: EconomicsView) -> Html:
    """The years that are not counted."""
    frame = words.table_of(view, "set_aside_years")
    if frame.empty:
        return left_out("Inget år är satt åt sidan.")
    years = [str(year) for year in frame["year"]]
    one = len(years) == 1
    told = (
        f"{swedish.listed(years)} är inte med i någon tabell, figur eller summa. "
        f"{'Året' if one else 'Åren'} saknas också i filerna."
    )
    if frame["participants_hidden"].astype("bool").any():
        told += (
            f" Ett år med färre än {swedish.number(view.k)} deltagare visas inte, eftersom beloppen då kan säga något "
            "om enskilda personer."
        )
    table = Table(
        name="ar-at-sidan",
        caption="År som inte räknas",
        frame=frame.assign(year=years),
        columns=[Column("year", "År"), Column("reason", "Varför")],
    )
    return Html(paragraph(told), table.html())
