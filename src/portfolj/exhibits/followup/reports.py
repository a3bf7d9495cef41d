"""The six standard reports that users of SUS know, on exits: before and after, started, income, length."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shares import share_text
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Hidden,
    Shown,
    difference,
    known,
    people_column,
    people_table,
    signed,
    table_of,
    text_column,
    whole,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

OF_EXITS = "Räknat på avslutade deltaganden; felregistreringar är inte med."
SEVERAL = "Samma person kan ha flera, därför går raderna inte att summera till antalet avslut."


def occupation(view: FollowUpView) -> Html:
    """Report a: occupation before and after, with the change in number and percent."""
    return _before_after(
        view, "occupation", key="code", label=words.occupation, heading="Sysselsättning", name="sysselsattning",
        caption="a. Sysselsättning före och efter", notes=[OF_EXITS, SEVERAL],
    )  # fmt: skip


def occupation_grouped(view: FollowUpView) -> Html:
    """Report b: the same in four groups, each participation in one of them."""
    return _before_after(
        view, "occupation_grouped", key="group", label=_occupation_group, heading="Grupp",
        name="sysselsattning-grupper", caption="b. Sysselsättning före och efter, i grupper",
        notes=[OF_EXITS, "Den som både arbetar och studerar räknas i båda de grupperna."],
    )  # fmt: skip


def started_or_increased(view: FollowUpView) -> Html:
    """Report c: how many work or study after, and how many of them started or do more of it than before."""
    frame = table_of(view, "started_or_increased")
    if frame.empty:
        return absent("participations")
    rows = with_shown(frame, ["after", "started_or_increased"])
    rows = rows.assign(label=[words.STARTED.get(code, code) for code in rows["measure"]])
    columns = [
        Column("label", "Efter avslut"),
        people_column("after", "Antal"),
        people_column("started_or_increased", "Därav började eller ökade"),
    ]
    table = Table(
        name="borjade-okade",
        caption=f"c. Arbete och studier efter avslut, {view.portfolio.period_label}",
        frame=rows,
        columns=columns,
        notes=[
            OF_EXITS,
            "Ökade betyder att omfattningen i procent är större efter än före. Utan uppgift om omfattning räknas bara "
            "den som började.",
        ],
    )
    return people_table(view, table)


def income(view: FollowUpView) -> Html:
    """Report d: sources of income before and after, with the change."""
    return _before_after(
        view, "income", key="code", label=words.income, heading="Försörjning", name="forsorjning",
        caption="d. Försörjning före och efter", notes=[OF_EXITS, SEVERAL],
    )  # fmt: skip


def income_transition(view: FollowUpView) -> Html:
    """Report e: for each source of income before, what those people lived on after."""
    frame = table_of(view, "income_transition")
    if frame.empty:
        return absent("participations")
    rows = with_shown(frame, ["count"])
    records = []
    for source, part in rows.groupby("source_before", sort=False):
        before = words.income(str(source))
        own = [(words.income(str(code)), n) for code, n in zip(part["source_after"], part["count"], strict=True)]
        records += [{"before": before, "after": label, "count": n} for label, n in own if known(n) and n]
        hidden = [words.inside(label) for label, n in own if n is HIDDEN]
        if hidden:
            after = f"Var för sig: {swedish.listed(hidden)}" if len(hidden) > 1 else swedish.sentence(hidden[0])
            records.append({"before": before, "after": after, "count": HIDDEN})
    if not records:
        return paragraph("Ingen övergång mellan försörjningar är känd.")
    shown = pd.DataFrame(records).astype("object")
    columns = [Column("before", "Före"), Column("after", "Efter"), people_column("count", "Antal")]
    table = Table(
        name="forsorjning-overgang",
        caption=f"e. Försörjning efter, för dem som hade en viss försörjning före, {view.portfolio.period_label}",
        frame=shown,
        columns=columns,
        notes=[OF_EXITS, SEVERAL, "Övergångar som ingen gjorde är inte med."],
    )
    return people_table(view, table)


def length(view: FollowUpView) -> Html:
    """Report f: how long the participations lasted."""
    frame = table_of(view, "length")
    if frame.empty:
        return absent("participations")
    rows = with_shown(frame, ["count"])
    total = _sum(rows["count"])
    rows = rows.assign(
        label=[words.length(band) for band in rows["band"]],
        share=pd.Series([share_text(count, total) for count in rows["count"]], index=rows.index, dtype="object"),
    )
    columns = [
        Column("label", "Tid från start till avslut"),
        people_column("count", "Antal"),
        text_column("share", "Andel av avslut"),
    ]
    table = Table(
        name="tid-i-insats",
        caption=f"f. Deltagandenas längd, {view.portfolio.period_label}",
        frame=rows,
        columns=columns,
        notes=[OF_EXITS],
    )
    return people_table(view, table)


def _before_after(
    view: FollowUpView,
    name_of_frame: str,
    *,
    key: str,
    label: Callable[[str], str],
    heading: str,
    name: str,
    caption: str,
    notes: list[str],
) -> Html:
    frame = table_of(view, name_of_frame)
    if frame.empty:
        return absent("participations")
    rows = with_shown(frame, ["before", "after"])
    pairs = list(zip(rows["before"], rows["after"], strict=True))
    rows = rows.assign(
        label=[label(str(code)) for code in rows[key]],
        change=pd.Series([difference(after, before) for before, after in pairs], index=rows.index, dtype="object"),
        change_percent=pd.Series(
            [_percent(before, after) for before, after in pairs], index=rows.index, dtype="object"
        ),
    )
    columns = [
        Column("label", heading),
        people_column("before", "Före"),
        people_column("after", "Efter"),
        text_column("change", "Förändring"),
        text_column("change_percent", "Förändring i procent"),
    ]
    table = Table(
        name=name,
        caption=f"{caption}, {view.portfolio.period_label}",
        frame=rows,
        columns=columns,
        notes=notes,
    )
    return people_table(view, table)


def _percent(before: Shown, after: Shown) -> str | Hidden | None:
    if HIDDEN in (before, after):
        return HIDDEN
    if not known(before, after) or not before:
        return None
    return f"{signed(100 * (whole(after) - whole(before)) / whole(before))}{swedish.NBSP}%"


def _sum(counts: pd.Series) -> Shown:
    """The sum of counts that are all shown; HIDDEN where one is not, since a sum less its parts would tell it."""
    values = list(counts)
    if HIDDEN in values:
        return HIDDEN
    return sum(int(value) for value in values if value is not None)


def _occupation_group(code: str) -> str:
    return words.OCCUPATION_GROUPS.get(code, code)
