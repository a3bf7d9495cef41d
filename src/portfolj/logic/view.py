"""How the federation means that resources lead to effects: its logic models, checked and joined to outcomes.

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from portfolj.followup.joined import joined
from portfolj.followup.view import FollowUpView
from portfolj.logic.measures import NOTHING, SHOWN, Measured, measured, verdict_of
from portfolj.logic.model import AIMS, INTERVENTION, Indicator, Model
from portfolj.logic.reading import LogicFiles, read_logic
from portfolj.logic.remarks import remarks_of
from portfolj.portfolio import Portfolio

_FIGURE: Final = {
    "indicator": "str", "measured": "str", "goal": "str", "state": "str", "why": "str", "value": "Float64",
    "unit": "str", "count": "Int64", "of": "Int64", "low": "Float64", "high": "Float64", "verdict": "str",
    "planned": "Float64", "outcome": "Float64", "stated_unit": "str",
}  # fmt: skip
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "items": {
        "model": "int64", "id": "str", "kind": "str", "text": "str", **_FIGURE, "own_verdict": "str",
        "followed_verdict": "str", "source": "str",
    },
    "links": {
        "model": "int64", "from": "str", "from_kind": "str", "from_text": "str", "to": "str", "to_kind": "str",
        "to_text": "str", **_FIGURE,
    },
    "remarks": {"model": "int64", "code": "str", "about": "str", "text": "str", "said": "str", "action": "str"},
}  # fmt: skip
# Weaknesses that show only beside the portfolio and its follow-up.
ACTIONS: Final = {
    "verdict_differs": "Rätta bedömningen i modellen eller i uppföljningen",
    "goal_not_found": "Rätta goal i modellen, eller lägg målet i uppföljningens fil",
    "intervention_unknown": "Rätta namnet i modellen, eller lägg insatsen i liggaren",
}
_UNKNOWN: Final = {
    "not_in_ledger": "Insatsen finns inte i liggaren",
    "several": "Flera insatser i liggaren heter så; skriv insatsens nummer",
}


@dataclass(frozen=True, eq=False)
class LogicView:
    """The models, and tables of all of them. ``model`` in the tables is the place in ``models``, from 0.

    ``items``: a row per box; ``verdict`` is the follow-up's where it has one, else the model's own
    (``followed_verdict``, ``own_verdict``). ``links``: a row per arrow. Both have what it is followed by (``indicator``
    in words, ``measured``), the figure (see ``Measured``; counts on people only such as may be shown) and what the
    file itself states (``planned``, ``outcome`` in ``stated_unit``). ``remarks``: what is weak.
    """

    portfolio: Portfolio
    follow_up: FollowUpView
    models: tuple[Model, ...]
    tables: Mapping[str, pd.DataFrame]


def open_logic(follow_up: FollowUpView) -> LogicView:
    """The federation's own, its files read anew. Raises InputRefused with every fault of every file at once."""
    return logic_of(follow_up, read_logic(follow_up.portfolio.federation))


def logic_of(follow_up: FollowUpView, files: LogicFiles) -> LogicView:
    """The same of files that have been read already."""
    items = [row for n, model in enumerate(files.models) for row in _items(follow_up, n, model)]
    links = [row for n, model in enumerate(files.models) for row in _links(follow_up, n, model)]
    remarks = [
        {"model": n, **{name: getattr(remark, name) for name in ("code", "about", "text", "said", "action")}}
        for n, model in enumerate(files.models)
        for remark in remarks_of(model)
    ]
    remarks += _beside(follow_up, files.models, items)
    remarks.sort(key=lambda row: int(row["model"]))
    tables = {"items": _frame("items", items), "links": _frame("links", links), "remarks": _frame("remarks", remarks)}
    return LogicView(follow_up.portfolio, follow_up, files.models, MappingProxyType(tables))


def _items(view: FollowUpView, number: int, model: Model) -> Iterable[dict[str, Any]]:
    for item in model.items:
        found = measured(view, model, item.indicator.measured, goal=item.indicator.goal)
        judged = verdict_of(view, model, item.indicator.goal) if item.kind in AIMS and item.indicator.goal else NOTHING
        followed = judged.verdict if judged.state == SHOWN else ""
        yield {
            "model": number, "id": item.id, "kind": item.kind, "text": item.text, **_figure(item.indicator, found),
            "own_verdict": item.verdict, "followed_verdict": followed, "verdict": followed or item.verdict,
            "source": item.source,
        }  # fmt: skip


def _links(view: FollowUpView, number: int, model: Model) -> Iterable[dict[str, Any]]:
    for link in model.links:
        start, end = model.by_id[link.start], model.by_id[link.end]
        found = measured(view, model, link.indicator.measured, goal=link.indicator.goal)
        yield {
            "model": number, "from": start.id, "from_kind": start.kind, "from_text": start.text, "to": end.id,
            "to_kind": end.kind, "to_text": end.text, **_figure(link.indicator, found),
        }  # fmt: skip


def _figure(indicator: Indicator, found: Measured) -> dict[str, Any]:
    return {
        "indicator": indicator.text, "measured": indicator.measured, "goal": indicator.goal, **asdict(found),
        "planned": indicator.planned, "outcome": indicator.outcome, "stated_unit": indicator.unit,
    }  # fmt: skip


def _beside(view: FollowUpView, models: Iterable[Model], items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is odd about the models beside the ledger and the follow-up."""
    found = []
    for number, model in enumerate(models):
        own = [row for row in items if row["model"] == number]
        if model.about == INTERVENTION and model.name in joined([model.name], view.portfolio).why_not:
            why = joined([model.name], view.portfolio).why_not[model.name]
            if why in _UNKNOWN:
                found.append((number, "intervention_unknown", "", model.name, _UNKNOWN[why]))
        for row in own:
            if row["own_verdict"] and row["followed_verdict"] not in ("", row["own_verdict"]):
                found.append((number, "verdict_differs", row["id"], row["text"],
                              "Modellens bedömning är en annan än uppföljningens"))  # fmt: skip
            if row["kind"] in AIMS and row["goal"] and not row["followed_verdict"]:
                found.append((number, "goal_not_found", row["id"], row["text"],
                              f"Uppföljningen har inte ett mål med numret {row['goal']}"))  # fmt: skip
    names = ("model", "code", "about", "text", "said")
    return [{**dict(zip(names, row, strict=True)), "action": ACTIONS[row[1]]} for row in found]


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = COLUMNS[name]
    return pd.DataFrame.from_records(rows, columns=list(columns)).astype(dict(columns))
