"""How well the shipped codebook codes the shipped coded set, as measured once and kept beside the codebook.

The coded set is 253 real interventions that two people coded, blind to each other. The rules were written, and the
second opinion's weights trained, with its odd rows in view; the even ones were kept to be measured on, so their figures
are those of text not seen. ``measure_shipped`` makes what ``shipped_quality`` reads for pages.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
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
CODE_FIGURES = ("precision", "recall", "f1")
NOT_MEASURED = "inte mätt än"
# What the codes come from besides the program's coding room: the codebook and what it reads with.
CODEBOOK_FILES = (
    "codebook.toml", "goal_classes.toml", "organisations.csv", "second_opinion.json", "word_kinds.csv",
    "common_words.txt",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """A figure with its 95 % interval; ``why_not`` in words where one of them is None."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    why_not: str = NOT_MEASURED


@dataclass(frozen=True)
class CodeQuality:
    """The machine's ``CODE_FIGURES`` of a code against the nearest coder, and the number of rows that coder gave it."""

    rows: int
    figures: Mapping[str, Measured]

    def __getitem__(self, name: str) -> Measured:
        return self.figures.get(name, Measured())


@dataclass(frozen=True)
class DimensionQuality:
    """The figures of a dimension on a number of rows, by the names in ``FIGURES``.

    ``right``: the machine against either coder, the share right of owner and orientation (grades A and B), the micro-F1
    of target groups. ``_coders``: the two people against each other. ``_coder1``, ``_coder2``: the machine against one.
    Kappa is of owner and orientation only, micro-F1 of target groups only; alpha is nominal, of target groups MASI.
    ``codes``: the machine's figures per code.
    """

    rows: int
    figures: Mapping[str, Measured]
    codes: Mapping[str, CodeQuality] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Measured:
        return self.figures.get(name, Measured())


@dataclass(frozen=True)
class HalfQuality:
    """What was measured on a half: when, by which codebook, on how many rows; empty where it was not.

    ``is_unseen``: whether neither rules nor weights were made with the half in view.
    """

    is_unseen: bool
    measured_on: date | None = None
    codebook_version: str = ""
    coding_sha256: str = ""
    dimensions: Mapping[str, Mapping[str, DimensionQuality]] = field(default_factory=dict)

    @property
    def is_measured(self) -> bool:
        """Whether the half has been measured."""
        return self.measured_on is not None

    @property
    def is_current(self) -> bool:
        """Whether it was measured by the codebook and the program that code now."""
        return self.coding_sha256 == coding_sha256()

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
    odd, even = (_half(table.get(half, {}), is_unseen=half == "even") for half in HALVES)
    return ShippedQuality(table.get("coded_set", ""), table.get("draws", 0), table.get("seed", 0), odd, even)


def _half(table: Mapping[str, Any], *, is_unseen: bool) -> HalfQuality:
    if not table.get("measured_on"):
        return HalfQuality(is_unseen)
    dimensions = {
        scope: {
            dimension: DimensionQuality(
                raw["rows"],
                _figures(raw, FIGURES),
                {code: CodeQuality(own["rows"], _figures(own, CODE_FIGURES)) for code, own in raw["codes"].items()},
            )
            for dimension, raw in table.get(scope, {}).items()
        }
        for scope in SCOPES
    }
    return HalfQuality(is_unseen, table["measured_on"], table["codebook_version"], table["coding_sha256"], dimensions)


def _figures(raw: Mapping[str, Any], names: Sequence[str]) -> dict[str, Measured]:
    return {name: Measured(**{"why_not": "", **raw[name]}) for name in names if name in raw}


@cache
def coding_sha256() -> str:
    """SHA-256 of what the shipped codes come from: the codebook, the words it reads with, the coding room's program.

    Line endings do not count, since a checkout may change them.
    """
    package = resources.files("portfolj")
    files = [package / "reference" / name for name in CODEBOOK_FILES]
    files += [file for file in (package / "coding").iterdir() if file.name.endswith(".py")]
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
