"""The goals of each intervention of a ledger, graded, with a person's decisions in place of what the words say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

import pandas as pd

from portfolj.coding.answers import EVIDENCE_SEPARATOR, Evidence
from portfolj.coding.codebook import DecidedBy
from portfolj.coding.decisions import decision_note
from portfolj.coding.goal_classes import GOALS, NO_GOAL, strongest
from portfolj.goals.grade import Goal, Graded, grade

FIELD = "goal_text"
PARTS = ("indicator", "level", "time", "baseline")
GRADED_COLUMNS = (
    GOALS, "main_class", *PARTS, "evidence", "advice", "decided_by", "rule_said", "decided_note", "reason",
)  # fmt: skip
GOAL_COLUMNS = (
    "intervention_key", "goal", "text", "start", "end", "goal_class", *PARTS, "evidence", "advice", "decided_by",
)  # fmt: skip
_BETWEEN = re.compile(r"\s*[;|]\s*")


class NoGoal(StrEnum):
    """Why an intervention has no goal."""

    NO_TEXT = "no_goal_text"
    NOT_IN_TEXT = "no_goal_in_text"
    DECIDED = "decided"


@lru_cache(maxsize=20_000)  # the same text stands on several interventions, and is asked for by several tables
def _graded(text: str) -> Graded:
    return grade(text)


def graded_text(text: Any) -> Graded:
    """The goals of a cell, graded; a missing one has none."""
    return _graded("" if pd.isna(text) else str(text))


def graded_interventions(interventions: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """One row per intervention, in the order and with the index of ``interventions``.

    Columns: ``goals`` (the class of each goal, joined by ``;``), ``main_class``, ``indicator``, ``level``, ``time``,
    ``baseline`` (bool: what the text states), ``evidence`` and ``advice`` (Swedish, ``""`` where nothing is to be
    added), ``decided_by`` (``rule`` or ``decision``), ``rule_said`` (what the words say, where a person has decided),
    ``decided_note`` (who, when and why) and ``reason`` (a ``NoGoal``, ``""`` where there is a goal). ``decisions`` are
    those of ``Prepared.decisions``.
    """
    decided = decided_goals(decisions)
    records = [
        _row(graded_text(row[FIELD]), _has_text(row[FIELD]), decided.get(str(row["intervention_key"])))
        for row in interventions[["intervention_key", FIELD]].to_dict("records")
    ]
    frame = pd.DataFrame.from_records(records, columns=list(GRADED_COLUMNS), index=interventions.index)
    texts = [column for column in GRADED_COLUMNS if column not in PARTS]
    return frame.astype({**dict.fromkeys(texts, "str"), **dict.fromkeys(PARTS, "bool")})


def goals_of(interventions: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """One row per goal: see ``GOAL_COLUMNS``. ``goal`` counts from 1 in each text.

    Where a decision gives as many classes as the text has goals they are the goals' classes, in order; where it gives
    another number it is about the text as a whole, and the goals keep what the words say.
    """
    decided = decided_goals(decisions)
    records = []
    for row in interventions[["intervention_key", FIELD]].to_dict("records"):
        goals = graded_text(row[FIELD]).goals
        codes = decided.get(str(row["intervention_key"]), {}).get("code", "").split(";")
        is_each = len(codes) == len(goals) and bool(codes[0])
        for number, goal in enumerate(goals, start=1):
            goal_class = codes[number - 1] if is_each else goal.goal_class
            by = DecidedBy.DECISION if is_each else DecidedBy.RULE
            parts = [getattr(goal, part) for part in PARTS]
            advice = advice_for(goal_class, goal.goal_class, goal.advice)
            records.append(
                (row["intervention_key"], number, goal.text, goal.start, goal.end, goal_class, *parts, goal.evidence,
                 advice, str(by))
            )  # fmt: skip
    frame = pd.DataFrame.from_records(records, columns=list(GOAL_COLUMNS))
    texts = ("intervention_key", "text", "goal_class", "evidence", "advice", "decided_by")
    kinds = {**dict.fromkeys(texts, "str"), **dict.fromkeys(PARTS, "bool")}
    return frame.astype(kinds | dict.fromkeys(("goal", "start", "end"), "int64"))


def decided_goals(decisions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Key -> the decision on its goals that stands."""
    about = decisions[decisions["dimension"] == GOALS]
    return {str(row["intervention_key"]): {str(k): str(v) for k, v in row.items()} for row in about.to_dict("records")}


def advice_for(goal_class: str, rule_class: str, advice: str) -> str:
    """The advice, where the class is still what it was given for."""
    return advice if goal_class == rule_class else ""


def evidence_cell(text: Any) -> str:
    """The words that decided, with their places in the text: ``goal_text 3-12 "procent av"``, as ``parse_evidence``
    reads them."""
    return EVIDENCE_SEPARATOR.join(map(str, (e for goal in graded_text(text).goals for e in words_of(goal, str(text)))))


def words_of(goal: Goal, text: str) -> list[Evidence]:
    """Where the words that decided a goal stand in the text that it is from; those that are not found there are left
    out, since the grader may say them in its own way."""
    found, folded = [], text.casefold()
    if len(folded) != len(text):  # a letter that is longer in small: places would be wrong
        return []
    for words in filter(None, _BETWEEN.split(goal.evidence)):
        start = folded.find(words.casefold(), goal.start, goal.end)
        if start >= 0:
            end = start + len(words)
            found.append(Evidence(FIELD, start, end, text[start:end]))
    return _apart(found)


def _apart(found: Iterable[Evidence]) -> list[Evidence]:
    """In order, none over another: the longer first where two begin alike."""
    kept: list[Evidence] = []
    for words in sorted(found, key=lambda e: (e.start, -e.end)):
        if not kept or words.start >= kept[-1].end:
            kept.append(words)
    return kept


def _has_text(text: Any) -> bool:
    return not pd.isna(text) and bool(str(text).strip())


def _row(graded: Graded, has_text: bool, decision: Mapping[str, str] | None) -> tuple[Any, ...]:
    said = ";".join(graded.classes)
    codes = said if decision is None else decision["code"]
    main = graded.main_class if decision is None else strongest(codes)
    by = DecidedBy.RULE if decision is None else DecidedBy.DECISION
    rule_said, note = ("", "") if decision is None else (said, decision_note(decision))
    reason = (
        "" if main != NO_GOAL else NoGoal.DECIDED if decision else NoGoal.NOT_IN_TEXT if has_text else NoGoal.NO_TEXT
    )
    parts = [getattr(graded, part) for part in PARTS]
    advice = advice_for(main, graded.main_class, graded.advice)
    return (codes, main, *parts, graded.evidence, advice, str(by), rule_said, note, str(reason))
