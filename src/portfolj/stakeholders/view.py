"""What those concerned say: coded statements and answers to surveys.

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.portfolio import Portfolio
from portfolj.stakeholders.reading import StakeholdersFiles, read_stakeholders


@dataclass(frozen=True, eq=False)
class StakeholdersView:
    """What there is to tell."""

    portfolio: Portfolio


def open_stakeholders(portfolio: Portfolio) -> StakeholdersView:
    """The federation's own, its files read anew. Raises InputRefused with every fault of every file at once."""
    return stakeholders_of(portfolio, read_stakeholders(portfolio.federation))


def stakeholders_of(portfolio: Portfolio, files: StakeholdersFiles) -> StakeholdersView:
    """The same of files that have been read already."""
    return StakeholdersView(portfolio)
