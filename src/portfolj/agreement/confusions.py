"""Where two coders answered differently, with the texts that they read."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from portfolj.agreement.answers import SHOWN_TEXTS, CodedRows
from portfolj.coding.codebook import ORIENTATION, TARGET_GROUPS

COLUMNS = ("dimension", "first_coder", "second_coder", "first_code", "second_code", *SHOWN_TEXTS, "weight")


def confusions(coded: CodedRows) -> pd.DataFrame:
    """A row per intervention, dimension and pair of coders who answered differently, with ``COLUMNS``.

    Sorted by dimension, pair and codes, so that the same confusion stands together. Target groups differ when the sets
    do, whatever their order. Orientation is compared on the grades that it is measured on. Personal numbers in key,
    name and description are masked.
    """
    texts = [coded.shown_text(column) for column in SHOWN_TEXTS]
    rows = [
        (dimension, first, second, a, b, *shown, weight)
        for dimension, answers in coded.answers.items()
        for first, second in combinations(answers, 2)
        for a, b, grade, weight, *shown in sorted(
            zip(answers[first], answers[second], _grades(coded, dimension), coded.weights, *texts, strict=True)
        )
        if a and b and grade != "C" and _differ(dimension, a, b)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"weight": "float64"})


def _grades(coded: CodedRows, dimension: str) -> list[str]:
    if dimension != ORIENTATION or coded.grades is None:
        return [""] * len(coded.weights)
    return ["" if grade in ("A", "B") else "C" for grade in coded.grades]


def _differ(dimension: str, first: str, second: str) -> bool:
    return set(first.split(";")) != set(second.split(";")) if dimension == TARGET_GROUPS else first != second
