"""What a logic model holds: items of each kind and the links between them, as they stand in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RESOURCES, ACTIVITIES, OUTPUTS, RESULTS, EFFECTS = "resources", "activities", "outputs", "results", "effects"
INTERIM_GOALS, GOALS = "interim_goals", "goals"
# In the order that links go: from one kind to a later one, or to another item of the same kind.
KINDS: Final = (RESOURCES, ACTIVITIES, OUTPUTS, RESULTS, EFFECTS, INTERIM_GOALS, GOALS)
AIMS: Final = (INTERIM_GOALS, GOALS)  # the kinds that have a verdict

INTERVENTION, MUNICIPALITY, FEDERATION = "intervention", "municipality", "federation"
ABOUT: Final = (INTERVENTION, MUNICIPALITY, FEDERATION)


@dataclass(frozen=True)
class Indicator:
    """How something is followed. ``text``: the file's own words, empty without any; ``measured``: one of ``MEASURES``
    or empty; ``goal``: the number of a goal of the follow-up, or empty; ``planned`` and ``outcome`` in ``unit``, None
    where they are not stated."""

    text: str = ""
    measured: str = ""
    goal: str = ""
    planned: float | None = None
    outcome: float | None = None
    unit: str = ""

    @property
    def is_there(self) -> bool:
        """Whether anything says how it is followed."""
        return bool(self.text or self.measured or self.planned is not None or self.outcome is not None)


@dataclass(frozen=True)
class Item:
    """One box. ``source``: where it is printed, empty where nobody has said; ``line``: of the file, from 1."""

    id: str
    kind: str
    text: str
    indicator: Indicator = Indicator()
    verdict: str = ""
    source: str = ""
    line: int = 0


@dataclass(frozen=True)
class Link:
    """One arrow, by the ids of its ends."""

    start: str
    end: str
    indicator: Indicator = Indicator()
    line: int = 0


@dataclass(frozen=True)
class Model:
    """One logic model. ``about`` is one of ``ABOUT``, ``name`` the intervention or municipality as written."""

    file: str
    title: str
    about: str
    name: str
    note: str
    items: tuple[Item, ...]
    links: tuple[Link, ...]

    @property
    def by_id(self) -> Mapping[str, Item]:
        """Id -> item."""
        return {item.id: item for item in self.items}

    def of_kind(self, kind: str) -> tuple[Item, ...]:
        """The items of a kind, in the order of the file."""
        return tuple(item for item in self.items if item.kind == kind)
