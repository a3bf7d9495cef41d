"""Each chosen indicator over the years, beside similar municipalities and the nation: a sentence, a figure, a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.comparison.kolada.compared import NATION_ROLE, OWN, SIMILAR
from portfolj.exhibits import swedish
from portfolj.exhibits.comparison import words
from portfolj.exhibits.comparison.lines import over_the_years
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.markup import Column, Html, Table, finding, paragraph, subheading

if TYPE_CHECKING:
    from portfolj.comparison.kolada.compared import Compared
    from portfolj.comparison.kolada.indicators import Indicator
    from portfolj.comparison.view import ComparisonView

MEAN = "Förbundets kommuner, vägt medel"


def indicators(view: ComparisonView) -> Html:
    """A heading, a sentence, a figure and a table per indicator."""
    compared = view.compared
    if compared is None or compared.kept is None:
        return left_out("Utan siffror om kommunerna finns det inget att visa över åren.")
    if not compared.indicators:
        return paragraph("Inget av de valda nyckeltalen går att använda. Varför står ovanför.")
    return Html(*(part for indicator in compared.indicators for part in _one(compared, indicator)))


def indicator_finding(compared: Compared, indicator: Indicator) -> str:
    """What the indicator was in the latest year that one's own and somebody to compare with have; empty without one."""
    said = _latest(compared, indicator)
    return f"{indicator.label}: {said}" if said else ""


def _latest(compared: Compared, indicator: Indicator) -> str:
    summary = compared.summary[compared.summary["indicator"] == indicator.id]
    told = summary[summary["own_mean"].notna() & (summary["similar_median"].notna() | summary["nation"].notna())]
    if told.empty:
        return ""
    row = told.iloc[-1]
    others = []
    if words.is_known(row["similar_median"]):
        count = swedish.counted(int(row["similar_count"]), "liknande kommun", "liknande kommuner")
        others.append(f"{words.value_text(row['similar_median'], indicator)} i medianen av {count}")
    if words.is_known(row["nation"]):
        others.append(f"{words.value_text(row['nation'], indicator)} i riket")
    who = words.name_of(compared, compared.own[0]) if len(compared.own) == 1 else "förbundets kommuner"
    return f"{words.with_unit(row['own_mean'], indicator)} i {who} {int(row['year'])}, mot {swedish.listed(others)}."


def _one(compared: Compared, indicator: Indicator) -> list[Html]:
    summary = compared.summary[compared.summary["indicator"] == indicator.id]
    values = compared.values[compared.values["indicator"] == indicator.id]
    parts = [subheading(indicator.label)]
    known = values[values["value"].notna()]
    if known.empty:
        return [*parts, paragraph("Kolada har inga värden för de här kommunerna och åren.")]
    said = _latest(compared, indicator)
    parts += [finding(said)] if said else [paragraph(_why_no_mean(indicator, summary))]
    own_name = words.name_of(compared, compared.own[0]) if len(compared.own) == 1 else MEAN
    own = values[values["role"] == OWN]
    parts.append(
        over_the_years(
            indicator, summary, own, own_name=own_name, alt=_alt(compared, indicator, summary, own_name),
            caption=f"{indicator.title} ({indicator.id}). {words.source(compared)}",
        )
    )  # fmt: skip
    parts.append(_table(compared, indicator, values, summary).html())
    return parts


def _why_no_mean(indicator: Indicator, summary: pd.DataFrame) -> str:
    if not indicator.weighted:
        return "Ett medel av förbundets kommuner säger inget här, så varje kommun står för sig."
    return "Det går inte att räkna ett medel av förbundets kommuner: det saknas värden eller antal invånare varje år."


def _alt(compared: Compared, indicator: Indicator, summary: pd.DataFrame, own_name: str) -> str:
    parts = []
    named = {"own_mean": own_name, "similar_median": "Liknande kommuners median", "nation": "Riket"}
    for key, name in named.items():
        rows = summary[summary[key].notna()]
        if len(rows):
            first, last = rows.iloc[0], rows.iloc[-1]
            parts.append(
                f"{name}: {words.value_text(first[key], indicator)} år {int(first['year'])}, "
                f"{words.value_text(last[key], indicator)} år {int(last['year'])}"
            )
    return (
        f"{indicator.label} i {indicator.unit} per år. {'. '.join(parts)}. Alla värden står i tabellen under figuren."
    )


def _table(compared: Compared, indicator: Indicator, values: pd.DataFrame, summary: pd.DataFrame) -> Table:
    years = [int(year) for year in summary["year"]]
    rows = [_row(compared, code, values, indicator) for code in compared.own]
    if len(compared.own) > 1 and summary["own_mean"].notna().any():
        rows.append(_of_summary(MEAN, "own_mean", summary, indicator, "går inte att räkna"))
    for name, key in (("medianen", "similar_median"), ("lägst", "similar_low"), ("högst", "similar_high")):
        rows.append(_of_summary(f"Liknande kommuner, {name}", key, summary, indicator, "inget värde"))
    nation = values[values["role"] == NATION_ROLE]["municipality"].iloc[0]
    rows.append({**_row(compared, nation, values, indicator), "who": "Riket"})
    return Table(
        name=f"nyckeltal-{indicator.id.lower()}",
        caption=f"{indicator.label}, {indicator.unit}",
        frame=pd.DataFrame(rows),
        columns=[Column("who", "Kommun"), *(Column(str(year), str(year), str, numeric=True) for year in years)],
        notes=[f"{words.source(compared)} Liknande kommuner är {_how_many(values)}; var och en står i comparison.csv."],
    )


def _how_many(values: pd.DataFrame) -> str:
    count = values[values["role"] == SIMILAR]["municipality"].nunique()
    return swedish.counted(count, "kommun", "kommuner")


def _row(compared: Compared, code: str, values: pd.DataFrame, indicator: Indicator) -> Mapping[str, Any]:
    own = values[values["municipality"] == code]
    cells = {
        str(year): words.value_text(value, indicator) if words.is_known(value) else words.MISSING[missing]
        for year, value, missing in zip(own["year"], own["value"], own["missing"], strict=True)
    }
    return {"who": words.name_of(compared, code), **cells}


def _of_summary(
    who: str, key: str, summary: pd.DataFrame, indicator: Indicator, missing: str
) -> Mapping[str, Any]:  # fmt: skip
    cells = {
        str(int(year)): words.value_text(value, indicator) if words.is_known(value) else missing
        for year, value in zip(summary["year"], summary[key], strict=True)
    }
    return {"who": who, **cells}
