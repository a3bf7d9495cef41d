"""Municipalities beside others like them, and what the state's allocation model gives a federation.

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.comparison.reading import ComparisonFiles, read_comparison
from portfolj.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class ComparisonView:
    """What there is to tell."""

    portfolio: Portfolio


def open_comparison(portfolio: Portfolio) -> ComparisonView:
    """The federation's own, its files read anew. Raises InputRefused with every fault of every file at once."""
    return comparison_of(portfolio, read_comparison(portfolio.federation))


def comparison_of(portfolio: Portfolio, files: ComparisonFiles) -> ComparisonView:
    """The same of files that have been read already."""
    return ComparisonView(portfolio)
