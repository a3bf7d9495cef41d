"""Follow-up as files for machines: outcomes, progression and goals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits.files import harmless_frame
from portfolj.followup.files import GOALS, OUTCOMES, PROGRESSION, file_tables

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView

HEADINGS = {
    "outcomes": (*OUTCOMES, "share_work_or_study", "suppressed"),
    "progression": (*PROGRESSION, "suppressed"),
    "goals": GOALS,
}


def write_follow_up_tables(view: FollowUpView, folder: Path) -> list[str]:
    """Writes each as ``<name>.csv`` (UTF-8, commas, decimal points) and gives the names written.

    A table of a kind that the federation does not have holds its headings alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = file_tables(view)
    for name, headings in HEADINGS.items():
        frame = tables.get(name, pd.DataFrame(columns=list(headings)))
        harmless_frame(frame).to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return list(HEADINGS)
