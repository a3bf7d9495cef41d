"""With what a report was made, where that is not what the last one was made with: versions, parameters, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portfolj.coding import Codebook
from portfolj.exhibits import labels, swedish
from portfolj.portfolio.counting import COUNTING_WORDS, CountingRule
from portfolj.report.cells import Change, number_of

OWN_DEFAULT = ("", "-1", "-1.0")  # a parameter that is left to the federation's settings
PARAMETERS = {
    "basis": "Grunden",
    "counting": "Räkneregeln för målgrupper",
    "values": "Värden i parametercellen",
    "discount_rate_pct": "Kalkylräntan i procent",
    "fade_out_pct": "Avklingningen i procent",
    "deadweight_pct": "Det som hade kommit ändå, i procent",
    "write_off_years": "Avskrivningen i år",
    "price_year": "Prisåret",
}
VERSIONS = {"portfolj": "Programmet", "codebook": "Kodboken", "unit_values": "Värdena som följer med"}


def made_with(changes: Sequence[Change], codebook: Codebook) -> Iterator[str]:
    """One sentence for each version that is another, one for all parameters, and one for tables that are new."""
    for change in changes:
        if change.kind == "version":
            what = VERSIONS.get(change.column, change.column)
            yield f"{what} har nu version {change.after or 'okänd'}, förut {change.before or 'okänd'}."
    given = [change for change in changes if change.kind == "parameter"]
    if given:
        yield " ".join(_parameter(change, codebook) for change in given)
    tables = [f"{change.table}.csv" for change in changes if change.kind == "table" and change.why == "added"]
    if tables:
        yield f"Rapporten har fått {'tabellen' if len(tables) == 1 else 'tabellerna'} {swedish.listed(tables)}."


def _parameter(change: Change, codebook: Codebook) -> str:
    then, now = (_chosen(change.column, value, codebook) for value in (change.before, change.after))
    return f"{PARAMETERS.get(change.column, f'Parametern {change.column}')} är nu {now}, förut {then}."


def _chosen(name: str, value: str, codebook: Codebook) -> str:
    if value in OWN_DEFAULT:
        return "förbundets egen inställning"
    if name == "basis" and value in labels.BASES:
        return f"”{codebook.label('basis', value)}”"
    if name == "counting" and value in list(CountingRule):
        return f"”{COUNTING_WORDS[CountingRule(value)]}”"
    number = number_of(value)
    return value if number is None else f"{number.normalize():f}".replace(".", ",")
