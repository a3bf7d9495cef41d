"""The tables of this as files for machines: tidy, in SEK and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from portfolj.strategy.view import StrategyView


def strategy_tables(view: StrategyView) -> Mapping[str, pd.DataFrame]:
    """Each table by its name as a file; one that the federation has nothing for holds its headings alone."""
    return {}
