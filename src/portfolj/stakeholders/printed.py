"""Counts of answers that others have printed, shown as they were, and a count as it may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from portfolj.disclosure import Where
from portfolj.stakeholders.questions import NO_ANSWER, SEVERAL, Question
from portfolj.stakeholders.respondents import ROLE
from portfolj.stakeholders.survey_cells import Division
from portfolj.stakeholders.survey_people import told_as


@dataclass(frozen=True)
class Number:
    """A count as it may be shown: None where it is hidden or not known; ``printed_in`` where others have printed it."""

    value: int | None = None
    hidden: bool = False
    printed_in: str = ""


class Printed:
    """Counts that others have printed, shown as they were."""

    zeros_hidden = too_few = late = False
    left_out: tuple[Division, ...] = ()

    def __init__(
        self, given: Mapping[tuple[str, str, str], dict[str, Any]], invited: Mapping[str, dict[str, Any]]
    ) -> None:
        self._given, self._invited = given, invited

    def groups(self) -> Iterator[tuple[str, str]]:
        roles = dict.fromkeys([role for _, role, _ in self._given] + list(self._invited))
        yield from ((ROLE, role) for role in roles if role)

    def is_made(self, question: Question, by: str) -> bool:
        return any(code == question.code and role for code, role, _ in self._given)

    def answered(self, by: str, group: str) -> Number:
        row = self._invited.get(group)
        if row is None or pd.isna(row["answered"]):
            return Number()
        return Number(int(row["answered"]), printed_in=row["printed_in"])

    def count(self, question: Question, answer: str, by: str, group: str) -> Number:
        row = self._given.get((question.code, group, answer))
        return Number() if row is None else Number(int(row["count"]), printed_in=row["printed_in"])

    def answers(self, question: Question, by: str, group: str) -> Number:
        """Those who answered, where every answer's count is known; of several answers only as far as it is told."""
        silent, answered = self.count(question, NO_ANSWER, by, group).value, self.answered(by, group).value
        if question.kind == SEVERAL:
            return Number(answered - (silent or 0)) if answered is not None else Number()
        found = [self.count(question, answer, by, group).value for answer in question.all_answers]
        return Number() if None in found else Number(sum(value for value in found if value is not None))

    def invited(self, by: str, group: str) -> int | None:
        row = self._invited.get(group)
        return None if row is None or pd.isna(row["invited"]) else int(row["invited"])

    def told_as(self, place: Where) -> Where:
        return told_as(place, {})
