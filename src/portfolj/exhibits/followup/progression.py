"""Progression by self-ratings: who moved up, down or not at all, and always how many were never measured twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import figures, swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.reasons import KEPT, not_made, only_category
from portfolj.exhibits.followup.shares import interval_text, said_of, share_text
from portfolj.exhibits.followup.shown import (
    Shown,
    each,
    first_record,
    known,
    of_whole,
    people_column,
    people_table,
    said,
    signed,
    table_of,
    text_column,
    under_finding,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table, bullets, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

COUNTS = ("measured_twice", "up", "down", "unchanged", "never_twice")
MOVED = ("up", "down", "unchanged")
SERIES = (
    figures.Series("up", "Uppåt", figures.BLUE),
    figures.Series("unchanged", "Oförändrat", figures.WHITE),
    figures.Series("down", "Nedåt", figures.YELLOW, "//"),
)


def progression(view: FollowUpView) -> Html:
    """The whole: up, down and unchanged of those measured twice, and the share that never was."""
    record = first_record(progression_rows(view, "all"))
    if not record:
        return absent("assessments")
    frame = pd.DataFrame(
        [
            {"what": words.MEASURES[key], "count": record[key],
             "share": interval_text(record[key], record["measured_twice"]) if key in MOVED else None}
            for key in COUNTS
        ]
    ).astype("object")  # fmt: skip
    table = Table(
        name="forflyttning",
        caption=f"Förflyttning enligt deltagarnas egna skattningar, {view.portfolio.period_label}",
        frame=frame,
        columns=[
            Column("what", "Från första till sista skattningen"),
            people_column("count", "Antal"),
            text_column("share", of_whole(record["measured_twice"], "mätta två gånger")),
        ],
        notes=[_never_note(record), step_rule(view)],
        base=base(view),
    )
    return under_finding(progression_finding(view), people_table(view, table))


def progression_by(view: FollowUpView, group: str) -> Html:
    """The same per category: a figure where every part is shown, and the table with the share never measured twice."""
    rows = progression_rows(view, group)
    if table_of(view, "progression").empty:
        return absent("assessments")
    if rows.empty:
        return not_made(view, "progression", group, what="Förflyttningen")
    if len(rows) == 1:
        return only_category(rows)
    rows = rows.assign(share_never=each(rows, _share_never, "never_twice", "measured_twice"))
    heads = [Column("label", words.GROUPS[group])]
    if group == "sex_age":
        pairs = [words.sex_and_age(str(value)) for value in rows["category"]]
        rows = rows.assign(label=[sex for sex, _ in pairs], age=[age for _, age in pairs])
        heads = [Column("label", "Kön"), Column("age", "Ålder")]
    columns = [
        *heads,
        *(people_column(key, words.MEASURES[key]) for key in COUNTS),
        text_column("share_never", "Andel aldrig mätta två gånger"),
    ]
    table = Table(
        name=f"forflyttning-{group.replace('_', '-')}",
        caption=f"Förflyttning {words.PER[group]}, {view.portfolio.period_label}",
        frame=rows,
        columns=columns,
        base=base(view),
    )
    picture = _figure(view, group, rows) if group != "sex_age" else Html()
    return Html(picture, people_table(view, table))


def progression_rows(view: FollowUpView, group: str) -> pd.DataFrame:
    """The rows of one group, labelled, each count as what may be shown of it."""
    frame = table_of(view, "progression")
    if frame.empty:
        return frame
    rows = with_shown(frame[frame["group"] == group], COUNTS)
    return words.labelled(view.portfolio, rows, group)


def progression_finding(view: FollowUpView) -> str:
    """How many rated twice, and of them how many moved which way: all three or none, since one alone would mislead.

    Empty where it is hidden how many rated twice, or how many did not.
    """
    record = first_record(progression_rows(view, "all"))
    if not record:
        return ""
    twice, never = record["measured_twice"], record["never_twice"]
    if not known(twice, never) or not twice + never:
        return ""
    text = f"I {said_of(twice, twice + never, 'deltaganden')} har deltagaren skattat sig minst två gånger."
    if twice and known(*(record[key] for key in MOVED)):
        up, down, same = (f"{_none_or(record[key])} ({swedish.percent(record[key], twice)})" for key in MOVED)
        text += f" Av dem gick {up} uppåt och {down} nedåt, medan {same} var oförändrade."
    if never:
        others = "det deltagande" if never == 1 else f"de {swedish.number(never)}"
        text += f" Om {others} som inte har två skattningar säger skattningarna inget."
    return text


def change(view: FollowUpView) -> Html:
    """The mean change with its interval, and what speaks against reading it as an effect."""
    if "assessments" not in view.kinds:
        return absent("assessments")
    record = first_record(table_of(view, "change"))
    cautions = bullets(
        [
            "De som skattar sig lågt första gången skattar sig oftast högre nästa gång även utan insats, och tvärtom. "
            "Det kallas regression mot medelvärdet. Den som kommer till en insats gör det ofta när det är som sämst, "
            "så en del av förändringen kan vara det. Det gäller än mer i grupper som skattade sig lågt från början.",
            "De som har skattat sig två gånger är de som har varit kvar. De kan skilja sig från de andra.",
            "En lägre skattning kan betyda att deltagaren ser mer realistiskt på sin situation.",
        ]
    )
    parts = ("n", "mean_change", "low", "high")
    if any(swedish.is_missing(record.get(key)) for key in parts):
        return Html(paragraph(f"Medelförändringen visas inte: {_why_no_change(view)}."), cautions)
    count, mean, low, high = (float(record[key]) for key in parts)
    certain = low > 0 or high < 0
    text = (
        f"Medelvärdet ändrades med {signed(mean, decimals=2)} steg på skalan "
        f"{_scale(view)} (95-procentigt intervall {signed(low, decimals=2)} till {signed(high, decimals=2)}) i de "
        f"{swedish.counted(int(count), 'deltagande', 'deltaganden')} där deltagaren har skattat sig minst två gånger. "
    )
    text += (
        "Förändringen är större än slumpen brukar ge, men det säger inte vad den beror på."
        if certain
        else "Intervallet går över noll: förändringen kan vara en slump."
    )
    return Html(paragraph(text), cautions)


def step_rule(view: FollowUpView) -> str:
    """The rule for up and down in words."""
    step = view.portfolio.federation.followup.step
    rule = (
        f"Är skillnaden mer än {swedish.number(step, decimals=2)} steg räknas den som uppåt eller nedåt, annars som "
        "oförändrat."
        if step
        else "Varje skillnad räknas som uppåt eller nedåt."
    )
    return (
        "Den sista skattningen jämförs med den första: medelvärdet av de frågor som har besvarats båda gångerna. "
        f"{rule} Skalan är {_scale(view)}."
    )


def _why_no_change(view: FollowUpView) -> str:
    twice = first_record(progression_rows(view, "all")).get("measured_twice")
    if twice == 0:
        return "ingen har skattat sig två gånger"
    if view.kept:
        return KEPT
    return "talen bakom den får inte visas" if known(twice) else "hur många som har skattat sig två gånger är dolt"


def _none_or(count: int) -> str:
    return swedish.number(count) if count else "ingen"


def _scale(view: FollowUpView) -> str:
    low, high = view.portfolio.federation.followup.scale
    return f"{low:g} till {high:g}".replace(".", ",")


def _share_never(never: Any, twice: Any) -> Any:
    whole: Shown = never + twice if known(never, twice) else (never if not known(never) else twice)
    return share_text(never, whole)


def _never_note(record: dict[str, Any]) -> str:
    share = _share_never(record["never_twice"], record["measured_twice"])
    if not known(share):
        return "Hur stor andel som aldrig har mätts två gånger visas inte: talen är dolda."
    return f"{share} av deltagandena har aldrig mätts två gånger. De är inte med bland uppåt, nedåt och oförändrat."


def _figure(view: FollowUpView, group: str, rows: pd.DataFrame) -> Html:
    keys = [part.key for part in SERIES]
    whole = rows[[all(known(record[key]) for key in keys) for record in rows.to_dict("records")]]
    whole = whole[[sum(record[key] for key in keys) > 0 for record in whole.to_dict("records")]]
    if len(whole) < 2:
        return Html()
    hidden = len(rows) - len(whole)
    told = "; ".join(
        f"{record['label']} {record['up']} uppåt, {record['unchanged']} oförändrat, {record['down']} nedåt, "
        f"{said(record['never_twice'])} aldrig mätta två gånger"
        for record in whole.to_dict("records")
    )
    return figures.stacked(
        whole.reset_index(drop=True),
        labels="label",
        series=SERIES,
        written=lambda size: swedish.number(size),
        alt=f"Liggande staplar i delar: förflyttning {words.PER[group]}. {told}.",
        caption=f"Deltaganden mätta minst två gånger, efter förflyttning, {words.PER[group]}, "
        f"{view.portfolio.period_label}. "
        + ("Grupper med dolda tal är inte ritade. " if hidden else "")
        + "Hur många som aldrig mättes två gånger står i tabellen.",
    )
