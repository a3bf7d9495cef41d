"""What is wrong with one cell, in words that never repeat the cell."""

from __future__ import annotations

from portfolj.errors import Reason


class CellFault(ValueError):
    """A cell that can't be read right: why, what was found (never the content), what is allowed, what to do."""

    def __init__(self, reason: Reason, found: str, allowed: str = "", action: str = "", *, beside: str = "") -> None:
        """``beside``: what is said of this cell alone, after what is found in all cells of the sort."""
        super().__init__(found)
        self.reason, self.found, self.allowed, self.action, self.beside = reason, found, allowed, action, beside
