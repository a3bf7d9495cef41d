"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.documentation.facts import facts_finding
from portfolj.exhibits.documentation.phases import phases_finding

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView


def documentation_sentences(view: DocumentationView) -> list[str]:
    """The findings for those who have not asked: none where the federation has neither files nor settings of this."""
    if not view.is_asked_for:
        return []
    own = view.portfolio.federation.documentation
    told = [
        facts_finding(view) if own.facts or own.required or own.not_required else "",
        phases_finding(view),
    ]
    return [text for text in told if text]
