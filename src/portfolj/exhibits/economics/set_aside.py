"""Years that are left out of every sum, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, paragraph

FEW = "few_participants"

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
    table = Table(
        name="ar-at-sidan",
        caption="År som inte räknas",
        frame=frame.assign(year=years, reason=[_reason(view, str(code)) for code in frame["reason"]]),
        columns=[Column("year", "År"), Column("reason", "Varför")],
    )
    return Html(paragraph(told), table.html())


def _reason(view: EconomicsView, code: str) -> str:
    if code != FEW:
        return code
    k = swedish.number(view.k)
    return f"Färre än {k} deltagare. Beloppen kan då säga något om enskilda personer."
