"""The words of a review's lists: those of the codes, and its own."""

from __future__ import annotations

from portfolj.coding.choices import NO_SUPPORT, choices, code_of, label_of, labels_of, nearest_label
from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS

__all__ = [
    "NO",
    "NO_SUPPORT",
    "REVIEWED",
    "STANDS",
    "UNDO",
    "YES",
    "choices",
    "code_of",
    "label_of",
    "labels_of",
    "nearest_label",
]

UNDO = "ångra beslutet"
STANDS = "ja, det gäller"
YES, NO = "ja", "nej"
REVIEWED = (OWNER, TARGET_GROUPS, ORIENTATION, PROCESS_SUPPORT)
