"""The findings of follow-up to read if only these are read, each from counts that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.followup.goals import goals_finding
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.outcomes import outcome_finding
from portfolj.exhibits.followup.participants import kept_finding, participants_finding
from portfolj.exhibits.followup.printed import printed_finding
from portfolj.exhibits.followup.progression import progression_finding
from portfolj.exhibits.followup.reported import reported_findings
from portfolj.exhibits.followup.steps import steps_finding
from portfolj.exhibits.markup import Html, bullets, paragraph

if TYPE_CHECKING:
    from portfolj.followup.view import FollowUpView


def headline(view: FollowUpView) -> Html:
    """The findings as a list."""
    sentences = follow_up_sentences(view)
    if sentences:
        return bullets(sentences, kind="findings")
    if not view.kinds:
        return absent("participations")
    return paragraph("Inga tal får visas i en mening: de är för små, eller så saknas de i underlaget.")


def follow_up_sentences(view: FollowUpView) -> list[str]:
    """The findings as plain sentences; none where the federation has no follow-up."""
    sentences = [
        kept_finding(view),
        participants_finding(view),
        outcome_finding(view),
        *reported_findings(view),
        steps_finding(view),
        progression_finding(view),
        goals_finding(view),
        printed_finding(view),
    ]
    return [text for text in sentences if text]
