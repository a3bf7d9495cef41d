"""Answers to surveys as one tidy table, with hidden counts gone, and how many answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from portfolj.disclosure import NOTHING, Count, Remembered, Where
from portfolj.followup.codes import fold
from portfolj.stakeholders.files import StakeholdersFiles
from portfolj.stakeholders.made_people import made_to_fit
from portfolj.stakeholders.printed import Number, Printed
from portfolj.stakeholders.questions import NO_ANSWER, WRITTEN, Question
from portfolj.stakeholders.respondents import ROLE
from portfolj.stakeholders.survey_cells import shown_of
from portfolj.stakeholders.survey_counts import Counts, Given, Late, OfRows
from portfolj.stakeholders.survey_people import base, cell, everybody, respondents_of

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


@dataclass(frozen=True, eq=False)
class SurveyTables:
    """``survey``: a row per survey, question, group and answer (see ``COLUMNS``). ``by`` is empty for everybody;
    ``question`` is empty in the row that tells how many answered the survey; ``share`` is of ``answered_question``,
    those who answered the question, and none for ``no_answer`` and ``written``. ``left_out``: (survey, question, by) of
    tables that are not made; ``zeros_hidden``: whether a hidden count may be nobody. ``too_few``: surveys that fewer
    than ``k`` answered: none of their answers is told, for the zeros alone would tell what those few answered.
    ``late``: surveys of whose answers none is told, since too few have come or gone since an earlier report.
    ``told``: survey -> the counts that are told, as they are remembered.
    """

    survey: pd.DataFrame
    left_out: tuple[tuple[str, str, str], ...]
    zeros_hidden: bool
    too_few: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    told: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)


def survey_tables(files: StakeholdersFiles, *, k: int, before: Remembered = NOTHING) -> SurveyTables:
    """The tables of every survey. Counts of 1 to ``k`` - 1 are hidden, with those that would give them away; counts
    that others have printed stand as printed. ``before``: what earlier reports have shown."""
    rows: list[dict[str, Any]] = []
    left_out: list[tuple[str, str, str]] = []
    zeros = False
    too_few: list[str] = []
    late: list[str] = []
    told: dict[str, tuple[Count, ...]] = {}
    for survey in files.surveys:
        questions = [question for question in files.questions if question.survey == survey]
        counts = _counts_of(files, survey, questions, k=k, before=before.versions(remembered_as(survey)))
        if counts is None:
            continue
        if counts.late:
            counts = Late(counts)
            late.append(survey)
        elif not counts.too_few:
            told[survey] = tuple(_told(questions, counts))
        rows += _rows(survey, questions, counts)
        left_out += [(survey, *division) for division in counts.left_out]
        zeros |= counts.zeros_hidden
        too_few += [survey] if counts.too_few and not counts.late else []
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in COLUMNS.items()})
    return SurveyTables(frame, tuple(left_out), zeros, tuple(too_few), tuple(late), told)


def remembered_as(survey: str) -> str:
    """The name that a survey's counts are remembered under: the same however it is written."""
    return f"survey {fold(survey)}"


def _told(questions: list[Question], counts: Counts) -> Iterator[Count]:
    """What is told, as it is remembered; what others have printed too, for their numbers are known as well."""
    for by, group in [("", ""), *counts.groups()]:
        within = everybody(by, group)
        numbers = [(within, counts.answered(by, group))]
        for question in questions:
            if not by or counts.is_made(question, by):
                numbers += [(cell(question, a, within), counts.count(question, a, by, group))
                            for a in (*question.all_answers, NO_ANSWER)]  # fmt: skip
                numbers.append((base(question, within), counts.answers(question, by, group)))
        yield from (Count(counts.told_as(place), n.value) for place, n in numbers if n.value is not None)


def _rows(survey: str, questions: list[Question], counts: Counts) -> Iterator[dict[str, Any]]:
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


def _counts_of(
    files: StakeholdersFiles,
    survey: str,
    questions: list[Question],
    *,
    k: int,
    before: Sequence[Mapping[Where, int]],
) -> Counts | None:
    invited = {row["role"]: row for row in files.invited[files.invited["survey"].eq(survey)].to_dict("records")}
    responses = next((each for each in files.responses if each.survey == survey), None)
    if responses is not None:
        people = respondents_of(responses, questions, k=k)
        return OfRows(people, shown_of(people, questions, k=k, before=before), invited, k=k)
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
    shown = shown_of(people, questions, k=k, known=printed, before=before)
    return Given(people, shown, invited, given, made.undivided, k=k)


def _with_answered(invited: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in invited.values() if not pd.isna(row["answered"])]
