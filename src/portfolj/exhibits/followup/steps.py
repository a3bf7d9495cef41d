"""Step movements: at exit in another state than at start, as far as both are noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shares import IN_BRACKETS, interval_text, said_of
from portfolj.exhibits.followup.shown import (
    each,
    first_record,
    known,
    people_column,
    people_table,
    table_of,
    text_column,
    under_finding,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

COUNTS = ("participations", "step_shown", "step_not_shown")


def steps(view: FollowUpView) -> Html:
    """How many have a documented step, for the whole and each intervention that notes states."""
    rows = step_rows(view)
    if rows.empty:
        return absent("statuses")
    table = Table(
        name="steg",
        caption=f"Dokumenterade stegförflyttningar, {view.portfolio.period_label}",
        frame=rows.assign(share=each(rows, interval_text, "step_shown", "participations")),
        columns=[
            Column("label", "Insats"),
            people_column("participations", "Deltaganden"),
            people_column("step_shown", "Steg visat"),
            people_column("step_not_shown", "Steg inte visat"),
            text_column("share", "Andel med visat steg"),
        ],
        notes=[
            "Steg visat: läget vid avslut är noterat och ett annat än vid start. Ett annat läge behöver inte vara ett "
            "bättre. Steg inte visat: läget är detsamma, eller inte noterat.",
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
    rows = with_shown(frame, COUNTS)
    rows = rows.assign(label=words.categories(view.portfolio, rows))
    rows = rows[[value != 0 for value in rows["participations"]]]
    return rows[rows["group"] == "all"] if len(rows) == 2 else rows


def steps_finding(view: FollowUpView) -> str:
    """How many have a documented step; empty where that is hidden."""
    record = first_record(step_rows(view))
    if not record:
        return ""
    shown, total = record["step_shown"], record["participations"]
    if not known(shown, total) or not total:
        return ""
    return f"{said_of(shown, total, 'deltaganden')} har en dokumenterad stegförflyttning."
