"""What came of it, as people see it. Each takes a ``FollowUpView`` and gives HTML for notebook and page."""

from portfolj.exhibits.followup.balance import gender_balance
from portfolj.exhibits.followup.contradictions import contradictions
from portfolj.exhibits.followup.cost import cost
from portfolj.exhibits.followup.counted import exit_counts, yearly_counts
from portfolj.exhibits.followup.divided import reports_by
from portfolj.exhibits.followup.flow import flow
from portfolj.exhibits.followup.goals import goals
from portfolj.exhibits.followup.headline import headline
from portfolj.exhibits.followup.kinds import kinds
from portfolj.exhibits.followup.method import method, suppression
from portfolj.exhibits.followup.national import national, reported_national
from portfolj.exhibits.followup.outcomes import outcome, outcomes_by
from portfolj.exhibits.followup.participants import participants
from portfolj.exhibits.followup.printed import printed
from portfolj.exhibits.followup.progression import change, progression, progression_by
from portfolj.exhibits.followup.ratings import ratings
from portfolj.exhibits.followup.reported import reported, reported_balance, reported_cost, reported_sums
from portfolj.exhibits.followup.reports import (
    income,
    income_transition,
    length,
    occupation,
    occupation_grouped,
    started_or_increased,
)
from portfolj.exhibits.followup.steps import steps
from portfolj.exhibits.followup.unmatched import unmatched

__all__ = [
    "change",
    "contradictions",
    "cost",
    "exit_counts",
    "flow",
    "gender_balance",
    "goals",
    "headline",
    "income",
    "income_transition",
    "kinds",
    "length",
    "method",
    "national",
    "occupation",
    "occupation_grouped",
    "outcome",
    "outcomes_by",
    "participants",
    "printed",
    "progression",
    "progression_by",
    "ratings",
    "reported",
    "reported_balance",
    "reported_cost",
    "reported_national",
    "reported_sums",
    "reports_by",
    "started_or_increased",
    "steps",
    "suppression",
    "unmatched",
    "yearly_counts",
]
