"""Everything that a report tells of a federation, opened together with every fault of all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portfolj.comparison.reading import ComparisonFiles, read_comparison
from portfolj.comparison.view import ComparisonView, comparison_of
from portfolj.disclosure import Remembered
from portfolj.documentation.reading import DocumentationFiles, read_documentation
from portfolj.documentation.view import DocumentationView, documentation_of
from portfolj.earlier import earlier_reports
from portfolj.economics.reading import EconomicsFiles, read_economics
from portfolj.economics.stated import AS_STATED, AS_THE_FEDERATION, Stated
from portfolj.economics.states import labels_of_states
from portfolj.economics.view import EconomicsView, economics_of
from portfolj.errors import Fault, InputRefused
from portfolj.federation import Federation, StrategySettings, known_federation
from portfolj.followup.identity import find_key
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import FollowUp
from portfolj.followup.view import FollowUpView, view_of
from portfolj.goals.view import GoalsView, open_goals
from portfolj.logic.reading import LogicFiles, read_logic
from portfolj.logic.view import LogicView, logic_of
from portfolj.places import Places, find_places
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.view import Portfolio, open_portfolio
from portfolj.prepare import remove_faults, write_faults
from portfolj.stakeholders.reading import StakeholdersFiles, read_stakeholders
from portfolj.stakeholders.view import StakeholdersView, stakeholders_of
from portfolj.strategy.reading import read_strategy
from portfolj.strategy.view import StrategyView, strategy_of

# What is read beside the ledger, by the field of ``Opened`` that it becomes.
READERS: Final[Mapping[str, Callable[[Federation], Any]]] = {
    "follow_up": lambda federation: read_follow_up(federation, key=find_key(federation)),
    "economics": lambda federation: read_economics(federation, states=labels_of_states(federation)),
    "documentation": read_documentation,
    "strategy": read_strategy,
    "stakeholders": read_stakeholders,
    "logic": read_logic,
    "comparison": read_comparison,
}


@dataclass(frozen=True, eq=False)
class Opened:
    """What a report rests on: the portfolio, and the federation's files beside the ledger as they were read."""

    portfolio: Portfolio
    follow_up: FollowUp
    economics: EconomicsFiles
    documentation: DocumentationFiles
    strategy: StrategySettings
    stakeholders: StakeholdersFiles
    logic: LogicFiles
    comparison: ComparisonFiles


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The parts of a report, each of which can be told by itself. All are of the same portfolio."""

    portfolio: Portfolio
    follow_up: FollowUpView
    economics: EconomicsView
    goals: GoalsView
    documentation: DocumentationView
    strategy: StrategyView
    stakeholders: StakeholdersView
    logic: LogicView
    comparison: ComparisonView


def open_everything(federation: str, *, places: Places, **rules: str) -> Opened:
    """The federation's portfolio by these rules (see ``open_portfolio``) and its files beside the ledger.

    Raises InputRefused with the faults of all of them together; they are then in ``faults.xlsx`` too, none of which
    repeats a cell of a file on persons.
    """
    settings = known_federation(federation, places=places)
    folder = places.processed(federation)
    faults: list[Fault] = []
    portfolio: Portfolio | None = None
    try:
        portfolio = open_portfolio(federation, places=places, **rules)
    except InputRefused as refused:
        faults += refused.faults
    read: dict[str, Any] = {}
    for kind, reader in READERS.items():
        try:
            read[kind] = reader(settings)
        except InputRefused as refused:
            faults += refused.faults
    if portfolio is None or faults:
        every = InputRefused(settings.name, dict.fromkeys(faults))
        write_faults(every, folder)
        raise every
    remove_faults(folder)
    return Opened(portfolio, **read)


def evaluation_of(
    opened: Opened, *, follow_up: FollowUpView, before: Remembered, stated: Stated = AS_THE_FEDERATION
) -> Evaluation:
    """The parts of a report of what has been opened, its follow-up protected already; ``before``: what earlier reports
    have shown."""
    portfolio = opened.portfolio
    goals = open_goals(portfolio)
    return Evaluation(
        portfolio=portfolio,
        follow_up=follow_up,
        economics=economics_of(follow_up, opened.economics, stated=stated),
        goals=goals,
        documentation=documentation_of(goals, follow_up, opened.documentation),
        strategy=strategy_of(portfolio, opened.strategy),
        stakeholders=stakeholders_of(portfolio, opened.stakeholders, before=before),
        logic=logic_of(follow_up, opened.logic),
        comparison=comparison_of(portfolio, opened.comparison),
    )


def open_evaluation(
    federation: str, *, period: str = "", basis: str = "", counting: str = CountingRule.ONCE.value, values: str = "",
    discount_rate_pct: float = AS_STATED, fade_out_pct: float = AS_STATED, deadweight_pct: float = AS_STATED,
    write_off_years: int = AS_STATED, price_year: int = AS_STATED, places: Places | None = None,
) -> Evaluation:  # fmt: skip
    """The whole evaluation of the federation whose folder under ``data/raw`` is ``federation``.

    The rules are those of ``open_portfolio`` and ``open_economics``. Raises InputRefused with every fault at once,
    ParameterError for a rule that is not allowed.
    """
    places = places or find_places()
    opened = open_everything(federation, places=places, period=period, basis=basis, counting=counting)
    before = earlier_reports(opened.portfolio, places=places)
    follow_up = view_of(opened.portfolio, opened.follow_up, before=before)
    stated = Stated(values, discount_rate_pct, fade_out_pct, deadweight_pct, write_off_years, price_year)
    return evaluation_of(opened, follow_up=follow_up, before=before, stated=stated)
