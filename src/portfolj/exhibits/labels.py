"""The words that people read for the codes of a portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portfolj.coding import Codebook
from portfolj.coding.codebook import UNDEFINED as UNDEFINED
from portfolj.exhibits import swedish
from portfolj.federation import Financing
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.view import Portfolio

FINANCING = {
    Financing.FINSAM.value: "Medlemmarnas pengar",
    Financing.ESF.value: "ESF",
    Financing.EU.value: "Andra EU-medel",
    Financing.OTHER.value: "Andra finansiärer",
}
BASES = ("stated", "described", "named")
DIMENSIONS = {"owner": "Huvudman", "target_groups": "Målgrupp", "orientation": "Inriktning"}
ALL_DIMENSIONS = {**DIMENSIONS, "process_support": "Processtöd"}
DECIDED = {**ALL_DIMENSIONS, "goals": "Mål"}


def code(codebook: Codebook, dimension: str, value: str) -> str:
    """The label of a code, or of several joined by semicolons."""
    return ", ".join(codebook.label(dimension, part) for part in value.split(";"))


def basis(codebook: Codebook, value: str) -> str:
    """The label of what an answer rests on, or of who decided where no words did."""
    return codebook.label("basis" if value in BASES else "decided_by", value)


def reason(codebook: Codebook, value: str) -> str:
    """Why an answer is missing; where no rule gives a reason, a person has decided to leave it open."""
    return codebook.label("reason", value) if value else "beslutat att lämna öppen"


def inside(text: str) -> str:
    """A label in the middle of a sentence: its first letter small, unless it is a name or an abbreviation."""
    first = text.split()[0] if text else ""
    is_name = first in ("Arbetsförmedlingen", "Försäkringskassan") or first[:2].isupper()
    return text if is_name else text[:1].lower() + text[1:]


def scale(portfolio: Portfolio) -> swedish.MoneyScale:
    """The unit of all money of a report: the larger of the members' money and others' decides."""
    sums = (sum_sek(portfolio.interventions["granted_sek"]), sum_sek(portfolio.external["granted_sek"]))
    return swedish.scale_for(max(sums, key=abs))


def anchor(dimension: str, value: str) -> str:
    """The id of the list of interventions behind a category."""
    return f"insatser-{dimension.replace('_', '-')}-{value.replace('_', '-')}"


def link_to_interventions(dimension: str, column: str, *, count: str = "count") -> Callable[[Mapping[str, Any]], str]:
    """A link from a row of a table to the interventions it counts; no link where the row counts none."""

    def target(record: Mapping[str, Any]) -> str:
        return f"#{anchor(dimension, str(record[column]))}" if record[count] else ""

    return target
