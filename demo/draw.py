"""Small draws that come out the same on every machine and every version of Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def shuffled(items: Sequence[Item], rng: Random) -> list[Item]:
    """The items in a drawn order. Built on ``random()``, the one draw that Python promises never to change."""
    return [item for _, _, item in sorted((rng.random(), n, item) for n, item in enumerate(items))]


def between(low: int, high: int, rng: Random) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return low + int(rng.random() * (high - low + 1))


def weighted(weights: Mapping[str, int], rng: Random) -> str:
    """One of the words, as often as its weight says."""
    left = rng.random() * sum(weights.values())
    for word, weight in weights.items():
        left -= weight
        if left < 0:
            return word
    return next(reversed(list(weights)))


def repeated(counts: Mapping[str, int]) -> list[str]:
    """Each word as many times as its count says."""
    return [word for word, count in counts.items() for _ in range(count)]


def weekday(day: date) -> date:
    """The day itself, or the Friday before a Saturday or Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))
