"""A goal text split into its goals, each with its class, the words that decided it, and what would make it measurable.

The classes are those of the 2020 review of RAR Sörmland, strongest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CLASSES: Final = ("outcome_measurable", "outcome_unmeasurable", "volume", "activity", "missing")


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

    A part (``indicator``, ``level``, ``time``, ``baseline``) is there where any of the goals has it.
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
    return Graded((), "missing", False, False, False, False, "", "")
