"""The sheets and headings of a review workbook, by which they are found again wherever somebody has moved them."""

from __future__ import annotations

from portfolj.coding import Codebook
from portfolj.coding.codebook import TARGET_GROUPS
from portfolj.review.choices import REVIEWED

REVIEW_FILE = "review.xlsx"
COVER, INTERVENTIONS, PAIRS, LISTS = "Läs först", "Insatser", "Samma insats", "Val"
NAME_CELL = "Beslutat av"  # on the cover, with the answer in the cell to its right
KEY, WHY, BY, ON, STANDS = "Nyckel", "Varför", "Beslutat av", "Datum", "Står beslutet fast?"
ANSWER, KEY_JOINS, KEY_REMAINS = "Samma insats?", "Nyckel A", "Nyckel B"
FEWEST_RANKS = 3
TEXT_HEADINGS = {
    "applicant": "Sökande",
    "target_group_text": "Målgrupp i liggaren",
    "description": "Beskrivning",
    "goal_text": "Mål",
}


def ranks(dimension: str, most: int) -> int:
    """How many cells a decision on the dimension takes: one, but as many as there are groups for target groups."""
    return max(FEWEST_RANKS, most) if dimension == TARGET_GROUPS else 1


def now_heading(codebook: Codebook, dimension: str) -> str:
    """The heading of what is said now: ``Huvudman: nu``."""
    return f"{codebook.dimension_label(dimension)}: nu"


def decision_headings(codebook: Codebook, dimension: str, most: int) -> list[str]:
    """The headings of a dimension's decision: ``Huvudman: beslut``, or ``Målgrupp: beslut 1``, ``2`` …"""
    label, count = codebook.dimension_label(dimension), ranks(dimension, most)
    return [f"{label}: beslut"] if count == 1 else [f"{label}: beslut {rank}" for rank in range(1, count + 1)]


def dimensions_of(headings: list[str], codebook: Codebook) -> dict[str, list[str]]:
    """Dimension -> the headings of its decision that a sheet has, in rank order."""
    found = {}
    for dimension in REVIEWED:
        start = f"{codebook.dimension_label(dimension)}: beslut".casefold()
        own = [h for h in headings if h.casefold() == start or h.casefold().startswith(f"{start} ")]
        found[dimension] = sorted(own, key=lambda h: (len(h), h))
    return found
