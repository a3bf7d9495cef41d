"""A goal text split into its goals, each with its class, the words that decided it, and what would make it measurable.

The classes are those of the 2020 review of RAR Sörmland, strongest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from portfolj.goals.advice import NO_GOAL, advice_on
from portfolj.goals.judging import judge
from portfolj.goals.parts import baseline_words, level_words, time_words
from portfolj.goals.splitting import Clause, split_goals, without_relatives
from portfolj.goals.verdict import Verdict

LONGEST_BLOCK: Final = 800  # letters; nearly every goal text is shorter
CLASSES: Final = ("outcome_measurable", "outcome_unmeasurable", "volume", "activity", "missing")
PARTS: Final = ("indicator", "level", "time", "baseline")
EVIDENCE_SEPARATOR: Final = "; "


@dataclass(frozen=True)
class Goal:
    """One goal of a text: ``start`` and ``end`` say where it stands in it, ``evidence`` which words decided."""

    text: str
    start: int
    end: int
    goal_class: str
    indicator: bool
    level: bool
    time: bool
    baseline: bool
    evidence: str
    advice: str


@dataclass(frozen=True)
class Graded:
    """The goals of a text in its order; ``main_class`` is the class of the strongest, ``missing`` where there is none.

    A part (``indicator``, ``level``, ``time``, ``baseline``) is there where one of the goals of that class has it.
    """

    goals: tuple[Goal, ...]
    main_class: str
    indicator: bool
    level: bool
    time: bool
    baseline: bool
    evidence: str
    advice: str

    @property
    def classes(self) -> tuple[str, ...]:
        """The class of each goal in the order of the text; ``missing`` alone where there is none."""
        return tuple(goal.goal_class for goal in self.goals) or ("missing",)


def grade(text: str | None) -> Graded:
    """The goals of a text, graded. A missing or empty text has none."""
    goals = [
        replace(goal, start=goal.start + start, end=goal.end + start)
        for start, block in _blocks(text or "")
        for goal in _goals(block)
    ]
    if not goals:
        return Graded((), "missing", False, False, False, False, "", NO_GOAL)
    main = min((goal.goal_class for goal in goals), key=CLASSES.index)
    strongest = [goal for goal in goals if goal.goal_class == main]
    return Graded(
        tuple(goals),
        main,
        any(goal.indicator for goal in strongest),
        any(goal.level for goal in strongest),
        any(goal.time for goal in strongest),
        any(goal.baseline for goal in strongest),
        EVIDENCE_SEPARATOR.join(dict.fromkeys(goal.evidence for goal in goals if goal.evidence)),
        " ".join(dict.fromkeys(goal.advice for goal in strongest if goal.advice)),
    )


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Where each block of a text begins, and the block: a long text is read some sentences at a time.

    What is said of a clause is looked for in all of its block, so the time grows with the block's length squared.
    """
    start = 0
    while len(text) - start > LONGEST_BLOCK:
        near = text[start : start + LONGEST_BLOCK]
        end = max(near.rfind("\n"), near.rfind(". "), near.rfind("; ")) + 1 or near.rfind(" ") + 1 or LONGEST_BLOCK
        yield start, text[start : start + end]
        start += end
    yield start, text[start:]


def _goals(text: str) -> Iterator[Goal]:
    clauses = split_goals(text)
    for clause, verdict in zip(clauses, judge(text, clauses), strict=True):
        if verdict.goal_class != "missing":
            yield _goal(text, clause, verdict)


def _goal(text: str, clause: Clause, verdict: Verdict) -> Goal:
    level = bool(level_words(without_relatives(clause.body)))
    time = bool(time_words(clause.whole))
    evidence = EVIDENCE_SEPARATOR.join(text[start:end].strip() for start, end in verdict.spans)
    advice = advice_on(verdict.goal_class, about=verdict.about, indicator=verdict.indicator, level=level, time=time)
    return Goal(
        text[clause.start : clause.end], clause.start, clause.end, verdict.goal_class, verdict.indicator, level, time,
        bool(baseline_words(clause.whole)), evidence, advice,
    )  # fmt: skip
