"""Did the money follow the priorities that the board had stated?

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from portfolj.federation import StrategySettings
from portfolj.portfolio import Portfolio
from portfolj.portfolio.reconcile import Reconciliation
from portfolj.strategy.money import by_year, decisions, left_over, reconciliation
from portfolj.strategy.reading import read_strategy
from portfolj.strategy.summary import summary


@dataclass(frozen=True, eq=False)
class StrategyView:
    """The stated priorities and where the money went.

    ``decisions``: see ``money.decisions``; ``by_year``: see ``money.by_year``; ``priorities``: the same for the whole
    period, see ``summary.summary``; ``left_over``: what went to none, see ``money.left_over``; ``reconciliation``: the
    lines against the ledger. All without rows where nothing is stated.
    """

    portfolio: Portfolio
    settings: StrategySettings
    decisions: pd.DataFrame
    by_year: pd.DataFrame
    priorities: pd.DataFrame
    left_over: pd.DataFrame
    reconciliation: Reconciliation | None

    @property
    def is_stated(self) -> bool:
        """Whether the federation has stated any priority."""
        return bool(self.settings.priorities)


def open_strategy(portfolio: Portfolio) -> StrategyView:
    """The portfolio's own. Raises InputRefused with every code and word of a priority that can't be used."""
    return strategy_of(portfolio, read_strategy(portfolio.federation))


def strategy_of(portfolio: Portfolio, settings: StrategySettings) -> StrategyView:
    """The same of priorities that have been checked already."""
    made = decisions(portfolio, settings.priorities)
    if not settings.priorities:
        made = made.iloc[:0]
    lines = by_year(made, settings)
    against = reconciliation(portfolio, made, lines, settings) if settings.priorities else None
    return StrategyView(portfolio, settings, made, lines, summary(made, lines, settings), left_over(made), against)
