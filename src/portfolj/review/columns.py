"""The sheets and headings of a review workbook, by which they are found again wherever somebody has moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from portfolj.coding import Codebook
from portfolj.coding.codebook import TARGET_GROUPS
from portfolj.review.choices import REVIEWED, UNDO

REVIEW_FILE = "review.xlsx"
COVER, INTERVENTIONS, PAIRS, CODES, LISTS = "Läs först", "Insatser", "Samma insats", "Koder", "Val"
NAME_CELL = "Beslutat av"  # on the cover, with the answer in the cell to its right
NAME, GRANTED, TEXT, NOW = "Insats", "Beviljat, kr", "Underlag", "Svar nu"
KEY, WHY, BY, ON, STANDS = "Nyckel", "Varför", "Beslutat av", "Datum", "Står beslutet fast?"
YEARS, COUNTED, RULES = "År", "I rapporten", "Regler bakom svaren"
ANSWER, KEY_JOINS, KEY_REMAINS = "Samma insats?", "Nyckel A", "Nyckel B"
FEWEST_RANKS = 3
TEXT_LABELS = {
    "applicant": "Sökande",
    "target_group_text": "Målgrupp",
    "description": "Beskrivning",
    "goal_text": "Mål",
}


def decision_headings(codebook: Codebook, dimension: str, most: int) -> list[str]:
    """The headings of a dimension's decision: ``Huvudman: beslut``, or ``Målgrupp: beslut 1``, ``2`` …

    A drop-down takes one value, so there is a column for each of the ``most`` groups decided, three at least.
    """
    label = codebook.dimension_label(dimension)
    if dimension != TARGET_GROUPS:
        return [f"{label}: beslut"]
    return [f"{label}: beslut {rank}" for rank in range(1, max(FEWEST_RANKS, most) + 1)]


def dimensions_of(headings: list[str], codebook: Codebook) -> dict[str, list[str]]:
    """Dimension -> the headings of its decision that a sheet has, in rank order."""
    found = {}
    for dimension in REVIEWED:
        start = f"{codebook.dimension_label(dimension)}: beslut".casefold()
        own = [h for h in headings if h.casefold() == start or h.casefold().startswith(f"{start} ")]
        found[dimension] = sorted(own, key=lambda h: (len(h), h))
    return found


def list_source(dimension: str, length: int) -> str:
    """The cells of the hidden sheet that hold a dimension's list: typed into each cell it could be too long."""
    column = "ABCDEF"[REVIEWED.index(dimension) if dimension in REVIEWED else len(REVIEWED)]
    return f"={LISTS}!${column}$1:${column}${length}"


def list_of(source: str | Sequence[str]) -> dict[str, Any]:
    """A drop-down of what ``source`` holds. Another word is warned about and not stopped: a code will do as well."""
    return {
        "validate": "list", "source": source, "error_type": "warning", "error_title": "Står inte i listan",
        "error_message": f"Välj helst i listan. ”{UNDO}” tar bort ett beslut. Det du skriver kontrolleras när boken "
                         "förs in.",
    }  # fmt: skip


def years(row: Mapping[str, Any]) -> str:
    """The years of an intervention as people read them."""
    first, last = row["first_year"], row["last_year"]
    if pd.isna(first):
        return "utan år"
    return str(int(first)) if first == last else f"{int(first)}–{int(last)}"
