"""The dated unit values that a calculation rests on, as data: ``reference/unit_values.csv`` and what one row is.

A value that nobody has verified stands in the file without a figure, so that what needs it can say which it lacks.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from portfolj.economics.actors import LABELS

# Confidence code -> what it is called. UNVERIFIED ones have no figure in the shipped file.
VERIFIED, PRINTED, DERIVED, UNVERIFIED, OWN, ASSUMED = "V", "P", "D", "M", "O", "A"
CONFIDENCE: Final[Mapping[str, str]] = {
    VERIFIED: "kontrollerat i en källa",
    PRINTED: "tryckt i en rapport",
    DERIVED: "uträknat",
    UNVERIFIED: "inte kontrollerat",
    OWN: "förbundets eget",
    ASSUMED: "antaget",
}
PERCENT: Final = "procent"  # the unit of every key of a share
PRICE_INDEX: Final = "price_index"
COST_KEYS: Final = ("cost_per_participant_sek", "cost_total_sek")  # the values that each actor has one of its own of
_VERSION_LINE: Final = "# version "


@dataclass(frozen=True)
class Value:
    """One figure with its year, unit and source.

    ``actor``: empty where it is everybody's. ``year``: None where it holds for every year. ``value``: None where the
    row has no figure. ``unit``: in Swedish, as it is shown (``kr per år``, ``procent``). ``confidence``: a code of
    ``CONFIDENCE``. ``file``: the federation's file that it stands in, empty for what ships with portfolj.
    """

    key: str
    actor: str
    year: int | None
    value: float | None
    unit: str
    label: str
    source: str
    confidence: str
    note: str = ""
    file: str = ""


@dataclass(frozen=True)
class Missing:
    """A value that was asked for and is not there. As text: ``Månadslön 2020``."""

    key: str
    actor: str
    year: int
    label: str

    def __str__(self) -> str:
        whose = f" ({LABELS.get(self.actor, self.actor)})" if self.actor and self.actor != home_actor(self.key) else ""
        return f"{self.label}{whose} {self.year}"


def shipped_values() -> tuple[Value, ...]:
    """Every row of the shipped file, in its order: keys together, years rising."""
    return _shipped()[1]


@cache
def labels_of_keys() -> Mapping[str, str]:
    """Key -> what the value is called in Swedish, for every key that there is."""
    return {value.key: value.label for value in reversed(shipped_values())}


@cache
def units_of_keys() -> Mapping[str, str]:
    """Key -> the unit that its values have, in Swedish."""
    return {value.key: value.unit for value in reversed(shipped_values())}


@cache
def home_actor(key: str) -> str:
    """The one actor whose the value is in every shipped row (``kommun`` for the municipality's tax), else empty."""
    actors = {value.actor for value in shipped_values() if value.key == key}
    return actors.pop() if len(actors) == 1 else ""


@cache
def _shipped() -> tuple[str, tuple[Value, ...]]:
    text = (files("portfolj") / "reference" / "unit_values.csv").read_text(encoding="utf-8")
    first, *lines = text.splitlines()
    rows = tuple(
        Value(
            key=row["key"], actor=row["actor"], year=int(row["year"]) if row["year"] else None,
            value=float(row["value"]) if row["value"] else None, unit=row["unit"], label=row["label"],
            source=row["source"], confidence=row["confidence"], note=row["note"],
        )
        for row in csv.DictReader(lines)
    )  # fmt: skip
    return first.removeprefix(_VERSION_LINE).strip(), rows


VALUES_VERSION: Final = _shipped()[0]
