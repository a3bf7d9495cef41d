"""What is said of one goal: its class, and where the words stand that decided it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portfolj.goals.clause import Reading


@dataclass(frozen=True)
class Verdict:
    """A class, whether something that can be measured is named, and where the words stand that decided it.

    ``about``: participants, staff, or other.
    """

    goal_class: str
    indicator: bool
    spans: tuple[tuple[int, int], ...] = ()
    about: str = "other"


MISSING = Verdict("missing", False)


def outcome_of(reading: Reading, measure: re.Match[str] | None, spans: list[tuple[int, int]]) -> Verdict:
    """Measurable where a measure and a level are there. A share of people is a measure of whatever happens to them."""
    counted = reading.counted if not (reading.soft and not measure and reading.more) else None
    indicator = bool(measure or reading.amount or counted or reading.everyone_at_work)
    decided = measure or reading.soft
    spans = [*spans, *([decided.span()] if decided else [])]
    if reading.levels and indicator:
        spans.append(reading.levels[0].span())
        return Verdict("outcome_measurable", True, tuple(sorted(set(spans))))
    return Verdict("outcome_unmeasurable", indicator, tuple(sorted(set(spans))))
