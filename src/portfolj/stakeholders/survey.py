"""Answers to surveys as one tidy table, with hidden counts gone, and how many answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from portfolj.disclosure import Count, Where
from portfolj.stakeholders.files import StakeholdersFiles
from portfolj.stakeholders.made_people import made_to_fit
from portfolj.stakeholders.printed import Number, Printed
from portfolj.stakeholders.questions import NO_ANSWER, SEVERAL, WRITTEN, Question
from portfolj.stakeholders.respondents import ROLE
from portfolj.stakeholders.survey_cells import Division, SurveyShown, shown_of
from portfolj.stakeholders.survey_people import Respondents, base, cell, everybody, respondents_of

COLUMNS: Mapping[str, str] = {
    "survey": "str",
    "question": "str",
    "by": "str",
    "group": "str",
    "answer": "str",
    "count": "Int64",
    "share": "float64",
    "answered": "Int64",
    "invited": "Int64",
    "answered_question": "Int64",
    "suppressed": "bool",
    "printed_in": "str",
}


class _Counts(Protocol):
    """Where the numbers of one survey come from."""

    @property
    def zeros_hidden(self) -> bool: ...
    @property
    def left_out(self) -> tuple[Division, ...]: ...
    @property
    def too_few(self) -> bool: ...
    @property
    def size(self) -> int | None: ...
    def groups(self) -> Iterator[tuple[str, str]]: ...
    def is_made(self, question: Question, by: str) -> bool: ...
    def answered(self, by: str, group: str) -> Number: ...
    def count(self, question: Question, answer: str, by: str, group: str) -> Number: ...
    def answers(self, question: Question, by: str, group: str) -> Number: ...
    def invited(self, by: str, group: str) -> int | None: ...


@dataclass(frozen=True, eq=False)
class SurveyTables:
    """``survey``: a row per survey, question, group and answer (see ``COLUMNS``). ``by`` is empty for everybody;
    ``question`` is empty in the row that tells how many answered the survey; ``share`` is of ``answered_question``,
    those who answered the question, and none for ``no_answer`` and ``written``. ``left_out``: (survey, question, by) of
    tables that are not made; ``zeros_hidden``: whether a hidden count may be nobody. ``too_few``: surveys that fewer
    than ``k`` answered: none of their answers is told, for the zeros alone would tell what those few answered.
    ``late``: surveys that fewer than ``k`` have answered, or taken their answers back from, since a report told the
    answers: none is told, for the two reports together would tell what those few answered. ``told``: the surveys whose
    answers are told, those with printed counts alone apart, and how many answered each.
    """

    survey: pd.DataFrame
    left_out: tuple[tuple[str, str, str], ...]
    zeros_hidden: bool
    too_few: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    told: tuple[tuple[str, int], ...] = ()


def survey_tables(files: StakeholdersFiles, *, k: int, before: Collection[tuple[str, int]] = ()) -> SurveyTables:
    """The tables of every survey. Counts of 1 to ``k`` - 1 are hidden, with those that would give them away; counts
    that others have printed stand as printed. ``before``: the surveys that earlier reports have told the answers of,
    and how many had answered then."""
    rows: list[dict[str, Any]] = []
    left_out: list[tuple[str, str, str]] = []
    zeros = False
    too_few: list[str] = []
    late: list[str] = []
    told: list[tuple[str, int]] = []
    for survey in files.surveys:
        questions = [question for question in files.questions if question.survey == survey]
        counts = _counts_of(files, survey, questions, k=k)
        if counts is None:
            continue
        if counts.size is not None and any(name == survey and 0 < abs(counts.size - then) < k for name, then in before):
            rows += _rows(survey, questions, _Late(counts))
            late.append(survey)
            continue
        if counts.size is not None and not counts.too_few:
            told.append((survey, counts.size))
        rows += _rows(survey, questions, counts)
        left_out += [(survey, *division) for division in counts.left_out]
        zeros |= counts.zeros_hidden
        too_few += [survey] if counts.too_few else []
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in COLUMNS.items()})
    return SurveyTables(frame, tuple(left_out), zeros, tuple(too_few), tuple(late), tuple(told))


def _rows(survey: str, questions: list[Question], counts: _Counts) -> Iterator[dict[str, Any]]:
    groups = [("", ""), *counts.groups()]
    for by, group in groups:
        number = counts.answered(by, group)
        about = {
            "survey": survey,
            "by": by,
            "group": group,
            "answered": number.value,
            "invited": counts.invited(by, group),
        }
        yield about | {
            "question": "",
            "answer": "",
            "count": number.value,
            "share": None,
            "answered_question": None,
            "suppressed": number.hidden,
            "printed_in": number.printed_in,
        }
    for question in questions:
        for by, group in groups:
            if by and not counts.is_made(question, by):
                continue
            found = {a: counts.count(question, a, by, group) for a in (*question.all_answers, NO_ANSWER)}
            if counts.too_few:
                found = {a: number for a, number in found.items() if number.printed_in}
            if all(number == Number() for number in found.values()):
                continue
            whole = counts.answers(question, by, group).value
            for answer, number in found.items():
                if number == Number() and answer == NO_ANSWER:
                    continue  # nobody has said how many left the question
                has_share = bool(whole) and number.value is not None and answer not in (NO_ANSWER, WRITTEN)
                yield {
                    "survey": survey,
                    "question": question.code,
                    "by": by,
                    "group": group,
                    "answer": answer,
                    "count": number.value,
                    "share": (number.value or 0) / (whole or 1) if has_share else None,
                    "answered": counts.answered(by, group).value,
                    "invited": counts.invited(by, group),
                    "answered_question": whole,
                    "suppressed": number.hidden,
                    "printed_in": number.printed_in,
                }


def _counts_of(files: StakeholdersFiles, survey: str, questions: list[Question], *, k: int) -> _Counts | None:
    invited = {row["role"]: row for row in files.invited[files.invited["survey"].eq(survey)].to_dict("records")}
    responses = next((each for each in files.responses if each.survey == survey), None)
    if responses is not None:
        people = respondents_of(responses, questions, k=k)
        return _OfRows(people, shown_of(people, questions, k=k), invited, k=k)
    given = {
        (row["question"], row["role"], row["answer"]): row
        for row in files.counts[files.counts["survey"].eq(survey)].to_dict("records")
    }
    if not given:
        return None
    everything_printed = all(row["printed_in"] for row in (*given.values(), *_with_answered(invited)))
    if everything_printed:
        return Printed(given, invited)
    made = made_to_fit(
        survey,
        questions,
        {place: int(row["count"]) for place, row in given.items()},
        {str(row["role"]): int(row["answered"]) for row in _with_answered(invited)},
    )
    people = respondents_of(made.responses, questions, k=k)
    printed = [
        Count(cell(question, answer, everybody(ROLE, role) if role else everybody()), int(row["count"]))
        for (code, role, answer), row in given.items()
        for question in questions
        if question.code == code and row["printed_in"] and (not role or people.of_group.get(ROLE, {}).get(role) == role)
    ]
    return _Given(people, shown_of(people, questions, k=k, known=printed), invited, given, made.undivided, k=k)


def _with_answered(invited: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in invited.values() if not pd.isna(row["answered"])]


class _Late:
    """Of a survey that few have answered since it was told of: nothing but who was asked, and what is printed."""

    too_few, zeros_hidden, size = True, True, None
    left_out: tuple[Division, ...] = ()

    def __init__(self, counts: _Counts) -> None:
        self._counts = counts

    def groups(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def is_made(self, question: Question, by: str) -> bool:
        return False

    def answered(self, by: str, group: str) -> Number:
        number = self._counts.answered(by, group)
        return number if number.printed_in else Number(hidden=True)

    def count(self, question: Question, answer: str, by: str, group: str) -> Number:
        return self._counts.count(question, answer, by, group)

    def answers(self, question: Question, by: str, group: str) -> Number:
        return Number()

    def invited(self, by: str, group: str) -> int | None:
        return self._counts.invited(by, group)


class _OfRows:
    """Counted of respondents, and protected."""

    def __init__(
        self, people: Respondents, shown: SurveyShown, invited: Mapping[str, dict[str, Any]], *, k: int
    ) -> None:
        self.people, self.shown, self._invited = people, shown, invited
        self.size, self.too_few = people.size, people.size < k
        self.zeros_hidden, self.left_out = shown.zeros_hidden, shown.left_out

    def groups(self) -> Iterator[tuple[str, str]]:
        yield from ((by, group) for by in self.shown.groupings for group in self.people.groups[by])

    def is_made(self, question: Question, by: str) -> bool:
        return (question.code, by) in self.shown.divisions

    def answered(self, by: str, group: str) -> Number:
        return self._number(everybody(by, group))

    def count(self, question: Question, answer: str, by: str, group: str) -> Number:
        return self._number(cell(question, answer, everybody(by, group)))

    def answers(self, question: Question, by: str, group: str) -> Number:
        return self._number(base(question, everybody(by, group)))

    def invited(self, by: str, group: str) -> int | None:
        if by not in ("", ROLE):
            return None
        # A group of several small ones was asked as many as they were together, where all of them are known.
        values = [value for value, of in self.people.of_group.get(by, {}).items() if of == group] if by else [""]
        found = [self._invited[value]["invited"] for value in values if value in self._invited]
        return int(sum(found)) if len(found) == len(values) and not any(map(pd.isna, found)) else None

    def _number(self, place: Where) -> Number:
        if not all(attribute in self.people.domains for attribute, _ in place):
            return Number()
        value = self.shown[place]
        return Number(value, hidden=value is None)


class _Given(_OfRows):
    """The federation's own counts: of what has not been given nothing is told."""

    def __init__(
        self,
        people: Respondents,
        shown: SurveyShown,
        invited: Mapping[str, dict[str, Any]],
        given: Mapping[tuple[str, str, str], dict[str, Any]],
        undivided: frozenset[str],
        *,
        k: int,
    ) -> None:
        super().__init__(people, shown, invited, k=k)
        self._given, self._undivided = given, undivided

    def is_made(self, question: Question, by: str) -> bool:
        return super().is_made(question, by) and question.code not in self._undivided

    def answered(self, by: str, group: str) -> Number:
        known = all(
            role in self._invited and not pd.isna(self._invited[role]["answered"]) for role in self._roles(by, group)
        )
        return super().answered(by, group) if known else Number()

    def count(self, question: Question, answer: str, by: str, group: str) -> Number:
        cells = [self._given.get((question.code, role, answer)) for role in self._roles(by, group)]
        if None in cells:
            return Number()
        printed = {str(row["printed_in"]) for row in cells if row is not None}
        if len(cells) == 1 and cells[0] is not None and all(printed):
            return Number(int(cells[0]["count"]), printed_in=printed.pop())
        return super().count(question, answer, by, group)

    def answers(self, question: Question, by: str, group: str) -> Number:
        needed = (NO_ANSWER,) if question.kind == SEVERAL else question.all_answers
        found = [self.count(question, answer, by, group) for answer in needed]
        if question.kind == SEVERAL:
            found.append(self.answered(by, group))
        return super().answers(question, by, group) if all(each != Number() for each in found) else Number()

    def _roles(self, by: str, group: str) -> list[str]:
        return [role for role, of in self.people.of_group.get(by, {}).items() if of == group] if by else [""]
