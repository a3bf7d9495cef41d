"""Which of the facts that a board needs are on file for each intervention, and which are missing.

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pandas as pd

from portfolj.documentation.matching import with_keys
from portfolj.documentation.phases import per_intervention, with_states
from portfolj.documentation.reading import DocumentationFiles, read_documentation
from portfolj.documentation.status import as_of, lacking, per_fact, statuses
from portfolj.federation import DocumentationSettings
from portfolj.followup.view import FollowUpView
from portfolj.goals.view import GoalsView
from portfolj.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class DocumentationView:
    """Tables by name. ``on``: the day of which they tell: whether an intervention has ended is seen from there.

    ``documentation``: intervention x fact, see ``status.COLUMNS``; ``facts``: how many and how much money lacks each;
    ``lacking``: the interventions that lack something, most money first; ``phases``: each phase with its state;
    ``phase_sums``: their money per intervention, against the ledger's; ``unmatched``: rows of the files on something
    that is not among the portfolio's interventions, with the reason.
    """

    portfolio: Portfolio
    on: date
    tables: Mapping[str, pd.DataFrame]

    @property
    def is_asked_for(self) -> bool:
        """Whether the federation has files or settings of its own on this."""
        return self.portfolio.federation.documentation != DocumentationSettings()

    @property
    def has_facts(self) -> bool:
        """Whether the federation has a file of the facts that the ledger has no room for."""
        return bool(self.portfolio.federation.documentation.facts)


def open_documentation(goals: GoalsView, follow_up: FollowUpView) -> DocumentationView:
    """The federation's own, its files read anew. Raises InputRefused with every fault of every file at once."""
    return documentation_of(goals, follow_up, read_documentation(goals.portfolio.federation))


def documentation_of(
    goals: GoalsView, follow_up: FollowUpView, files: DocumentationFiles, *, today: date | None = None
) -> DocumentationView:
    """The same of files that have been read already. ``today``: the day of the calendar where it is not given."""
    portfolio = goals.portfolio
    on = as_of(portfolio, today=today or date.today())
    facts, phases = with_keys(files.facts, portfolio), with_states(with_keys(files.phases, portfolio))
    table = statuses(goals, follow_up, facts, on=on)
    unmatched = facts[facts["why_not"] != ""][["name", "file", "sheet", "row", "why_not"]]
    tables = {
        "documentation": table,
        "facts": per_fact(table, portfolio),
        "lacking": lacking(table, portfolio),
        "phases": phases,
        "phase_sums": per_intervention(phases, portfolio),
        "unmatched": unmatched.rename(columns={"name": "intervention", "why_not": "why"}).reset_index(drop=True),
    }
    return DocumentationView(portfolio, on, MappingProxyType(tables))
