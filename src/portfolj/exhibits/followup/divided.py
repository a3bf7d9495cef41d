"""The six reports and the flow once more, for each intervention, owner and target group that can be told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import words
from portfolj.exhibits.followup.base import NO_PERSONS
from portfolj.exhibits.followup.flow import ordered_points, ordered_states, state_label
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.reports import REPORTS, About
from portfolj.exhibits.followup.shown import (
    WORKBOOK,
    only_in_notebook,
    people_column,
    people_table,
    shown_value,
    table_of,
)
from portfolj.exhibits.markup import Column, Html, Table, details, note, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

BY = ("intervention", "owner", "target_group")
TABLES = (
    "occupation", "occupation_grouped", "started_or_increased", "income", "income_transition", "length", "flow_status",
    "flow",
)  # fmt: skip
MOST = 12  # of each sort on a page; the workbook has all


def reports_by(view: FollowUpView) -> Html:
    """What each intervention, owner and target group has of reports, closed until it is opened."""
    frames = [frame for name in TABLES if not (frame := table_of(view, f"{name}_by")).empty]
    if not frames:
        if table_of(view, "participants").empty:
            return absent("participations")
        thin = table_of(view, "left_out")
        return paragraph(NONE) if not thin.empty and (thin["by"] != "").any() else only_in_notebook(ONE)
    told = pd.concat([frame[["by", "of", "same_as"]] for frame in frames]).drop_duplicates()
    parts: list[Html] = []
    for by in BY:
        own = told[told["by"] == by]
        alone = own[own["same_as"].isin(set(told.loc[told["by"] == "intervention", "of"]))]
        several = own.drop(alone.index)
        made = [_one(view, About(by, str(of), number)) for number, of in enumerate(several["of"].iloc[:MOST], start=1)]
        parts += [one for one in made if one.markup]
        if len(several) > MOST:
            parts.append(paragraph(f"Här står de första {MOST} av {len(several)}; alla står i {WORKBOOK}."))
        if len(alone) and parts:
            pairs = [f"{words.category(view.portfolio, by, str(r.of))} ({r.same_as})" for r in alone.itertuples()]
            parts.append(paragraph(f"{words.GROUPS[by]} med en insats har insatsens siffror: {swedish.listed(pairs)}."))
    return Html(*parts) if parts else paragraph(NONE)


NONE = (
    "Rapporterna visas inte för varje insats, huvudman eller målgrupp: för många tal i dem skulle vara små, och dölja "
    "tal i rapporterna för alla."
)
ONE = "Bara en insats har rader om deltagare. Dess rapporter är de som står för alla."


def _one(view: FollowUpView, about: About) -> Html:
    made = [report(view, about) for report in REPORTS]
    made += [_states(view, about), *_moves(view, about)]
    made = [each for each in made if each.markup]
    if not made:
        return Html()
    label = words.category(view.portfolio, about.by, about.of)
    return details(
        f"{words.GROUPS[about.by]}: {label} ({swedish.counted(len(made), 'rapport', 'rapporter')})",
        note(NO_PERSONS),
        *made,
    )


def _states(view: FollowUpView, about: About) -> Html:
    """How many were in each state at each point; nothing where there is one point, which tells of no way."""
    frame = about.rows(view, "flow_status")
    points = ordered_points(frame["point"]) if not frame.empty else []
    if len(points) < 2:
        return Html()
    table = Table(
        about.named("lagen"),
        about.caption(view, "Deltaganden i varje läge vid varje tidpunkt"),
        _crossed(frame, "status", "point"),
        [Column("label", "Läge"), *(people_column(point, words.point(point)) for point in points)],
        base=about.base(view),
    )
    return people_table(view, table)


def _moves(view: FollowUpView, about: About) -> list[Html]:
    """How many moved from one state to another, a table for each step from one point to the next."""
    frame = about.rows(view, "flow")
    made = []
    for here in ordered_points(frame["point_from"]) if not frame.empty else ():
        rows = frame[frame["point_from"] == here]
        there, ends = str(rows["point_to"].iloc[0]), ordered_states(rows["status_to"])
        table = Table(
            about.named(f"steg-{here}-{there}"),
            about.caption(view, f"Från {words.point(here).casefold()} till {words.point(there).casefold()}"),
            _crossed(rows, "status_from", "status_to"),
            [Column("label", "Läge före"), *(people_column(end, f"Till {state_label(end)}") for end in ends)],
            base=about.base(view),
        )
        made.append(people_table(view, table))
    return made


def _crossed(frame: pd.DataFrame, down: str, across: str) -> pd.DataFrame:
    states = ordered_states(frame[down])
    records: dict[str, dict[str, object]] = {state: {"label": state_label(state)} for state in states}
    for record in frame.to_dict("records"):
        records[str(record[down])][str(record[across])] = shown_value(record, "count")
    return pd.DataFrame(records.values(), dtype="object")
