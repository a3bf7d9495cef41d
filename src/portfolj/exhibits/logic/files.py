"""The tables of this as files for machines: tidy, in SEK and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from portfolj.logic.view import LogicView

_FIGURE: Final = (
    "indicator", "measured", "goal", "state", "why", "value", "unit", "count", "of", "verdict", "planned", "outcome",
    "stated_unit",
)  # fmt: skip
# File -> the table of the view and the columns that the file has after ``model``.
FILES: Final = {
    "logic_items": (
        "items", ("id", "kind", "text", *_FIGURE, "own_verdict", "followed_verdict", "source"),
    ),
    "logic_links": (
        "links", ("from", "from_kind", "from_text", "to", "to_kind", "to_text", *_FIGURE),
    ),
    "logic_remarks": ("remarks", ("code", "about", "text")),
}  # fmt: skip


def logic_tables(view: LogicView) -> Mapping[str, pd.DataFrame]:
    """Each table by its name as a file; one that the federation has nothing for holds its headings alone."""
    names = [model.file for model in view.models]
    made = {}
    for file, (table, columns) in FILES.items():
        frame = view.tables[table]
        model = pd.Series([names[int(number)] for number in frame["model"]], index=frame.index, dtype="str")
        made[file] = frame[list(columns)].assign(model=model)[["model", *columns]]
    return made
