"""Are an intervention's goals outcomes that can be measured, or volumes, activities or vague hopes?

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class GoalsView:
    """What there is to tell."""

    portfolio: Portfolio


def open_goals(portfolio: Portfolio) -> GoalsView:
    """The portfolio's own."""
    return GoalsView(portfolio)
