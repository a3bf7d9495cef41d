"""The interventions, owners and target groups that the reports of the whole are told for once more, each for itself."""

from __future__ import annotations

from typing import NamedTuple

from portfolj.followup.joined import Joined
from portfolj.followup.outcomes import Conditions, by_portfolio, seen
from portfolj.followup.people import People


class Division(NamedTuple):
    """What reports are told of: ``by`` (``intervention``, ``owner`` or ``target_group``) and which one, ``of``."""

    by: str
    of: str
    interventions: tuple[str, ...]

    @property
    def within(self) -> Conditions:
        """What makes a participation belong to it."""
        return {"intervention": self.interventions}

    @property
    def words(self) -> dict[str, str]:
        """How a row says what it is about; ``same_as``: the one intervention of an owner or a target group."""
        alone = self.by != "intervention" and len(self.interventions) == 1
        return {"by": self.by, "of": self.of, "same_as": self.interventions[0] if alone else ""}


def divisions_of(people: People, joined: Joined) -> list[Division]:
    """Every intervention, every owner and every target group, where there are several of them.

    None where there is one intervention: its reports are those of the whole.
    """
    names = seen(people, "intervention")
    members = {"intervention": {name: [name] for name in names}, **by_portfolio(names, joined)}
    return [
        Division(by, of, tuple(own))
        for by, divided in members.items()
        for of, own in divided.items()
        if len(names) > 1 and len(divided) > 1
    ]
