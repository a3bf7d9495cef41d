"""The six standard reports that users of SUS know, on exits: before and after, started, income, length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import Missing, base, base_of
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shares import IN_BRACKETS, interval_text
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    LONGEST_FIRST,
    Hidden,
    Shown,
    difference,
    each,
    first_record,
    known,
    people_column,
    people_table,
    said,
    shown_value,
    signed,
    table_of,
    text_column,
    whole,
    with_shown,
)
from portfolj.exhibits.markup import Column, Html, Table, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

SEVERAL = "Samma person kan ha flera, därför går raderna inte att summera till antalet avslut."

NO_TRANSITION = (
    "e. Försörjning efter, för dem som hade en viss försörjning före, visas inte: vilken försörjning som än väljs är "
    "de flesta tal för små."
)


@dataclass(frozen=True)
class About:
    """Whom a report is of: everybody, or one intervention, owner or target group (``by``, ``of``)."""

    by: str = ""
    of: str = ""
    number: int = 0

    def rows(self, view: FollowUpView, name: str) -> pd.DataFrame:
        """The frame's rows on them."""
        if not self.by:
            return table_of(view, name)
        frame = table_of(view, f"{name}_by")
        return frame if frame.empty else frame[(frame["by"] == self.by) & (frame["of"] == self.of)]

    def named(self, name: str) -> str:
        """A name for the table that no other has."""
        return f"{name}-{self.by.replace('_', '-')}-{self.number}" if self.by else name

    def caption(self, view: FollowUpView, text: str) -> str:
        """What the table is on, of whom and when."""
        who = f", {words.category(view.portfolio, self.by, self.of)}" if self.by else ""
        return f"{text}{who}, {view.portfolio.period_label}"

    def base(self, view: FollowUpView, *missing: Missing) -> str:
        """What the table is counted of."""
        return base_of(view, self.by, self.of, *missing) if self.by else base(view, *missing, exits=True)


ALL = About()


def occupation(view: FollowUpView, about: About = ALL) -> Html:
    """Report a: occupation before and after, with the change in number and percent."""
    return _before_after(
        view, about, _rows(view, about, "occupation", "code", words.occupation, "before", "after"),
        heading="Sysselsättning", name="sysselsattning", caption="a. Sysselsättning före och efter", note=SEVERAL,
    )  # fmt: skip


def occupation_grouped(view: FollowUpView, about: About = ALL) -> Html:
    """Report b: the same in four groups, each participation in one of them."""
    return _before_after(
        view, about, _rows(view, about, "occupation_grouped", "group", words.occupation_group, "before", "after"),
        heading="Grupp", name="sysselsattning-grupper", caption="b. Sysselsättning före och efter, i grupper",
        note="Den som både arbetar och studerar räknas i båda de grupperna.",
    )  # fmt: skip


def started_or_increased(view: FollowUpView, about: About = ALL) -> Html:
    """Report c: how many work or study after, and how many of them started or do more of it than before."""
    return _report(
        view,
        about,
        _rows(view, about, "started_or_increased", "measure", words.started, "after", "started_or_increased"),
        name="borjade-okade",
        caption="c. Arbete och studier efter avslut",
        columns=[
            Column("label", "Efter avslut"),
            people_column("after", "Antal"),
            people_column("started_or_increased", "Därav började eller ökade"),
        ],
        missing=[("Sysselsättning efteråt", _missing(view, about, "occupation", "after"))],
        notes=[
            "Ökade betyder att omfattningen i procent är större efter än före. Utan uppgift om omfattning räknas bara "
            "den som började."
        ],
    )


def income(view: FollowUpView, about: About = ALL) -> Html:
    """Report d: sources of income before and after, with the change."""
    return _before_after(
        view, about, _rows(view, about, "income", "code", words.income, "before", "after"),
        heading="Försörjning", name="forsorjning", caption="d. Försörjning före och efter", note=SEVERAL,
    )  # fmt: skip


def income_transition(view: FollowUpView, about: About = ALL) -> Html:
    """Report e: of those who had one source of income before, what they lived on after. A table per source."""
    frame = about.rows(view, "income")
    if frame.empty:
        return Html() if about.by else absent("participations")
    rows = _rows(view, about, "income_transition", "source_after", words.income, "count")
    if rows.empty:
        return Html() if about.by else paragraph(NO_TRANSITION)
    before = with_shown(frame, ["before"]).set_index("code")["before"]
    tables = []
    for source, part in rows.groupby("source_before", sort=False):
        had = before.get(source)
        own = part[[n is HIDDEN or (known(n) and bool(n)) for n in part["count"]]]
        if own.empty:
            continue
        label = words.inside(words.income(str(source)))
        tables.append(
            _report(
                view,
                about,
                own.assign(share=each(own, lambda count, had=had: interval_text(count, had), "count")),
                name=f"forsorjning-overgang-{str(source).replace('_', '-')}",
                caption=f"e. Försörjning efter, för dem som hade {label} före",
                columns=[
                    Column("label", "Försörjning efter"),
                    people_column("count", "Antal"),
                    text_column("share", f"Andel av {said(had)} med {label} före" if known(had) else "Andel"),
                ],
                missing=[],
                notes=[SEVERAL, IN_BRACKETS, "Försörjningar som ingen gick till är inte med."],
            )
        )
    return Html(*tables)


def length(view: FollowUpView, about: About = ALL) -> Html:
    """Report f: how long the participations lasted."""
    rows = _rows(view, about, "length", "band", words.length, "count")
    if rows.empty:
        return Html() if about.by else absent("participations")
    exits = _exits(view, about)
    total = _sum(rows["count"]) if exits is None else exits
    return _report(
        view,
        about,
        rows.assign(share=each(rows, lambda count: interval_text(count, total), "count")),
        name="tid-i-insats",
        caption="f. Deltagandenas längd",
        columns=[
            Column("label", "Tid från start till avslut"),
            people_column("count", "Antal"),
            text_column("share", "Andel av avslut"),
        ],
        missing=[("Start eller slut", _missing(view, about, "length", "count", key="band"))],
        notes=[IN_BRACKETS],
    )


REPORTS: Sequence[Callable[[FollowUpView, About], Html]] = (
    occupation, occupation_grouped, started_or_increased, income, income_transition, length,
)  # fmt: skip


def _rows(
    view: FollowUpView, about: About, name: str, key: str, write: Callable[[str], str], *counts: str
) -> pd.DataFrame:
    """Rows of the view: the counts as what may be shown of them, and the codes of ``key`` in words as ``label``."""
    rows = with_shown(about.rows(view, name), counts)
    return rows if rows.empty else rows.assign(label=each(rows, write, key))


def _missing(view: FollowUpView, about: About, name: str, count: str, *, key: str = "code") -> Shown:
    """How many the report knows nothing of; None where it has no such row."""
    rows = about.rows(view, name)
    rows = with_shown(rows[rows[key] == "missing"], [count]) if not rows.empty else rows
    return None if rows.empty else rows[count].iloc[0]


def _before_after(
    view: FollowUpView, about: About, rows: pd.DataFrame, *, heading: str, name: str, caption: str, note: str
) -> Html:
    if rows.empty:
        return Html() if about.by else absent("participations")
    of = "income" if name == "forsorjning" else "occupation"
    return _report(
        view,
        about,
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
        missing=[(f"Uppgift {when}", _missing(view, about, of, side)) for side, when in SIDES.items()],
        notes=[] if note == SEVERAL and _each_once(view, about, rows) else [note],
    )


SIDES = {"before": "före", "after": "efter"}


def _report(
    view: FollowUpView,
    about: About,
    rows: pd.DataFrame,
    *,
    name: str,
    caption: str,
    columns: Sequence[Column],
    missing: Sequence[Missing],
    notes: Sequence[str],
) -> Html:
    if rows.empty:
        return Html() if about.by else absent("participations")
    table = Table(
        about.named(name), about.caption(view, caption), rows, columns, notes=notes,
        base=about.base(view, *missing),
    )  # fmt: skip
    return people_table(view, table, longest=LONGEST_FIRST)


def _exits(view: FollowUpView, about: About) -> Shown:
    """How many exits the report is of; None where that is not told."""
    if not about.by:
        return shown_value(first_record(table_of(view, "participants")), "exits")
    frame = table_of(view, "outcomes")
    if frame.empty:
        return None
    own = frame[(frame["intervention"] == "") & (frame["group"] == about.by) & (frame["category"] == about.of)]
    return shown_value(first_record(own), "exits")


def _each_once(view: FollowUpView, about: About, rows: pd.DataFrame) -> bool:
    """Whether the rows, before and after, are seen to sum to the exits: nobody stands in several."""
    exits = _exits(view, about)
    return known(exits) and all(_sum(rows[side]) == exits for side in SIDES)


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
