"""What the evaluations tell in words, against the made-up rows: just under nine months, who gained most, never 40."""

from __future__ import annotations

from collections.abc import Sequence

from margins import changes
from spik_people import Participant
from spik_ratings import ITEMS
from written import Row

MONTHS = (8.7, 9.0)  # "just under nine"
GAINED_MOST = ("Kvinna", "40-49")
FELL_MOST = "50-59"
AT_ONCE = 40  # the goal of Rätt insats, which was not met


def spik(people: Sequence[Participant], ratings: Sequence[Row]) -> list[str]:
    """One line per thing told of SPiK that the rows do not give."""
    wrong = []
    months = sum(person.months for person in people) / len(people)
    if not MONTHS[0] <= months < MONTHS[1]:
        wrong.append(f"spik: just under {MONTHS[1]} months is told, the rows give {months:.2f}")
    changed = changes(ratings, items=ITEMS)
    groups: dict[tuple[str, str], list[float]] = {}
    bands: dict[str, list[float]] = {}
    for person in people:
        identity = str(person.row["Deltagare"])
        if identity in changed:
            groups.setdefault(person.cell, []).append(changed[identity])
            bands.setdefault(person.cell[1], []).append(changed[identity])
    if max(groups, key=lambda group: _mean(groups[group])) != GAINED_MOST:
        wrong.append("spik: women of 40-49 gained most, it is told; in the rows others did")
    if min(bands, key=lambda band: _mean(bands[band])) != FELL_MOST:
        wrong.append("spik: those of 50-59 changed most for the worse, it is told; in the rows others did")
    return wrong


def ratt_insats(people: Sequence[Row]) -> list[str]:
    """One line where as many as the goal says took part on one and the same day."""
    days = [str(row["Startdatum"]) for row in people]
    most = max(sum(str(row["Startdatum"]) <= day <= str(row["Slutdatum"]) for row in people) for day in days)
    return [] if most < AT_ONCE else [f"ratt-insats: fewer than {AT_ONCE} at once is told, the rows give {most}"]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)
