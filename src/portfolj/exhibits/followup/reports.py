"""The six standard reports that users of SUS know, on exits: before and after, started, income, length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    each,
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
        view, _rows(view, "occupation", "code", words.occupation, "before", "after"),
        heading="Sysselsättning", name="sysselsattning", caption="a. Sysselsättning före och efter", note=SEVERAL,
    )  # fmt: skip


def occupation_grouped(view: FollowUpView) -> Html:
    """Report b: the same in four groups, each participation in one of them."""
    return _before_after(
        view, _rows(view, "occupation_grouped", "group", words.occupation_group, "before", "after"),
        heading="Grupp", name="sysselsattning-grupper", caption="b. Sysselsättning före och efter, i grupper",
        note="Den som både arbetar och studerar räknas i båda de grupperna.",
    )  # fmt: skip


def started_or_increased(view: FollowUpView) -> Html:
    """Report c: how many work or study after, and how many of them started or do more of it than before."""
    return _report(
        view,
        _rows(view, "started_or_increased", "measure", words.started, "after", "started_or_increased"),
        name="borjade-okade",
        caption="c. Arbete och studier efter avslut",
        columns=[
            Column("label", "Efter avslut"),
            people_column("after", "Antal"),
            people_column("started_or_increased", "Därav började eller ökade"),
        ],
        notes=[
            "Ökade betyder att omfattningen i procent är större efter än före. Utan uppgift om omfattning räknas bara "
            "den som började."
        ],
    )


def income(view: FollowUpView) -> Html:
    """Report d: sources of income before and after, with the change."""
    return _before_after(
        view, _rows(view, "income", "code", words.income, "before", "after"),
        heading="Försörjning", name="forsorjning", caption="d. Försörjning före och efter", note=SEVERAL,
    )  # fmt: skip


def income_transition(view: FollowUpView) -> Html:
    """Report e: for each source of income before, what those people lived on after."""
    rows = _rows(view, "income_transition", "source_after", words.income, "count")
    if rows.empty:
        return absent("participations")
    records = []
    for source, part in rows.groupby("source_before", sort=False):
        before = words.income(str(source))
        own = list(zip(part["label"], part["count"], strict=True))
        records += [{"before": before, "after": label, "count": n} for label, n in own if known(n) and n]
        hidden = [words.inside(label) for label, n in own if n is HIDDEN]
        if hidden:
            after = f"Var för sig: {swedish.listed(hidden)}" if len(hidden) > 1 else swedish.sentence(hidden[0])
            records.append({"before": before, "after": after, "count": HIDDEN})
    if not records:
        return paragraph("Ingen övergång mellan försörjningar är känd.")
    return _report(
        view,
        pd.DataFrame(records).astype("object"),
        name="forsorjning-overgang",
        caption="e. Försörjning efter, för dem som hade en viss försörjning före",
        columns=[Column("before", "Före"), Column("after", "Efter"), people_column("count", "Antal")],
        notes=[SEVERAL, "Övergångar som ingen gjorde är inte med."],
    )


def length(view: FollowUpView) -> Html:
    """Report f: how long the participations lasted."""
    rows = _rows(view, "length", "band", words.length, "count")
    total = _sum(rows["count"])
    return _report(
        view,
        rows.assign(share=each(rows, lambda count: share_text(count, total), "count")),
        name="tid-i-insats",
        caption="f. Deltagandenas längd",
        columns=[
            Column("label", "Tid från start till avslut"),
            people_column("count", "Antal"),
            text_column("share", "Andel av avslut"),
        ],
    )


def _rows(view: FollowUpView, name: str, key: str, write: Callable[[str], str], *counts: str) -> pd.DataFrame:
    """A frame of the view: the counts as what may be shown of them, and the codes of ``key`` in words as ``label``."""
    rows = with_shown(table_of(view, name), counts)
    return rows if rows.empty else rows.assign(label=each(rows, write, key))


def _before_after(view: FollowUpView, rows: pd.DataFrame, *, heading: str, name: str, caption: str, note: str) -> Html:
    return _report(
        view,
        rows.assign(
            change=each(rows, difference, "after", "before"),
            change_percent=each(rows, _percent, "before", "after"),
        ),
        name=name,
        caption=caption,
        columns=[
            Column("label", heading),
            people_column("before", "Före"),
            people_column("after", "Efter"),
            text_column("change", "Förändring"),
            text_column("change_percent", "Förändring i procent"),
        ],
        notes=[note],
    )


def _report(
    view: FollowUpView,
    rows: pd.DataFrame,
    *,
    name: str,
    caption: str,
    columns: Sequence[Column],
    notes: Sequence[str] = (),
) -> Html:
    if rows.empty:
        return absent("participations")
    caption = f"{caption}, {view.portfolio.period_label}"
    return people_table(view, Table(name, caption, rows, columns, notes=[OF_EXITS, *notes]))


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
