"""Follow-up as read: one frame per kind of file, what was set aside, and where it came from.

Rows on persons are only held in memory and in ``data/processed``. ``repr`` tells how many rows there are, never what
they hold, so that a log or a notebook that shows the object by mistake tells nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from portfolj.errors import Fault

# Kind -> column -> type. Codes that lists allow stand in reference/followup_codes.toml.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "participations": {
        "person": "str", "anonymous": "bool", "intervention": "str",
        "start": "datetime64[ns]", "end": "datetime64[ns]", "start_year": "Int64", "end_year": "Int64",
        "sex": "str", "age_band": "str", "municipality": "str", "referrer": "str",
        "occupation_before": "str", "occupation_after": "str",
        "work_extent_before": "Float64", "work_extent_after": "Float64",
        "study_extent_before": "Float64", "study_extent_after": "Float64",
        "income_before": "str", "income_after": "str", "end_reason": "str",
    },
    "assessments": {
        "person": "str", "intervention": "str", "occasion": "int64", "respondent": "str", "item": "str",
        "value": "float64",
    },
    "statuses": {"person": "str", "intervention": "str", "point": "str", "status": "str"},
    "counts": {"intervention": "str", "year": "Int64", "sex": "str", "measure": "str", "count": "Int64"},
    "exits": {"intervention": "str", "base": "str", "outcome": "str", "count": "Int64", "printed_in": "str"},
    "goals": {
        "intervention": "str", "goal": "str", "text": "str", "target": "str", "outcome": "str", "verdict": "str",
        "judged_by": "str", "basis": "str",
    },
    "published": {
        "intervention": "str", "group": "str", "category": "str", "measure": "str", "printed": "str",
        "value": "float64", "unit": "str", "note": "str", "source": "str",
    },
    "set_aside": {"file": "str", "sheet": "str", "row": "int64", "kind": "str", "reason": "str"},
    "sources": {"file": "str", "kind": "str", "rows_in": "int64", "rows_used": "int64", "rows_set_aside": "int64"},
}  # fmt: skip


def frame_of(kind: str, data: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """A frame with exactly the columns and types of the kind; every column of it must be in ``data``."""
    columns = COLUMNS[kind]
    if set(data) != set(columns):
        raise ValueError(f"{kind}: columns {sorted(set(data) ^ set(columns))} are missing or too many")
    return pd.DataFrame({name: pd.Series(data[name], dtype=dtype) for name, dtype in columns.items()})


def empty_frame(kind: str) -> pd.DataFrame:
    """The kind's frame without rows."""
    return frame_of(kind, {name: [] for name in COLUMNS[kind]})


def frame_from_records(kind: str, records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The same from one mapping per row. What a record leaves out is missing (``""`` in text columns)."""
    rows = list(records)
    blank = {name: "" if dtype == "str" else None for name, dtype in COLUMNS[kind].items()}
    return frame_of(kind, {name: [row.get(name, blank[name]) for row in rows] for name in COLUMNS[kind]})


@dataclass(frozen=True, repr=False)
class FollowUp:
    """A federation's follow-up, read without faults. Each frame has the columns and types of ``COLUMNS``.

    ``participations``: one row per participation (person x intervention x start), an anonymous one with ``person``
    empty. ``assessments``: one row per rating given. ``statuses``: one row per person and point in time. ``counts``,
    ``exits``, ``goals``, ``published``: one row per figure or goal. ``set_aside``: one row per file row not used, with
    the reason and never its content. ``sources``: one row per file; rows_in is rows_used + rows_set_aside. ``remarks``:
    what is odd but did not stop the reading.
    """

    participations: pd.DataFrame = field(default_factory=partial(empty_frame, "participations"))
    assessments: pd.DataFrame = field(default_factory=partial(empty_frame, "assessments"))
    statuses: pd.DataFrame = field(default_factory=partial(empty_frame, "statuses"))
    counts: pd.DataFrame = field(default_factory=partial(empty_frame, "counts"))
    exits: pd.DataFrame = field(default_factory=partial(empty_frame, "exits"))
    goals: pd.DataFrame = field(default_factory=partial(empty_frame, "goals"))
    published: pd.DataFrame = field(default_factory=partial(empty_frame, "published"))
    set_aside: pd.DataFrame = field(default_factory=partial(empty_frame, "set_aside"))
    sources: pd.DataFrame = field(default_factory=partial(empty_frame, "sources"))
    remarks: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        rows = ", ".join(f"{kind}: {len(getattr(self, kind))}" for kind in COLUMNS)
        return f"FollowUp({rows})"
