"""The calculation as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.economics.actors import OTHER_ENDS
from portfolj.economics.unit_values import CONFIDENCE
from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

# Table -> the sheet's name, its title and its columns with their headings.
SHEETS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "payback": ("Återbetalning", "Intäkt, kostnad, resultat och återbetalningstid per år och aktör", {
        "year": "År", "actor": "Aktör", "participants": "Deltagare", "income_1y_sek": "Intäkt 1 år, kr",
        "cost_sek": "Kostnad, kr", "result_1y_sek": "Resultat 1 år, kr", "income_5y_sek": "Intäkt 5 år, kr",
        "result_5y_sek": "Resultat 5 år, kr", "payback_months": "Återbetalningstid, månader",
    }),
    "payback_summary": ("Återbetalning tillsammans", "Alla år tillsammans, och medel av årens återbetalningstider", {
        "actor": "Aktör", "years": "År", "participants": "Deltagare", "income_1y_sek": "Intäkt 1 år, kr",
        "cost_sek": "Kostnad, kr", "result_1y_sek": "Resultat 1 år, kr", "result_5y_sek": "Resultat 5 år, kr",
        "payback_mean_months": "Medel av åren, månader", "payback_pooled_months": "Alla år tillsammans, månader",
        "years_with_payback": "År med återbetalning", "years_without_payback": "År utan återbetalning",
        "years_unknown": "År som inte är med",
    }),
    "published": ("Tryckt återbetalning", "Tryckta siffror om intäkter och återbetalning bredvid beräknade", {
        "year": "År", "actor": "Aktör", "measure": "Mått", "printed": "Tryckt", "computed": "Beräknat",
        "difference": "Skillnad", "finding": "Utfall", "note": "Anmärkning", "source": "Källa",
    }),
    "flows": ("Flöden", "Vem som betalar vem, per person och år och i allt", {
        "label": "Flöde", "payer": "Betalar", "receiver": "Får", "sek_per_person_year": "Per person och år, kr",
        "change": "Fler personer efter än före", "sek": "Per år, kr", "missing": "Värde som saknas",
    }),
    "break_even": ("Brytpunkter", "Hur många personer som krävs för att kostnaden ska betala sig", {
        "label": "Fall", "kind": "Värdet är", "cost_sek": "Kostnad, kr",
        "value_per_person_year_sek": "Värde per person och år, kr", "years": "År", "persons": "Personer",
        "printed_persons": "Personer, tryckt", "source": "Källa",
    }),
    "highest_cost": ("Högsta kostnad", "Vad en deltagare högst får kosta för att betala sig i tid", {
        "actor": "Aktör", "months": "Månader", "highest_cost_per_participant_sek": "Högsta kostnad, kr",
        "cost_per_participant_sek": "Räknad kostnad, kr", "income_per_participant_sek": "Intäkt per deltagare, kr",
    }),
    "sensitivity": ("Känslighet", "Resultatet efter fem år när ett antagande i taget ändras", {
        "actor": "Aktör", "label": "Antagande", "low": "Lägst", "likely": "Troligast", "high": "Högst",
        "result_low_sek": "Resultat vid lägst, kr", "result_base_sek": "Resultat vid troligast, kr",
        "result_high_sek": "Resultat vid högst, kr", "switching_value": "Brytvärde",
    }),
    "value_sensitivity": ("Värdenas betydelse", "Resultatet efter fem år när ett antaget värde i taget ändras", {
        "actor": "Aktör", "label": "Värde", "low": "Lägre", "base": "Räknat med", "high": "Högre", "unit": "Enhet",
        "result_low_sek": "Resultat vid lägre, kr", "result_base_sek": "Resultat nu, kr",
        "result_high_sek": "Resultat vid högre, kr", "switching_value": "Brytvärde",
    }),
    "chance": ("Chans", "Chansen att pengarna har kommit tillbaka, och återbetalningstid i månader", {
        "actor": "Aktör", "horizon_years": "Inom år", "chance_to_break_even": "Chans",
        "share_never": "Andel som aldrig betalar sig", "payback_p05_months": "5:e percentilen",
        "payback_p50_months": "Medianen", "payback_p95_months": "95:e percentilen",
    }),
    "values": ("Värden", "Värden som beräkningen kan använda, med källa", {
        "label": "Värde", "actor": "Aktör", "year": "År", "value": "Tal", "unit": "Enhet", "confidence": "Säkerhet",
        "used_for": "Använt för år", "source": "Källa", "note": "Anmärkning", "key": "Nyckel",
    }),
}  # fmt: skip
MEASURES = {
    "income_1y": "Intäkt 1 år", "result_1y": "Resultat 1 år", "income_5y": "Intäkt 5 år", "result_5y": "Resultat 5 år",
    "payback_months": "Återbetalningstid",
}  # fmt: skip
FINDINGS = {"agrees": "stämmer", "differs": "skiljer sig", "not_computed": "går inte att räkna"}
KINDS = {"stated": "angivet", "printed": "det som trycket ger", "model": "modellens"}
NEVER = {"never": "aldrig"}


def economics_sheets(view: EconomicsView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    words: Mapping[str, Mapping[str, str]] = {
        "actor": view.labels, "payer": {**view.labels, **OTHER_ENDS}, "receiver": {**view.labels, **OTHER_ENDS},
        "measure": MEASURES, "finding": FINDINGS, "kind": KINDS, "confidence": CONFIDENCE,
        "payback_p05_months": NEVER, "payback_p50_months": NEVER, "payback_p95_months": NEVER,
    }  # fmt: skip
    for table, (name, title, columns) in SHEETS.items():
        frame = view.tables[table]
        if len(frame):
            shown = pd.DataFrame({heading: _said(frame[key], words.get(key, {})) for key, heading in columns.items()})
            yield Sheet(name, f"{title}, {view.portfolio.period_label}", shown, _notes(table, view))


def _said(values: pd.Series, words: Mapping[str, str]) -> pd.Series:
    def word(value: Any) -> Any:
        return int(value) if isinstance(value, str) and value.isdigit() else words.get(value, value)

    # Months are text beside "never"; in a workbook they are numbers.
    return values.map(word, na_action="ignore") if words else values


def _notes(table: str, view: EconomicsView) -> tuple[str, ...]:
    if table in ("payback", "payback_summary"):
        return (
            "Återbetalningstid: 12 gånger kostnaden delad med intäkten, avrundad uppåt. Tom där intäkten aldrig "
            "betalar kostnaden.",
        )
    if table == "chance":
        return (f"{view.draws} dragningar ur de spann som står på sidan; antaganden, inte mätningar.",)
    return ()
