"""The tables of this as files for machines: tidy, in SEK and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.portfolio.money import whole_where_possible

if TYPE_CHECKING:
    from portfolj.goals.view import GoalsView

QUALITY_COLUMNS = (
    "intervention_key", "name", "owner", "granted_sek", "first_year", "goal_text", "main_class", "classes",
    "indicator", "level", "time", "baseline", "evidence", "advice", "decided_by", "rule_said", "reason",
)  # fmt: skip
CLASS_COLUMNS = ("main_class", "owner", "year", "count", "granted_sek", "without_amount")


def goals_tables(view: GoalsView) -> Mapping[str, pd.DataFrame]:
    """Each table by its name as a file; one that the federation has nothing for holds its headings alone."""
    quality = view.interventions[list(QUALITY_COLUMNS)].sort_values("intervention_key").reset_index(drop=True)
    frames = {"goal_quality": quality, "goal_classes": view.by_owner_and_year[list(CLASS_COLUMNS)]}
    if not view.has_goals:
        frames = {name: frame.head(0) for name, frame in frames.items()}
    return {
        name: frame.assign(granted_sek=whole_where_possible(frame["granted_sek"])) for name, frame in frames.items()
    }
