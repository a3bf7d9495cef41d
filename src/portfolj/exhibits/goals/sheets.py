"""The tables of this as sheets of the workbook, with Swedish words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from portfolj.exhibits.goals.words import DECIDED_BY, PARTS, REASONS, class_label, class_labels, nothing_to_tell
from portfolj.exhibits.sheet import Sheet

if TYPE_CHECKING:
    from portfolj.goals.view import GoalsView

PART_HEADINGS = {part: f"Anger {words}" for part, words in PARTS.items()}


def goals_sheets(view: GoalsView) -> Iterator[Sheet]:
    """The sheets that have something in them, in order."""
    if nothing_to_tell(view):
        return
    yield Sheet("Målens slag", "Målens slag per huvudman och år", _classes(view), notes=(
        "En insats som fick pengar flera år räknas i antal varje år. Pengarna räknas en gång.",
    ))  # fmt: skip
    yield Sheet("Målens kvalitet", "Insatsernas mål, svagast först", _quality(view))


def _classes(view: GoalsView) -> pd.DataFrame:
    frame, codebook = view.by_owner_and_year, view.portfolio.codebook
    return pd.DataFrame(
        {
            "Målets slag": [class_label(view, code) for code in frame["main_class"]],
            "Huvudman": [codebook.label("owner", code) for code in frame["owner"]],
            "År": frame["year"],
            "Insatser": frame["count"],
            "Beviljat, kr": frame["granted_sek"],
        }
    )


def _quality(view: GoalsView) -> pd.DataFrame:
    frame, codebook = view.worst_first, view.portfolio.codebook
    parts = {PART_HEADINGS[part]: ["ja" if value else "nej" for value in frame[part]] for part in PARTS}
    return pd.DataFrame(
        {
            "Nyckel": frame["intervention_key"],
            "Insats": frame["name"],
            "Huvudman": [codebook.label("owner", code) for code in frame["owner"]],
            "Beviljat, kr": frame["granted_sek"],
            "Mål": frame["goal_text"],
            "Målets slag": [class_label(view, code) for code in frame["main_class"]],
            "Varje måls slag": [class_labels(view, codes) for codes in frame["classes"]],
            **parts,
            "Avgörande ord": frame["evidence"],
            "Så blir målet mätbart": frame["advice"],
            "Avgjort av": [DECIDED_BY[by] for by in frame["decided_by"]],
            "Orden säger": [class_labels(view, codes) if codes else "" for codes in frame["rule_said"]],
            "Varför mål saknas": [REASONS[reason] for reason in frame["reason"]],
        }
    )
