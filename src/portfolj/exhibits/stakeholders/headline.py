"""The findings of this, to read if only these are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.stakeholders.response import response_finding
from portfolj.exhibits.stakeholders.themes import themes_finding
from portfolj.exhibits.stakeholders.verdicts import verdicts_finding

if TYPE_CHECKING:
    from portfolj.stakeholders.view import StakeholdersView


def stakeholders_sentences(view: StakeholdersView) -> list[str]:
    """The findings for those who have not asked: none where the federation has nothing to tell of.

    What invented statements say is no finding.
    """
    themes = "" if view.invented else themes_finding(view)
    return [text for text in (response_finding(view), verdicts_finding(view), themes) if text]
