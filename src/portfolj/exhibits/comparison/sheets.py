"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pandas as pd

from portfolj.exhibits.comparison import words
from portfolj.exhibits.comparison.fetched import when_and_where
from portfolj.exhibits.comparison.files import allocation_rows
from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.comparison.kolada.compared import Compared
    from portfolj.comparison.view import ComparisonView

ALLOCATION: Final = {
    "federation": "Förbund", "income_support": "Försörjningsmått", "population_16_64": "Invånare 16–64 år",
    "last_year_sek": "Förra året, kr", "requested_sek": "Begärt, kr", "equity_sek": "Eget kapital, kr",
    "allowed_equity_sek": "Skäligt eget kapital, kr", "budget_sek": "Årsbudget, kr", "base_sek": "Grundtilldelning, kr",
    "by_support_sek": "Efter försörjningsmått, kr", "by_population_sek": "Efter invånare, kr",
    "model_sek": "Formeln, kr", "brake_least_sek": "Bromsens golv, kr", "brake_added_sek": "Bromsen ger, kr",
    "brake_paid_sek": "Bromsen kostar, kr", "after_brake_sek": "Efter bromsen, kr",
    "not_requested_sek": "Begärs inte, kr", "redistributed_sek": "Får av andras, kr", "final_sek": "Tilldelning, kr",
}  # fmt: skip
CHANGES: Final = {
    "measure": "Mått", "change_pct": "Ändring, procent", "value": "Måttet blir", "final_sek": "Tilldelning, kr",
    "difference_sek": "Skillnad, kr", "bound": "Det som avgör",
}  # fmt: skip


def comparison_sheets(view: ComparisonView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    compared, allocation = view.compared, view.allocation
    if compared is not None and compared.kept is not None:
        yield from _municipalities(compared)
    if allocation is not None and allocation.allocation is not None:
        yield Sheet("Statens fördelning", "Vad modellen ger varje förbund, steg för steg",
                    allocation_rows(allocation)[list(ALLOCATION)].rename(columns=ALLOCATION))  # fmt: skip
        if len(allocation.changes):
            said = allocation.changes.assign(
                measure=allocation.changes["measure"].map(words.MEASURES),
                bound=allocation.changes["bound"].map(words.BOUNDS),
            )
            yield Sheet("Om måtten ändras", f"Tilldelning till {allocation.own} när ett mått ändras",
                        said[list(CHANGES)].rename(columns=CHANGES))  # fmt: skip


def _municipalities(compared: Compared) -> Iterator[Sheet]:
    note = (when_and_where(compared),)
    labels = {i.id: f"{i.label}, {i.unit}" for i in (*compared.indicators, *compared.similar_by)}
    values = compared.values
    if len(values):
        yield Sheet("Kommuner i jämförelse", "Nyckeltal per kommun och år", pd.DataFrame({
            "Nyckeltal": values["indicator"].map(labels), "Id": values["indicator"], "Kommun": values["name"],
            "Kommunkod": values["municipality"], "Roll": values["role"].map(words.ROLES), "År": values["year"],
            "Värde": values["value"], "Saknas": values["missing"].map(words.MISSING).fillna(""),
        }), note)  # fmt: skip
    table = compared.similar.table
    if len(table):
        yield Sheet("Liknande kommuner", "Vilka som liknar varje kommun, och avståndet", pd.DataFrame({
            "Kommun": [words.name_of(compared, code) for code in table["municipality"]],
            "Liknande kommun": [words.name_of(compared, code) for code in table["similar"]],
            "Plats": table["rank"], "Avstånd": table["distance"], "År": table["year"],
            "Nyckeltal": table["indicator"].map(labels), "Kommunens värde": table["own_value"],
            "Den liknandes värde": table["value"], "Medel": table["mean"], "Standardavvikelse": table["sd"],
            "Skillnad i standardavvikelser": table["difference_sd"],
        }), note)  # fmt: skip
