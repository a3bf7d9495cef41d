"""Counts only, as in Uppföljning Finsam since 2023: per intervention, year and sex, a row or a column for each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, coder, shipped_words
from portfolj.followup.findings import Findings
from portfolj.followup.headings import normal_heading
from portfolj.followup.kinds.who import interventions_of
from portfolj.followup.rows import empty_frame
from portfolj.followup.sheets import Shape
from portfolj.followup.table import Table, objects
from portfolj.followup.values import read_count, read_year, says_nothing

WITHOUT_COUNT = "count_missing"
ALL = "all"
_SEXES = {
    "kvinnor": "woman", "kvinna": "woman", "män": "man", "man": "man", "annat": "other", "totalt": ALL, "total": ALL,
    "samtliga": ALL, "alla": ALL,
}  # fmt: skip
_FILLING = frozenset({"antal", "varav", "kön", "för", "bland", "av"})


def column_of_counts(heading: str) -> tuple[str, str] | None:
    """The sex and the measure that a heading names, ``""`` for one that it does not name; None for other headings.

    >>> column_of_counts("Kvinnor"), column_of_counts("Antal avslutade, män"), column_of_counts("Kommentar")
    (('woman', ''), ('man', 'ended'), None)
    """
    words = [word for word in normal_heading(heading).split() if word not in _FILLING]
    sexes = {_SEXES[word] for word in words if word in _SEXES}
    rest = " ".join(word for word in words if word not in _SEXES)
    measure = shipped_words("measure").get(rest, "")
    if len(sexes) > 1 or (rest and not measure) or not (sexes or measure):
        return None
    return "".join(sexes), measure


SHAPE = Shape("counts", (("intervention",), ("year",)), more=column_of_counts, unless_more=(("count",),))


def counts_of(table: Table, *, federation: Federation, findings: Findings) -> pd.DataFrame:
    """The table's counts, one row each, with ``at`` and ``position`` (row and column of the table) beside the kind's
    columns."""
    columns = {**table.header.more, **dict.fromkeys(table.positions("count"), ("", ""))}
    told = [table.column(p).each(lambda value: not says_nothing(value)).astype(bool) for p in columns]
    table.set_aside(~np.logical_or.reduce(told), WITHOUT_COUNT)
    interventions = interventions_of(table, findings)
    (position,) = table.positions("year")
    years = findings.read(table, position, read_year, blank=None)
    blank = table.column(position).each(says_nothing).astype(bool) & table.used
    findings.every(table, position, np.flatnonzero(blank), CellFault(
        Reason.VALUE_MISSING, "Raden säger inte vilket år den gäller", "ett årtal", "Fyll i cellen"
    ))  # fmt: skip
    of_row = {}
    for name, words in (("sex", "sex_of_count"), ("measure", "measure")):
        default = {"sex": ALL, "measure": "participants"}[name]
        of_row[name] = objects([default])[np.zeros(len(table), dtype=int)]
        for position in table.positions(name):
            of_row[name] = findings.read(table, position, coder(words, federation).code, blank=default)
    measures = np.where(of_row["measure"] == MISSING, "participants", of_row["measure"])
    parts = []
    for position, (sex, measure) in columns.items():
        counts = findings.read(table, position, read_count, blank=None)
        given = np.array([count is not None for count in counts], dtype=bool) & table.used
        parts.append(pd.DataFrame({
            "intervention": interventions[given], "year": pd.array(list(years[given]), dtype="Int64"),
            "sex": sex or of_row["sex"][given], "measure": measure or measures[given],
            "count": pd.array(list(counts[given]), dtype="Int64"), "at": np.flatnonzero(given), "position": position,
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else empty_frame("counts").assign(at=[], position=[])
