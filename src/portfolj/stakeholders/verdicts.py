"""What those who answered say of a goal, beside how it was judged."""

from __future__ import annotations

from typing import Final

import pandas as pd

from portfolj.federation import Federation
from portfolj.followup.codes import coder, fold
from portfolj.stakeholders.questions import ONE, SCALE, Question

# The steps of meeting a goal, from not at all.
STEPS: Final = ("not_met", "partly_met", "met")
COLUMNS: Final = {
    "survey": "str",
    "question": "str",
    "goal": "str",
    "text": "str",
    "verdict": "str",
    "met": "Int64",
    "partly_met": "Int64",
    "not_met": "Int64",
    "middle_low": "str",
    "middle_high": "str",
    "finding": "str",
    "printed_in": "str",
}
AGREES, HIGHER, LOWER, OPEN, UNKNOWN = "agrees", "higher", "lower", "open", "unknown"


def beside_verdicts(questions: tuple[Question, ...], survey: pd.DataFrame, federation: Federation) -> pd.DataFrame:
    """A row per question on a goal that has been judged: the answers as steps, and whether they pull the other way.

    The measure is the middle answer of those who gave one of the steps, the one or two that stand in the middle when
    they are put in order. ``finding``: ``agrees`` where the verdict is one of those or between them, ``higher`` or
    ``lower`` where the middle answers are above or below it, ``open`` where the verdict leaves it open, ``unknown``
    where an answer is no step or a count is hidden or missing.
    """
    known = coder("verdict", federation).words
    rows = []
    for question in questions:
        if not question.verdict:
            continue
        own = survey[survey["survey"].eq(question.survey) & survey["question"].eq(question.code) & survey["by"].eq("")]
        step_of = {answer: known.get(fold(answer), "") for answer in question.answers}
        counts = dict(zip(own["answer"], own["count"], strict=True))
        steps = {step: counts.get(next((a for a, s in step_of.items() if s == step), ""), pd.NA) for step in STEPS}
        whole = question.kind in (ONE, SCALE) and all(not pd.isna(n) for n in steps.values())
        low, high = _middle({step: int(n) for step, n in steps.items()}) if whole else ("", "")
        rows.append(
            {
                "survey": question.survey,
                "question": question.code,
                "goal": question.goal,
                "text": question.text,
                "verdict": question.verdict,
                **steps,
                "middle_low": low,
                "middle_high": high,
                "finding": _finding(question.verdict, low, high),
                "printed_in": next((place for place in own["printed_in"] if place), ""),
            }
        )
    return pd.DataFrame({n: pd.Series([row[n] for row in rows], dtype=dtype) for n, dtype in COLUMNS.items()})


def _middle(counts: dict[str, int]) -> tuple[str, str]:
    answers = [step for step in STEPS for _ in range(counts[step])]
    if not answers:
        return "", ""
    return answers[(len(answers) - 1) // 2], answers[len(answers) // 2]


def _finding(verdict: str, low: str, high: str) -> str:
    if not low:
        return UNKNOWN
    if verdict not in STEPS:
        return OPEN
    judged = STEPS.index(verdict)
    if judged < STEPS.index(low):
        return HIGHER
    return LOWER if judged > STEPS.index(high) else AGREES
