"""The tables of this as files for machines: tidy, in SEK and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.portfolio.money import whole_where_possible

if TYPE_CHECKING:
    from portfolj.strategy.view import StrategyView


def strategy_tables(view: StrategyView) -> Mapping[str, pd.DataFrame]:
    """Each table by its name as a file; one that the federation has nothing for holds its headings alone."""
    money = ("intended_sek", "granted_sek", "unknown_sek")
    lines = view.by_year.assign(**{column: whole_where_possible(view.by_year[column]) for column in money})
    rest = view.left_over.assign(granted_sek=whole_where_possible(view.left_over["granted_sek"]))
    return {"strategy": lines, "strategy_outside": rest}
