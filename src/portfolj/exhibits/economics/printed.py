"""Figures that others have printed about the same money, beside what the rule gives, and where they part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.economics import words
from portfolj.exhibits.economics.lacking import has_payback
from portfolj.exhibits.economics.rules import as_in_print, in_short
from portfolj.exhibits.followup.kinds import left_out
from portfolj.exhibits.followup.shown import signed, text_column
from portfolj.exhibits.markup import Column, Html, Table, finding, note, paragraph

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView


SHEET = "Tryckt återbetalning"  # of the workbook: see sheets.py
OTHER_RULES = (
    "Räkningen har andra regler än trycket. Då säger en skillnad inget om ifall trycket stämmer. Jämför med en körning "
    "utan ränta, avtagande intäkt, avdrag och avskrivning, i löpande priser."
)


def printed(view: EconomicsView) -> Html:
    """The printed figures that differ from what is computed; those that agree are counted in a sentence.

    With other rules than those of print nothing is compared, since every difference would be one of the rules.
    """
    every = words.table_of(view, "published")
    if every.empty:
        return left_out("Tryckta siffror om intäkter och återbetalningstid saknas. Det finns inget att jämföra med.")
    if not as_in_print(view.options):
        return Html(finding(OTHER_RULES), note(in_short(view)))
    frame = _of_the_years(view, every)
    differs = frame[frame["finding"] == "differs"]
    parts = [finding(printed_finding(view))]
    derived = frame[frame["derived"].astype("bool") & (frame["finding"] == "agrees")]
    if not derived.empty:
        whose = swedish.listed([words.inside(view, actor) for actor in words.actors_in(derived)])
        count = swedish.sentence(swedish.in_words(len(derived), neuter=True))
        parts.append(
            paragraph(
                f"{count} av dem som stämmer gäller {whose}. Där är intäkten inte tryckt, utan räknad baklänges ur de "
                "tryckta resultaten. Att de stämmer är därför en svagare kontroll."
            )
        )
    unknown = int((frame["finding"] == "not_computed").sum()) + len(every) - len(frame)
    if unknown:
        some = "En tryckt siffra" if unknown == 1 else f"{swedish.number(unknown)} tryckta siffror"
        parts.append(
            paragraph(
                f"{some} går inte att jämföra: de år som de gäller är inte med i räkningen, eller underlag saknas."
            )
        )
    if not differs.empty:
        parts.append(_table(view, differs).html())
    told = words.sources(list(every["source"]))
    parts.append(note(f"{told} Alla jämförelser står i arbetsboken, på bladet {SHEET}.".strip()))
    return Html(*parts)


def printed_finding(view: EconomicsView) -> str:
    """How many printed figures agree and whose do not; empty where none is printed, or by other rules than print."""
    every = words.table_of(view, "published")
    if every.empty or not as_in_print(view.options):
        return ""
    frame = _of_the_years(view, every)
    agrees, differs = (int((frame["finding"] == code).sum()) for code in ("agrees", "differs"))
    compared = agrees + differs
    if not compared:
        return "Ingen tryckt siffra går att jämföra med det som är räknat."
    if not differs:
        every_one = "Den enda tryckta siffran" if compared == 1 else f"Alla {swedish.number(compared)} tryckta siffror"
        return f"{every_one} som går att jämföra stämmer."
    return (
        f"{swedish.number(agrees)} av {swedish.counted(compared, 'tryckt siffra', 'tryckta siffror')} stämmer. "
        f"{_only(view, frame[frame['finding'] == 'differs'])}"
    )


def _only(view: EconomicsView, differs: pd.DataFrame) -> str:
    """Whose figures differ by more than rounding, and by how much where it is the same amount in all of them."""
    places = list(dict.fromkeys((record["actor"], _when(record["year"])) for record in differs.to_dict("records")))
    names = swedish.listed([f"{words.inside(view, str(actor))} {when}" for actor, when in places])
    if len(places) > 1:
        return f"De som skiljer sig mer än avrundningen förklarar gäller {names}."
    sizes = {abs(round(value)) for value in differs["difference"]} if differs["difference"].notna().all() else set()
    by = ""
    if len(sizes) == 1 and "payback_months" not in set(differs["measure"]):
        each = {1: "", 2: " i båda"}.get(len(differs), " i vart och ett")
        by = f", med {words.kronor(sizes.pop())}{each}"
    what = "talet" if len(differs) == 1 else "talen"
    return f"Bara {what} för {names} skiljer sig mer än avrundningen förklarar{by}."


def _of_the_years(view: EconomicsView, frame: pd.DataFrame) -> pd.DataFrame:
    """The printed figures of years that are counted here; an actor's mean only where all its printed years are."""
    counted = set(words.table_of(view, "payback")["year"].astype("str")) if has_payback(view) else set()
    years = frame["year"].map(lambda year: "" if swedish.is_missing(year) else str(int(year)))
    lacking = set(frame.loc[~years.isin(counted | {""}), "actor"])
    return frame[years.isin(counted) | ((years == "") & ~frame["actor"].isin(lacking))]


def _when(year: Any) -> str:
    return "medelvärde av åren" if swedish.is_missing(year) else str(int(year))


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
            *([Column("told", "Anmärkning")] if shown["told"].ne("").any() else []),
        ],
        notes=["Skillnaden är det räknade minus det tryckta. Tryckta belopp är avrundade till tusen kronor, och "
               "skillnader som avrundningen förklarar räknas inte.",
               *([] if shown["told"].ne("").any() else ["Underlaget har ingen förklaring till skillnaden."])],
    )  # fmt: skip


def _what(view: EconomicsView, record: dict[str, Any]) -> str:
    measure = words.MEASURES.get(str(record["measure"]), str(record["measure"]))
    when = _when(record["year"])
    return f"{words.label(view, str(record['actor']))}, {when}: {measure[:1].lower()}{measure[1:]}"


def _figure(record: dict[str, Any], value: Any) -> str | None:
    if not words.is_known(value):
        return None
    if record["measure"] == "payback_months":
        return words.months(value)
    return words.kronor(value)


def _apart(record: dict[str, Any]) -> str | None:
    value = record["difference"]
    if not words.is_known(value):
        return None
    unit = "mån" if record["measure"] == "payback_months" else "kr"
    return f"{signed(round(value))}{swedish.NBSP}{unit}"
