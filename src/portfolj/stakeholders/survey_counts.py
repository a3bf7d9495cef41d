"""The numbers of one survey as they may be shown: counted of respondents, or given by the federation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import pandas as pd

from portfolj.disclosure import Where
from portfolj.stakeholders.printed import Number
from portfolj.stakeholders.questions import NO_ANSWER, SEVERAL, Question
from portfolj.stakeholders.respondents import ROLE
from portfolj.stakeholders.survey_cells import Division, SurveyShown
from portfolj.stakeholders.survey_people import Respondents, base, cell, everybody, told_as


class Counts(Protocol):
    """Where the numbers of one survey come from, as they may be shown."""

    @property
    def zeros_hidden(self) -> bool: ...
    @property
    def left_out(self) -> tuple[Division, ...]: ...
    @property
    def too_few(self) -> bool: ...
    @property
    def late(self) -> bool: ...
    def groups(self) -> Iterator[tuple[str, str]]: ...
    def is_made(self, question: Question, by: str) -> bool: ...
    def answered(self, by: str, group: str) -> Number: ...
    def count(self, question: Question, answer: str, by: str, group: str) -> Number: ...
    def answers(self, question: Question, by: str, group: str) -> Number: ...
    def invited(self, by: str, group: str) -> int | None: ...
    def told_as(self, place: Where) -> Where: ...


class Late:
    """Of a survey that few have answered since it was told of: nothing but who was asked, and what is printed."""

    too_few = zeros_hidden = late = True
    left_out: tuple[Division, ...] = ()

    def __init__(self, counts: Counts) -> None:
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

    def told_as(self, place: Where) -> Where:
        return self._counts.told_as(place)


class OfRows:
    """Counted of respondents, and protected."""

    def __init__(
        self, people: Respondents, shown: SurveyShown, invited: Mapping[str, dict[str, Any]], *, k: int
    ) -> None:
        self.people, self.shown, self._invited = people, shown, invited
        self.too_few, self.late = people.size < k, shown.late
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

    def told_as(self, place: Where) -> Where:
        return told_as(place, self.people.of_group)

    def _number(self, place: Where) -> Number:
        if not all(attribute in self.people.domains for attribute, _ in place):
            return Number()
        value = self.shown[place]
        return Number(value, hidden=value is None)


class Given(OfRows):
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
