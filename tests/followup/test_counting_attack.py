"""Whoever has every table of a view works out no hidden count: an attack that knows nothing of how it was hidden.

The unknowns are how many participants there are of each sex, occupation before and occupation after; every
shown cell is one equation, read from the table's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from counting_rows import opened, rows_of
from scipy.optimize import Bounds, LinearConstraint, milp

from portfolj.followup.occupation import CODES, possible_results

SEXES = ("woman", "man")
Kind = tuple[str, str, str]


def can_be(before: str, after: str) -> bool:
    """Who did not have work before has started it; of whom nothing is known before, nothing is said to have started."""
    return all(
        not (code in after.split(";") and before not in (code, "missing"))
        and not (f"{code}+" in after.split(";") and before == "missing")
        for code in ("work", "study")
    )


KINDS: list[Kind] = [
    (sex, before, after)
    for sex, before, after in product(SEXES, (*CODES, "missing"), possible_results(()))
    if after != "ongoing" and can_be(before, after)
]
DRAWN = [
    number
    for number, (_, before, after) in enumerate(KINDS)
    if before in ("seeking", "work", "missing")
    and set(after.split(";")) <= {"work", "work+", "study+", "seeking", "labour_market_training", "missing"}
    and not (before == "work" and "work+" in after)
]


def has(after: str, *codes: str) -> bool:
    """Whether occupation after has one of the codes."""
    return bool({each.removesuffix("+") for each in after.split(";")} & set(codes))


def cells(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[Callable[[Kind], bool], object]]:
    """What each cell of the tables counts, and what it shows (missing where it is hidden)."""
    measures: dict[str, Callable[[str], bool]] = {
        "participations": lambda after: True,
        "exits": lambda after: True,
        "to_work": lambda after: has(after, "work"),
        "to_study": lambda after: has(after, "study"),
        "to_training": lambda after: has(after, "labour_market_training"),
        "work_or_study": lambda after: has(after, "work", "study"),
        "work_study_or_training": lambda after: has(after, "work", "study", "labour_market_training"),
        "missing_after": lambda after: after == "missing",
    }
    for row in tables["outcomes"].to_dict("records"):
        if row["group"] in ("all", "sex", "intervention", "year", "owner", "target_group"):
            sexes = {row["category"]} if row["group"] == "sex" else set(SEXES)
            for name, holds in measures.items():
                yield lambda kind, s=sexes, h=holds: kind[0] in s and h(kind[2]), row[name]
    for row in tables["occupation"].to_dict("records"):
        yield lambda kind, c=row["code"]: kind[1] == c, row["before"]
        yield lambda kind, c=row["code"]: has(kind[2], c), row["after"]
    for row in tables["started_or_increased"].to_dict("records"):
        codes = ("work", "study") if row["measure"] == "either" else (row["measure"],)
        started = {f"{code}+" for code in codes}
        yield lambda kind, c=codes: has(kind[2], *c), row["after"]
        yield lambda kind, c=started: bool(c & set(kind[2].split(";"))), row["started_or_increased"]


@pytest.mark.parametrize("seed", range(3))
def test_every_hidden_cell_can_be_five_numbers_or_more(seed: int, tmp_path: Path) -> None:
    drawn = np.zeros(len(KINDS), dtype=int)
    drawn[DRAWN] = np.random.default_rng(seed).choice([0] * 9 + [1, 2, 3, 12], len(DRAWN))
    groups = [
        (int(number), {"sex": sex, "occupation_before": before, "occupation_after": after.replace("+", "")})
        for number, (sex, before, after) in zip(drawn, KINDS, strict=True)
    ]
    view = opened(rows_of(*groups), tmp_path)
    found = list(cells(dict(view.tables)))
    lines = np.array([[float(holds(kind)) for kind in KINDS] for holds, _ in found])
    shown = np.array([not pd.isna(value) for _, value in found])
    sums = np.array([float(str(value)) for _, value in found if not pd.isna(value)])
    assert (lines[shown] @ drawn == sums).all()  # what is shown is true
    known = LinearConstraint(lines[shown], sums, sums)
    assert (~shown).any()
    for line in np.unique(lines[~shown], axis=0):
        lowest, highest = (
            milp(sign * line, constraints=known, integrality=np.ones(len(KINDS)), bounds=Bounds(0, np.inf)).fun * sign
            for sign in (1, -1)
        )
        assert round(highest - lowest) >= 4, f"known to be within {lowest} and {highest}"
