"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.documentation.facts import facts_known
from portfolj.exhibits.documentation.words import AGREES, MET, STATES, STATUS
from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView


def documentation_sheets(view: DocumentationView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    period = view.portfolio.period_label
    if len(view.tables["documentation"]):
        yield Sheet("Underlag", f"Vad som är dokumenterat om varje insats, {period}", _per_intervention(view))
        yield Sheet("Underlag per uppgift", f"Hur många insatser som har och saknar varje uppgift, {period}",
                    _per_fact(view))  # fmt: skip
    if len(view.tables["phases"]):
        yield Sheet("Faser", "Insatser som finansieras i steg, alla år", _phases(view))
        yield Sheet("Faser och liggaren", "Fasernas pengar jämförda med liggaren, alla år", _sums(view))


def _per_intervention(view: DocumentationView) -> pd.DataFrame:
    """A row per intervention with a column per fact, those with most money first."""
    table = view.tables["documentation"]
    wide = table.assign(status=table["status"].map(STATUS)).pivot(
        index="intervention_key", columns="fact", values="status"
    )
    own = view.portfolio.interventions.sort_values(["granted_sek", "name"], ascending=[False, True], na_position="last")
    facts = {fact.label: list(wide.loc[own["intervention_key"], code]) for code, fact in facts_known().items()}
    return pd.DataFrame({
        "Id": list(own["intervention_key"]), "Insats": list(own["name"]), "Beviljat, kr": list(own["granted_sek"]),
        **facts,
    })  # fmt: skip


def _per_fact(view: DocumentationView) -> pd.DataFrame:
    frame = view.tables["facts"]
    return pd.DataFrame({
        "Uppgift": [facts_known()[str(code)].label for code in frame["fact"]], "Ska finnas": frame["required"],
        "Finns": frame["present"], "Saknas": frame["missing"], "Beviljat utan uppgiften, kr": frame["missing_sek"],
        "Krävs inte": frame["not_required"],
    })  # fmt: skip


def _phases(view: DocumentationView) -> pd.DataFrame:
    frame = view.tables["phases"]
    days = {
        heading: frame[name].dt.strftime("%Y-%m-%d").astype("str").fillna("")
        for name, heading in (("start", "Start"), ("end", "Slut"), ("decided_on", "Beslutad"))
    }
    return pd.DataFrame({
        "Insats": frame["name"], "Fas": frame["phase"], "Belopp, kr": frame["amount_sek"], "Start": days["Start"],
        "Slut": days["Slut"], "Villkor för att gå vidare": frame["condition"], "Uppfyllt": frame["met"].map(MET),
        "Beslutad": days["Beslutad"], "Läge": frame["state"].map(STATES), "Nästa fas": frame["next_phase"],
        "Står på spel i nästa fas, kr": frame["at_stake_sek"], "Källa": frame["source"],
    })  # fmt: skip


def _sums(view: DocumentationView) -> pd.DataFrame:
    frame = view.tables["phase_sums"]
    return pd.DataFrame({
        "Insats": frame["name"], "Faser": frame["phases"], "Alla faser, kr": frame["planned_sek"],
        "Beslutade faser, kr": frame["decided_sek"], "Väntar på villkor, kr": frame["waits_sek"],
        "Inget villkor hindrar, kr": frame["open_sek"], "Beviljat i liggaren, kr": frame["granted_sek"],
        "Stämmer": frame["agrees"].map(AGREES), "Beviljat minus beslutade faser, kr": frame["difference_sek"],
    })  # fmt: skip
