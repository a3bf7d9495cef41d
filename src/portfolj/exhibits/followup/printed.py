"""Figures that others have printed, as printed, beside what the rows give, and what does not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shares import said_of
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    known,
    people_table,
    shown_value,
    table_of,
    text_column,
    under_finding,
    whole,
)
from portfolj.exhibits.markup import Column, Html, Table, paragraph
from portfolj.followup.printed import AT_EXIT, STEP_TO_OTHER

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

UNITS = {"persons": "", "percent": f"{swedish.NBSP}%", "months": f"{swedish.NBSP}månader", "sek": f"{swedish.NBSP}kr"}
VERDICTS = {"agrees": "Stämmer", "differs": "Stämmer inte", "not_comparable": "Går inte att jämföra"}
BLANK = {
    "suppressed": "Det räknade talet är dolt.",
    "no_data": "Uppgiften finns inte i underlaget.",
    "amount_missing": "Ett belopp saknas i liggaren.",
}


def printed(view: FollowUpView) -> Html:
    """Every printed figure, marked as printed, with its computed twin or why there is none."""
    frame = table_of(view, "published")
    if frame.empty:
        return absent("published")
    rows = pd.DataFrame([_row(view, record) for record in frame.to_dict("records")]).astype("object")
    columns = [
        Column("what", "Uppgift"),
        text_column("printed", "Tryckt"),
        text_column("computed", "Räknat", missing=""),
        Column("verdict", "Utfall"),
        Column("why", "Anmärkning"),
    ]
    table = Table(
        name="tryckt-uppfoljning",
        caption="Tryckta siffror, och vad underlaget ger",
        frame=rows,
        columns=columns,
        notes=[f"Tryckt i {swedish.listed(_sources(frame))}. Siffrorna visas som de trycktes, också när de är små."],
        base=base(view),
    )
    beside = [Html(paragraph(text)) for text in beside_outcomes(view)]
    return Html(under_finding(printed_finding(view), people_table(view, table)), *beside)


def printed_finding(view: FollowUpView) -> str:
    """How many printed figures agree with the rows, and how many can't be held against them."""
    frame = table_of(view, "published")
    if frame.empty:
        return ""
    counts = frame["verdict"].value_counts()
    agrees, differs = (int(counts.get(code, 0)) for code in ("agrees", "differs"))
    compared = agrees + differs
    other = len(frame) - compared
    figures = swedish.counted(compared, "tryckt siffra", "tryckta siffror")
    which = f"Alla {figures}" if agrees == compared > 1 else f"{swedish.number(agrees)} av {figures}"
    text = (
        f"{which} som går att jämföra stämmer med underlaget."
        if compared
        else "Ingen tryckt siffra går att jämföra med underlaget."
    )
    hidden = int((frame["why_blank"] == "suppressed").sum())
    if other and compared:
        text += f" {swedish.number(other)} till går inte att jämföra"
        some = "" if hidden == other else f"{swedish.number(hidden)} av dem "
        text += f", {some}för att det räknade talet är dolt." if hidden else "."
    return text


def beside_outcomes(view: FollowUpView) -> list[str]:
    """Why printed counts of statuses at exit are others than those of exits to work or studies, a sentence each.

    Of those with the statuses, how many went to work or studies, and how many of the others to practice, where that is
    shown.
    """
    outcomes = table_of(view, "outcomes")
    if outcomes.empty:
        return []
    exits, went = (shown_value(outcomes.iloc[0].to_dict(), column) for column in ("exits", "work_or_study"))
    if not known(exits, went) or not exits:
        return []
    told = f"{said_of(whole(went), whole(exits), 'avslut')} gick till arbete eller studier"
    printed = table_of(view, "published").to_dict("records")
    return [
        f"{told}, men {text}" for record in printed if not record["intervention"] and (text := _counted(record, went))
    ]


def _counted(record: dict[str, Any], went: Shown) -> str:
    """What a count of statuses at exit counts, where it is another than that of exits to work or studies."""
    if record["measure"] != AT_EXIT or swedish.is_missing(record["computed"]) or int(record["computed"]) <= whole(went):
        return ""
    number, parts = int(record["computed"]), [record.get(name) for name in ("reached", "practice")]
    statuses = swedish.listed([words.inside(status) for status in str(record["category"]).split(";")], last="eller")
    had = f"{swedish.counted(number, 'deltagande', 'deltaganden')} hade läget {statuses} vid avslut."
    if any(map(swedish.is_missing, parts)):
        return f"{had} Lägena omfattar mer än arbete och studier; hur många som hade vad visas inte."
    reached, practice = (int(count) for count in parts if count is not None)
    if not practice:
        return ""
    told = [
        f"{swedish.number(reached)} till arbete eller studier",
        f"{swedish.number(practice)} till praktik eller arbetsträning",
    ]
    other = number - reached - practice
    rest = f", och för {swedish.number(other)} är det något annat eller okänt" if other else ""
    return f"{had} Skillnaden är vad som räknas: av de {swedish.number(number)} gick {swedish.listed(told)}{rest}."


def _row(view: FollowUpView, record: dict[str, Any]) -> dict[str, Any]:
    value = record.get("computed")
    computed: object = None if value is None or swedish.is_missing(value) else in_unit(float(value), record["unit"])
    if record.get("why_blank") == "suppressed":
        computed = HIDDEN
    why = [BLANK[str(record["why_blank"])]] if str(record.get("why_blank") or "") in BLANK else []
    if record.get("note"):
        why.append(str(record["note"]))
    return {
        "what": what(view, record),
        "printed": f"{record['printed']} (tryckt)",
        "computed": computed,
        "verdict": VERDICTS.get(str(record["verdict"]), str(record["verdict"])),
        "why": " ".join(why),
    }


def what(view: FollowUpView, record: dict[str, Any]) -> str:
    """What a printed figure is about, in words: intervention, measure and category."""
    group, category = str(record["group"] or "all"), str(record["category"] or "")
    where = ""
    if group == "exits":
        where = words.inside(words.base(category))
    elif "_" in group:
        pairs = zip(group.split("_"), category.split(";"), strict=False)
        where = ", ".join(_category(view, *pair) for pair in pairs)
    elif group != "all" and category:
        last = "eller" if str(record["measure"]).endswith(STEP_TO_OTHER) else "och"
        where = swedish.listed([_category(view, group, part) for part in category.split(";")], last=last)
    text = words.measure(str(record["measure"]))
    if record["intervention"]:
        text = f"{record['intervention']}: {words.inside(text)}"
    between = " än " if str(record["measure"]).endswith(STEP_TO_OTHER) else ", "
    return f"{text}{between}{where}" if where else text


def _category(view: FollowUpView, group: str, value: str) -> str:
    label = words.category(view.portfolio, group, value)
    if group == "referrer" and value != "missing":  # a municipality may be called the same
        return f"remittent {label}"
    return words.inside(label) if group in ("sex", "age", "status") else label


def in_unit(value: float, unit: str) -> str:
    """A computed figure in the unit that its printed twin has."""
    decimals = 0 if float(value).is_integer() else 1
    return f"{swedish.number(float(value), decimals=decimals)}{UNITS.get(unit, '')}"


def _sources(frame: pd.DataFrame) -> list[str]:
    return sorted({str(source) for source in frame["source"] if source}) or ["en källa som inte är angiven"]
