"""The settings of follow-up: which files tell of participants and outcomes, and how they are to be understood."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# The kinds of files, in the order in which they are read and told of.
KINDS = ("participations", "assessments", "statuses", "counts", "exits", "goals", "published")
# Kinds whose rows are about persons, those of other rooms too: no message repeats what stands in them.
PERSON_KINDS = ("participations", "assessments", "statuses", "stakeholders:statements", "stakeholders:survey")


def _rising(limits: list[int]) -> list[int]:
    if limits != sorted(set(limits)) or not limits or limits[0] < 1:
        raise ValueError("stigande åldrar i hela år, till exempel [20, 30, 40, 50, 60]")
    return limits


def _low_to_high(scale: tuple[float, float]) -> tuple[float, float]:
    if scale[0] >= scale[1]:
        raise ValueError("lägsta och högsta värdet på skalan, till exempel [1, 5]")
    return scale


class FollowupSettings(BaseModel):
    """The files of each kind, their columns and words, and the rules of counting. Without files there is no follow-up.

    ``columns``: kind -> field -> heading, for headings that are not recognised. ``words``: code list -> code -> the
    federation's own words. ``status_groups``: a label -> the statuses that moves between states are told of together;
    others stand for themselves. ``invented``: the rows are about no real person. ``scale``: lowest and highest rating;
    ``step``: how much a mean rating must move to count. ``age_limits``: where each age band after the first begins.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    participations: list[str] = []
    assessments: list[str] = []
    statuses: list[str] = []
    counts: list[str] = []
    exits: list[str] = []
    goals: list[str] = []
    published: list[str] = []
    columns: dict[str, dict[str, str]] = {}
    words: dict[str, dict[str, list[str]]] = {}
    status_groups: dict[str, list[str]] = {}
    invented: bool = False
    scale: Annotated[tuple[float, float], AfterValidator(_low_to_high)] = (1, 5)
    step: float = Field(default=0, ge=0)
    age_limits: Annotated[list[int], AfterValidator(_rising)] = [20, 30, 40, 50, 60]

    @property
    def files(self) -> dict[str, list[str]]:
        """Kind -> its files, for the kinds that there are files of."""
        return {kind: getattr(self, kind) for kind in KINDS if getattr(self, kind)}
