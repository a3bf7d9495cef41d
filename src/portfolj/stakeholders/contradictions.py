"""Counts of answers that can't all be right: parts that are more than their whole, and answers told in two ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from portfolj.economics.reading.table import Read
from portfolj.errors import Fault, Reason
from portfolj.followup.codes import fold
from portfolj.followup.table import Table
from portfolj.stakeholders.files import Responses
from portfolj.stakeholders.questions import NO_ANSWER, SEVERAL, Question
from portfolj.stakeholders.respondents import ROLE


class Contradiction(NamedTuple):
    """A fault, and whether all that it is about has been printed by others: then it is only told."""

    fault: Fault
    printed: bool


def contradictions_of(
    counts: Read, invited: Read, questions: Sequence[Question], responses: Sequence[Responses]
) -> list[Contradiction]:
    """What contradicts: counts beside rows of the same survey; more answers than persons; parts above their whole."""
    with_rows = {each.survey for each in responses}
    return [
        *_told_twice(counts, with_rows),
        *_more_than_answered(counts, invited, questions),
        *_more_than_all(counts),
        *_answered_twice(invited, with_rows),
        *_more_in_roles(invited),
        *_more_than_asked(invited, responses),
    ]


def _told_twice(counts: Read, with_rows: Collection[str]) -> Iterator[Contradiction]:
    for table, frame in counts:
        own = frame[frame["survey"].isin(list(with_rows))]
        if len(own):
            yield Contradiction(
                _fault(
                    table,
                    int(own["at"].iloc[0]),
                    "count",
                    "Enkäten har både en rad per svarande och antal",
                    "svaren på ett sätt",
                    "Ta bort filen med antal, eller räkna den som en egen enkät",
                ),
                False,
            )


def _answered_twice(invited: Read, with_rows: Collection[str]) -> Iterator[Contradiction]:
    for table, frame in invited:
        own = frame[frame["survey"].isin(list(with_rows)) & frame["answered"].notna()]
        if len(own):
            yield Contradiction(
                _fault(
                    table,
                    int(own["at"].iloc[0]),
                    "answered",
                    "Hur många som svarade räknas ur raderna i enkätens fil",
                    "bara hur många som var inbjudna",
                    "Töm kolumnen Svarade för den enkäten",
                ),
                False,
            )


def _more_than_answered(counts: Read, invited: Read, questions: Sequence[Question]) -> Iterator[Contradiction]:
    answered = {
        (row["survey"], row["role"]): int(row["answered"])
        for _, frame in invited
        for row in frame.to_dict("records")
        if not pd.isna(row["answered"])
    }
    several = {(q.survey, q.code) for q in questions if q.kind == SEVERAL}
    for (survey, question, role), rows in _grouped(counts, ["survey", "question", "role"]):
        most = answered.get((survey, role))
        found = sum(row.number for row in rows)
        if (survey, question) in several:  # each of whom may have chosen all
            silent = sum(row.number for row in rows if row.answer == NO_ANSWER)
            found = silent + max((row.number for row in rows if row.answer != NO_ANSWER), default=0)
        if most is not None and found > most:
            yield Contradiction(
                _fault(
                    rows[0].table,
                    rows[0].at,
                    "count",
                    f"Fråga {question} har fler svar än svarande",
                    "högst så många som svarade på enkäten",
                    "Rätta antalen, eller hur många som svarade",
                ),
                all(row.printed for row in rows),
            )


def _more_than_all(counts: Read) -> Iterator[Contradiction]:
    for (_, question, _), rows in _grouped(counts, ["survey", "question", "answer"]):
        whole = [row.number for row in rows if not row.role]
        parts = [row for row in rows if row.role]
        if whole and sum(row.number for row in parts) > whole[0]:
            yield Contradiction(
                _fault(
                    parts[0].table,
                    parts[0].at,
                    "count",
                    f"Fråga {question}: rollerna är tillsammans fler än alla",
                    "högst så många som raden för alla",
                    "Rätta antalen",
                ),
                all(row.printed for row in rows),
            )


def _more_than_asked(invited: Read, responses: Sequence[Responses]) -> Iterator[Contradiction]:
    """More rows of answers than were asked, of all or of one role. How many answered is not told: they may be few."""
    answered = Counter({(each.survey, ""): each.size for each in responses})
    answered.update((each.survey, fold(role)) for each in responses for role in each.groups.get(ROLE, ()) if role)
    for table, frame in invited:
        for row in frame[frame["invited"].notna()].to_dict("records"):
            if answered[row["survey"], fold(row["role"])] > int(row["invited"]):
                yield Contradiction(
                    _fault(
                        table,
                        int(row["at"]),
                        "invited",
                        "Fler har svarat på enkäten än som var inbjudna",
                        "minst så många som har en rad i enkätens fil",
                        "Rätta antalet, eller rollerna i enkätens fil",
                    ),
                    False,
                )


def _more_in_roles(invited: Read) -> Iterator[Contradiction]:
    for name, what in (("answered", "svarade"), ("invited", "var inbjudna")):
        for table, frame in invited:
            for _, rows in frame[frame[name].notna()].groupby("survey", sort=False):
                whole, parts = rows[rows["role"].eq("")], rows[rows["role"].ne("")]
                if len(whole) and parts[name].sum() > whole[name].iloc[0]:
                    yield Contradiction(
                        _fault(
                            table,
                            int(parts["at"].iloc[0]),
                            name,
                            f"Fler {what} i rollerna än bland alla",
                            "högst så många som raden för alla",
                            "Rätta antalen",
                        ),
                        bool(rows["printed_in"].ne("").all()),
                    )


class _Row(NamedTuple):
    table: Table
    at: int
    role: str
    answer: str
    number: int
    printed: bool


def _grouped(counts: Read, by: Sequence[str]) -> Iterator[tuple[tuple[str, ...], list[_Row]]]:
    rows: dict[tuple[str, ...], list[_Row]] = {}
    for table, frame in counts:
        for row in frame.to_dict("records"):
            made = _Row(table, int(row["at"]), row["role"], row["answer"], int(row["count"]), bool(row["printed_in"]))
            rows.setdefault(tuple(str(row[name]) for name in by), []).append(made)
    yield from rows.items()


def _fault(table: Table, row: int, field: str, found: str, allowed: str, action: str) -> Fault:
    position = min(table.positions(field), default=0)
    sheet = table.sheet
    return Fault(sheet.file, sheet.title, table.address(row, position), Reason.ROWS_CONTRADICT, found, allowed, action)
