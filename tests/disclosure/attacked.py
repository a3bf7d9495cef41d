"""A drawn set of tables protected, and then attacked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from attack import Conditions, broken
from drawn_tables import Asked, Tables

from portfolj.disclosure import Count, Where, protection, where


class Attacked(NamedTuple):
    """``given_away``: hidden counts that may be fewer than k numbers; ``unsafe``: those that are said to be."""

    counts: int
    small: int
    hidden: int
    unsafe: int
    given_away: list[tuple[Conditions, set[int]]]
    small_shown: int


def plain(conditions: Asked, domains: dict[str, list[str]]) -> frozenset[tuple[str, frozenset[str]]]:
    """The conditions without those that ask nothing."""
    return frozenset((name, values) for name, values in conditions.items() if values != frozenset(domains[name]))


def columns_of(tables: Tables) -> dict[str, np.ndarray]:
    """For each attribute which of its values each person has."""
    return {
        name: np.array([values.index(person[name]) for person in tables.people], dtype=int)
        for name, values in tables.domains.items()
    }


def counts_of(tables: Tables) -> list[Count]:
    """Every count of the tables."""
    return [Count(where(asked), value) for asked, value in zip(tables.asked, tables.values, strict=True)]


def hidden_counts(counts: Iterable[Count], **rules: Any) -> frozenset[Where]:
    """What of the counts must not be shown."""
    return protection(counts, **rules).hidden


def attacked(tables: Tables, *, k: int, people_known: bool) -> Attacked:
    """Protects the tables, by the people or by the counts alone, and lets the attacker loose on what is shown."""
    people = columns_of(tables) if people_known else None
    found = protection(counts_of(tables), domains=tables.domains, k=k, people=people)
    both = list(zip(tables.asked, tables.values, strict=True))
    shown = [(asked, value) for asked, value in both if plain(asked, tables.domains) not in found.hidden]
    away = [asked for asked, _ in both if plain(asked, tables.domains) in found.hidden]
    # What asks about every value of an attribute does not ask about it.
    asking = [dict(plain(asked, tables.domains)) for asked in away]
    return Attacked(
        counts=len(both),
        small=sum(0 < value < k for value in tables.values),
        hidden=len(away),
        unsafe=len(found.unsafe),
        given_away=broken(tables.domains, shown, asking, k=k, maybe_nobody=found.zeros_too),
        small_shown=sum(0 < value < k for _, value in shown),
    )
