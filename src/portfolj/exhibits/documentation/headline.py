"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.documentation.facts import complete_finding
from portfolj.exhibits.documentation.phases import waiting_finding

if TYPE_CHECKING:
    from portfolj.documentation.view import DocumentationView


def documentation_sentences(view: DocumentationView) -> list[str]:
    """At most one finding, as short as can be for the first page: how many have all that is required, and what waits.

    None where the federation has neither files nor settings of this.
    """
    if not view.is_asked_for:
        return []
    own = view.portfolio.federation.documentation
    told = [
        complete_finding(view) if own.facts or own.required or own.not_required else "",
        waiting_finding(view),
    ]
    return [" ".join(text for text in told if text)] if any(told) else []
