"""How participants moved between states over time: a picture, and the tables with the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import pictures, words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    known,
    people_column,
    people_table,
    said,
    shown_value,
    table_of,
    whole,
)
from portfolj.exhibits.markup import Column, Html, Table

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

Counts = dict[tuple[str, str], Shown]
LAST = ("exit", "few", "missing")  # what comes after every month, and after every state


def flow(view: FollowUpView) -> Html:
    """The picture, how many were in each state at each point, and how many moved from one to another."""
    frame = table_of(view, "status")
    if frame.empty:
        return absent("statuses")
    grouped = table_of(view, "flow_status")
    moving = grouped if not grouped.empty else frame
    return Html(
        _picture(view, moving),
        people_table(view, _status_table(view, frame)),
        _moves(view, ordered_states(moving["status"])),
    )


def _counts(frame: pd.DataFrame, first: str, second: str) -> Counts:
    records = frame.to_dict("records")
    return {(str(record[first]), str(record[second])): shown_value(record, "count") for record in records}


def ordered_points(points: pd.Series) -> list[str]:
    """The points in time: start, the months in order, exit last."""
    return sorted(
        {str(point) for point in points},
        key=lambda point: (point in LAST, 0 if point == "start" else int(point) if point.isdigit() else 10_000, point),
    )


def ordered_states(states: pd.Series) -> list[str]:
    """The states in the order in which they are first met, the missing one last."""
    met = list(dict.fromkeys(str(state) for state in states))
    return [state for state in met if state not in LAST] + [state for state in LAST if state in met]


def state_label(state: str) -> str:
    """A state as people read it; the federation's own word, but for a missing one."""
    named = {"missing": swedish.sentence(swedish.MISSING), "few": "Övriga lägen, med få var"}
    return named.get(state, state)


def _crossed(counts: Counts, rows: Mapping[str, str], columns: Iterable[str]) -> pd.DataFrame:
    """A row for each of ``rows``, under its label, with the count that it has in each of the columns; 0 where none."""
    records = [
        {"label": label} | {column: counts.get((row, column), 0) for column in columns} for row, label in rows.items()
    ]
    return pd.DataFrame(records, dtype="object")


def _status_table(view: FollowUpView, frame: pd.DataFrame) -> Table:
    points, states = ordered_points(frame["point"]), ordered_states(frame["status"])
    labels = {state: state_label(state) for state in states}
    return Table(
        name="lagen",
        caption=f"Deltagare i varje läge vid varje tidpunkt, {view.portfolio.period_label}",
        frame=_crossed(_counts(frame, "status", "point"), labels, points),
        columns=[Column("label", "Läge"), *(people_column(point, words.point(point)) for point in points)],
        notes=["Den som inte har något läge noterat vid en tidpunkt står i raden Uppgift saknas."],
        base=base(view),
    )


def _moves(view: FollowUpView, states: list[str]) -> Html:
    """A table for each step from one point to the next: rows from, columns to."""
    frame = table_of(view, "flow")
    if frame.empty:
        return Html()
    parts = []
    steps = dict.fromkeys(zip(frame["point_from"].astype("str"), frame["point_to"].astype("str"), strict=True))
    order = ordered_points(frame["point_from"])
    for here, there in sorted(steps, key=lambda step: order.index(step[0])):
        rows = frame[(frame["point_from"].astype("str") == here) & (frame["point_to"].astype("str") == there)]
        table = _step_table(here, there, states, _counts(rows, "status_from", "status_to"))
        parts.append(people_table(view, replace(table, base=base(view))))
    return Html(*parts)


def _step_table(here: str, there: str, states: list[str], counts: Counts) -> Table:
    starts, ends = ([s for s in states if any(pair[n] == s and counts[pair] != 0 for pair in counts)] for n in (0, 1))
    labels = {state: f"Från {state_label(state)}" for state in starts}
    return Table(
        name=f"steg-{here}-{there}",
        caption=f"Från {words.point(here).casefold()} till {words.point(there).casefold()}: hur många som gick från "
        "ett läge till ett annat",
        frame=_crossed(counts, labels, ends),
        columns=[Column("label", "Läge före"), *(people_column(end, f"Till {state_label(end)}") for end in ends)],
        notes=["Lägen som ingen gick från eller till är inte med."],
    )


def _picture(view: FollowUpView, frame: pd.DataFrame) -> Html:
    points, states = ordered_points(frame["point"]), ordered_states(frame["status"])
    counts = _counts(frame, "point", "status")
    sizes = {place: whole(value) for place, value in counts.items() if known(value)}
    drawn = [state for state in states if any(sizes.get((point, state)) for point in points)]
    if len(points) < 2 or not drawn:
        return Html()
    label = {state: state_label(state) for state in drawn}
    moves = {}
    for record in table_of(view, "flow").to_dict("records"):
        people, start, end = shown_value(record, "count"), str(record["status_from"]), str(record["status_to"])
        if known(people) and start in label and end in label:
            place = (str(record["point_from"]), label[start], str(record["point_to"]), label[end])
            moves[place] = whole(people)
    some_hidden = HIDDEN in counts.values()
    told = "; ".join(
        f"{words.point(point)}: "
        + ", ".join(f"{state_label(s)} {said(counts[point, s])}" for s in states if counts.get((point, s)))
        for point in points
    )
    return pictures.flow(
        points,
        [label[state] for state in drawn],
        {(point, label[s]): n for (point, s), n in sizes.items() if s in label},
        moves,
        written={point: words.point(point) for point in points},
        alt=f"Flödesbild: deltagarnas lägen vid varje tidpunkt. {told}.",
        caption="Deltagarnas lägen vid varje tidpunkt, och banden däremellan: hur många som gick från ett läge till "
        "ett annat. "
        + ("Dolda tal är inte ritade, så staplarna är lägre än alla deltagare. " if some_hidden else "")
        + "Siffrorna står i tabellerna nedan.",
    )
