"""The rules in force for this calculation, each in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.apart import apart_rule, has_apart
from portfolj.exhibits.economics.lacking import has_payback, no_payback
from portfolj.exhibits.markup import Html, definitions, note

if TYPE_CHECKING:
    from portfolj.economics.options import Options
    from portfolj.economics.view import EconomicsView

PRINTED_MODEL = "genomlysningen av Samordningsförbundet RAR Sörmland, 2020"


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
            f"Kostnaden fördelas lika på {swedish.in_words(choices.write_off_years)} år i resultaten efter ett och "
            f"{words.HORIZON}. Återbetalningstid, chans och känslighet räknas på hela kostnaden."
            if choices.write_off_years > 1
            else "Hela kostnaden räknas det första året.",
        ),
        ("Priser", prices(view)),
        ("Jobb med lönestöd", _subsidised(view)),
    ]
    return Html(definitions(pairs), note(_where_set(view)))


def _subsidised(view: EconomicsView) -> str:
    if view.basis == "incomes":
        return "Om de ingår är redan avgjort i den fil som intäkterna kommer ur."
    if view.options.subsidised_apart:
        return apart_rule(view)
    return "Ingår i intäkten."


def as_in_print(options: Options) -> bool:
    """Whether the calculation has no other rules than the printed model, so that figures can be compared with it."""
    plain_years = options.write_off_years == 1 and options.price_year is None
    return options.is_printed_model and plain_years and not options.subsidised_apart


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
    if choices.subsidised_apart and view.basis != "incomes" and has_apart(view):
        parts.append("jobb med lönestöd för sig")
    prices_of = f"{choices.price_year} års priser" if choices.price_year else "löpande priser"
    without = [
        word
        for word, used in (
            ("ränta", choices.discount_rate), ("avtagande intäkt", choices.fade_out), ("avdrag", choices.deadweight),
        )
        if not used
    ]  # fmt: skip
    told = [f"med {swedish.listed(parts)}"] if parts else []
    told += [f"utan {swedish.listed(without, last='eller')}"] if without else []
    return f"Räknat {', '.join([*told, f'i {prices_of}'])}."


def per_year(view: EconomicsView) -> str:
    """When an income of a year is: every year, or only the first where it is worth less later."""
    return "första året" if view.options.fade_out or view.options.discount_rate else "per år"


def not_in_force(view: EconomicsView, what: str) -> list[str]:
    """That a table is made without the choices that the paybacks are made with; no note where there are none.

    ``what``: what the table shows, with a capital and in the definite form, since it begins the sentence.
    """
    choices = view.options
    used = (
        ("ränta", choices.discount_rate),
        ("avtagande intäkt", choices.fade_out),
        ("avdrag för det som hade kommit ändå", choices.deadweight),
        ("omräkning för inflation", choices.price_year),
    )
    left = [word for word, value in used if value]
    return [f"{what} är utan {swedish.listed(left)}."] if left else []


def _where_set(view: EconomicsView) -> str:
    where = "under [economics] i federation.toml, eller för en enda körning i notebookens parametercell"
    if as_in_print(view.options):
        return f"Så räknar också den modell som är tryckt i {PRINTED_MODEL}. Valen ändras {where}."
    return (
        f"Den modell som är tryckt i {PRINTED_MODEL} har varken ränta, avtagande intäkt eller avdrag, fördelar inte "
        f"kostnaden på flera år och räknar i löpande priser. Valen står {where}."
    )
