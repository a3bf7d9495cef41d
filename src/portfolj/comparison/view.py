"""Municipalities beside others like them, and what the state's allocation model gives a federation.

Opened with the portfolio's rules, as tables for notebooks and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from portfolj.comparison.allocation.change import COLUMNS as CHANGE_COLUMNS
from portfolj.comparison.allocation.change import change_table
from portfolj.comparison.allocation.model import Allocation, NoAllocation, Rules, allocate
from portfolj.comparison.allocation.reading import AllocationFile
from portfolj.comparison.kolada.compared import Compared
from portfolj.comparison.reading import ComparisonFiles, read_comparison
from portfolj.federation import Federation
from portfolj.followup.codes import fold
from portfolj.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class AllocationView:
    """The frame shared among the federations of the table. ``own``: which of them is one's own, empty where none is.

    ``allocation`` is None where the rules can't be held all at once; ``why_none`` then says why, in Swedish.
    ``changes``: see ``change_table``, empty where there is no own federation. ``year``: which the table is about.
    """

    file: AllocationFile
    rules: Rules
    allocation: Allocation | None
    why_none: str
    own: str
    changes: pd.DataFrame
    year: int | None


@dataclass(frozen=True, eq=False)
class ComparisonView:
    """What there is to tell; a part that the federation has nothing for is None."""

    portfolio: Portfolio
    compared: Compared | None
    allocation: AllocationView | None


def open_comparison(portfolio: Portfolio) -> ComparisonView:
    """The federation's own, its files read anew. Raises InputRefused with every fault of every file at once."""
    return comparison_of(portfolio, read_comparison(portfolio.federation))


def comparison_of(portfolio: Portfolio, files: ComparisonFiles) -> ComparisonView:
    """The same of files that have been read already."""
    allocation = _allocation(portfolio.federation, files.allocation) if files.allocation.members else None
    return ComparisonView(portfolio, files.compared, allocation)


def _allocation(federation: Federation, file: AllocationFile) -> AllocationView:
    settings = federation.allocation
    steps = tuple((above, pct) for above, pct in settings.equity_steps)
    rules = Rules(
        settings.frame_sek, settings.base_grant_sek, settings.support_weight_pct, settings.brake_pct, steps
    )  # fmt: skip
    name = settings.federation or federation.name
    own = next((m.name for m in file.members if fold(m.name) == fold(name)), "")
    nothing = pd.DataFrame(columns=list(CHANGE_COLUMNS))
    try:
        allocation = allocate(file.members, rules)
    except NoAllocation as error:
        return AllocationView(file, rules, None, str(error), own, nothing, settings.year)
    changes = change_table(file.members, rules, own) if own else nothing
    return AllocationView(file, rules, allocation, "", own, changes, settings.year)
