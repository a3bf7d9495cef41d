"""Coded rows for tests: answers as lists, figures found by what they are about, the shipped coded set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from portfolj.agreement import CodedRows, Figure

ROOT = Path(__file__).parents[2]
CODED_SET = ROOT / "tests" / "coding" / "data" / "finsam_interventions.csv"


def rows_of(
    answers: Mapping[str, Sequence[str]], *, dimension: str = "owner", weights: Sequence[float] = (),
    strata: Sequence[str] = (), grades: Sequence[str] | None = None,
) -> CodedRows:  # fmt: skip
    """Rows of one dimension, with coder -> answers; key ``r0``, ``r1`` and so on."""
    count = len(next(iter(answers.values())))
    return CodedRows(
        texts=pd.DataFrame({"key": [f"r{number}" for number in range(count)]}, dtype="str"),
        answers={dimension: dict(answers)},
        weights=np.array(weights or [1.0] * count),
        strata=list(strata) or [""] * count,
        grades=grades,
        is_weighted=bool(weights or strata),
    )


def find(
    figures: Sequence[Figure], measure: str, *coders: str, code: str = "", dimension: str | None = None
) -> Figure:  # fmt: skip
    """The one figure of that measure, of those coders where any are given."""
    (found,) = [
        figure for figure in figures
        if figure.measure == measure and figure.code == code and (not coders or figure.coders == coders)
        and dimension in (None, figure.dimension)
    ]  # fmt: skip
    return found


def both_coders(*, described: bool) -> pd.DataFrame:
    """All rows of the coded set with what the two people answered. No text, no machine: only people are compared."""
    rows = pd.read_csv(CODED_SET, dtype=str, keep_default_na=False)
    rows = rows[rows["description"] != ""] if described else rows
    return rows[[column for column in rows if "_coder" in column or column in ("id", "grade")]]
