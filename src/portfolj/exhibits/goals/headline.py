"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.goals.words import measurable_finding, nothing_to_tell

if TYPE_CHECKING:
    from portfolj.goals.view import GoalsView


def goals_sentences(view: GoalsView) -> list[str]:
    """The findings for those who have not asked: none where the federation has nothing to tell of."""
    return [] if nothing_to_tell(view) else [measurable_finding(view)]
