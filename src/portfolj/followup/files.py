"""The tables of follow-up as files for machines: hidden cells are empty, and a column says which rows have any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from portfolj.followup.view import FollowUpView

OUTCOMES = ("intervention", "group", "category", "participations", "exits", "to_work", "to_study", "to_training")
PROGRESSION = ("group", "category", "measured_twice", "up", "down", "unchanged", "never_twice")
GOALS = ("intervention", "goal", "target", "outcome", "verdict", "basis")


def file_tables(view: FollowUpView) -> Mapping[str, pd.DataFrame]:
    """``outcomes``, ``progression`` and ``goals`` with exactly their columns, for the kinds that there are.

    ``suppressed`` (bool) says that some cell of the row is hidden, never which kind of hiding it is. The share of exits
    is of work or studies, without labour-market training; four decimals, empty where either count is hidden.
    What only was reported as counts stands in ``outcomes`` too, whoever took part in several years counted in each. An
    empty count that is not hidden was not reported; the share is empty where nobody has told how many did both.
    """
    found = {}
    if "outcomes" in view.tables:
        table = view.tables["outcomes"]
        exits = table["exits"].astype("Float64")
        share = (table["work_or_study"].astype("Float64") / exits.where(exits > 0)).round(4)
        hidden = _any_hidden(table, [*OUTCOMES[3:], "work_or_study"])
        found["outcomes"] = table[list(OUTCOMES)].assign(share_work_or_study=share, suppressed=hidden)
    if "reported" in view.tables:
        told = _reported(view.tables["reported"])
        if "outcomes" in found:  # the whole is of rows; interventions that only have counts are rows of their own
            told = pd.concat([found["outcomes"], told[told["intervention"] != ""]], ignore_index=True)
        found["outcomes"] = told
    if "progression" in view.tables:
        table = view.tables["progression"]
        found["progression"] = table[list(PROGRESSION)].assign(suppressed=_any_hidden(table, PROGRESSION[2:]))
    if "goals" in view.tables:
        found["goals"] = view.tables["goals"][list(GOALS)]
    return found


def _reported(table: pd.DataFrame) -> pd.DataFrame:
    hidden = _any_hidden(table, OUTCOMES[3:])
    exact = table["least_work_or_study"] == table["most_work_or_study"]
    reached = table["least_work_or_study"].where(exact.fillna(False)).astype("Float64")
    exits = table["exits"].astype("Float64")
    return table[list(OUTCOMES)].assign(
        share_work_or_study=(reached / exits.where(exits > 0)).round(4), suppressed=hidden
    )


def _any_hidden(table: pd.DataFrame, cells: Sequence[str]) -> pd.Series:
    return table[[f"{cell}_suppressed" for cell in cells]].any(axis=1)
