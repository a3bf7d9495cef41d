"""Respondents as attributes and values, as ``disclosure`` counts them. Where only counts are at hand people are made
who fit them: what can be worked out hangs on the counts, not on who the people are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from portfolj.disclosure import ALL, Count, Where, where
from portfolj.followup.codes import fold
from portfolj.stakeholders.files import Responses
from portfolj.stakeholders.grouping import MISSING, merged
from portfolj.stakeholders.questions import NO_ANSWER, SEVERAL, Question

YES, NO, GIVEN = "yes", "no", "given"
MOST_TOGETHER = 8  # options of a question that are known to be tied together: that somebody chose at least one


@dataclass(frozen=True, repr=False, eq=False)
class Respondents:
    """``numbers``: attribute -> which of its values each respondent has; ``domains``: attribute -> its values;
    ``groups``: what may be told by -> its groups, in order; ``of_group``: grouping -> value in the file -> group."""

    size: int
    numbers: Mapping[str, np.ndarray]
    domains: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    of_group: Mapping[str, Mapping[str, str]]

    def count(self, place: Where) -> int:
        """How many respondents the place counts."""
        chosen = np.ones(self.size, dtype=bool)
        for attribute, values in place:
            codes = [n for n, value in enumerate(self.domains[attribute]) if value in values]
            chosen &= np.isin(self.numbers[attribute], codes)
        return int(chosen.sum())


def group_attribute(by: str) -> str:
    """The attribute of a grouping."""
    return f"group {by}"


def told_as(place: Where, of_group: Mapping[str, Mapping[str, str]]) -> Where:
    """A place as it is remembered: a group as the values of the file that are in it, and all in small letters."""
    told = []
    for attribute, values in place:
        group_of = next((of for by, of in of_group.items() if group_attribute(by) == attribute), {})
        members = [value for value, group in group_of.items() if group in values]
        told.append((fold(attribute), frozenset(map(fold, members or values))))
    return frozenset(told)


def question_attribute(question: Question, answer: str = "") -> str:
    """The attribute of a question, or of one option of a question where several may be chosen."""
    return f"question {question.code}" + (f" option {answer}" if answer else "")


def everybody(by: str = "", group: str = "") -> Where:
    """The cell of all who answered the survey, or of one group."""
    return where({group_attribute(by): group}) if by else ALL


def cell(question: Question, answer: str, within: Where) -> Where:
    """The cell of those who gave the answer (or none: ``no_answer``)."""
    if answer == NO_ANSWER:
        return within | where({question_attribute(question): NO_ANSWER})
    if question.kind == SEVERAL:
        return within | where({question_attribute(question, answer): YES})
    return within | where({question_attribute(question): answer})


def base(question: Question, within: Where) -> Where:
    """The cell of those who answered the question."""
    answers = [GIVEN] if question.kind == SEVERAL else list(question.all_answers)
    return within | where({question_attribute(question): answers})


def not_chosen(question: Question, answer: str, within: Where) -> Where:
    """The cell of those who answered the question, where several may be chosen, and did not choose this."""
    return base(question, within) | where({question_attribute(question, answer): NO})


def respondents_of(responses: Responses, questions: Sequence[Question], *, k: int) -> Respondents:
    """The respondents of a survey, small groups put together."""
    columns: dict[str, list[str]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    of_group: dict[str, Mapping[str, str]] = {}
    for by, values in responses.groups.items():
        found = merged(values, k=k)
        if found:
            columns[group_attribute(by)] = [found[value or MISSING] for value in values]
            groups[by], of_group[by] = tuple(dict.fromkeys(found.values())), found
    for question in questions:
        chosen = responses.answers.get(question.code)
        if chosen is None:
            continue
        if question.kind != SEVERAL:
            columns[question_attribute(question)] = [next(iter(each), NO_ANSWER) for each in chosen]
            continue
        columns[question_attribute(question)] = [GIVEN if each else NO_ANSWER for each in chosen]
        for answer in question.answers:
            columns[question_attribute(question, answer)] = [YES if answer in each else NO for each in chosen]
    domains = {group_attribute(by): values for by, values in groups.items()} | _domains(questions, columns)
    numbers = {
        name: pd.Categorical(values, categories=list(domains[name])).codes.astype(np.int32)
        for name, values in columns.items()
    }
    return Respondents(responses.size, numbers, domains, groups, of_group)


def _domains(questions: Sequence[Question], columns: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    domains = {}
    for question in questions:
        own = question_attribute(question)
        if own not in columns:
            continue
        several = question.kind == SEVERAL
        domains[own] = ((GIVEN,) if several else question.all_answers) + (NO_ANSWER,)
        domains |= {question_attribute(question, answer): (YES, NO) for answer in question.answers if several}
    return domains


def nobody(questions: Sequence[Question], domains: Mapping[str, Sequence[str]]) -> Iterator[Count]:
    """What nobody can be: to have left a question and chosen an option of it, or answered it and chosen none."""
    for question in questions:
        own = question_attribute(question)
        if question.kind != SEVERAL or own not in domains:
            continue
        options = [question_attribute(question, answer) for answer in question.answers]
        yield from (Count(where({own: NO_ANSWER, option: YES}), 0) for option in options)
        if len(options) <= MOST_TOGETHER:
            yield Count(where({own: GIVEN, **dict.fromkeys(options, NO)}), 0)
