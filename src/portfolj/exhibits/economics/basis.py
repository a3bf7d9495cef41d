"""What the calculation rests on: whose figures, which years and whose cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.costs import costs
from portfolj.exhibits.economics.lacking import has_payback, how_to_add
from portfolj.exhibits.economics.rules import in_short
from portfolj.exhibits.markup import Html, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

RESTS_ON = {
    "incomes": "Intäkterna är hämtade ur en fil där någon redan har räknat fram dem per år och aktör. De är inte "
    "räknade om här. Det som är räknat här är resultat, återbetalningstid, osäkerhet och vad som krävs för att gå "
    "jämnt ut.",
    "transitions": "Intäkterna är räknade här, ur antalet deltagare i varje läge före och efter. Varje läge har ett "
    "värde i kronor per år. Värdena står i en tabell längre ned.",
    "rows": "Intäkterna är räknade här, ur vad deltagarna i uppföljningen gjorde och försörjde sig på före och efter. "
    "Varje läge har ett värde i kronor per år. Värdena står i en tabell längre ned.",
}


def basis(view: EconomicsView) -> Html:
    """Where incomes and costs come from; without any, what is missing and how to add it."""
    if not has_payback(view):
        return how_to_add(view)
    return Html(paragraph(f"{RESTS_ON.get(view.basis, '')} {_years(view)}".strip()), costs(view), note(in_short(view)))


def _years(view: EconomicsView) -> str:
    years = sorted(set(words.table_of(view, "payback")["year"].astype("str")))
    told = f"Uppgifterna gäller {swedish.listed(years)}"
    if view.participants is not None:
        people = swedish.counted(view.participants, "deltagare", "deltagare")
        told = f"Uppgifterna gäller {people}, {swedish.listed(years)}"
    return f"{told}." if view.basis == "incomes" else f"{told}. Värdena är {view.value_year} års."
