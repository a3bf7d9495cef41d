"""How participants moved between states over time: a picture, and the tables with the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import pictures, words
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

LAST = ("exit", "few", "missing")  # what comes after every month, and after every state


def flow(view: FollowUpView) -> Html:
    """The picture, how many were in each state at each point, and how many moved from one to another."""
    frame = table_of(view, "status")
    if frame.empty:
        return absent("statuses")
    grouped = table_of(view, "flow_status")
    moving = grouped if not grouped.empty else frame
    return Html(
        _picture(view, *_of_points(moving)),
        people_table(view, _status_table(view, *_of_points(frame))),
        _moves(view, ordered_states(moving["status"])),
    )


def _of_points(frame: pd.DataFrame) -> tuple[list[str], list[str], dict[tuple[str, str], Shown]]:
    return ordered_points(frame["point"]), ordered_states(frame["status"]), _counts(frame)


def _counts(frame: pd.DataFrame) -> dict[tuple[str, str], Shown]:
    return {
        (str(record["point"]), str(record["status"])): shown_value(record, "count")
        for record in frame.to_dict("records")
    }


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


def _status_table(
    view: FollowUpView, points: list[str], states: list[str], counts: dict[tuple[str, str], Shown]
) -> Table:
    frame = pd.DataFrame(
        {
            "label": [state_label(state) for state in states],
            **{point: pd.Series([counts.get((point, s), 0) for s in states], dtype="object") for point in points},
        }
    )
    columns = [Column("label", "Läge"), *(people_column(point, words.point(point)) for point in points)]
    return Table(
        name="lagen",
        caption=f"Deltagare i varje läge vid varje tidpunkt, {view.portfolio.period_label}",
        frame=frame,
        columns=columns,
        notes=["Den som inte har något läge noterat vid en tidpunkt står i raden Uppgift saknas."],
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
        counts = {
            (str(record["status_from"]), str(record["status_to"])): shown_value(record, "count")
            for record in rows.to_dict("records")
        }
        parts.append(people_table(view, _step_table(view, here, there, states, counts)))
    return Html(*parts)


def _step_table(
    view: FollowUpView, here: str, there: str, states: list[str], counts: dict[tuple[str, str], Shown]
) -> Table:
    starts, ends = ([s for s in states if any(pair[n] == s and counts[pair] != 0 for pair in counts)] for n in (0, 1))
    frame = pd.DataFrame(
        {
            "label": [f"Från {state_label(state)}" for state in starts],
            **{end: pd.Series([counts.get((start, end), 0) for start in starts], dtype="object") for end in ends},
        }
    )
    columns = [Column("label", "Läge före"), *(people_column(end, f"Till {state_label(end)}") for end in ends)]
    return Table(
        name=f"steg-{here}-{there}",
        caption=f"Från {words.point(here).casefold()} till {words.point(there).casefold()}: hur många som gick från "
        "ett läge till ett annat",
        frame=frame,
        columns=columns,
        notes=["Lägen som ingen gick från eller till är inte med."],
    )


def _picture(view: FollowUpView, points: list[str], states: list[str], counts: dict[tuple[str, str], Shown]) -> Html:
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
