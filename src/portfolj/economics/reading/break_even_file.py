"""Cases of break-even: what was paid, what a person is worth a year, and what somebody has printed of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from portfolj.economics.overrides import full_key
from portfolj.economics.reading.amounts import amounts_of, row_units
from portfolj.economics.reading.table import ROOM, column_of, position_of, source_needed
from portfolj.economics.reading.words import nearest
from portfolj.economics.unit_values import labels_of_keys, units_of_keys
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.findings import Findings
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table
from portfolj.followup.values import read_count, read_number
from portfolj.ledger.cells import Value, text_of

SHAPE = Shape(f"{ROOM}break_even", (
    ("case", "label"), ("value_per_person_year_sek", "value_key", "printed_persons", "printed_value_sek"),
    ("source",),
))  # fmt: skip
# What the model itself computes of a person and year, beside the values of a year.
MODEL_VALUES: Final[Mapping[str, str]] = {
    "production_full_time": "Heltidsarbete utan stöd",
    "production_extra_wage": "Högre månadslön",
}
_NOTHING = CellFault(
    Reason.VALUE_MISSING, "Fallet har varken värde per person, nyckel eller tryckt siffra", "minst en av dem",
    "Fyll i raden",
)  # fmt: skip


def break_even_of(table: Table, *, findings: Findings) -> pd.DataFrame:
    """The table's cases with ``at`` (row of the table) beside the columns that ``read_economics`` tells of."""
    words = {name: table.texts(name) for name in ("case", "label", "intervention", "note")}
    units = row_units(table, findings)
    amounts = {
        name: amounts_of(table, name, findings, units=units, at_least_zero=True)
        for name in ("cost_sek", "value_per_person_year_sek", "printed_value_sek")
    }
    keys = column_of(table, "value_key", _value_key, findings, blank="")
    persons = column_of(table, "printed_persons", read_count, findings, blank=None)
    sources = source_needed(table, np.ones(len(table), dtype=bool), findings)
    frame = pd.DataFrame({
        **words, **amounts, "value_key": keys,
        "years": column_of(table, "years", _years, findings, blank=None), "printed_persons": persons,
        "printed_years": column_of(table, "printed_years", _years, findings, blank=None), "source": sources,
        "at": range(len(table)),
    })  # fmt: skip
    _tell_of_gaps(table, frame, findings)
    names = np.where(frame["case"] == "", frame["label"], frame["case"])
    years = frame["years"].astype("float64").fillna(1.0)
    frame = frame.assign(label=np.where(frame["label"] == "", names, frame["label"]), case=names, years=years)
    return frame[table.used]


def _tell_of_gaps(table: Table, frame: pd.DataFrame, findings: Findings) -> None:
    nameless = (frame["case"] == "") & (frame["label"] == "")
    first = next(p for name in ("case", "label") if (p := position_of(table, name)) is not None)
    findings.every(table, first, np.flatnonzero(nameless & table.used), CellFault(
        Reason.NAME_MISSING, "Fallet har inget namn", "ett namn per fall", "Fyll i cellen"
    ))  # fmt: skip
    told = pd.Series(np.zeros(len(table), dtype=bool))
    for name in ("value_per_person_year_sek", "value_key", "printed_persons", "printed_value_sek"):
        position = position_of(table, name)
        if position is not None:
            told |= table.column(position).each(lambda value: bool(text_of(value))).astype(bool)
    findings.every(table, first, np.flatnonzero(~told & table.used), _NOTHING)


def _value_key(value: Value) -> str:
    text = text_of(value)
    labels = {**MODEL_VALUES, **{k: v for k, v in labels_of_keys().items() if units_of_keys()[k] == "kr per år"}}
    known = {**{fold(label): key for key, label in labels.items()}, **{key: key for key in labels}}
    key = known.get(fold(text)) or (found if (found := full_key(text)) in labels else None)
    if text and key is None:
        named = {key: key for key in labels}
        raise CellFault(
            Reason.WORD_UNKNOWN, "Värdet finns inte", f"{', '.join(MODEL_VALUES)} eller ett värde i kr per år",
            nearest(text, known, named),
        )  # fmt: skip
    return key or ""


def _years(value: Value) -> float | None:
    years = read_number(value)
    if years is not None and not 0 < years <= 50:
        raise CellFault(Reason.NUMBER_OUTSIDE, "Antalet år är inte rimligt", "mer än 0 och högst 50 år", "Rätta cellen")
    return years
