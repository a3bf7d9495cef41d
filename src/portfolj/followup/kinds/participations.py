"""Rows per participation: the shape of the closed SUS register, or a project's own list.

- A participation is person x intervention x start. Mistakes, ended as ``felregistrering``, are set aside.
- A row without anybody in the person column is an anonymous participant, of whom the register has only the year of
  entry and the sex; a column that says so, or a word in the person column, does too. Such a row may stand for several
  participants, by a column that counts them.
- Age is at the start: from birth date or year, else a stated age, else a band as written, else the personal number.
- Sex is the column's; only a file without such a column takes it from personal numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.ages import OLDEST, YOUNGEST, bands_of, read_age, read_band
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, Coder, coder
from portfolj.followup.findings import Findings
from portfolj.followup.headings import SIDES
from portfolj.followup.kinds.who import interventions_of, persons_of
from portfolj.followup.marks import Marks, marked_columns, read_marks
from portfolj.followup.rows import COLUMNS
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import (
    NO_DAY,
    Day,
    dates_of,
    read_birth,
    read_count,
    read_day,
    read_percent,
    read_year,
    says_nothing,
)
from portfolj.ledger.cells import text_of

_NEEDED = (("person", "anonymous", "count"), ("intervention",), ("start", "start_year"))
MISREGISTERED = "felregistrering"
NOBODY_COUNTED = "count_zero"
_MOST_IN_A_ROW = 10_000  # more than any federation has in a year: a typing error, or a year in the wrong column


def shape_of(federation: Federation) -> Shape:
    """What a file of participations must have, with the federation's own words for marked columns."""
    return Shape("participations", _NEEDED, more=marked_columns(federation))


def participations_of(table: Table, *, federation: Federation, key: bytes, findings: Findings) -> pd.DataFrame:
    """The table's participations with ``file``, ``sheet`` and ``at`` (row of the table) beside the kind's columns."""
    _set_misregistered_aside(table, federation, findings)
    times = _one(table, "count", _read_times, 1, findings).astype(np.int64)
    table.set_aside(times == 0, NOBODY_COUNTED)
    people = persons_of(table, federation=federation, key=key, findings=findings)
    anonymous = _anonymous(table, people, federation, findings)
    _several_with_an_id(table, times, anonymous, findings)
    days = {side: _days(table, side, findings) for side in ("start", "end")}
    years = {side: _years(table, side, days[side], findings) for side in ("start", "end")}
    dates = {side: dates_of(found) for side, found in days.items()}
    _order_faults(table, dates, years, findings)
    row: dict[str, Any] = {
        "person": objects([person.hash for person in people]),
        "anonymous": anonymous,
        "intervention": interventions_of(table, findings),
        "start": dates["start"],
        "end": dates["end"],
        "start_year": _whole(years["start"]),
        "end_year": _whole(years["end"]),
        "sex": _sex(table, people, federation, findings),
        "age_band": _age_bands(table, people, dates["start"], years["start"], federation, findings),
    }
    for name in ("municipality", "referrer", "end_reason"):
        row[name] = _one(table, name, coder(name, federation).code, MISSING, findings)
    marks = read_marks(table, federation=federation, findings=findings)
    for side in SIDES:
        occupation, extents = _several(table, f"occupation_{side}", coder("occupation", federation), marks, findings)
        row[f"occupation_{side}"] = occupation
        for code in ("work", "study"):
            stated = _one(table, f"{code}_extent_{side}", read_percent, None, findings)
            inside = [extent.get(code) for extent in extents]
            extent = [a if a is not None else b for a, b in zip(stated, inside, strict=True)]
            row[f"{code}_extent_{side}"] = pd.array(extent, dtype="Float64")
        row[f"income_{side}"] = _several(table, f"income_{side}", coder("income", federation), marks, findings)[0]
    frame = pd.DataFrame({name: row[name] for name in COLUMNS["participations"]})
    return frame.assign(at=range(len(table))).loc[np.repeat(np.flatnonzero(table.used), times[table.used])]


def _set_misregistered_aside(table: Table, federation: Federation, findings: Findings) -> None:
    words = coder("end_reason", federation)
    for position in table.positions("end_reason"):
        wrong = table.column(position).each(partial(_is_misregistered, words=words))
        table.set_aside(wrong.astype(bool), MISREGISTERED)


def _is_misregistered(value: Any, *, words: Coder) -> bool:
    try:
        return words.code(value) == "misregistered"
    except CellFault:
        return False


def _anonymous(table: Table, people: np.ndarray, federation: Federation, findings: Findings) -> np.ndarray:
    """Per row whether the participant is anonymous; a row that names nobody although it should is a fault."""
    nobody = np.array([not person.hash for person in people], dtype=bool)
    stated = np.array([person.stated_anonymous for person in people], dtype=bool)
    said = _one(table, "anonymous", coder("yes_no", federation).code, MISSING, findings)
    for position in table.positions("person"):
        lost = nobody & ~stated & (said == "no") & table.used
        findings.every(table, position, np.flatnonzero(lost), CellFault(
            Reason.VALUE_MISSING, "Raden säger inte vem den gäller, fast deltagaren inte är anonym",
            "ett id, eller ja i kolumnen för anonym", "Fyll i cellen",
        ))  # fmt: skip
    for position in table.positions("anonymous"):
        both = ~nobody & (said == "yes") & table.used
        findings.every(table, position, np.flatnonzero(both), CellFault(
            Reason.ROWS_CONTRADICT, "Deltagaren är anonym enligt kolumnen men har ett id", "det ena eller det andra",
            "Ta bort id, eller svara nej",
        ))  # fmt: skip
    return nobody


def _read_times(value: Any) -> int:
    """How many participants a row stands for: the one that it is about where the cell is empty. Raises CellFault."""
    if not text_of(value):
        return 1
    number = read_count(value)
    allowed = f"ett helt tal 0-{_MOST_IN_A_ROW}, eller tom för en deltagare"
    if number is None:
        raise CellFault(Reason.VALUE_MISSING, "Cellen säger inte hur många raden gäller", allowed, "Fyll i antalet")
    if number > _MOST_IN_A_ROW:
        raise CellFault(Reason.NUMBER_OUTSIDE, "Raden gäller orimligt många deltagare", allowed, "Rätta cellen")
    return number


def _several_with_an_id(table: Table, times: np.ndarray, anonymous: np.ndarray, findings: Findings) -> None:
    for position in table.positions("count"):
        rows = np.flatnonzero((times > 1) & ~anonymous & table.used)
        findings.every(table, position, rows, CellFault(
            Reason.ROWS_CONTRADICT, "Raden gäller flera deltagare men har ett id", "flera bara för anonyma deltagare",
            "Ta bort id, eller ha en rad för var och en",
        ))  # fmt: skip


def _days(table: Table, side: str, findings: Findings) -> np.ndarray:
    read = partial(read_day, from_1904=table.sheet.dates_from_1904)
    return _one(table, side, read, NO_DAY, findings)


def _years(table: Table, side: str, days: np.ndarray, findings: Findings) -> np.ndarray:
    stated = _one(table, f"{side}_year", read_year, None, findings)
    years = np.array([day.year or year or np.nan for day, year in zip(days, stated, strict=True)], dtype=float)
    if side == "start":
        for position in (table.positions("start") or table.positions("start_year"))[:1]:
            # What could not be read has been told already.
            blank = table.column(position).each(says_nothing).astype(bool)
            findings.every(table, position, np.flatnonzero(np.isnan(years) & blank & table.used), CellFault(
                Reason.VALUE_MISSING, "Start saknas", "ett datum, eller för den som är anonym ett år", "Fyll i cellen"
            ))  # fmt: skip
    return years


def _order_faults(table: Table, dates: dict[str, np.ndarray], years: dict[str, np.ndarray], findings: Findings) -> None:
    for position in (table.positions("end") or table.positions("end_year"))[:1]:
        reversed_ = (dates["end"] < dates["start"]) | (years["end"] < years["start"])
        findings.every(table, position, np.flatnonzero(reversed_ & table.used), CellFault(
            Reason.DATES_REVERSED, "Slutet ligger före starten", "ett slut samma dag som starten eller senare",
            "Rätta det ena datumet",
        ))  # fmt: skip


def _sex(table: Table, people: np.ndarray, federation: Federation, findings: Findings) -> np.ndarray:
    if table.positions("sex"):
        return _one(table, "sex", coder("sex", federation).code, MISSING, findings)
    return objects([person.sex or MISSING for person in people])


def _age_bands(
    table: Table, people: np.ndarray, starts: np.ndarray, years: np.ndarray, federation: Federation, findings: Findings
) -> np.ndarray:
    limits = federation.followup.age_limits
    births = _one(table, "birth", read_birth, NO_DAY, findings)
    own = objects([Day(p.birth, p.birth.year) if p.birth else NO_DAY for p in people])
    by_column, by_number = _ages(births, starts, years), _ages(own, starts, years)
    for name, ages in (("birth", by_column), ("person", by_number)):
        for position in table.positions(name)[:1]:
            improbable = ((ages < YOUNGEST) | (ages > OLDEST)) & table.used
            findings.every(table, position, np.flatnonzero(improbable), CellFault(
                Reason.AGE_IMPROBABLE, "Födelsen och starten ger en orimlig ålder", f"{YOUNGEST}-{OLDEST} år",
                "Rätta födelsen eller starten",
            ))  # fmt: skip
    stated = _one(table, "age", read_age, None, findings).astype(float)
    bands = bands_of(np.where(np.isnan(by_column), stated, by_column), limits=limits)
    written = _one(table, "age_band", partial(read_band, limits=limits), MISSING, findings)
    bands = np.where(bands == MISSING, written, bands)
    return np.where(bands == MISSING, bands_of(by_number, limits=limits), bands)


def _ages(births: np.ndarray, starts: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Whole years at the start; by years alone where only one of the dates is known to the day."""
    born = np.array([day.year or np.nan for day in births], dtype=float)
    ages = years - born
    days = dates_of(births)
    known = ~np.isnat(days) & ~np.isnat(starts)
    not_yet = np.zeros(len(ages), dtype=bool)
    not_yet[known] = _day_of_year(days[known]) > _day_of_year(starts[known])
    return ages - not_yet


def _day_of_year(days: np.ndarray) -> np.ndarray:
    months = days.astype("datetime64[M]")
    return (months.astype(int) % 12) * 31 + (days.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(int)


def _one(table: Table, name: str, read: Callable[[Any], Any], blank: Any, findings: Findings) -> np.ndarray:
    for position in table.positions(name):
        return findings.read(table, position, read, blank=blank)
    return objects([blank])[np.zeros(len(table), dtype=int)]


def _several(table: Table, name: str, words: Coder, marks: Marks, findings: Findings) -> tuple[np.ndarray, np.ndarray]:
    """Per row the codes of all columns of the field together, and the extents that stand with them."""
    positions = [p for p in table.positions(name) if p not in marks.columns]
    read = [findings.read(table, p, words.codes, blank=(MISSING, {})) for p in positions]
    if name in marks.codes:
        read.append(objects([(codes, {}) for codes in marks.codes[name]]))
    if not read:
        read = [objects([(MISSING, {})])[np.zeros(len(table), dtype=int)]]
    if len(read) == 1:
        return objects([codes for codes, _ in read[0]]), objects([extents for _, extents in read[0]])
    together = [_together(cells) for cells in zip(*read, strict=True)]
    return objects([codes for codes, _ in together]), objects([extents for _, extents in together])


def _together(cells: tuple[tuple[str, dict[str, float]], ...]) -> tuple[str, dict[str, float]]:
    codes = {code for joined, _ in cells if joined != MISSING for code in joined.split(";")}
    extents = {code: extent for _, stated in cells for code, extent in stated.items()}
    return ";".join(sorted(codes)) or MISSING, extents


def _whole(years: np.ndarray) -> Any:
    return pd.array(years, dtype="Float64").astype("Int64") if len(years) else pd.array([], dtype="Int64")
