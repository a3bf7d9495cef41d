"""A participation that several federations or files have registered is one participation.

Rows on the same person, intervention and start are put together where they don't contradict one another. A row may
say less than another: nothing, a year in place of a day, some of several sources of income. Ages may lie in
neighbouring bands, since one file may have the birth to the day and another the year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from portfolj.errors import Reason
from portfolj.followup.ages import band_labels
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING
from portfolj.followup.findings import Findings
from portfolj.followup.headings import label_of
from portfolj.followup.near_starts import NEAR_DAYS, starts_soon_again
from portfolj.followup.rows import COLUMNS
from portfolj.followup.table import Table
from portfolj.ledger.personal_numbers import mask_personal_numbers

DUPLICATE = "duplicate_participation"
_KEY = ("person", "anonymous", "intervention", "start", "start_year")
_SEVERAL = ("occupation_before", "occupation_after", "income_before", "income_after")
# Field -> the columns that it may have been read from, the first that a file has; its own where nothing is said.
_READ_FROM: Mapping[str, Sequence[str]] = {
    "end": ("end", "end_year"),
    "end_year": ("end_year", "end"),
    "age_band": ("birth", "age", "age_band"),
    **{
        f"{what}_extent_{side}": (f"{what}_extent_{side}", f"occupation_{side}")
        for what in ("work", "study")
        for side in ("before", "after")
    },
}
_Read = Sequence[tuple[Table, pd.DataFrame]]


def each_once(read: _Read, findings: Findings, *, age_limits: Sequence[int]) -> list[pd.DataFrame]:
    """The participations of all tables, each person x intervention x start once.

    Of several rows the one that says most is kept, the first of them where they say as much, with what only the others
    say: one federation may have ended the participation before the other. Where they contradict one another each cell
    is a fault. Anonymous participants can't be told from each other and all stay. A start within days of another is
    kept, and a remark.
    """
    if not read:
        return []
    together = pd.concat([frame.assign(table=n) for n, (_, frame) in enumerate(read)], ignore_index=True)
    known = together[~together["anonymous"]]
    start = (
        known["start"].astype("int64").where(known["start"].notna(), known["start_year"].astype("Float64").fillna(0))
    )
    key = pd.DataFrame({"person": known["person"], "what": known["intervention"].str.casefold(), "start": start})
    again = known[key.duplicated(keep=False)]
    again = again.assign(same=key.loc[again.index].groupby(["person", "what", "start"], sort=False).ngroup())
    said = pd.DataFrame({name: _is_said(again[name]) for name in COLUMNS["participations"]})
    again = again.loc[said.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    _contradictions(again, read, findings, age_limits=age_limits)
    first = ~again.duplicated("same", keep="first")
    together = _filled_in(together, again, first)
    for n, (table, _) in enumerate(read):
        rows = np.zeros(len(table), dtype=bool)
        rows[again.loc[~first & (again["table"] == n), "at"].to_numpy(dtype=int)] = True
        table.set_aside(rows, DUPLICATE)
    kept = together.drop(index=again.index[~first])
    _near_starts(kept, read, findings)
    return [kept.loc[kept["table"] == n, list(COLUMNS["participations"])] for n in range(len(read))]


def _is_said(values: pd.Series) -> pd.Series:
    return (values.notna() & (values != MISSING) & (values != "")).fillna(False).astype("bool")


def _filled_in(together: pd.DataFrame, again: pd.DataFrame, first: pd.Series) -> pd.DataFrame:
    """All rows, with what the kept ones don't say taken from the others on the same participation."""
    kept = again.loc[first, "same"]
    made = together.copy() if len(kept) else together
    for name in COLUMNS["participations"]:
        told = again[_is_said(again[name])] if name not in _KEY else again.iloc[:0]
        if name in _SEVERAL:
            most = told[name].str.count(";").sort_values(ascending=False, kind="stable")
            told = told.loc[most.index]
        best = told.drop_duplicates("same").set_index("same")[name]
        found = kept[kept.isin(best.index)]
        made.loc[found.index, name] = best.loc[found].array
    return made


def _contradictions(again: pd.DataFrame, read: _Read, findings: Findings, *, age_limits: Sequence[int]) -> None:
    bands = band_labels(age_limits)
    agree: dict[str, Callable[[str, str], bool]] = dict.fromkeys(_SEVERAL, _is_part)
    agree["age_band"] = lambda one, other: {one, other} <= set(bands) and abs(bands.index(one) - bands.index(other)) < 2
    for name in COLUMNS["participations"]:
        told = again[_is_said(again[name])] if name not in _KEY else again.iloc[:0]
        if name == "end_year":  # days that differ have been told; a year counts where one row has no day
            told = told[told["end"].isna().groupby(told["same"]).transform("any")]
        several = told[told.groupby("same")[name].transform("nunique") > 1]
        for _, rows in several.groupby("same", sort=False):
            values = rows[name].astype("str").unique().tolist()
            if name not in agree or not all(agree[name](*pair) for pair in combinations(values, 2)):
                _tell(name, rows, read, findings)


def _is_part(one: str, other: str) -> bool:
    """Whether one of two lists of codes holds the other."""
    first, second = set(one.split(";")), set(other.split(";"))
    return first <= second or second <= first


def _tell(name: str, rows: pd.DataFrame, read: _Read, findings: Findings) -> None:
    for index, (n, at) in zip(rows.index, rows[["table", "at"]].to_numpy(dtype=int), strict=True):
        table = read[n][0]
        other = rows.loc[(rows[name] != rows.at[index, name]).to_numpy(), ["table", "at"]].iloc[0]
        findings.every(table, _position(table, name), [at], CellFault(
            Reason.ROWS_CONTRADICT,
            f"Samma person, insats och start står på flera rader, och de säger olika om {label_of(table.kind, name)}",
            "samma uppgift på alla rader, eller en tom cell", "Rätta den rad som är fel",
            beside=f" ({_place(read[int(other['table'])][0], int(other['at']))})",
        ))  # fmt: skip


def _place(table: Table, at: int) -> str:
    sheet = f", blad {mask_personal_numbers(table.sheet.title)}" if table.sheet.title else ""
    return f"se {mask_personal_numbers(table.sheet.file)}{sheet}, rad {table.number(at)}"


def _position(table: Table, name: str) -> int:
    """The column that a field was read from; the person's where it is none of its own."""
    marked = [p for p, meanings in sorted(table.header.more.items()) if any(m.field == name for m in meanings)]
    own = [p for field in _READ_FROM.get(name, (name,)) for p in table.positions(field)]
    return [*own, *marked, *table.positions("person")][0]


def _near_starts(kept: pd.DataFrame, read: _Read, findings: Findings) -> None:
    near = kept[starts_soon_again(kept["person"], kept["intervention"], kept["start"])]
    remark = CellFault(
        Reason.START_NEAR, f"Samma person började i samma insats högst {NEAR_DAYS} dagar tidigare",
        action="Räknas som ett deltagande till. Är det samma, skriv samma start på båda raderna",
    )  # fmt: skip
    for n, own in near.groupby("table"):
        table = read[int(str(n))][0]
        findings.every(table, _position(table, "start"), own["at"].to_numpy(dtype=int), remark, remark=True)
