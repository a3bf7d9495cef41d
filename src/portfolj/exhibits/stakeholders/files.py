"""The tables of this as files for machines: tidy and in codes. A hidden count is empty and ``suppressed``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView


def stakeholders_tables(view: StakeholdersView) -> Mapping[str, pd.DataFrame]:
    """Each table by its name as a file; one that the federation has nothing for holds its headings alone."""
    return {"themes": view.themes.frame, "survey": view.survey.survey}
