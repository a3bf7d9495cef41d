"""Figures that others have printed of the same interventions, kept as printed."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, coder, fold, shipped_words
from portfolj.followup.findings import Findings
from portfolj.followup.kinds.who import interventions_of
from portfolj.followup.printed_words import group_of, measure_of
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import read_number, says_nothing
from portfolj.ledger.cells import text_of

SHAPE = Shape("published", (("measure",), ("printed", "value")))
NO_NUMBER = CellFault(
    Reason.NUMBER_UNREADABLE, "Siffran går inte att läsa som ett tal med en känd enhet",
    "ett tal, ensamt eller med procent, personer, månader eller kronor, som 12, 16 % eller 1 234 kr",
    "Rätta cellen, eller skriv talet i en kolumn Värde",
)  # fmt: skip
_PRINTED = re.compile(r"(?:(?:ca|cirka|drygt|knappt|nästan|omkring)\s+)?([\d\s\u00a0\u202f]+(?:[.,]\d+)?)\s*(\D*)")


def published_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's printed figures with ``at`` (row of the table) beside the kind's columns.

    Value and unit are those of their columns, else what ``printed`` says. A figure without a number can be held against
    nothing, and is a fault, as is a measure or a group that nobody computes.
    """
    printed, values = table.texts("printed"), np.full(len(table), None, dtype=object)
    for position in table.positions("value"):
        values = findings.read(table, position, read_number, blank=None)
    if not table.positions("printed"):
        printed = objects([text_of(value) for value in values])
    units = objects([MISSING])[np.zeros(len(table), dtype=int)]
    for position in table.positions("unit"):
        units = findings.read(table, position, coder("unit", federation).code, blank=MISSING)
    read = [_number_and_unit(text) for text in printed]
    values = objects([found if own is None else own for own, (found, _) in zip(values, read, strict=True)])
    units = objects([found if own == MISSING else own for own, (_, found) in zip(units, read, strict=True)])
    (position,) = table.positions("measure")
    empty = table.column(position).each(says_nothing).astype(bool) | (printed == "")
    findings.every(table, position, np.flatnonzero(empty & table.used), CellFault(
        Reason.VALUE_MISSING, "Raden säger inte vad som är tryckt, eller om vad", "ett mått och en siffra",
        "Fyll i raden",
    ))  # fmt: skip
    texts = {name: table.texts(name) for name in ("category", "note", "source")}
    texts["measure"] = findings.read(table, position, measure_of, blank="")
    texts["group"] = objects(["all"])[np.zeros(len(table), dtype=int)]
    for position in table.positions("group"):
        texts["group"] = findings.read(table, position, group_of, blank="all")
    # A cell of its own that can't be read as a number is a fault already.
    unread = np.array([value is None for value in values], dtype=bool) & ~empty & table.used
    for position in (table.positions("printed") or [])[:1]:
        findings.every(table, position, np.flatnonzero(unread), NO_NUMBER)
    return pd.DataFrame({
        "intervention": interventions_of(table, findings, needed=False), **texts, "printed": printed,
        "value": values.astype(float), "unit": units,
        "at": range(len(table)),
    })[table.used]  # fmt: skip


def _number_and_unit(text: str) -> tuple[float | None, str]:
    match = _PRINTED.fullmatch(fold(text))
    if not match or not match[1].strip():
        return None, ""
    try:
        number = read_number(match[1])
    except CellFault:
        return None, ""
    word = match[2].strip()
    unit = shipped_words("unit").get(word, "" if word else "persons")
    return (number, unit) if unit else (None, "")
