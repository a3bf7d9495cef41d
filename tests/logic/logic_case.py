"""Logic models and follow-up written by a test itself, so that everything expected can be worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.errors import Fault, InputRefused
from portfolj.followup.view import FollowUpView
from portfolj.logic.model import Model
from portfolj.logic.reading import LogicFiles, model_of
from portfolj.logic.view import LogicView, logic_of
from portfolj.portfolio.view import Portfolio
from small_ledger import portfolio_of, row

COUNTS = ("participations", "persons", "exits", "to_work", "to_study", "to_training", "work_or_study")
# resource -> activity -> output -> result -> effect -> goal, everything followed.
WHOLE = """
title = "Vägen till arbete"
intervention = "Insats"
resources = [{ id = "tid", text = "Två handledare", planned = 754, outcome = 414, unit = "timmar" }]
activities = [{ id = "kurs", text = "Kurs" }]
outputs = [{ id = "gatt", text = "Deltagare har gått kursen" }]
results = [{ id = "kan", text = "Deltagare kan mer" }]
effects = [{ id = "jobb", text = "Deltagare arbetar" }]
interim_goals = [{ id = "del", text = "Hälften går klart" }]
goals = [{ id = "mal", text = "Fler i arbete", goal = 1 }]
links = [
  { from = "tid", to = "kurs", indicator = "Timmar" },
  { from = "kurs", to = "gatt", measured = "participations" },
  { from = "gatt", to = "kan", measured = "progression_up" },
  { from = "gatt", to = "del", indicator = "Andel som går klart" },
  { from = "kan", to = "jobb", indicator = "Till arbete eller studier", measured = "work_or_study" },
  { from = "jobb", to = "mal", measured = "goal" },
]
"""


def model(text: str = WHOLE, *, file: str = "logic_model.toml") -> Model:
    """The model of a text without faults."""
    return model_of(text, file=file)


def faults_of(text: str) -> tuple[Fault, ...]:
    """What is wrong with a text, in the order of the file."""
    try:
        model_of(text, file="logic_model.toml")
    except InputRefused as refused:
        return refused.faults
    return ()


def boxes(**kinds: Sequence[str]) -> str:
    """A model's text with boxes whose text is their id in capitals."""
    lines = ['title = "Modell"']
    for kind, ids in kinds.items():
        lines += [f'[[{kind}]]\nid = "{name}"\ntext = "{name.upper()}"' for name in ids]
    return "\n".join(lines) + "\n"


def links(*pairs: str, indicator: str = "") -> str:
    """Links written ``a > b``."""
    said = f'indicator = "{indicator}"\n' if indicator else ""
    return "".join('[[links]]\nfrom = "{}"\nto = "{}"\n{}'.format(*pair.split(" > "), said) for pair in pairs)


def outcomes(*rows: Sequence[Any], cost: Sequence[float | None] = ()) -> pd.DataFrame:
    """Rows of group, category and the counts of ``COUNTS``; None is a hidden count."""
    frame = pd.DataFrame({"intervention": "", "group": [r[0] for r in rows], "category": [r[1] for r in rows]})
    for n, name in enumerate(COUNTS, start=2):
        frame[name] = pd.Series([r[n] for r in rows], dtype="Int64")
        frame[f"{name}_suppressed"] = [r[n] is None for r in rows]
    return frame.assign(cost_per_participation_sek=pd.Series(list(cost) or [None] * len(rows), dtype="Float64"))


def progression(*rows: Sequence[Any]) -> pd.DataFrame:
    """Rows of group, category, measured twice and up."""
    frame = pd.DataFrame({"group": [r[0] for r in rows], "category": [r[1] for r in rows]})
    for n, name in enumerate(("measured_twice", "up"), start=2):
        frame[name] = pd.Series([r[n] for r in rows], dtype="Int64")
        frame[f"{name}_suppressed"] = [r[n] is None for r in rows]
    return frame


def goals(*rows: Sequence[str]) -> pd.DataFrame:
    """Rows of intervention, number and verdict."""
    return pd.DataFrame(rows, columns=["intervention", "goal", "verdict"])


TABLES: Mapping[str, pd.DataFrame] = {
    "outcomes": outcomes(
        ("all", "all", 300, 280, 220, 30, 12, 8, 40),
        ("intervention", "Insats", 267, 250, 200, 24, 9, 7, 33),
        ("municipality", "Nora", 60, 55, 40, None, 5, 5, None),
        cost=[None, 3745.3, None],
    ),
    "progression": progression(("all", "all", 120, 80), ("intervention", "Insats", 108, 71)),
    "goals": goals(("Insats", "1", "partly_met")),
}


def follow_up(portfolio: Portfolio, tables: Mapping[str, pd.DataFrame] | None = None) -> FollowUpView:
    """A protected follow-up with these tables; those above where none are named."""
    return FollowUpView(portfolio, 5, (), dict(TABLES if tables is None else tables), (), ())


def portfolio_in(folder: Path) -> Portfolio:
    """A portfolio with one intervention, ``Insats``."""
    return portfolio_of([row("1")], folder)


def view(portfolio: Portfolio, *texts: str, tables: Mapping[str, pd.DataFrame] | None = None) -> LogicView:
    """The models of these texts beside the follow-up."""
    models = tuple(model(text, file=f"modell_{n}.toml") for n, text in enumerate(texts, start=1))
    return logic_of(follow_up(portfolio, tables), LogicFiles(models))


def row_of(shown: LogicView, table: str, **wanted: str) -> dict[str, Any]:
    """The one row of a table that has these values."""
    frame = shown.tables[table]
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    (record,) = frame.to_dict("records")
    return record
