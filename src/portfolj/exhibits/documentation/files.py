"""The tables of this as files for machines: tidy, in SEK and codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.documentation.matching import place
from portfolj.portfolio.money import whole_where_possible

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView

# File -> the table of the view and the columns that the file has.
FILES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "documentation": (
        "documentation", ("intervention_key", "fact", "status", "why", "found_in", "required_from"),
    ),
    "documentation_facts": ("facts", ("fact", "required", "present", "missing", "missing_sek", "not_required")),
    "documentation_unmatched": ("unmatched", ("intervention", "why", "found_in")),
    "phases": (
        "phases",
        (
            "intervention_key", "intervention", "number", "phase", "amount_sek", "start", "end", "condition", "met",
            "decided_on", "state", "next_phase", "at_stake_sek", "source", "found_in",
        ),
    ),
    "phase_sums": (
        "phase_sums",
        (
            "intervention_key", "intervention", "phases", "planned_sek", "decided_sek", "waits_sek", "open_sek",
            "without_amount", "granted_sek", "agrees", "difference_sek",
        ),
    ),
}  # fmt: skip
DAYS = ("start", "end", "decided_on")


def documentation_tables(view: DocumentationView) -> Mapping[str, pd.DataFrame]:
    """Each table by its name as a file; one that the federation has nothing for holds its headings alone."""
    tables = {}
    for name, (table, columns) in FILES.items():
        frame = view.tables[table]
        if "found_in" in columns and "found_in" not in frame:
            places = [place(*where) for where in zip(frame["file"], frame["sheet"], frame["row"], strict=True)]
            frame = frame.assign(found_in=pd.Series(places, index=frame.index, dtype="str"))
        if name.startswith("phase"):
            frame = frame.assign(intervention=frame["name"])
        frame = frame[list(columns)]
        for day in frame.columns.intersection(list(DAYS)):
            frame = frame.assign(**{str(day): frame[day].dt.strftime("%Y-%m-%d").astype("str")})
        money = [str(column) for column in frame if str(column).endswith("_sek")]
        tables[name] = frame.assign(**{column: whole_where_possible(frame[column]) for column in money})
    return tables
