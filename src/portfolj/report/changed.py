"""What differs between two reports of the same federation and period: from what both have published, nothing else.

What may be said of counts of people is decided in ``cells``. Free texts, goals among them, are never repeated: an
intervention whose text changed is named, and that is all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from portfolj.coding.decisions import SEEN_FIELDS
from portfolj.report.cells import TABLES, Cells, Change, changed_cells, is_same, lines_of, number_of
from portfolj.report.entry_changes import changed_entries

COLUMNS = Change._fields
DIMENSIONS = ("owner", "target_groups", "orientation", "process_support")
GROUNDS = ("basis", "decided_by", "rule", "reason")
SAME_FOLDER = ("federation", "period")  # parameters that two reports in the same place have alike, however written
DECISION = "decision"


@dataclass(frozen=True)
class Report:
    """A published report: its tables by name, all cells text and ``""`` where empty, and its manifest."""

    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]


def compare(before: Report, after: Report, *, k: int) -> pd.DataFrame:
    """Everything that differs, one row each; an empty frame with the same columns where nothing does.

    Columns: ``kind`` (``ledger_row``, ``intervention``, ``code``, ``ground``, ``text``, ``figure``, ``count`` of
    people, ``rows``, ``table``, ``version``, ``parameter``), ``table``, ``key``, ``column``, ``before``, ``after``
    (str), ``difference`` (Decimal or None), ``why``, ``name``. The dates of the reports, their pages and the bytes of
    their inputs are no difference. ``k``: the least number of people that is told.
    """
    changes = [*_changes(before, after, k=k)]
    return frame_of(changes)


def frame_of(changes: Iterable[Change]) -> pd.DataFrame:
    """The changes as a frame, in their order."""
    return pd.DataFrame(list(changes), columns=list(COLUMNS), dtype="object")


def changes_of(frame: pd.DataFrame) -> list[Change]:
    """The rows of a frame as changes."""
    return [Change(*row) for row in frame[list(COLUMNS)].itertuples(index=False, name=None)]


def _changes(before: Report, after: Report, *, k: int) -> Iterator[Change]:
    then, now = before.tables, after.tables
    entries = [tables.get("entries") for tables in (then, now)]
    if entries[0] is not None and entries[1] is not None:
        yield from changed_entries(entries[0], entries[1], names=_names(then) | _names(now))
    if "interventions" in then and "interventions" in now:
        pair = [lines_of(tables["interventions"], ("intervention_key",)) for tables in (then, now)]
        basis = _parameters(before).get("basis") != _parameters(after).get("basis")
        yield from _interventions(*pair, other_basis=basis)
    yield from changed_cells(then, now, k=k)
    yield from _tables(then, now)
    for what in ("rows", "vintages", "versions"):
        yield from _of_manifest(what, before.manifest.get(what) or {}, after.manifest.get(what) or {})
    yield from _of_manifest("parameters", _parameters(before), _parameters(after))


def _names(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    frame = tables.get("interventions")
    return {} if frame is None else dict(zip(frame["intervention_key"], frame["name"], strict=True))


def _interventions(then: Mapping[str, Cells], now: Mapping[str, Cells], *, other_basis: bool) -> Iterator[Change]:
    for key in sorted({*then, *now}):
        if key not in then or key not in now:
            why, line = ("added", now[key]) if key in now else ("gone", then[key])
            amount = number_of(line.get("granted_sek", ""))
            money = amount if amount is None or why == "added" else -amount  # not -1 * amount, which makes 0 a "-0"
            yield Change("intervention", "interventions", key, "", "", "", money, why, line.get("name", ""))
        else:
            yield from _of_both(key, then[key], now[key], other_basis=other_basis)


def _of_both(key: str, then: Cells, now: Cells, *, other_basis: bool) -> Iterator[Change]:
    def change(kind: str, column: str, why: str = "", *, told: bool = True) -> Change:
        texts = (then[column], now[column]) if told else ("", "")
        return Change(kind, "interventions", key, column, *texts, None, why, now.get("name", ""))

    texts = [field for field in SEEN_FIELDS if field in then and field in now and then[field] != now[field]]
    for dimension in (column for column in DIMENSIONS if column in then and column in now):
        if then[dimension] != now[dimension]:
            yield change("code", dimension, _why(dimension, then, now, other_text=bool(texts), other_basis=other_basis))
        for column in (f"{dimension}_{ground}" for ground in GROUNDS):
            if then.get(column, "") != now.get(column, "") and column in then and column in now:
                yield change("ground", column)
    for field in texts:
        yield change("text", field, "text", told=False)


def _why(dimension: str, then: Cells, now: Cells, *, other_text: bool, other_basis: bool) -> str:
    """What made the code another: a decision before all, then the text, then the basis asked for, else the rules."""
    decided = [line.get(f"{dimension}_decided_by", "") == DECISION for line in (then, now)]
    if decided[1]:
        return "decision"
    if decided[0]:
        return "decision_withdrawn"
    if other_text:
        return "text"
    return "basis" if other_basis else "rule"


def _tables(then: Mapping[str, pd.DataFrame], now: Mapping[str, pd.DataFrame]) -> Iterator[Change]:
    known = {*TABLES, "entries"}
    for name in sorted((set(then) ^ set(now)) & known):
        yield Change("table", name, "", "", why="added" if name in now else "gone")


def _parameters(report: Report) -> dict[str, Any]:
    given = report.manifest.get("parameters") or {}
    return {name: value for name, value in given.items() if name not in SAME_FOLDER}


def _of_manifest(what: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    """Of the versions only the program's own and those of what follows with it: a library moves no figure unseen."""
    kind = {"rows": "rows", "parameters": "parameter"}.get(what, "version")
    names = ["portfolj"] if what == "versions" else sorted({*then, *now} - {"in"})
    for name in names:
        before, after = (_text(side.get(name)) for side in (then, now))
        if not is_same(before, after):
            change = Change(kind, "manifest", what, name, before, after)
            numbers = (number_of(before), number_of(after))
            if kind == "rows" and None not in numbers:
                change = change._replace(difference=(numbers[1] or Decimal(0)) - (numbers[0] or Decimal(0)))
            yield change


def _text(value: object) -> str:
    return "" if value is None else str(value)
