"""How the federation means that resources lead to effects: its logic models, checked and joined to outcomes.

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.followup.view import FollowUpView
from portfolj.logic.reading import LogicFiles, read_logic
from portfolj.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class LogicView:
    """What there is to tell."""

    portfolio: Portfolio


def open_logic(follow_up: FollowUpView) -> LogicView:
    """The federation's own, its files read anew. Raises InputRefused with every fault of every file at once."""
    return logic_of(follow_up, read_logic(follow_up.portfolio.federation))


def logic_of(follow_up: FollowUpView, files: LogicFiles) -> LogicView:
    """The same of files that have been read already."""
    return LogicView(follow_up.portfolio)
