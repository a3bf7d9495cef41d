"""A drawn set of tables protected, and then attacked."""

from __future__ import annotations

from typing import NamedTuple

from attack import Conditions, broken
from drawn_tables import Asked, Tables

from portfolj.disclosure import Count, hidden_counts, where


class Attacked(NamedTuple):
    """``given_away``: hidden counts that may be fewer than k numbers."""

    counts: int
    small: int
    hidden: int
    given_away: list[tuple[Conditions, set[int]]]
    small_shown: int


def plain(conditions: Asked, domains: dict[str, list[str]]) -> frozenset[tuple[str, frozenset[str]]]:
    """The conditions without those that ask nothing."""
    return frozenset((name, values) for name, values in conditions.items() if values != frozenset(domains[name]))


def attacked(tables: Tables, *, k: int) -> Attacked:
    """Protects the tables and lets the attacker loose on what is shown."""
    counts = [Count(where(asked), value) for asked, value in zip(tables.asked, tables.values, strict=True)]
    hidden = hidden_counts(counts, domains=tables.domains, k=k)
    both = list(zip(tables.asked, tables.values, strict=True))
    shown = [(asked, value) for asked, value in both if plain(asked, tables.domains) not in hidden]
    away = [asked for asked, _ in both if plain(asked, tables.domains) in hidden]
    return Attacked(
        counts=len(both),
        small=sum(0 < value < k for value in tables.values),
        hidden=len(away),
        given_away=broken(tables.domains, shown, away, k=k),
        small_shown=sum(0 < value < k for _, value in shown),
    )
