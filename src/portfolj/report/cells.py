"""The cells of a report's tables that have a key, and which of them differ between two reports.

What is compared is what both reports publish, as the text that stands in their files, so a difference tells nothing
that the two files do not. Counts of people have been protected before they came here, against earlier reports too:
``followup.told_before`` hides a count that has changed by 1 to k - 1 since any report that showed it, or lets the
earlier number stand, and looks for what follows from several counts together. So such a difference of two counts that
both stand openly should not be met. It can be, of figures that others have printed (which stand as they were printed),
of counts that an economics file states, or where the memory has been lost. Then it is not said here either: the change
is told without numbers. Nor is any figure that is computed from counts of people (money, months, shares), since a
known value per person makes a difference in kronor a number of persons. A count that is hidden on one side is told
as hidden or shown, without a number. A line on people that only one report has is told without its numbers: who is
missing in the other is taken to have been nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import pandas as pd

Cells = Mapping[str, str]  # the cells of one line of a table, by column, as they stand in the file
KEY_JOIN = " | "
NOISE = Decimal("1e-12")  # of a number, that the same calculation may differ by on another machine
WORDS = {"used_for", "used", "year", "years_with_payback", "years_without_payback", "years_unknown"}  # never numbers


class Change(NamedTuple):
    """One thing that differs: a cell, a line of a table, a row of the ledger, a version.

    ``before``, ``after``: as they stand in the files, empty where there is none or it may not be told.
    ``difference``: after minus before, None where that says nothing. ``name``: of the intervention it is about.
    """

    kind: str
    table: str
    key: str
    column: str
    before: str = ""
    after: str = ""
    difference: Decimal | None = None
    why: str = ""
    name: str = ""


@dataclass(frozen=True)
class Keyed:
    """How a table is compared: ``key`` finds a line again.

    ``sums``: columns where a line or an amount that is missing adds nothing to the table's sum. ``people``: counts of
    people. ``of_people``: whether the other figures are computed from such counts; ``apart``: whether those of no other
    table are. ``only``, ``without``: the columns that are compared, and not. ``texts``: columns of free text, told as
    changed but never repeated.
    """

    key: tuple[str, ...]
    sums: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    of_people: bool = False
    apart: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


_TARGETS = ("count_once", "granted_once_sek", "granted_split_sek", "granted_overlapping_sek")
TABLES: Mapping[str, Keyed] = {
    "ledger_parts": Keyed(("part",), ("interventions", "entries", "granted_sek", "entries_without_amount")),
    "owner": Keyed(("owner",), ("count", "granted_sek")),
    "target_group": Keyed(("target_group",), _TARGETS),
    "target_group_mentions": Keyed(("target_group",), ("count_overlapping", "without_amount")),
    "orientation": Keyed(("orientation",), ("count", "granted_sek")),
    "process_support": Keyed(("kind",), ("granted_sek",)),
    "year": Keyed(("year", "financing"), ("granted_sek",)),
    "basis": Keyed(("dimension", "code", "basis"), ("count", "granted_sek", "without_amount")),
    "amounts_missing": Keyed(("dimension", "code"), ("count", "without_amount")),
    "interventions": Keyed(
        ("intervention_key",), ("granted_sek", "row_count", "rows_without_amount"), only=("first_year", "last_year")
    ),
    "pending": Keyed(("intervention_key", "dimension"), ("moves_sek",), without=("name",)),
    "published": Keyed(("table", "dimension", "category", "measure"), without=("why",)),
    "outcomes": Keyed(
        ("intervention", "group", "category"), of_people=True,
        people=("participations", "exits", "to_work", "to_study", "to_training"),
    ),
    "progression": Keyed(
        ("group", "category"), of_people=True, people=("measured_twice", "up", "down", "unchanged", "never_twice")
    ),
    "goals": Keyed(("intervention", "goal"), texts=("target", "outcome", "basis")),
    "payback": Keyed(("year", "actor"), people=("participants",), of_people=True),
    "payback_summary": Keyed(("actor",), people=("participants",), of_people=True),
    "payback_printed": Keyed(("year", "actor", "measure"), of_people=True, without=("note", "source")),
    "break_even": Keyed(("case", "years")),
    "chance": Keyed(("actor", "horizon_years"), of_people=True),
    "sensitivity": Keyed(("actor", "parameter"), of_people=True),
    "value_sensitivity": Keyed(("actor", "key", "of_actor"), of_people=True),
    "flows": Keyed(("item", "state", "payer", "receiver", "apart"), people=("change",), of_people=True),
    "unit_values": Keyed(("key", "actor", "year", "file"), without=("label", "source", "note")),
    "goal_classes": Keyed(("main_class", "owner", "year"), ("count", "granted_sek", "without_amount")),
    "goal_quality": Keyed(
        ("intervention_key",), only=("main_class", "classes", "indicator", "level", "time", "baseline")
    ),
    "documentation": Keyed(("intervention_key", "fact"), only=("status", "required_from")),
    "documentation_facts": Keyed(("fact",), ("required", "present", "missing", "missing_sek", "not_required")),
    "phases": Keyed(
        ("intervention_key", "number"), ("amount_sek", "at_stake_sek"), without=("intervention", "found_in"),
        texts=("phase", "condition", "next_phase", "source"),
    ),
    "phase_sums": Keyed(
        ("intervention_key",), ("planned_sek", "decided_sek", "waits_sek", "open_sek"), without=("intervention",)
    ),
    "strategy": Keyed(("year", "line", "priority"), ("interventions", "granted_sek")),
    "strategy_outside": Keyed(("status", "intervention_key", "year"), ("granted_sek",), without=("name",)),
    "themes": Keyed(("theme", "role", "kind"), people=("statements", "sources"), of_people=True, apart=True),
    "survey": Keyed(
        ("survey", "question", "by", "group", "answer"), of_people=True, apart=True, without=("printed_in",),
        people=("count", "answered", "invited", "answered_question"),
    ),
    "logic_items": Keyed(
        ("model", "id"), people=("count", "of"), of_people=True,
        texts=("text", "indicator", "measured", "goal", "planned", "outcome", "stated_unit", "source"),
    ),
    "logic_links": Keyed(
        ("model", "from", "to"), people=("count", "of"), of_people=True, without=("from_text", "to_text"),
        texts=("indicator", "measured", "goal", "planned", "outcome", "stated_unit"),
    ),
    "comparison": Keyed(("indicator", "municipality", "year"), without=("name",)),
    "similar_municipalities": Keyed(("municipality", "similar", "year", "indicator")),
    "allocation": Keyed(("federation",)),
    "allocation_change": Keyed(("federation", "measure", "change_pct")),
}  # fmt: skip


def changed_cells(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], *, k: int) -> list[Change]:
    """Every cell of a keyed table that differs, by table, key and column. Tables that only one report has are left out.

    All frames hold text. ``k``: the least number of people that is told.
    """
    both = [name for name in TABLES if name in before and name in after]
    found = {name: list(_table(name, before[name], after[name], k=k, few=False)) for name in both}
    of_people = [name for name in both if TABLES[name].of_people]
    alone = [[name] for name in of_people if TABLES[name].apart]
    for own in (*alone, [name for name in of_people if not TABLES[name].apart]):
        if any(change.why == "withheld" for name in own for change in found[name]):
            # What the few did may be in any sum of money or months.
            found |= {name: list(_table(name, before[name], after[name], k=k, few=True)) for name in own}
    return [change for name in both for change in found[name]]


def number_of(text: str) -> Decimal | None:
    """The number that a cell holds; None for words, for nothing and for what has no end."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def is_same(before: str, after: str, *, column: str = "") -> bool:
    """Whether two cells say the same: as numbers, so that ``5`` is ``5.0``, or as words."""
    one, other = number_of(before), number_of(after)
    if before == after or one is None or other is None or column in WORDS:
        return before == after
    return abs(one - other) <= NOISE * max(abs(one), abs(other))


def lines_of(frame: pd.DataFrame, key: tuple[str, ...]) -> dict[str, Cells]:
    """The lines of a table by their key in one text; of lines with the same key the second has ``#2`` after it."""
    found: dict[str, Cells] = {}
    for record in frame.to_dict("records"):
        line = {str(column): str(cell) for column, cell in record.items()}
        plain = name = KEY_JOIN.join(line.get(part, "") for part in key)
        number = 1
        while name in found:
            number += 1
            name = f"{plain}#{number}"
        found[name] = line
    return found


def _table(name: str, before: pd.DataFrame, after: pd.DataFrame, *, k: int, few: bool) -> Iterator[Change]:
    keyed = TABLES[name]
    if not set(keyed.key) <= set(before) & set(after):
        return
    then, now = lines_of(before, keyed.key), lines_of(after, keyed.key)
    columns = [c for c in after if c in set(before) - {*keyed.key, *keyed.without, "suppressed"}]
    if keyed.only:
        columns = [column for column in columns if column in (*keyed.sums, *keyed.only)]
    for key in sorted({*then, *now}):
        if key in then and key in now:
            withheld = keyed.of_people and (few or _few(keyed, then[key], now[key], k=k))
            for column in columns:
                yield from _cell(name, key, column, then[key], now[key], k=k, withheld=withheld)
        else:
            yield from _only_one(name, key, then.get(key), now.get(key))


def _only_one(table: str, key: str, then: Cells | None, now: Cells | None) -> Iterator[Change]:
    """What is told of a line that one of the reports does not have."""
    keyed, line = TABLES[table], now or then or {}
    why, sign = ("added", 1) if now is not None else ("gone", -1)
    kind, name = "count" if keyed.people else "figure", _name(table, line)
    told = False
    for column in keyed.sums:
        amount = number_of(line.get(column, ""))
        if amount:
            texts = ("", line[column]) if now is not None else (line[column], "")
            told = True
            yield Change(kind, table, key, column, *texts, sign * amount, why, name)
    if not told and any(number_of(line.get(column, "")) is None for column in keyed.sums or ("",)):
        yield Change(kind, table, key, "", why=why, name=name)


def _cell(table: str, key: str, column: str, then: Cells, now: Cells, *, k: int, withheld: bool) -> Iterator[Change]:
    keyed, before, after = TABLES[table], then[column], now[column]
    if is_same(before, after, column=column):
        return
    kind, name = "count" if column in keyed.people else "figure", _name(table, now)
    told = Change(kind, table, key, column, name=name)
    if column in keyed.texts:
        yield told._replace(why="text")
    elif keyed.of_people and not after:
        yield told._replace(why="hidden_now" if now.get("suppressed") == "True" else "missing_now")
    elif keyed.of_people and not before:
        yield told._replace(why="shown_now")
    elif (withheld and column not in keyed.people) or (column in keyed.people and is_few(before, after, k=k)):
        yield told._replace(why="withheld")
    else:
        yield told._replace(before=before, after=after, difference=_difference(column, before, after, keyed))


def _difference(column: str, before: str, after: str, keyed: Keyed) -> Decimal | None:
    if column in WORDS:
        return None
    then, now = number_of(before), number_of(after)
    if column in keyed.sums:
        return (now or Decimal(0)) - (then or Decimal(0))
    return None if then is None or now is None else now - then


def is_few(before: str, after: str, *, k: int) -> bool:
    """Whether two shown counts that differ must not be told: they differ by fewer than ``k``, or one is that small."""
    then, now = number_of(before), number_of(after)
    if then is None or now is None:
        return False
    return 0 < abs(now - then) < k or 0 < abs(then) < k or 0 < abs(now) < k


def _few(keyed: Keyed, then: Cells, now: Cells, *, k: int) -> bool:
    """Whether a line's counts, or what its share is a share of, moved by so few that none of its figures is told."""
    counts = [(then.get(column, ""), now.get(column, "")) for column in keyed.people]
    if "share_work_or_study" in then and "share_work_or_study" in now:
        counts.append((_reached(then), _reached(now)))
    return any(not is_same(*pair) and is_few(*pair, k=k) for pair in counts)


def _reached(line: Cells) -> str:
    share, exits = number_of(line["share_work_or_study"]), number_of(line.get("exits", ""))
    return "" if share is None or exits is None else str(round(share * exits))


def _name(table: str, line: Cells) -> str:
    return line.get("name", "") if table in ("interventions", "pending", "goal_quality") else ""
