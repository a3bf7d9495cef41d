"""Words on statements and surveys, and what may be said of a count on people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.markup import Html, paragraph
from portfolj.stakeholders.questions import NO_ANSWER, WRITTEN

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView

KINDS = {"": "Styrka eller utvecklingsområde", "strength": "Styrka", "develop": "Utvecklingsområde"}
VERDICTS = {
    "met": "uppfyllt",
    "partly_met": "delvis uppfyllt",
    "not_met": "inte uppfyllt",
    "unclear": "oklart",
}
INVENTED = "Utsagorna är påhittade för att visa hur sidan ser ut. Ingen har sagt dem."


def answer_word(answer: str) -> str:
    """An answer as a heading."""
    return {NO_ANSWER: "Inget svar", WRITTEN: "Skrev ett svar"}.get(answer, answer)


def group_word(by: str, group: str) -> str:
    """A group as it heads a row; everybody where it is empty."""
    return swedish.sentence(group) if by else "Alla"


def legend(view: StakeholdersView, *, zeros_hidden: bool, who: str = "personer") -> Markup:
    """What the sign of a hidden figure means, as it stands beside a table."""
    nobody = (
        "Noll visas, utom där noll också är dolt för att inget annat ska gå att räkna ut."
        if zeros_hidden
        else "Noll visas alltid."
    )
    return Markup('<span class="legend">{}</span>').format(
        f"{swedish.HIDDEN} betyder dolt: färre än {swedish.number(view.k)} {who}, eller ett tal som tillsammans med "
        f"andra tal eller en tidigare rapport skulle avslöja så få. Dolt är inte detsamma som okänt. {nobody}"
    )


def nothing(what: str, unknown: str, collect: str) -> Html:
    """What can't be known without the files, and what to collect."""
    return Html(
        paragraph(f"Förbundets mapp har {what}."),
        paragraph(f"Därför går det inte att veta {unknown}."),
        paragraph(collect),
    )


def printed_in(places: Sequence[str]) -> str:
    """Where the figures of a table are printed; empty where they are not."""
    named = sorted({place for place in places if place})
    return f"Tryckt i {swedish.listed(named)}. Antalen visas som de trycktes, också när de är små." if named else ""
