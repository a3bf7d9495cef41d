"""What the federation's files on economics say, as frames: their columns and what became of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from portfolj.economics.unit_values import Value
from portfolj.errors import Fault

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "incomes": {
        "year": "int64", "participants": "int64", "actor": "str", "income_1y_sek": "float64", "cost_sek": "float64",
        "derived": "bool", "note": "str",
    },
    "transitions": {"state_before": "str", "state_after": "str", "count": "int64", "year": "Int64"},
    "break_even": {
        "case": "str", "label": "str", "intervention": "str", "cost_sek": "float64", "value_key": "str",
        "value_per_person_year_sek": "float64", "years": "float64", "printed_persons": "Int64",
        "printed_value_sek": "float64", "printed_years": "float64", "source": "str", "note": "str",
    },
    "published": {
        "year": "Int64", "actor": "str", "measure": "str", "printed": "str", "value": "float64", "unit": "str",
        "source": "str", "note": "str",
    },
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class EconomicsFiles:
    """The federation's files on economics, read without faults. Frames have the columns and types of ``COLUMNS``.

    ``incomes``: one row per year and actor; ``cost_sek`` not a number where it does not stand, ``derived`` where the
    income is not printed but computed from what is. ``transitions``: one row per file row, years may be missing.
    ``values``: the federation's own values. ``break_even``: one row per case; ``cost_sek`` not a number where the
    ledger tells it. ``published``: ``value`` in kronor or months as ``unit`` (``sek``, ``months``) says, not a number
    where print has a dash, ``year`` missing for a mean over the years. ``set_aside``: one row per file row not used,
    with the reason; ``sources``: one row per file, ``rows_in`` is ``rows_used`` + ``rows_set_aside``. ``remarks``: what
    is odd but did not stop the reading.
    """

    incomes: pd.DataFrame
    transitions: pd.DataFrame
    values: tuple[Value, ...]
    break_even: pd.DataFrame
    published: pd.DataFrame
    set_aside: pd.DataFrame
    sources: pd.DataFrame
    remarks: tuple[Fault, ...] = ()


def frame_of(kind: str, data: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """A frame with exactly the columns and types of the kind."""
    return pd.DataFrame({name: pd.Series(list(data[name]), dtype=dtype) for name, dtype in COLUMNS[kind].items()})


def empty_frame(kind: str) -> pd.DataFrame:
    """The kind's frame without rows."""
    return frame_of(kind, {name: [] for name in COLUMNS[kind]})
