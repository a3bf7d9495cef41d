"""Which interventions belong to which priority: yes, no, or not known because a fact or a text is missing.

A priority states one or more criteria. An intervention belongs to it when it meets every one of them, does not when
it fails one, and may when it fails none but one can't be judged: the target group, orientation or owner is not defined,
or there is no text about the intervention beside its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from portfolj.coding.codebook import UNDEFINED
from portfolj.coding.matching import Matcher
from portfolj.coding.terms import parse_term, tokenise
from portfolj.federation import CRITERIA, Priority

COLUMN_OF = {"target_groups": "target_groups", "orientation": "orientation", "owners": "owner"}
ABOUT_FIELDS = ("target_group_text", "description", "goal_text")  # what is written about an intervention
THEME_FIELDS = ("name", *ABOUT_FIELDS)


class Answer(StrEnum):
    """Whether an intervention belongs to a priority."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fit:
    """The answer, and the criteria that could not be judged where that is why it is not known."""

    answer: Answer
    unknown: tuple[str, ...] = ()


def fits(interventions: pd.DataFrame, priorities: Sequence[Priority]) -> dict[str, tuple[Fit, ...]]:
    """For each intervention, by its key, its fit to each of the priorities in their order, whatever the year."""
    matchers = [_matcher(priority) for priority in priorities]
    return {
        str(record["intervention_key"]): tuple(
            _fit(record, priority, matcher) for priority, matcher in zip(priorities, matchers, strict=True)
        )
        for record in interventions.to_dict("records")
    }


def _matcher(priority: Priority) -> Matcher:
    return Matcher([parse_term(theme) for theme in priority.themes])


def _fit(record: Mapping[Any, Any], priority: Priority, matcher: Matcher) -> Fit:
    answers = {
        criterion: _answer(record, criterion, getattr(priority, criterion), matcher)
        for criterion in CRITERIA
        if getattr(priority, criterion)
    }
    if Answer.NO in answers.values():
        return Fit(Answer.NO)
    unknown = tuple(criterion for criterion, answer in answers.items() if answer is Answer.UNKNOWN)
    return Fit(Answer.UNKNOWN, unknown) if unknown else Fit(Answer.YES)


def _answer(record: Mapping[Any, Any], criterion: str, wanted: Sequence[str], matcher: Matcher) -> Answer:
    if criterion in COLUMN_OF:
        codes = set(str(record[COLUMN_OF[criterion]]).split(";"))
        met = bool(codes & set(wanted))
        unknown = codes == {UNDEFINED}
    else:
        met = (
            str(record["process_support"]) in wanted
            if criterion == "process_support"
            else any(matcher.find(text, tokenise(text)) for text in _texts(record, THEME_FIELDS))
        )
        unknown = not _texts(record, ABOUT_FIELDS)
    return Answer.YES if met else Answer.UNKNOWN if unknown else Answer.NO


def _texts(record: Mapping[Any, Any], fields: Sequence[str]) -> list[str]:
    return [text for field in fields if isinstance(text := record.get(field), str) and text.strip()]
