"""The settings of what those concerned say: which files have coded statements and which have answers to surveys."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

# The kinds of files, in the order in which they are read and told of.
STAKEHOLDERS_KINDS = ("statements", "questions", "survey", "survey_counts", "invited")


class StakeholdersSettings(BaseModel):
    """The files of each kind. ``statements``: one row per coded statement; ``questions``: one per question of a survey;
    ``survey``: one per respondent, or per respondent and answer; ``survey_counts``: counts of answers where there is
    nothing else; ``invited``: how many were asked.

    ``groups``: further columns of a survey to tell its answers by, beside the role. ``invented``: the statements are
    nobody's. ``contrast_sources``: how many sources a role must have for its shares to be held against another's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    statements: list[str] = []
    questions: list[str] = []
    survey: list[str] = []
    survey_counts: list[str] = []
    invited: list[str] = []
    groups: list[str] = []
    invented: bool = False
    contrast_sources: int = Field(default=10, ge=2)

    @property
    def files(self) -> dict[str, list[str]]:
        """Kind -> its files, for the kinds that there are files of."""
        return {kind: getattr(self, kind) for kind in STAKEHOLDERS_KINDS if getattr(self, kind)}
