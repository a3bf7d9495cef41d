"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolj.comparison.view import ComparisonView


def comparison_sentences(view: ComparisonView) -> list[str]:
    """The findings for those who have not asked: none where the federation has nothing to tell of."""
    return []
