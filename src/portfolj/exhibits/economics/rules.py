"""The rules in force for this calculation, each in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.lacking import has_payback, no_payback
from portfolj.exhibits.markup import Html, definitions, note

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def options(view: EconomicsView) -> Html:
    """Every choice of the calculation and what it is set to, also those that are not used."""
    if not has_payback(view):
        return no_payback(view)
    choices = view.options
    rate, fade, anyway = (100 * share for share in (choices.discount_rate, choices.fade_out, choices.deadweight))
    pairs = [
        (
            "Kalkylränta",
            f"{words.pct(rate)} per år. Det första årets intäkt räknas som den är, senare år är värda mindre."
            if rate
            else "Ingen. En krona om fem år räknas som lika mycket värd som en krona i dag.",
        ),
        (
            "Avtagande intäkt",
            f"{words.pct(fade)} av intäkten försvinner varje år efter det första."
            if fade
            else "Ingen. Intäkten antas vara lika stor varje år.",
        ),
        (
            "Hade kommit ändå",
            f"{words.pct(anyway)} av intäkten antas ha kommit också utan insatserna och räknas bort."
            if anyway
            else "Inget dras av. Hela skillnaden mellan före och efter räknas som insatsernas.",
        ),
        (
            "Avskrivning",
            f"Kostnaden fördelas på {swedish.in_words(choices.write_off_years)} år i resultatet för varje år. "
            "Återbetalningstiden ändras inte av det."
            if choices.write_off_years > 1
            else "Hela kostnaden räknas det första året.",
        ),
        ("Priser", prices(view)),
        (
            "Jobb med lönestöd",
            "Räknas för sig och ingår inte i intäkten." if choices.subsidised_apart else "Ingår i intäkten.",
        ),
    ]
    return Html(definitions(pairs), note(_where_set(view)))


def prices(view: EconomicsView) -> str:
    """Which year's prices the amounts are in."""
    year = view.options.price_year
    if year is None:
        return "Löpande priser: varje års kronor som de var då. Inget är omräknat för inflation."
    return f"{year} års priser: alla belopp är omräknade för inflation."


def in_short(view: EconomicsView) -> str:
    """The options in one sentence, for a note under a table."""
    choices = view.options
    parts = []
    if choices.discount_rate:
        parts.append(f"kalkylräntan {words.pct(100 * choices.discount_rate)}")
    if choices.fade_out:
        parts.append(f"en intäkt som minskar med {words.pct(100 * choices.fade_out)} per år")
    if choices.deadweight:
        parts.append(f"ett avdrag på {words.pct(100 * choices.deadweight)} för det som hade kommit ändå")
    if choices.write_off_years > 1:
        parts.append(f"en kostnad som fördelas på {swedish.in_words(choices.write_off_years)} år")
    prices_of = f"{choices.price_year} års priser" if choices.price_year else "löpande priser"
    if not parts:
        return f"Räknat som i den tryckta modellen, utan ränta och utan att intäkten avtar, i {prices_of}."
    return f"Räknat med {swedish.listed(parts)}, i {prices_of}."


def _where_set(view: EconomicsView) -> str:
    if view.options.is_printed_model:
        return (
            "Så räknar också den tryckta modellen. Valen ändras under [economics] i federation.toml, eller för en "
            "enda körning i notebookens parametercell."
        )
    return (
        "Den tryckta modellen har varken ränta, avtagande intäkt eller avdrag. Valen står under [economics] i "
        "federation.toml eller i notebookens parametercell."
    )
