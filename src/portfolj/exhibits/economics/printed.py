"""Figures that others have printed about the same money, beside what the rule gives, and where they part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import signed, text_column
from portfolj.exhibits.markup import Column, Html, Table, finding, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


def printed(view: EconomicsView) -> Html:
    """The printed figures that differ from what is computed; those that agree are counted in a sentence."""
    frame = words.table_of(view, "published")
    if frame.empty:
        return left_out("Tryckta siffror om intäkter och återbetalningstid saknas. Det finns inget att jämföra med.")
    differs = frame[frame["finding"] == "differs"]
    parts = [finding(printed_finding(view))]
    derived = frame[frame["derived"].astype("bool") & (frame["finding"] == "agrees")]
    if not derived.empty:
        whose = swedish.listed([words.inside(view, actor) for actor in words.actors_in(derived)])
        parts.append(
            paragraph(
                f"{swedish.number(len(derived))} av dem som stämmer gäller {whose}. Där är intäkten inte tryckt, utan "
                "räknad baklänges ur de tryckta resultaten. Att de stämmer är därför en svagare kontroll."
            )
        )
    unknown = int((frame["finding"] == "not_computed").sum())
    if unknown:
        some = "En tryckt siffra" if unknown == 1 else f"{swedish.number(unknown)} tryckta siffror"
        parts.append(paragraph(f"{some} går inte att jämföra, eftersom underlaget för att räkna saknas."))
    if not differs.empty:
        parts.append(_table(view, differs).html())
    if told := words.sources(list(frame["source"])):
        parts.append(note(f"{told} Alla jämförelser står i filen payback_printed.csv."))
    return Html(*parts)


def printed_finding(view: EconomicsView) -> str:
    """How many printed figures agree with what is computed; empty where none is printed."""
    frame = words.table_of(view, "published")
    if frame.empty:
        return ""
    agrees, differs = (int((frame["finding"] == code).sum()) for code in ("agrees", "differs"))
    compared = agrees + differs
    if not compared:
        return "Ingen tryckt siffra går att jämföra med det som är räknat."
    if not differs:
        every = "Den enda tryckta siffran" if compared == 1 else f"Alla {swedish.number(compared)} tryckta siffror"
        return f"{every} som går att jämföra stämmer."
    which = "den som avviker" if differs == 1 else "de som avviker"
    return (
        f"{swedish.number(agrees)} av {swedish.counted(compared, 'tryckt siffra', 'tryckta siffror')} stämmer. "
        f"Tabellen visar {which}."
    )


def _table(view: EconomicsView, rows: pd.DataFrame) -> Table:
    records = rows.to_dict("records")
    shown = rows.assign(
        what=[_what(view, record) for record in records],
        printed_text=[_figure(record, record["printed_value"]) or record["printed"] for record in records],
        computed_text=pd.Series([_figure(r, r["computed"]) for r in records], index=rows.index, dtype="object"),
        apart=pd.Series([_apart(record) for record in records], index=rows.index, dtype="object"),
        told=[record["note"] if words.is_known(record["note"]) else "" for record in records],
    )
    return Table(
        name="tryckt-ekonomi",
        caption="Tryckta siffror som skiljer sig från det som är räknat",
        frame=shown,
        columns=[
            Column("what", "Uppgift"),
            text_column("printed_text", "Tryckt"),
            text_column("computed_text", "Räknat"),
            text_column("apart", "Skillnad"),
            Column("told", "Anmärkning"),
        ],
        notes=["Skillnaden är det räknade minus det tryckta. Tryckta belopp är avrundade till tusen kronor, och "
               "skillnader som avrundningen förklarar räknas inte."],
    )  # fmt: skip


def _what(view: EconomicsView, record: dict[str, Any]) -> str:
    measure = words.MEASURES.get(str(record["measure"]), str(record["measure"]))
    year = record["year"]
    when = "medelvärde av åren" if swedish.is_missing(year) else str(int(year))
    return f"{words.label(view, str(record['actor']))}, {when}: {measure[:1].lower()}{measure[1:]}"


def _figure(record: dict[str, Any], value: Any) -> str | None:
    if not words.is_known(value):
        return None
    if record["measure"] == "payback_months":
        # As printed and computed: here a reader compares, so a long time is told in months too.
        return swedish.counted(round(value), "månad", "månader")
    return swedish.kronor(value)


def _apart(record: dict[str, Any]) -> str | None:
    value = record["difference"]
    if not words.is_known(value):
        return None
    unit = "mån" if record["measure"] == "payback_months" else "kr"
    return f"{signed(round(value))}{swedish.NBSP}{unit}"
