"""Which priorities the board had stated, and what counts as belonging to each."""

from __future__ import annotations

import pandas as pd

from portfolj.exhibits import swedish
from portfolj.exhibits.markup import Column, Html, Table, paragraph
from portfolj.exhibits.strategy import words
from portfolj.strategy.view import StrategyView


def priorities(view: StrategyView) -> Html:
    """A row per priority; without any, how one is stated."""
    if not view.is_stated:
        return paragraph(words.NOT_STATED)
    frame = pd.DataFrame(
        {
            "name": [priority.name for priority in view.settings.priorities],
            "years": [priority.years.replace("-", "–") or "alla år" for priority in view.settings.priorities],
            "belongs": [words.belongs(view, priority) for priority in view.settings.priorities],
            "share_pct": [priority.share_pct for priority in view.settings.priorities],
        }
    )
    columns = [
        Column("name", "Prioritering"),
        Column("years", "År"),
        Column("belongs", "Dit hör insatser med"),
        Column("share_pct", "Avsedd andel per år", words.pct, numeric=True, missing="ingen andel bestämd"),
    ]
    source = view.settings.source.strip()
    table = Table(
        name="prioriteringar",
        caption="Styrelsens prioriteringar",
        frame=frame,
        columns=columns,
        notes=[
            *([f"Källa: {source.rstrip('.')}."] if source else []),
            "En insats hör dit när den uppfyller allt som står på raden. Av flera målgrupper, huvudmän eller ord "
            f"räcker ett av dem. {_themes(view)}".rstrip(),
        ],
    )
    return table.html()


def _themes(view: StrategyView) -> str:
    if not any(priority.themes for priority in view.settings.priorities):
        return ""
    return swedish.sentence("ord söks i insatsens namn, målgrupp, beskrivning och mål.")
