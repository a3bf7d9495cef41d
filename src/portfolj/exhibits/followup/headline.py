"""The findings of follow-up to read if only these are read, each from counts that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.exhibits.followup.goals import goals_finding
from portfolj.exhibits.followup.kinds import absent
from portfolj.exhibits.followup.outcomes import outcome_finding
from portfolj.exhibits.followup.participants import participants_finding
from portfolj.exhibits.followup.printed import printed_finding
from portfolj.exhibits.followup.progression import progression_finding
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
    if {"counts", "exits"} & set(view.kinds):
        return paragraph(
            "Underlaget är antal som har redovisats, inte rader per deltagande. De står under Insatser som bara "
            "redovisar antal."
        )
    return paragraph("Här går inget att säga i en mening: talen är dolda, eller så saknas de i underlaget.")


def follow_up_sentences(view: FollowUpView) -> list[str]:
    """The findings as plain sentences; none where the federation has no follow-up."""
    sentences = [
        participants_finding(view),
        outcome_finding(view),
        steps_finding(view),
        progression_finding(view),
        goals_finding(view),
        printed_finding(view),
    ]
    return [text for text in sentences if text]
