"""What the federation's files on documentation say, as frames: their columns and what became of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from portfolj.errors import Fault
from portfolj.federation import fact_codes

NOT_REQUIRED: Final = "not_required"  # what a cell of a fact holds where the file says that nothing is needed
_PLACE: Final[Mapping[str, str]] = {
    "intervention_id": "str", "intervention": "str", "file": "str", "sheet": "str", "row": "int64",
}  # fmt: skip
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "facts": {**_PLACE, **dict.fromkeys(fact_codes(), "str"), "end_date": "datetime64[us]", "ongoing": "bool"},
    "phases": {
        **_PLACE, "phase": "str", "amount_sek": "float64", "start": "datetime64[us]", "end": "datetime64[us]",
        "condition": "str", "met": "str", "decided_on": "datetime64[us]", "source": "str",
    },
}  # fmt: skip


def empty_frame(kind: str) -> pd.DataFrame:
    """The kind's frame without rows."""
    return frame_of(kind, {name: [] for name in COLUMNS[kind]})


def frame_of(kind: str, data: Mapping[str, Iterable[Any]]) -> pd.DataFrame:
    """A frame with exactly the columns and types of the kind."""
    return pd.DataFrame({name: pd.Series(list(data[name]), dtype=dtype) for name, dtype in COLUMNS[kind].items()})


@dataclass(frozen=True, eq=False)
class DocumentationFiles:
    """The files read without faults. Frames have the columns and types of ``COLUMNS``.

    ``facts``: one row per intervention; a fact is its text, empty where the file says nothing of it, ``not_required``
    where it says that none is needed. ``end_date`` is the last day of the end's year where only that stands;
    ``ongoing``: no end is set. ``phases``: one row per phase in the files' order; ``amount_sek`` not a number where it
    does not stand; ``met`` is ``yes``, ``partly``, ``no``, ``unclear``, or empty for a phase without a condition.
    ``set_aside``: one row per file row not used, with the reason; ``sources``: one row per file, ``rows_in`` is
    ``rows_used`` + ``rows_set_aside``. ``remarks``: what is odd but did not stop the reading.
    """

    facts: pd.DataFrame = field(default_factory=lambda: empty_frame("facts"))
    phases: pd.DataFrame = field(default_factory=lambda: empty_frame("phases"))
    set_aside: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    remarks: tuple[Fault, ...] = ()
