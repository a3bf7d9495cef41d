"""The municipalities that are most like one's own, with what the distance is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.comparison import words
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, details, finding, paragraph

if TYPE_CHECKING:
    from portfolj.comparison.kolada.compared import Compared
    from portfolj.comparison.kolada.indicators import Indicator
    from portfolj.comparison.view import ComparisonView


def similar(view: ComparisonView) -> Html:
    """The nearest municipalities of each own one: distance and values, and how the distance is computed."""
    compared = view.compared
    if compared is None or compared.kept is None:
        return left_out("Utan siffror om kommunerna går det inte att säga vilka som är lika.")
    if compared.similar.why_none:
        return paragraph(f"Det går inte att säga vilka kommuner som är lika: {compared.similar.why_none}.")
    return Html(finding(similar_finding(compared)), *_own_tables(compared), _method(compared))


def similar_finding(compared: Compared) -> str:
    """Which municipality is the nearest, and how many there are."""
    table = compared.similar.table
    nearest = table.sort_values(["distance", "municipality", "similar"]).iloc[0]
    pair = f"{words.name_of(compared, nearest['municipality'])} och {words.name_of(compared, nearest['similar'])}"
    count = len(compared.similar.codes)
    if len(compared.own) == 1:
        return (
            f"Mest lik {words.name_of(compared, compared.own[0])} är {words.name_of(compared, nearest['similar'])}, av "
            f"{compared.similar.compared - 1} kommuner."
        )
    return (
        f"Förbundets kommuner jämförs med {swedish.counted(count, 'kommun', 'kommuner')} som liknar dem. Mest lika är "
        f"{pair}."
    )


def _own_tables(compared: Compared) -> list[Html]:
    shown = [_table(compared, code).html() for code in compared.own]
    # One's own is what the page is about; with many of them the list is for whoever looks something up.
    return shown if len(shown) == 1 else [details("Vilka som liknar varje kommun", *shown)]


def _table(compared: Compared, code: str) -> Table:
    rows = compared.similar.table[compared.similar.table["municipality"] == code]
    wide = rows.pivot(index=["rank", "similar", "distance"], columns="indicator", values="value").reset_index()
    own = rows.drop_duplicates("indicator").set_index("indicator")["own_value"]
    frame = pd.concat([pd.DataFrame([{"similar": code, **own}]), wide], ignore_index=True)
    frame["name"] = [words.name_of(compared, each) for each in frame["similar"]]
    return Table(
        name=f"liknande-{code}",
        caption=f"Kommuner som liknar {words.name_of(compared, code)}, {compared.similar.year}",
        base="Överst kommunen själv, sedan de mest lika först.",
        frame=frame,
        columns=[
            Column("name", "Kommun"),
            Column("distance", "Avstånd", lambda x: swedish.number(x, decimals=2), numeric=True, missing="den egna"),
            *(_column(indicator) for indicator in compared.similar_by),
        ],
        notes=[words.source(compared)],
    )


def _column(indicator: Indicator) -> Column:
    heading = f"{indicator.label}, {indicator.unit}"
    return Column(indicator.id, heading, lambda value: words.value_text(value, indicator), numeric=True)


def _method(compared: Compared) -> Html:
    found = compared.similar
    rows = found.table.drop_duplicates("indicator").set_index("indicator")
    frame = pd.DataFrame([
        {"label": i.label, **{key: words.with_unit(rows.loc[i.id, key], i) for key in ("mean", "sd")}}
        for i in compared.similar_by
    ])  # fmt: skip
    constant = [i.label for i in compared.similar_by if i.id in found.constant]
    notes = [f"{swedish.listed(constant)} är lika överallt och skiljer ingen."] if constant else []
    table = Table(
        name="avstand",
        caption=f"Vad avståndet räknas med, {found.compared} kommuner {found.year}",
        frame=frame,
        columns=[Column("label", "Nyckeltal"), Column("mean", "Medel"), Column("sd", "Standardavvikelse")],
        notes=notes,
    )
    return details(
        "Så räknas avståndet",
        paragraph(
            "Varje nyckeltal räknas om till hur många standardavvikelser kommunen ligger från medelvärdet. Avståndet "
            "är roten ur summan av skillnaderna i kvadrat. Alla nyckeltal väger lika. Året är det senaste då alla "
            "förbundets kommuner har alla nyckeltal. Förbundets egna kommuner räknas inte som liknande."
        ),
        table.html(),
    )
