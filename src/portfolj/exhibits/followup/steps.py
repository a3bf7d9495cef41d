"""Step movements: at exit in another state than at start, as far as both are noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shares import interval_text
from portfolj.exhibits.followup.shown import known, people_column, people_table, table_of, text_column, with_shown
from portfolj.exhibits.markup import Column, Html, Table, finding

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

COUNTS = ("participations", "step_shown", "step_not_shown")


def steps(view: FollowUpView) -> Html:
    """How many have a documented step, for the whole and each intervention that notes states."""
    rows = step_rows(view)
    if rows.empty:
        return absent("statuses")
    pairs = zip(rows["step_shown"], rows["participations"], strict=True)
    rows = rows.assign(share=pd.Series([interval_text(*pair) for pair in pairs], index=rows.index, dtype="object"))
    table = Table(
        name="steg",
        caption=f"Dokumenterade stegförflyttningar, {view.portfolio.period_label}",
        frame=rows,
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
            "Inom parentes står ett 95-procentigt intervall.",
        ],
    )
    text = steps_finding(view)
    return Html(*([finding(text)] if text else []), people_table(view, table))


def step_rows(view: FollowUpView) -> pd.DataFrame:
    """The rows, labelled, the whole first; only the whole where there is one intervention."""
    frame = table_of(view, "steps")
    if frame.empty:
        return frame
    rows = with_shown(frame, COUNTS)
    pairs = zip(rows["group"], rows["category"], strict=True)
    rows = rows.assign(label=[words.category(view.portfolio, str(group), str(value)) for group, value in pairs])
    nobody = [value == 0 for value in rows["participations"]]
    rows = rows[[not none for none in nobody]]
    return rows[rows["group"] == "all"] if len(rows) == 2 else rows


def steps_finding(view: FollowUpView) -> str:
    """How many have a documented step; empty where that is hidden."""
    rows = step_rows(view)
    if rows.empty:
        return ""
    record = rows.iloc[0].to_dict()
    shown, total = record["step_shown"], record["participations"]
    if not known(shown, total) or not total:
        return ""
    return (
        f"{swedish.number(shown)} av {swedish.number(total)} deltaganden ({swedish.percent(shown, total)}) har en "
        "dokumenterad stegförflyttning."
    )
