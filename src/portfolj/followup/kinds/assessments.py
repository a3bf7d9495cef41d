"""Self-ratings, such as BIP: one row per person and occasion, one column per item, on any stated scale.

Every column that is no field and holds mostly numbers is an item; which items there are is a local matter (ten in one
project, eleven in another). Occasions are numbered as the file does, else by date for each person.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from portfolj.errors import Fault, Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import coder, fold
from portfolj.followup.findings import Findings
from portfolj.followup.kinds.who import interventions_of, named_persons
from portfolj.followup.rows import empty_frame
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import NO_DAY, dates_of, read_day, read_number, says_nothing
from portfolj.ledger.cells import Value, text_of

SHAPE = Shape("assessments", (("person",), ("occasion", "date")))
WITHOUT_VALUES = "assessment_without_values"


def assessments_of(table: Table, *, federation: Federation, key: bytes, findings: Findings) -> pd.DataFrame:
    """The table's ratings, one row each, with ``at`` (row of the table) beside the kind's columns."""
    items = _items(table, findings)
    # Items are read before anything is set aside for lack of them, so that a faulty cell is told.
    read = partial(_rating, scale=federation.followup.scale)
    values = {p: findings.read(table, p, read, blank=None).astype(float) for p in items}
    told = [table.column(p).each(lambda value: not says_nothing(value)).astype(bool) for p in items]
    if told:
        table.set_aside(~np.logical_or.reduce(told), WITHOUT_VALUES)
    persons = named_persons(table, federation=federation, key=key, findings=findings)
    interventions = interventions_of(table, findings, needed=False)
    respondents = objects(["participant"])[np.zeros(len(table), dtype=int)]
    for position in table.positions("respondent"):
        respondents = findings.read(table, position, coder("respondent", federation).code, blank="participant")
    occasions = _occasions(table, persons, interventions, respondents, federation, findings)
    parts = []
    for position in items:
        given = ~np.isnan(values[position]) & table.used
        parts.append(pd.DataFrame({
            "person": persons[given], "intervention": interventions[given], "occasion": occasions[given],
            "respondent": np.where(respondents == "missing", "participant", respondents)[given],
            "item": table.header.headings[position], "value": values[position][given], "at": np.flatnonzero(given),
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else empty_frame("assessments").assign(at=[])


def _items(table: Table, findings: Findings) -> list[int]:
    fields = {position for columns in table.header.fields.values() for position in columns}
    items = []
    for position, heading in enumerate(table.header.headings):
        column = table.column(position)
        used = np.bincount(column.codes[table.used], minlength=len(column.values))
        said = np.array([not says_nothing(value) for value in column.values], dtype=bool)
        numbers = np.array([_is_number(value) for value in column.values], dtype=bool)
        if heading and position not in fields and 2 * used[said & numbers].sum() >= used[said].sum() > 0:
            items.append(position)
    if not items:
        findings.faults.append(Fault(
            table.sheet.file, table.sheet.title, f"rad {table.sheet.numbers[table.header.row]}", Reason.COLUMN_MISSING,
            "Ingen kolumn håller skattningar", "minst en kolumn med tal, med frågan som rubrik",
            "Kontrollera filen; kolumner som inte är frågor skrivs som unused under [followup.columns.assessments]",
        ))  # fmt: skip
    return items


def _is_number(value: Value) -> bool:
    try:
        return read_number(value) is not None
    except CellFault:
        return False


def _rating(value: Value, *, scale: tuple[float, float]) -> float | None:
    number = read_number(value)
    low, high = scale
    if number is not None and not low <= number <= high:
        raise CellFault(
            Reason.NUMBER_OUTSIDE, "Skattningen ligger utanför skalan", f"{low:g}-{high:g}",
            "Rätta cellen eller scale under [followup]; är kolumnen ingen fråga, skriv rubriken som unused "
            "under [followup.columns.assessments]",
        )  # fmt: skip
    return number


def _occasions(
    table: Table, persons: np.ndarray, interventions: np.ndarray, respondents: np.ndarray, federation: Federation,
    findings: Findings,
) -> np.ndarray:  # fmt: skip
    """Per row 1, 2, ...: as stated, else the rank of its date among the person's in the intervention."""
    for position in table.positions("occasion"):
        words = coder("occasion", federation).words
        stated = findings.read(table, position, partial(_occasion, words=words), blank=0)
        return _told(table, position, stated.astype(np.int64), findings)
    (position,) = table.positions("date")
    read = partial(read_day, from_1904=table.sheet.dates_from_1904)
    days = findings.read(table, position, read, blank=NO_DAY)
    frame = pd.DataFrame({"who": persons, "what": interventions, "by": respondents, "date": dates_of(days)})[table.used]
    ranks = np.zeros(len(table), dtype=np.int64)
    ranks[table.used] = frame.groupby(["who", "what", "by"])["date"].rank("dense").fillna(0).to_numpy(dtype=np.int64)
    return _told(table, position, ranks, findings)


def _told(table: Table, position: int, occasions: np.ndarray, findings: Findings) -> np.ndarray:
    lost = (occasions == 0) & table.column(position).each(says_nothing).astype(bool) & table.used
    findings.every(table, position, np.flatnonzero(lost), CellFault(
        Reason.VALUE_MISSING, "Raden säger inte när skattningen gjordes", "mätningens nummer eller dag", "Fyll i cellen"
    ))  # fmt: skip
    return occasions


def _occasion(value: Value, *, words: Any) -> int:
    text = fold(text_of(value))
    if says_nothing(value):
        return 0
    if text in words:
        return int(words[text])
    match = re.fullmatch(
        r"(?:mätning|tillfälle|mättillfälle|skattning|omgång|nr|t|m)?\s*(?:nr\s*)?(\d{1,3})(?:\.0)?", text
    )
    if match and int(match[1]) > 0:
        return int(match[1])
    raise CellFault(
        Reason.NUMBER_UNREADABLE, "Cellen går inte att läsa som ett mättillfälle", "1, 2, 3, ...",
        "Rätta cellen, eller ta bort kolumnen om det finns en kolumn med datum",
    )  # fmt: skip
