"""Nothing of the rows on persons, and no count that is hidden, can be reached from the view."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np
import pandas as pd
from counting_rows import opened, ratings, rows_of

from portfolj.followup.rows import FollowUp, frame_from_records
from portfolj.followup.view import FollowUpView

CANARY = "kanariefågel"


def reached(root: object) -> Iterator[object]:
    """Everything that can be reached from an object, whatever it is held in. Modules, classes and functions are not
    the view's own; what a function remembers is."""
    seen: dict[int, object] = {}  # held, or a number would be used again for something else
    waiting: list[object] = [root]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, ModuleType | type):
            continue
        seen[id(thing)] = thing
        yield thing
        if isinstance(thing, type(reached)):
            waiting += [cell.cell_contents for cell in thing.__closure__ or ()]
        elif isinstance(thing, pd.DataFrame):
            waiting += [thing.columns.tolist(), *(thing[column].tolist() for column in thing)]
        elif isinstance(thing, np.ndarray):
            waiting += thing.ravel().tolist() if thing.dtype == object else []
        elif not isinstance(thing, str | bytes | int | float):
            waiting += gc.get_referents(thing)


def canaries() -> FollowUp:
    """Rows with a canary in every identity column and in every column that may hold free text."""
    people = rows_of((30, {"occupation_after": "work"}), (30, {"sex": "man"}))
    told = people.participations.assign(person=[f"{CANARY}{n}" for n in range(60)])
    for column in ("municipality", "referrer"):
        told[column] = ["Växjö"] * 57 + [f"{CANARY} {column} {n}" for n in range(3)]
    told["intervention"] = ["Insats"] * 57 + [f"{CANARY} insats"] * 3
    rated = ratings([(f"{CANARY}{n}", 2.0, 3.0) for n in range(57)])
    status = [
        {
            "person": f"{CANARY}{n}",
            "intervention": "Insats",
            "point": point,
            "status": f"{CANARY}" if n == 0 else "Praktik",
        }
        for n in range(57)
        for point in ("0", "exit")
    ]
    aside = [{"file": "deltagande.csv", "kind": "participations", "row": 7, "reason": "felregistrering"}]
    return FollowUp(
        participations=told, assessments=rated, statuses=frame_from_records("statuses", status),
        set_aside=frame_from_records("set_aside", aside),
    )  # fmt: skip


def canary_view(folder: Path) -> FollowUpView:
    return opened(canaries(), folder)


def test_no_canary_is_reached_from_the_view_and_no_rows_are(tmp_path: Path) -> None:
    view = canary_view(tmp_path)
    found = list(reached(view))
    assert any(isinstance(thing, str) and "Växjö" in thing for thing in found)  # the walk does see the tables
    assert [thing for thing in found if isinstance(thing, str) and CANARY in thing] == []
    assert [thing for thing in found if isinstance(thing, FollowUp)] == []


def test_the_walk_would_find_a_canary_that_is_held(tmp_path: Path) -> None:
    view = canary_view(tmp_path)
    rows = canaries()
    tables = MappingProxyType({**view.tables, "rows": rows.participations})
    held = FollowUpView(view.portfolio, view.k, view.kinds, tables, view.shown, view.hidden)
    assert any(isinstance(thing, str) and CANARY in thing for thing in reached(held))


def test_what_is_shown_to_later_reports_is_never_small(tmp_path: Path) -> None:
    view = canary_view(tmp_path)
    assert [count.value for count in view.shown if 0 < count.value < view.k] == []


def test_every_table_has_a_mark_beside_each_count_that_is_missing(tmp_path: Path) -> None:
    for name, table in canary_view(tmp_path).tables.items():
        for column in [c for c in table if str(c).endswith("_suppressed")]:
            cell = str(column).removesuffix("_suppressed")
            values: Any = table[cell]
            assert values[table[column]].isna().all(), name
            assert not ((values > 0) & (values < 5)).fillna(False).any(), name
