"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.followup.shown import legend
from portfolj.exhibits.logic import words
from portfolj.exhibits.logic.models import heading_of, hides
from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.logic.view import LogicView


def logic_sheets(view: LogicView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    if not view.models:
        return
    yield Sheet("Logisk modell", "Rutorna i de logiska modellerna", _items(view), _legend(view, "items"))
    if len(view.tables["links"]):
        title = "Vad som ska leda till vad, och hur det följs"
        yield Sheet("Logisk modell länkar", title, _links(view), _legend(view, "links"))
    if len(view.tables["remarks"]):
        yield Sheet("Logisk modell svagheter", "Svagheter i de logiska modellerna", _remarks(view))


def _items(view: LogicView) -> pd.DataFrame:
    rows = _records(view, "items")
    return pd.DataFrame({
        "Modell": [_title(view, row) for row in rows],
        "Slag": [swedish.sentence(words.KINDS[row["kind"]][0]) for row in rows],
        "Text": [row["text"] for row in rows],
        "Bedömning": [swedish.sentence(words.verdict(row["verdict"])) for row in rows],
        "Indikator": [words.indicator(row) for row in rows],
        "Mätt": [words.plain_figure(row) for row in rows],
        "Källa": [row["source"] for row in rows],
    })  # fmt: skip


def _links(view: LogicView) -> pd.DataFrame:
    rows = _records(view, "links")
    return pd.DataFrame({
        "Modell": [_title(view, row) for row in rows],
        "Från": [row["from_text"] for row in rows],
        "Till": [row["to_text"] for row in rows],
        "Indikator": [words.indicator(row) or words.NO_INDICATOR for row in rows],
        "Mätt": [words.plain_figure(row) for row in rows],
    })  # fmt: skip


def _remarks(view: LogicView) -> pd.DataFrame:
    rows = _records(view, "remarks")
    return pd.DataFrame({
        "Modell": [_title(view, row) for row in rows],
        "Svaghet": [row["said"] for row in rows],
        "Ruta eller länk": [row["text"] for row in rows],
        "Vad ni kan göra": [row["action"] for row in rows],
    })  # fmt: skip


def _records(view: LogicView, table: str) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in view.tables[table].to_dict("records")]


def _legend(view: LogicView, table: str) -> tuple[str, ...]:
    return (legend(view.follow_up),) if hides(_records(view, table)) else ()


def _title(view: LogicView, row: dict[str, Any]) -> str:
    return heading_of(view, int(row["model"]))
