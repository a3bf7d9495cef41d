"""A sample of interventions for two people to code: stratified, with the small categories over-sampled.

Strata are the machine's owner and orientation. Seats go to a stratum by the square root of its size, so that a category
with few interventions is seen often enough to say something about it: power allocation, Bankier, M. D. (1988). Power
allocations: determining sample sizes for subnational areas. The American Statistician 42. Every row keeps its weight,
the size of its stratum over what was drawn from it; the weights sum to the population.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from portfolj.coding.codebook import ORIENTATION, OWNER
from portfolj.errors import PortfoljError
from portfolj.ledger.personal_numbers import mask_personal_numbers

STRATIFIED_BY = (OWNER, ORIENTATION)
SHOWN = ("name", "applicant", "description", "goal_text", "target_group_text")
COLUMNS = ("key", *SHOWN, "stratum", "weight")
REST = ("",) * len(STRATIFIED_BY)


def draw_sample(interventions: pd.DataFrame, *, n: int, seed: int) -> pd.DataFrame:
    """``n`` of the coded interventions (all where there are fewer), in random order, with ``COLUMNS``.

    ``interventions`` has ``intervention_key``, ``owner``, ``orientation`` and any of the texts. Every stratum gives at
    least one row, and two where it has two and ``n`` allows it; where there are more strata than ``n``, the smallest
    count as one. Which rows, their order and the numbers of the strata depend on the keys, ``n`` and ``seed``
    alone, not on the order of the rows, and tell nothing of the machine's codes. Personal numbers are masked. Raises
    PortfoljError where ``n`` is less than 1 or there is nothing to draw from.
    """
    if n < 1:
        raise PortfoljError(f"--n är {n}. Ange minst 1.")
    if interventions.empty:
        raise PortfoljError("Förbundet har inga insatser att dra ett urval ur.")
    ordered = interventions.sort_values("intervention_key", kind="stable").reset_index(drop=True)
    random = np.random.default_rng(seed)
    strata = _strata(ordered, n)
    seats = allocate({stratum: len(rows) for stratum, rows in strata.items()}, n=n)
    drawn = [
        (row, number, len(strata[stratum]) / seats[stratum])
        for number, stratum in enumerate(_shuffled(sorted(strata), random), start=1)
        for row in sorted(random.choice(strata[stratum], size=seats[stratum], replace=False))
    ]
    drawn = [drawn[place] for place in random.permutation(len(drawn))]
    rows = ordered.iloc[[row for row, _, _ in drawn]]
    texts = {column: rows[column].fillna("") for column in SHOWN if column in rows.columns}
    sample = (
        pd.DataFrame({"key": rows["intervention_key"], **texts}).reset_index(drop=True).reindex(columns=list(COLUMNS))
    )
    for column in ("key", *SHOWN):
        sample[column] = [mask_personal_numbers(str(text)) for text in sample[column].fillna("")]
    sample["stratum"] = [f"S{number:02d}" for _, number, _ in drawn]
    sample["weight"] = [weight for _, _, weight in drawn]
    return sample


def allocate(sizes: Mapping[tuple[str, ...], int], *, n: int) -> dict[tuple[str, ...], int]:
    """How many rows each stratum gives: ``n`` in all (fewer where there are fewer), by the square root of its size.

    At least one each, two where the stratum has two and ``n`` is enough for that. The rest goes seat by seat to the
    stratum with the largest root per seat (highest averages, divisors 1, 3, 5 ...). ``n`` is at least the
    number of strata.
    """
    two_each = {stratum: min(2, size) for stratum, size in sizes.items()}
    seats = two_each if sum(two_each.values()) <= n else dict.fromkeys(sizes, 1)
    for _ in range(min(n, sum(sizes.values())) - sum(seats.values())):
        open_ = [stratum for stratum in sorted(sizes) if seats[stratum] < sizes[stratum]]
        winner = max(open_, key=lambda stratum: math.sqrt(sizes[stratum]) / (2 * seats[stratum] + 1))
        seats[winner] += 1
    return seats


def _strata(interventions: pd.DataFrame, n: int) -> dict[tuple[str, ...], np.ndarray]:
    """The places of each stratum's rows; the smallest strata together where there are more than ``n``."""
    labels = list(zip(*(interventions[column] for column in STRATIFIED_BY), strict=True))
    sizes = pd.Series(labels).value_counts().to_dict()
    by_size = sorted(sizes, key=lambda label: (-sizes[label], label))
    kept = set(by_size if len(by_size) <= n else by_size[: n - 1])
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, label in enumerate(labels):
        groups.setdefault(label if label in kept else REST, []).append(place)
    return {label: np.array(places) for label, places in groups.items()}


def _shuffled(labels: list[tuple[str, ...]], random: np.random.Generator) -> list[tuple[str, ...]]:
    return [labels[place] for place in random.permutation(len(labels))]
