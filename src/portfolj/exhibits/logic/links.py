"""The arrows of each model as a table: what is to lead to what, how it is followed, and the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import LONGEST_FIRST, legend_note
from portfolj.exhibits.logic import words
from portfolj.exhibits.logic.models import absent, heading_of, hides, rows_of
from portfolj.exhibits.markup import Column, Html, Table, cells, details, paragraph

if TYPE_CHECKING:
    from portfolj.logic.view import LogicView


def links(view: LogicView) -> Html:
    """A table for each model that has links; how many links have an indicator and how many of those are measured."""
    if not view.models:
        return absent()
    return Html(*(_table(view, number) for number in range(len(view.models))))


def _table(view: LogicView, number: int) -> Html:
    rows = rows_of(view, "links", number)
    if not rows:
        return paragraph(f"{heading_of(view, number)}: modellen har inga länkar.")
    frame = pd.DataFrame({
        "from": [_end(row["from_kind"], row["from_text"]) for row in rows],
        "to": [_end(row["to_kind"], row["to_text"]) for row in rows],
        "indicator": [words.indicator(row) or None for row in rows],
    })  # fmt: skip
    written = [words.figure(row) for row in rows]
    frame["figure"] = cells((Markup.escape(text) for text in written), frame)
    table = Table(
        name=f"logik-lankar-{number + 1}",
        caption=f"Länkar i {heading_of(view, number)}",
        base=_base(rows),
        frame=frame,
        columns=[
            Column("from", "Från"),
            Column("to", "Till"),
            Column("indicator", "Indikator", missing=words.NO_INDICATOR),
            Column("figure", "Mätt", write=lambda text: text),
        ],
        notes=[legend_note(view.follow_up)] if hides(rows) else [],
    ).html()
    caption = f"Länkar i {heading_of(view, number)} ({swedish.number(len(rows))} rader)"
    return details(caption, table) if len(rows) > LONGEST_FIRST else table


def _base(rows: list) -> str:
    followed = [row for row in rows if words.indicator(row)]
    measured = sum(words.is_measured(row) for row in followed)
    count = swedish.counted(len(rows), "länk", "länkar")
    return f"{swedish.number(len(followed))} av {count} har en indikator, {swedish.number(measured)} har en mätt siffra"


def _end(kind: str, text: str) -> str:
    return f"{swedish.sentence(words.KINDS[kind][0])}: {text}"
