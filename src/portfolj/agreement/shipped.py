"""How well the shipped codebook codes the shipped coded set, as measured once and kept beside the codebook.

The coded set is 253 real interventions that two people coded, blind to each other. The rules were written with its odd
rows in view; the even ones were kept to be measured on, so their figures are those of text not seen.
``python -m portfolj.agreement`` measures and writes; ``shipped_quality`` is what pages read.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

QUALITY_FILE = "coding_quality.toml"
HALVES = ("odd", "even")
SCOPES = ("described", "all")
FIGURES = (
    "right", "agreement_coders", "kappa_coders", "alpha_coders", "micro_f1_coders", "kappa_coder1", "alpha_coder1",
    "micro_f1_coder1", "kappa_coder2", "alpha_coder2", "micro_f1_coder2",
)  # fmt: skip
NOT_MEASURED = "inte mätt än"
RENEW = "make agreement"
# What the codes come from besides the program: the codebook and what it reads with.
_CODEBOOK_FILES = ("codebook.toml", "organisations.csv", "second_opinion.json", "common_words.txt")


@dataclass(frozen=True)
class Measured:
    """A figure with its 95 % interval; ``why_not`` in words where one of them is None."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    why_not: str = NOT_MEASURED


@dataclass(frozen=True)
class DimensionQuality:
    """The figures of a dimension on a number of rows, by the names in ``FIGURES``.

    ``right``: the machine against either coder, the share right of owner and orientation (grades A and B), the micro-F1
    of target groups. ``_coders``: the two people against each other. ``_coder1``, ``_coder2``: the machine against one.
    Kappa is of owner and orientation only, micro-F1 of target groups only; alpha is nominal, of target groups MASI.
    """

    rows: int
    figures: Mapping[str, Measured]

    def __getitem__(self, name: str) -> Measured:
        return self.figures.get(name, Measured())


@dataclass(frozen=True)
class HalfQuality:
    """What was measured on a half: when, by which codebook, on how many rows; empty where it was not."""

    measured_on: date | None = None
    codebook_version: str = ""
    codebook_sha256: str = ""
    dimensions: Mapping[str, Mapping[str, DimensionQuality]] = field(default_factory=dict)

    @property
    def is_measured(self) -> bool:
        """Whether the half has been measured."""
        return self.measured_on is not None

    @property
    def is_current(self) -> bool:
        """Whether it was measured by the codebook that ships now."""
        return self.codebook_sha256 == codebook_sha256()

    def of(self, dimension: str, *, scope: str = "described") -> DimensionQuality:
        """The figures of a dimension on the rows with a description, or on ``all``; blank ones where not measured."""
        return self.dimensions.get(scope, {}).get(dimension, DimensionQuality(0, {}))


@dataclass(frozen=True)
class ShippedQuality:
    """The shipped codebook on the shipped coded set: ``odd``, the rows it was made with, and ``even``, kept unseen."""

    coded_set: str
    draws: int
    seed: int
    odd: HalfQuality
    even: HalfQuality

    @property
    def best(self) -> HalfQuality:
        """The half to show: the unseen one where it has been measured, else the one that the rules were made with."""
        return self.even if self.even.is_measured else self.odd


@cache
def shipped_quality() -> ShippedQuality:
    """The figures that ship with the codebook."""
    text = (resources.files("portfolj") / "reference" / QUALITY_FILE).read_text(encoding="utf-8")
    return parse_quality(text)


def read_quality(path: Path) -> ShippedQuality:
    """The figures in a file; blank ones where there is no file."""
    return parse_quality(path.read_text(encoding="utf-8") if path.is_file() else "")


def parse_quality(text: str) -> ShippedQuality:
    """The figures that the TOML ``text`` holds. What it does not hold is not measured."""
    table = tomllib.loads(text)
    odd, even = (_half(table.get(half, {})) for half in HALVES)
    return ShippedQuality(table.get("coded_set", ""), table.get("draws", 0), table.get("seed", 0), odd, even)


def _half(table: Mapping[str, Any]) -> HalfQuality:
    if not table.get("measured_on"):
        return HalfQuality()
    dimensions = {
        scope: {
            dimension: DimensionQuality(
                raw["rows"],
                {name: Measured(**{"why_not": "", **figure}) for name, figure in raw.items() if name != "rows"},
            )
            for dimension, raw in table.get(scope, {}).items()
        }
        for scope in SCOPES
    }
    return HalfQuality(table["measured_on"], table["codebook_version"], table["codebook_sha256"], dimensions)


def codebook_sha256() -> str:
    """SHA-256 of what the shipped codes come from: the codebook, names, weights and words that ship with portfolj.

    Line endings do not count, since a checkout may change them.
    """
    digest = hashlib.sha256()
    for name in _CODEBOOK_FILES:
        content = (resources.files("portfolj") / "reference" / name).read_bytes().replace(b"\r\n", b"\n")
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()
