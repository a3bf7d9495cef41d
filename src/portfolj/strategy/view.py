"""Did the money follow the priorities that the board had stated?

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class StrategyView:
    """What there is to tell."""

    portfolio: Portfolio


def open_strategy(portfolio: Portfolio) -> StrategyView:
    """The portfolio's own."""
    return StrategyView(portfolio)
