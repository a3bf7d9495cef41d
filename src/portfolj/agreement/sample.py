"""A sample of interventions for two people to code: stratified, with the small categories over-sampled.

An intervention belongs to the rarest of its codes: of its owner, its orientation and its target groups the one that the
fewest interventions have. A code gets seats by the square root of how many belong to it, so that one with few
interventions is seen often enough to say something about it: power allocation, Bankier, M. D. (1988). Power
allocations: determining sample sizes for subnational areas. The American Statistician 42. Codes that are about as rare
are drawn together as one stratum, so that each has rows enough to tell how much its rows differ. Every row keeps its
weight, the size of its stratum over what was drawn from it; the weights sum to the population.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from portfolj.coding.codebook import DIMENSIONS
from portfolj.errors import PortfoljError
from portfolj.ledger.personal_numbers import mask_personal_numbers

SHOWN = ("name", "applicant", "target_group_text", "description", "goal_text")
LEAST_SEATS = 5  # of a stratum; with fewer, intervals are too narrow
FEWEST_SEATS = 2  # a row alone in its stratum tells nothing of how much rows differ
Code = tuple[str, str]  # dimension and code


@dataclass(frozen=True)
class Stratum:
    """The places of a stratum's rows, and its ``claim`` to seats: the sum of the square roots of its codes' sizes."""

    places: Sequence[int]
    claim: float


def draw_sample(interventions: pd.DataFrame, *, n: int, seed: int) -> pd.DataFrame:
    """``n`` of the coded interventions (all where there are fewer), in random order, with ``key``, ``SHOWN`` and
    ``stratum`` as text and ``weight`` as a number.

    ``interventions`` has ``intervention_key``, the codes of ``DIMENSIONS`` and any of the texts. Which rows, their
    order and the numbers of the strata depend on the interventions, ``n`` and ``seed`` alone, not on the order of the
    rows, and tell nothing of the machine's codes. Personal numbers are masked. Raises PortfoljError where ``n`` is less
    than 1 or there is nothing to draw from.
    """
    if n < 1:
        raise PortfoljError(f"--n är {n}. Ange minst 1.")
    if interventions.empty:
        raise PortfoljError("Förbundet har inga insatser att dra ett urval ur.")
    ordered = interventions.sort_values("intervention_key", kind="stable").reset_index(drop=True)
    random = np.random.default_rng(seed)
    strata = strata_of(rarest_codes(ordered), n=n)
    seats = allocate(strata, n=n)
    drawn = [
        (place, number, len(strata[which].places) / seats[which])
        for number, which in enumerate(random.permutation(len(strata)), start=1)
        for place in random.choice(strata[which].places, size=seats[which], replace=False)
    ]
    drawn = [drawn[place] for place in random.permutation(len(drawn))]
    rows = ordered.iloc[[place for place, _, _ in drawn]]
    sample = {"key": _masked(rows["intervention_key"])}
    sample |= {field: _masked(rows[field]) if field in rows.columns else [""] * len(rows) for field in SHOWN}
    sample |= {"stratum": [f"S{number:02d}" for _, number, _ in drawn]}
    return pd.DataFrame(sample, dtype="str").assign(weight=[weight for _, _, weight in drawn])


def _masked(texts: pd.Series) -> list[str]:
    return ["" if pd.isna(text) else mask_personal_numbers(str(text)) for text in texts]


def rarest_codes(interventions: pd.DataFrame) -> list[Code]:
    """The code of each intervention that the fewest others have; of those as rare the first of ``DIMENSIONS``."""
    codes: list[list[Code]] = [
        [(dimension, code) for dimension, cell in zip(DIMENSIONS, cells, strict=True) for code in cell.split(";")]
        for cells in zip(*(interventions[dimension] for dimension in DIMENSIONS), strict=True)
    ]
    counts = Counter(code for of_row in codes for code in of_row)
    return [min(of_row, key=lambda code: counts[code]) for of_row in codes]


def strata_of(codes: Sequence[Code], *, n: int) -> list[Stratum]:
    """Rows by the code that each belongs to, the commonest code first; rarer codes together.

    A stratum is closed when its claim on ``n`` seats has come to ``LEAST_SEATS``. The rarest codes, last, may have
    fewer, but what claims less than ``FEWEST_SEATS`` joins the stratum before.
    """
    sizes = Counter(codes)
    all_claims = sum(math.sqrt(size) for size in sizes.values())
    groups: list[list[Code]] = [[]]
    for code in sorted(sizes, key=lambda code: (-sizes[code], code)):
        if n * _claim(groups[-1], sizes) >= LEAST_SEATS * all_claims:
            groups.append([])
        groups[-1].append(code)
    if len(groups) > 1 and n * _claim(groups[-1], sizes) < FEWEST_SEATS * all_claims:
        last = groups.pop()
        groups[-1] += last
    return [
        Stratum([place for place, code in enumerate(codes) if code in group], _claim(group, sizes)) for group in groups
    ]


def _claim(group: Sequence[Code], sizes: Mapping[Code, int]) -> float:
    return sum(math.sqrt(sizes[code]) for code in group)


def allocate(strata: Sequence[Stratum], *, n: int) -> list[int]:
    """How many rows each stratum gives: ``n`` in all (fewer where there are fewer), by its claim; one each at least.

    Seat by seat to the stratum with the largest claim per seat (highest averages, divisors 1, 3, 5 ...), as long as it
    has rows. There are at most ``n`` strata.
    """
    seats = [1] * len(strata)
    for _ in range(min(n, sum(len(stratum.places) for stratum in strata)) - len(strata)):
        open_ = [which for which, stratum in enumerate(strata) if seats[which] < len(stratum.places)]
        seats[max(open_, key=lambda which: strata[which].claim / (2 * seats[which] + 1))] += 1
    return seats
