"""portfolj: from a coordination federation's grant ledger to a report that its board can read.

The names that a notebook uses. They are fetched at first use, so that the command line starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portfolj import exhibits
    from portfolj.economics.view import EconomicsView, open_economics
    from portfolj.followup.earlier import earlier_reports
    from portfolj.followup.view import FollowUpView, open_follow_up
    from portfolj.portfolio.view import Portfolio, open_portfolio
    from portfolj.review.deciding import decide
    from portfolj.review.doubt import pending

__all__ = [
    "EconomicsView",
    "FollowUpView",
    "Portfolio",
    "decide",
    "earlier_reports",
    "exhibits",
    "open_economics",
    "open_follow_up",
    "open_portfolio",
    "pending",
]

_HOMES = {
    "EconomicsView": "portfolj.economics.view",
    "FollowUpView": "portfolj.followup.view",
    "Portfolio": "portfolj.portfolio.view",
    "decide": "portfolj.review.deciding",
    "earlier_reports": "portfolj.followup.earlier",
    "open_economics": "portfolj.economics.view",
    "open_follow_up": "portfolj.followup.view",
    "open_portfolio": "portfolj.portfolio.view",
    "pending": "portfolj.review.doubt",
}


def __getattr__(name: str) -> Any:
    if name == "exhibits":
        return import_module("portfolj.exhibits")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'portfolj' has no attribute {name!r}")
