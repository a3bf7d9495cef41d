"""How participants moved between states over time: a picture, and the tables with the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup import flow_picture, words
from portfolj.exhibits.followup.base import base
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.reasons import left_out
from portfolj.exhibits.followup.shown import (
    HIDDEN,
    Shown,
    first_record,
    known,
    people_column,
    people_table,
    said,
    shown_value,
    table_of,
    whole,
)
from portfolj.exhibits.markup import Column, Html, Table, note

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

Counts = dict[tuple[str, str], Shown]
Move = tuple[str, str, str, str]  # from a point and a state to a point and a state
MISSING = "missing"
LAST = ("exit", "few", MISSING)  # what comes after every month, and after every state
MOST_BANDS = 8  # from one point to the next; more can't be followed with the eye
NOT_NOTED = (
    "Inget läge noterat: läget saknas i underlaget, deltagandet hade redan avslutats vid den tidpunkten, eller så "
    "pågår det och har inget avslut."
)


def flow(view: FollowUpView) -> Html:
    """The picture, how many were in each state at each point, and how many moved from one to another."""
    frame = table_of(view, "status")
    if frame.empty:
        return absent("statuses")
    grouped = table_of(view, "flow_status")
    groups = view.portfolio.federation.followup.status_groups
    moving = grouped if groups and not grouped.empty else frame
    return Html(
        _picture(view, moving),
        *([people_table(view, _group_table(view, grouped, groups))] if moving is grouped else []),
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
    named = {MISSING: "Inget läge noterat", "few": "Övriga lägen, med få deltaganden i varje"}
    return named.get(state, state)


def _crossed(counts: Counts, rows: Mapping[str, str], columns: Iterable[str]) -> pd.DataFrame:
    """A row for each of ``rows``, under its label, with the count that it has in each of the columns; 0 where none."""
    records = [
        {"label": label} | {column: counts.get((row, column), 0) for column in columns} for row, label in rows.items()
    ]
    return pd.DataFrame(records, dtype="object")


def _group_table(view: FollowUpView, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> Table:
    """The states as they are put together in the picture, with what each group holds."""
    return _points_table(
        view,
        frame,
        name="lagen-grupper",
        caption=f"Deltaganden i varje grupp av lägen vid varje tidpunkt, {view.portfolio.period_label}",
        notes=[
            *(f"{label}: {swedish.listed([words.inside(state) for state in own])}." for label, own in groups.items()),
            NOT_NOTED,
            *_points_left_out(view, "flow_status"),
        ],
    )


def _status_table(view: FollowUpView, frame: pd.DataFrame) -> Table:
    return _points_table(
        view,
        frame,
        name="lagen",
        caption=f"Deltaganden i varje läge vid varje tidpunkt, {view.portfolio.period_label}",
        notes=[NOT_NOTED, *_points_left_out(view, "status")],
    )


def _points_table(view: FollowUpView, frame: pd.DataFrame, *, name: str, caption: str, notes: Sequence[str]) -> Table:
    points, states = ordered_points(frame["point"]), ordered_states(frame["status"])
    labels = {state: state_label(state) for state in states}
    return Table(
        name=name,
        caption=caption,
        frame=_crossed(_counts(frame, "status", "point"), labels, points),
        columns=[Column("label", "Läge"), *(people_column(point, words.point(point)) for point in points)],
        notes=notes,
        base=base(view),
    )


def _points_left_out(view: FollowUpView, table: str) -> list[str]:
    points = ordered_points(pd.Series(left_out(view, table), dtype="str"))
    if not points:
        return []
    return [f"{swedish.sentence(_listed(points))} visas lägena inte här: för få personer i de flesta av dem."]


def _listed(points: Sequence[str]) -> str:
    return swedish.listed([words.at_point(point) for point in points])


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
    thin = [words.inside(words.point(p)) for p in ordered_points(pd.Series(left_out(view, "flow"), dtype="str"))]
    if thin:
        parts.append(note(f"Rörelserna från {swedish.listed(thin)} visas inte: för få personer i de flesta."))
    return Html(*parts)


def _step_table(here: str, there: str, states: list[str], counts: Counts) -> Table:
    starts, ends = ([s for s in states if any(pair[n] == s and counts[pair] != 0 for pair in counts)] for n in (0, 1))
    labels = {state: f"Från {state_label(state)}" for state in starts}
    return Table(
        name=f"steg-{here}-{there}",
        caption=f"Från {words.point(here).casefold()} till {words.point(there).casefold()}, hur många som stod kvar i "
        "sitt läge och hur många som bytte",
        frame=_crossed(counts, labels, ends),
        columns=[Column("label", "Läge före"), *(people_column(end, f"Till {state_label(end)}") for end in ends)],
        notes=["Lägen som ingen gick från eller till är inte med."],
    )


def largest(moves: Mapping[Move, int], most: int = MOST_BANDS) -> dict[Move, int]:
    """The largest moves from each point to the next, at most so many; of two that are as large the first."""
    kept: dict[Move, int] = {}
    for step in dict.fromkeys((place[0], place[2]) for place in moves):
        own = [place for place in moves if (place[0], place[2]) == step]
        kept |= {place: moves[place] for place in sorted(own, key=lambda place: -moves[place])[:most]}
    return kept


def _picture(view: FollowUpView, frame: pd.DataFrame) -> Html:
    states = ordered_states(frame["status"])
    counts = _counts(frame, "point", "status")
    sizes = {place: whole(value) for place, value in counts.items() if known(value) and value}
    rest = _hidden_people(view, counts)
    points = [p for p in ordered_points(frame["point"]) if rest.get(p) or any(place[0] == p for place in sizes)]
    drawn = [state for state in states if any((point, state) in sizes for point in points)]
    if len(points) < 2 or not drawn:
        return Html()
    moves = _known_moves(view, drawn)
    bands = largest(moves)
    label = {state: state_label(state) for state in drawn}
    every = ordered_points(frame["point"])
    told = "; ".join(f"{words.point(point)}: {_told(counts, point, states)}" for point in every)
    return flow_picture.draw(
        flow_picture.Flow(
            points,
            list(label.values()),
            {point: words.point(point) for point in points},
            {(point, label[s]): n for (point, s), n in sizes.items()},
            {(here, label[start], there, label[end]): n for (here, start, there, end), n in bands.items()},
            rest,
            state_label(MISSING),
        ),
        alt=f"Flödesbild: deltaganden i varje läge vid varje tidpunkt. {told}.",
        caption=" ".join(
            [
                f"Deltaganden i varje läge vid varje tidpunkt, {view.portfolio.period_label}.",
                "Banden visar hur många som gick från ett läge till ett annat (mörka) eller stod kvar (ljusa).",
                *_not_drawn(view, counts, [p for p in every if p not in points], limited=len(bands) < len(moves)),
                "Siffrorna står i tabellerna nedan.",
            ]
        ),
    )


def _hidden_people(view: FollowUpView, counts: Counts) -> dict[str, int]:
    """Point -> how many stand in states that are hidden there, where the number of all is shown."""
    everybody = shown_value(first_record(table_of(view, "steps")), "participations")
    hidden = {point for (point, _), value in counts.items() if value is HIDDEN}
    if not known(everybody):
        return {}
    return {
        point: whole(everybody) - sum(whole(n) for (there, _), n in counts.items() if there == point and known(n))
        for point in hidden
    }


def _known_moves(view: FollowUpView, drawn: Sequence[str]) -> dict[Move, int]:
    """The moves that are shown, between states that are noted: whoever has none has not been seen to move."""
    moves = {}
    for record in table_of(view, "flow").to_dict("records"):
        people, start, end = shown_value(record, "count"), str(record["status_from"]), str(record["status_to"])
        if known(people) and people and MISSING not in (start, end) and start in drawn and end in drawn:
            moves[str(record["point_from"]), start, str(record["point_to"]), end] = whole(people)
    return moves


def _told(counts: Counts, point: str, states: Sequence[str]) -> str:
    own = {state: counts[point, state] for state in states if counts.get((point, state))}
    if all(value is HIDDEN for value in own.values()):
        return "alla tal dolda"
    return ", ".join(f"{state_label(state)} {said(value)}" for state, value in own.items())


def _not_drawn(view: FollowUpView, counts: Counts, gone: Sequence[str], *, limited: bool) -> Iterable[str]:
    """What a reader might look for in vain, and why it is not drawn."""
    if limited:
        yield f"Bara de {swedish.in_words(MOST_BANDS)} största banden mellan två tidpunkter är ritade."
    if any(state == MISSING and value for (_, state), value in counts.items()):
        yield "Banden gäller dem som har ett läge noterat vid båda tidpunkterna."
    hidden = HIDDEN in counts.values()
    if hidden and _hidden_people(view, counts):
        yield "Streckad ram: deltaganden i lägen vars tal är dolda."
    elif hidden:
        yield "Dolda tal är inte ritade, så staplarna är lägre än alla deltaganden."
    if any(shown_value(record, "count") is HIDDEN for record in table_of(view, "flow").to_dict("records")):
        yield "Dolda rörelser är inte ritade."
    if gone:
        yield f"{swedish.sentence(_listed(gone))} är alla tal dolda och därför inte ritade."
