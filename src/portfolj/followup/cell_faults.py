"""What is wrong with one cell, in words that never repeat the cell."""

from __future__ import annotations

from portfolj.errors import Reason


class CellFault(ValueError):
    """A cell that can't be read right: why, what was found (never the content), what is allowed, what to do."""

    def __init__(self, reason: Reason, found: str, allowed: str = "", action: str = "") -> None:
        super().__init__(found)
        self.reason, self.found, self.allowed, self.action = reason, found, allowed, action
