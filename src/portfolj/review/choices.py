"""The words of a review that are no codes: what takes a decision back, what lets it stand, yes and no."""

from __future__ import annotations

from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS
from portfolj.coding.goal_classes import GOALS

UNDO = "ångra beslutet"
STANDS = "ja, det gäller"
YES, NO = "ja", "nej"
REVIEWED = (OWNER, TARGET_GROUPS, ORIENTATION, PROCESS_SUPPORT, GOALS)
