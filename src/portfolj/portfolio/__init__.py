"""Counts and sums of a federation's interventions that reconcile to the ledger."""

from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.view import Portfolio, open_portfolio

__all__ = ["CountingRule", "Portfolio", "open_portfolio"]
