"""Are an intervention's goals outcomes that can be measured, or volumes, activities or vague hopes?

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from portfolj.coding.goal_classes import GOALS
from portfolj.goals import counted
from portfolj.goals.grade import CLASSES
from portfolj.goals.graded import FIELD, goals_of, graded_interventions
from portfolj.portfolio.reconcile import Reconciliation, reconcile
from portfolj.portfolio.view import Portfolio

SHOWN = ("intervention_key", "name", "owner", "granted_sek", "first_year", FIELD)


@dataclass(frozen=True, eq=False)
class GoalsView:
    """How good the goals are of the interventions that the portfolio counts.

    ``portfolio``: whose they are. The frames are made when they are first asked for.
    """

    portfolio: Portfolio

    @property
    def has_goals(self) -> bool:
        """Whether there is anything to grade: a column of goals in the ledger, or a decision on goals."""
        decided = self.portfolio.prepared.decisions
        return self.has_column or bool((decided["dimension"] == GOALS).any())

    @property
    def has_column(self) -> bool:
        """Whether the ledger has a column of goals."""
        return FIELD in self.portfolio.prepared.columns

    @cached_property
    def interventions(self) -> pd.DataFrame:
        """One row per intervention of the portfolio, in its order.

        Columns: ``intervention_key, name, owner, granted_sek`` (in the period; missing where no amount is known),
        ``first_year, goal_text, classes`` (the class of each goal, joined by ``;``) and what else
        ``graded_interventions`` gives.
        """
        own = self.portfolio.interventions
        graded = graded_interventions(own, self.portfolio.prepared.decisions)
        return own[list(SHOWN)].join(graded.rename(columns={GOALS: "classes"}))

    @cached_property
    def goals(self) -> pd.DataFrame:
        """One row per goal (see ``goals_of``), with ``name``, ``owner``, ``granted_sek`` and ``first_year`` of its
        intervention. The money is the whole intervention's, on each of its goals: it must not be summed here."""
        goals = goals_of(self.portfolio.interventions, self.portfolio.prepared.decisions)
        own = self.interventions[["intervention_key", "name", "owner", "granted_sek", "first_year"]]
        return goals.merge(own, on="intervention_key", how="left", validate="many_to_one")

    @cached_property
    def by_class(self) -> pd.DataFrame:
        """Count and money per class: see ``counted.per_class``."""
        return counted.per_class(self.interventions)

    @cached_property
    def by_owner(self) -> pd.DataFrame:
        """Count and money per owner and class: see ``counted.per_owner``."""
        return counted.per_owner(self.interventions, self.portfolio.codebook.codes("owner"))

    @cached_property
    def by_year(self) -> pd.DataFrame:
        """Count and money per year of decision and class: see ``counted.per_year``."""
        sums = self.portfolio.sums
        return counted.per_year(self.interventions, sums[sums["part"] == "counted"])

    @cached_property
    def by_owner_and_year(self) -> pd.DataFrame:
        """Count and money per class, owner and year of decision: see ``counted.per_owner_and_year``."""
        sums = self.portfolio.sums
        entries = sums[sums["part"] == "counted"]
        return counted.per_owner_and_year(self.interventions, entries, self.portfolio.codebook.codes("owner"))

    @cached_property
    def reconciliations(self) -> dict[str, Reconciliation]:
        """The line of each table, by ``class``, ``owner`` and ``year``. Raises ReconciliationError where one does not
        add up to the öre."""
        own = self.interventions
        return {
            name: reconcile(f"goals_{name}", count=count, rows=frame["granted_sek"], interventions=own)
            for name, frame, count in (
                ("class", self.by_class, int(self.by_class["count"].sum())),
                ("owner", self.by_owner, int(self.by_owner["count"].sum())),
                ("year", self.by_year, len(own)),
            )
        }

    @property
    def worst_first(self) -> pd.DataFrame:
        """``interventions`` with the weakest class first, and within it by kronor, unknown amounts last."""
        place = self.interventions["main_class"].map(CLASSES.index)
        order = self.interventions.assign(place=-place, sek=-self.interventions["granted_sek"].fillna(-1))
        keys = ["place", "sek", "intervention_key"]
        return self.interventions.loc[order.sort_values(keys, kind="stable").index].reset_index(drop=True)


def open_goals(portfolio: Portfolio) -> GoalsView:
    """The goals of the portfolio's interventions, graded; see ``GoalsView``."""
    return GoalsView(portfolio)
