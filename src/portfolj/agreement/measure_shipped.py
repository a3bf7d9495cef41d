"""The shipped codebook measured on the shipped coded set, and written as ``shipped`` reads it. A developer's tool.

``benchmarks/accuracy.py`` runs it; the coded set stands with the tests and is no part of an installation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from portfolj.agreement.answers import MACHINE, CodedRows, with_machine
from portfolj.agreement.bootstrap import DRAWS, SEED
from portfolj.agreement.measure import Figure, measure_agreement
from portfolj.agreement.shipped import (
    CODE_FIGURES,
    FIGURES,
    HALVES,
    CodeQuality,
    DimensionQuality,
    HalfQuality,
    Measured,
    ShippedQuality,
    coding_sha256,
)
from portfolj.coding import load_codebook
from portfolj.coding.codebook import DIMENSIONS, ORIENTATION, OWNER, TARGET_GROUPS

CODERS = ("coder1", "coder2")
_PAIRS: dict[tuple[str, ...], str] = {CODERS: "coders", ("coder1", MACHINE): "coder1", ("coder2", MACHINE): "coder2"}
_HEAD = """\
# How well the shipped codebook codes the shipped coded set: 95 % intervals, {draws} redrawn samples, seed {seed}.
# Written by `make agreement`; not by hand. [odd]: the rows that rules and weights were made with. [even]: kept unseen,
# measured with `python benchmarks/accuracy.py --even --write`. right: the machine equal to either coder (target groups:
# micro-F1 against the nearest). _coders: the two people; _coder1, _coder2: the machine against one of them.
# codes: against the nearest coder, who gave the code on so many rows.

coded_set = "{coded_set}"
draws = {draws}
seed = {seed}
"""


def half_of(coded_set: pd.DataFrame, half: str) -> pd.DataFrame:
    """The rows of the coded set with odd, or with even, id numbers."""
    is_odd = coded_set["id"].str[1:].astype(int) % 2 == 1
    return coded_set[is_odd if half == "odd" else ~is_odd]


def two_coders(rows: pd.DataFrame) -> CodedRows:
    """Rows of the coded set with both coders' answers and without the machine's."""
    columns = {OWNER: "owner", TARGET_GROUPS: "targets", ORIENTATION: "orientation"}
    return CodedRows(
        texts=rows[["name", "applicant", "description"]].assign(key=rows["id"]).reset_index(drop=True),
        answers={d: {coder: list(rows[f"{column}_{coder}"]) for coder in CODERS} for d, column in columns.items()},
        weights=np.ones(len(rows)),
        strata=[""] * len(rows),
        grades=list(rows["grade"]),
    )


def measured_half(coded_set: pd.DataFrame, half: str, *, measured_on: date) -> HalfQuality:
    """The shipped codebook's figures on a half of the coded set: on the rows with a description, and on all."""
    codebook, rows = load_codebook(), half_of(coded_set, half)
    dimensions: dict[str, dict[str, DimensionQuality]] = {}
    for scope, chosen in (("described", rows[rows["description"] != ""]), ("all", rows)):
        figures = measure_agreement(with_machine(two_coders(chosen), codebook=codebook))
        dimensions[scope] = {dimension: _of_dimension(figures, dimension) for dimension in DIMENSIONS}
    return HalfQuality(half == "even", measured_on, codebook.version, coding_sha256(), dimensions)


def _of_dimension(figures: Sequence[Figure], dimension: str) -> DimensionQuality:
    of_all: dict[str, Measured] = {}
    of_code: dict[str, dict[str, Figure]] = {}
    rows = 0
    for figure in figures:
        if figure.dimension != dimension:
            continue
        if figure.code and figure.coders == (*CODERS, MACHINE):
            of_code.setdefault(figure.code, {})[figure.measure] = figure
        name = "right" if figure.measure == "right" else f"{figure.measure}_{_PAIRS.get(figure.coders, '')}"
        if name in FIGURES and not figure.code:
            of_all[name] = _measured(figure)
            rows = max(rows, figure.rows)
    codes = {
        code: CodeQuality(own["recall"].rows, {name: _measured(own[name]) for name in CODE_FIGURES})
        for code, own in of_code.items()
    }
    return DimensionQuality(rows, {name: of_all[name] for name in FIGURES if name in of_all}, codes)


def _measured(figure: Figure) -> Measured:
    low, high = figure.interval or (None, None)
    return Measured(figure.value, low, high, figure.why_not)


def with_half(quality: ShippedQuality, half: str, measured: HalfQuality, *, coded_set: str) -> ShippedQuality:
    """``quality`` with one half measured anew; the other stays as it was."""
    renewed = replace(quality, coded_set=coded_set, draws=DRAWS, seed=SEED)
    return replace(renewed, odd=measured) if half == "odd" else replace(renewed, even=measured)


def quality_toml(quality: ShippedQuality) -> str:
    """The file as text. A half that is not measured keeps its table, with an empty date."""
    lines = [_HEAD.format(coded_set=quality.coded_set, draws=quality.draws, seed=quality.seed)]
    for name, half in zip(HALVES, (quality.odd, quality.even), strict=True):
        measured_on = half.measured_on.isoformat() if half.measured_on else '""'
        lines += [
            f"[{name}]",
            f"measured_on = {measured_on}",
            f'codebook_version = "{half.codebook_version}"',
            f'coding_sha256 = "{half.coding_sha256}"',
            "",
        ]
        for scope, dimensions in half.dimensions.items():
            for dimension, measured in dimensions.items():
                place = f"{name}.{scope}.{dimension}"
                lines += [f"[{place}]", f"rows = {measured.rows}", *_lines(measured.figures), "", f"[{place}.codes]"]
                lines += [f"{code} = {{ rows = {own.rows}, {', '.join(_lines(own.figures))} }}"
                          for code, own in measured.codes.items()]  # fmt: skip
                lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(figures: Mapping[str, Measured]) -> Iterator[str]:
    for name, figure in figures.items():
        told = (("value", figure.value), ("low", figure.low), ("high", figure.high))
        parts = [f"{key} = {number:.4f}" for key, number in told if number is not None]
        parts += [f'why_not = "{figure.why_not}"'] if figure.why_not else []
        yield f"{name} = {{ {', '.join(parts)} }}"
