"""The tables of this as files for machines: tidy, in SEK and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.comparison.allocation.change import COLUMNS as CHANGE_COLUMNS
from portfolj.comparison.kolada.compared import VALUE_COLUMNS
from portfolj.comparison.kolada.similar import COLUMNS as SIMILAR_COLUMNS

if TYPE_CHECKING:
    from portfolj.comparison.view import AllocationView, ComparisonView

ALLOCATION_COLUMNS = (
    "federation", "income_support", "population_16_64", "last_year_sek", "requested_sek", "equity_sek",
    "allowed_equity_sek", "budget_sek", "base_sek", "by_support_sek", "by_population_sek", "model_sek",
    "brake_least_sek", "brake_added_sek", "brake_paid_sek", "after_brake_sek", "not_requested_sek",
    "redistributed_sek", "final_sek",
)  # fmt: skip


def comparison_tables(view: ComparisonView) -> Mapping[str, pd.DataFrame]:
    """Each table by its name as a file; one that the federation has nothing for holds its headings alone."""
    compared, allocation = view.compared, view.allocation
    return {
        "comparison": pd.DataFrame(columns=list(VALUE_COLUMNS)) if compared is None else compared.values,
        "similar_municipalities": (
            pd.DataFrame(columns=list(SIMILAR_COLUMNS)) if compared is None else compared.similar.table
        ),
        "allocation": allocation_rows(allocation),
        "allocation_change": (pd.DataFrame(columns=list(CHANGE_COLUMNS)) if allocation is None else allocation.changes),
    }


def allocation_rows(view: AllocationView | None) -> pd.DataFrame:
    """A row per federation: what stood in the table, and what each step makes of it."""
    if view is None or view.allocation is None:
        return pd.DataFrame(columns=list(ALLOCATION_COLUMNS))
    rows = []
    for member in view.allocation.members:
        share = view.allocation.shares[member.name]
        rows.append((
            member.name, float(member.support), member.population, member.last_year_sek, member.requested_sek,
            member.equity_sek, view.rules.allowed_equity_sek(member), member.budget_sek, share.base, share.by_support,
            share.by_population, share.model, share.least, share.brake_added, share.brake_paid, share.after_brake,
            share.capped, share.redistributed, share.final,
        ))  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(ALLOCATION_COLUMNS))
    return frame.astype({name: "Int64" for name in ALLOCATION_COLUMNS if name.endswith("_sek")})
