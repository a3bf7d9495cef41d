"""Counts on people and what each is a count of, so that every table is known to hang together with the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# What a count is a count of: attribute -> the values that are counted. An attribute that is not named is not asked
# about. The same count in two tables has the same ``Where``, and so is one count.
Where = frozenset[tuple[str, frozenset[str]]]
ALL: Where = frozenset()


@dataclass(frozen=True)
class Count:
    """So many people, or participations, of this kind."""

    where: Where
    value: int


def where(conditions: Mapping[str, str | Iterable[str]]) -> Where:
    """``{"sex": "woman", "year": ["2018", "2019"]}`` as a ``Where``."""
    return frozenset(
        (attribute, frozenset([values] if isinstance(values, str) else values))
        for attribute, values in conditions.items()
    )


def plain(place: Where, domains: Mapping[str, Sequence[str]]) -> Where:
    """The same without attributes of which every value is counted: they ask nothing."""
    return frozenset((attribute, values) for attribute, values in place if not values >= set(domains[attribute]))


def attributes_of(place: Where) -> frozenset[str]:
    """The attributes that a count asks about."""
    return frozenset(attribute for attribute, _ in place)
