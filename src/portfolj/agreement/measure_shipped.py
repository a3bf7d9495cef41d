"""Measures the shipped codebook on the shipped coded set and writes what ``shipped`` reads. A developer's tool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from portfolj.agreement.answers import MACHINE, CodedRows, with_machine
from portfolj.agreement.bootstrap import DRAWS, SEED
from portfolj.agreement.measure import Figure, measure_agreement
from portfolj.agreement.shipped import (
    FIGURES,
    HALVES,
    SCOPES,
    DimensionQuality,
    HalfQuality,
    Measured,
    ShippedQuality,
    codebook_sha256,
)
from portfolj.coding import load_codebook
from portfolj.coding.codebook import DIMENSIONS, ORIENTATION, OWNER, TARGET_GROUPS

CODERS = ("coder1", "coder2")
_PAIRS: dict[tuple[str, ...], str] = {CODERS: "coders", ("coder1", MACHINE): "coder1", ("coder2", MACHINE): "coder2"}
_HEAD = """\
# How well the shipped codebook codes the shipped coded set: 95 % intervals, {draws} redrawn samples, seed {seed}.
# Written by `make agreement`; not by hand. [odd]: the rows that the rules were written with. [even]: kept unseen,
# measured with `python -m portfolj.agreement --half even`. right: the machine equal to either coder (target groups:
# micro-F1 against the nearest). _coders: the two people; _coder1, _coder2: the machine against one of them.

coded_set = "{coded_set}"
draws = {draws}
seed = {seed}
"""


def coded_half(path: Path, half: str, *, described: bool) -> CodedRows:
    """The rows of the coded set with odd or even id numbers, with both coders' answers and without the machine's."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    is_odd = frame["id"].str[1:].astype(int) % 2 == 1
    chosen = frame[(is_odd if half == "odd" else ~is_odd) & ((frame["description"] != "") | (not described))]
    return two_coders(chosen)


def two_coders(frame: pd.DataFrame) -> CodedRows:
    """Rows of the coded set as the room holds them."""
    columns = {OWNER: "owner", TARGET_GROUPS: "targets", ORIENTATION: "orientation"}
    return CodedRows(
        texts=frame[["name", "applicant", "description"]].assign(key=frame["id"]).reset_index(drop=True),
        answers={d: {coder: list(frame[f"{column}_{coder}"]) for coder in CODERS} for d, column in columns.items()},
        weights=np.ones(len(frame)),
        strata=[""] * len(frame),
        grades=list(frame["grade"]),
    )


def measure_half(path: Path, half: str, *, measured_on: date) -> HalfQuality:
    """The shipped codebook's figures on a half of the coded set."""
    codebook = load_codebook()
    dimensions: dict[str, dict[str, DimensionQuality]] = {}
    for scope in SCOPES:
        coded = with_machine(coded_half(path, half, described=scope == "described"), codebook=codebook)
        figures = measure_agreement(coded)
        dimensions[scope] = {dimension: _of_dimension(figures, dimension) for dimension in DIMENSIONS}
    return HalfQuality(measured_on, codebook.version, codebook_sha256(), dimensions)


def _of_dimension(figures: list[Figure], dimension: str) -> DimensionQuality:
    found: dict[str, Measured] = {}
    rows = 0
    for figure in figures:
        if figure.dimension != dimension or figure.code:
            continue
        name = "right" if figure.measure == "right" else f"{figure.measure}_{_PAIRS.get(figure.coders, '')}"
        if name in FIGURES:
            low, high = figure.interval or (None, None)
            found[name] = Measured(figure.value, low, high, figure.why_not)
            rows = max(rows, figure.rows)
    return DimensionQuality(rows, found)


def quality_toml(quality: ShippedQuality) -> str:
    """The file as text. A half that is not measured keeps its table, with an empty date."""
    lines = [_HEAD.format(coded_set=quality.coded_set, draws=quality.draws, seed=quality.seed)]
    for name, half in zip(HALVES, (quality.odd, quality.even), strict=True):
        measured_on = half.measured_on.isoformat() if half.measured_on else '""'
        lines += [
            f"[{name}]",
            f"measured_on = {measured_on}",
            f'codebook_version = "{half.codebook_version}"',
            f'codebook_sha256 = "{half.codebook_sha256}"',
            "",
        ]
        for scope, dimensions in half.dimensions.items():
            for dimension, measured in dimensions.items():
                lines += [f"[{name}.{scope}.{dimension}]", f"rows = {measured.rows}", *_figures(measured.figures), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _figures(figures: Mapping[str, Measured]) -> Iterator[str]:
    for name in FIGURES:
        if name not in figures:
            continue
        figure = figures[name]
        parts = [
            f"{key} = {value:.4f}"
            for key, value in (("value", figure.value), ("low", figure.low), ("high", figure.high))
            if value is not None
        ]
        parts += [f'why_not = "{figure.why_not}"'] if figure.why_not else []
        yield f"{name} = {{ {', '.join(parts)} }}"


def renewed(quality: ShippedQuality, path: Path, halves: tuple[str, ...], *, measured_on: date) -> ShippedQuality:
    """``quality`` with the given halves measured anew; the other half stays as it was."""
    measured = {half: measure_half(path, half, measured_on=measured_on) for half in halves}
    return ShippedQuality(
        path.name, DRAWS, SEED, measured.get("odd", quality.odd), measured.get("even", quality.even)
    )  # fmt: skip
