"""Where people were at start, every third month and at exit: a row per point or date, or a column per point."""

from __future__ import annotations

import re
from functools import partial

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, Coder, coder, fold, shipped_words
from portfolj.followup.findings import Findings
from portfolj.followup.kinds.who import interventions_of, named_persons
from portfolj.followup.rows import empty_frame
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import NO_DAY, dates_of, read_day, says_nothing
from portfolj.ledger.cells import Value, text_of

WITHOUT_STATUS = "status_missing"
EXIT = "exit"
_MONTHS = re.compile(
    r"(?:efter |månad |vid |uppföljning |läge |status )*(\d{1,3})(?:\.0)?"
    r"\s*(?:mån(?:ad(?:er)?)?\.?|m)?(?: efter start)?"
)


def point_of(text: str) -> str | None:
    """``0``, ``3``, ``6``, ... months or ``exit``; None for any other text.

    >>> point_of("Vid start"), point_of("6 mån"), point_of("Avslut"), point_of("Kön")
    ('0', '6', 'exit', None)
    """
    folded = fold(text)
    for prefix in ("", "läge ", "status "):
        if (code := shipped_words("point").get(folded.removeprefix(prefix))) is not None:
            return code
    match = _MONTHS.fullmatch(folded)
    return str(int(match[1])) if match else None


def statuses_of(table: Table, *, federation: Federation, key: bytes, findings: Findings) -> pd.DataFrame:
    """The table's statuses, one row each, with ``at`` (row of the table) beside the kind's columns.

    Rows with a date in place of a point have ``date`` too, with the person's ``start`` and ``end`` where the file has
    them; see ``dated.at_points``.
    """
    words = coder("status", federation)
    own = set(federation.followup.words.get("status", {}))
    by_date = _has_dates(table)
    by_row = by_date or bool(table.positions("status") and table.positions("point"))
    columns = table.positions("status") if by_row else sorted(table.header.more)
    told = [table.column(p).each(lambda value: not says_nothing(value)).astype(bool) for p in columns]
    table.set_aside(~np.logical_or.reduce(told), WITHOUT_STATUS)
    persons = named_persons(table, federation=federation, key=key, findings=findings)
    interventions = interventions_of(table, findings, needed=False)
    points = {p: np.full(len(table), point, dtype=object) for p, point in table.header.more.items()}
    days: dict[str, np.ndarray] = {}
    if by_date:
        points = {columns[0]: np.full(len(table), "", dtype=object)}
        days = _days(table, findings)
    elif by_row:
        points = {columns[0]: findings.read(table, table.positions("point")[0], _read_point, blank="")}
    parts = []
    for position in columns:
        read = findings.read(table, position, lambda value: _status(value, words=words, own=own), blank=MISSING)
        given = (read != MISSING) & table.used
        parts.append(pd.DataFrame({
            "person": persons[given], "intervention": interventions[given], "point": points[position][given],
            "status": read[given], "at": np.flatnonzero(given), **{name: day[given] for name, day in days.items()},
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else empty_frame("statuses").assign(at=[])


def _has_dates(table: Table) -> bool:
    """Whether a row says when its status was by a date. Columns called start and exit are then of dates as well."""
    if not table.positions("status") or not table.positions("date") or table.positions("point"):
        return False
    return all(point in ("0", EXIT) and _holds_dates(table, p) for p, point in table.header.more.items())


def _holds_dates(table: Table, position: int) -> bool:
    try:
        return all(day == NO_DAY or day.day for day in map(read_day, table.column(position).values))
    except CellFault:
        return False


def _days(table: Table, findings: Findings) -> dict[str, np.ndarray]:
    """``date`` of each row, and the person's ``start`` and ``end``: NaT where they are not known to the day."""
    read = partial(read_day, from_1904=table.sheet.dates_from_1904)
    more = {point: [p] for p, point in table.header.more.items()}
    columns = {
        "date": table.positions("date"), "start": table.positions("start_date") or more.get("0", []),
        "end": table.positions("end_date") or more.get(EXIT, []),
    }  # fmt: skip
    nothing = objects([NO_DAY])[np.zeros(len(table), dtype=int)]
    days = {n: findings.read(table, p[0], read, blank=NO_DAY) if p else nothing for n, p in columns.items()}
    (position,) = columns["date"]
    blank = table.column(position).each(says_nothing).astype(bool)
    lost = np.array([day.day is None for day in days["date"]], dtype=bool) & table.used
    only_year = np.array([day.day is None and day.year is not None for day in days["date"]], dtype=bool)
    findings.every(table, position, np.flatnonzero(lost & (blank | only_year)), CellFault(
        Reason.VALUE_MISSING, "Raden säger inte vilken dag läget gäller", "ett datum", "Fyll i cellen"
    ))  # fmt: skip
    return {name: dates_of(found) for name, found in days.items()}


def _status(value: Value, *, words: Coder, own: set[str]) -> str:
    """The status as written, in the federation's own word where it has one. Raises CellFault."""
    code = words.code(value)
    return code if code in own or code == MISSING else text_of(value)


def _read_point(value: Value) -> str:
    point = point_of(text_of(value))
    if point is None:
        raise CellFault(
            Reason.WORD_UNKNOWN, "Cellen går inte att läsa som en tidpunkt", "start, 3 mån, 6 mån, ... eller avslut",
            "Rätta cellen",
        )  # fmt: skip
    return point


SHAPE = Shape("statuses", (("person",),), more=point_of, unless_more=(("status",), ("point", "date")))
