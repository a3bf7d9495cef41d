"""Who stands elsewhere at exit than at start, as far as both statuses are noted. Which way they went, nobody has said.

A step is a move towards work or studies. Neither the federation's settings nor the code lists put statuses in order, so
that a status at exit that is another than at start is told as just that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shares import IN_BRACKETS, interval_text, said_of
from portfolj.exhibits.followup.shown import (
    Shown,
    each,
    first_record,
    known,
    people_column,
    people_table,
    shown_value,
    table_of,
    text_column,
    under_finding,
    whole,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

COUNTS = {
    "participations": "Deltaganden",
    "step_shown": "Annat läge än vid start",
    "step_not_shown": "Samma läge, eller läget inte noterat",
}
SHARE = "Andel med annat läge än vid start"
PRINTED_AS = "Den tryckta rapporten kallar dem deltagare med en dokumenterad stegförflyttning."


def steps(view: FollowUpView) -> Html:
    """How many stand elsewhere at exit than at start, for the whole and each intervention that notes statuses."""
    rows = step_rows(view)
    if rows.empty:
        return absent("statuses")
    table = Table(
        name="steg",
        caption=f"Läget vid avslut jämfört med läget vid start, {view.portfolio.period_label}",
        frame=rows.assign(share=each(rows, interval_text, "step_shown", "participations")),
        columns=[
            Column("label", "Insats"),
            *(people_column(key, heading) for key, heading in COUNTS.items()),
            text_column("share", SHARE),
        ],
        notes=[
            "Annat läge än vid start: läget är noterat både vid start och vid avslut, och det är inte detsamma. "
            "Underlaget säger inte vilka lägen som är närmare arbete eller studier.",
            *([PRINTED_AS] if _printed_as_steps(view) else []),
            IN_BRACKETS,
        ],
        base=base(view),
    )
    return under_finding(steps_finding(view), people_table(view, table))


def step_rows(view: FollowUpView) -> pd.DataFrame:
    """The rows, labelled, the whole first; only the whole where there is one intervention."""
    frame = table_of(view, "steps")
    if frame.empty:
        return frame
    rows = with_shown(frame, list(COUNTS))
    rows = rows.assign(label=words.categories(view.portfolio, rows))
    rows = rows[[value != 0 for value in rows["participations"]]]
    return rows[rows["group"] == "all"] if len(rows) == 2 else rows


def steps_finding(view: FollowUpView) -> str:
    """How many stand elsewhere at exit than at start; empty where that is hidden."""
    record = first_record(step_rows(view))
    if not record:
        return ""
    shown, total = record["step_shown"], record["participations"]
    if not known(shown, total) or not total:
        return ""
    people = first_record(table_of(view, "participants"))
    every, ongoing = shown_value(people, "participations"), shown_value(people, "ongoing")
    where = "" if every in (None, total) else " i insatser som noterar lägen"
    return (
        f"{said_of(shown, total, 'deltaganden')}{where} har ett annat läge vid avslut än vid start."
        f"{_ongoing(ongoing) if every == total else ''} Det framgår inte om det nya läget är närmare arbete eller "
        "studier."
    )


def _ongoing(count: Shown) -> str:
    """How many of the participations go on, which the share is counted of too; empty where none do or it is hidden."""
    return f" {swedish.number(whole(count))} av deltagandena pågår." if known(count) and count else ""


def _printed_as_steps(view: FollowUpView) -> bool:
    """Whether a report has printed the same count, of the whole, under the name of documented steps."""
    frame = table_of(view, "published")
    if frame.empty:
        return False
    same = frame[(frame["measure"] == "step_shown") & (frame["verdict"] == "agrees")]
    return bool((same["group"].isin(["", "all"]) & (same["intervention"] == "")).any())
