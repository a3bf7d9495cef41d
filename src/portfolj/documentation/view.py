"""Which of the facts that a board needs are on file for each intervention, and which are missing.

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.documentation.reading import DocumentationFiles, read_documentation
from portfolj.followup.view import FollowUpView
from portfolj.goals.view import GoalsView
from portfolj.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class DocumentationView:
    """What there is to tell."""

    portfolio: Portfolio


def open_documentation(goals: GoalsView, follow_up: FollowUpView) -> DocumentationView:
    """The federation's own, its files read anew. Raises InputRefused with every fault of every file at once."""
    return documentation_of(goals, follow_up, read_documentation(goals.portfolio.federation))


def documentation_of(goals: GoalsView, follow_up: FollowUpView, files: DocumentationFiles) -> DocumentationView:
    """The same of files that have been read already."""
    return DocumentationView(goals.portfolio)
