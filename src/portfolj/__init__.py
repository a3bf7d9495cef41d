"""portfolj: from a coordination federation's grant ledger to a report that its board can read.

The names that a notebook uses. They are fetched at first use, so that the command line starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portfolj import exhibits
    from portfolj.comparison.view import ComparisonView, open_comparison
    from portfolj.documentation.view import DocumentationView, open_documentation
    from portfolj.earlier import earlier_reports
    from portfolj.economics.view import EconomicsView, open_economics
    from portfolj.evaluation import Evaluation, open_evaluation
    from portfolj.followup.view import FollowUpView, open_follow_up
    from portfolj.goals.view import GoalsView, open_goals
    from portfolj.logic.view import LogicView, open_logic
    from portfolj.portfolio.view import Portfolio, open_portfolio
    from portfolj.review.deciding import decide
    from portfolj.review.doubt import pending
    from portfolj.review.goal_rows import pending_goals
    from portfolj.stakeholders.view import StakeholdersView, open_stakeholders
    from portfolj.strategy.view import StrategyView, open_strategy

__all__ = [
    "ComparisonView",
    "DocumentationView",
    "EconomicsView",
    "Evaluation",
    "FollowUpView",
    "GoalsView",
    "LogicView",
    "Portfolio",
    "StakeholdersView",
    "StrategyView",
    "decide",
    "earlier_reports",
    "exhibits",
    "open_comparison",
    "open_documentation",
    "open_economics",
    "open_evaluation",
    "open_follow_up",
    "open_goals",
    "open_logic",
    "open_portfolio",
    "open_stakeholders",
    "open_strategy",
    "pending",
    "pending_goals",
]

_HOMES = {
    "ComparisonView": "portfolj.comparison.view",
    "DocumentationView": "portfolj.documentation.view",
    "EconomicsView": "portfolj.economics.view",
    "Evaluation": "portfolj.evaluation",
    "FollowUpView": "portfolj.followup.view",
    "GoalsView": "portfolj.goals.view",
    "LogicView": "portfolj.logic.view",
    "Portfolio": "portfolj.portfolio.view",
    "StakeholdersView": "portfolj.stakeholders.view",
    "StrategyView": "portfolj.strategy.view",
    "decide": "portfolj.review.deciding",
    "earlier_reports": "portfolj.earlier",
    "open_comparison": "portfolj.comparison.view",
    "open_documentation": "portfolj.documentation.view",
    "open_economics": "portfolj.economics.view",
    "open_evaluation": "portfolj.evaluation",
    "open_follow_up": "portfolj.followup.view",
    "open_goals": "portfolj.goals.view",
    "open_logic": "portfolj.logic.view",
    "open_portfolio": "portfolj.portfolio.view",
    "open_stakeholders": "portfolj.stakeholders.view",
    "open_strategy": "portfolj.strategy.view",
    "pending": "portfolj.review.doubt",
    "pending_goals": "portfolj.review.goal_rows",
}


def __getattr__(name: str) -> Any:
    if name == "exhibits":
        return import_module("portfolj.exhibits")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'portfolj' has no attribute {name!r}")
