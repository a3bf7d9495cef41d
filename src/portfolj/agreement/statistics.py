"""The statistics of agreement, each for many weightings of the same rows at once.

Answers are whole numbers, one per distinct value, ``MISSING`` where a coder gave none. ``weights`` has a row per
weighting and a column per row of answers; every function gives one figure per weighting, NaN where the statistic is
not defined. One weighting gives the figure itself, thousands of redrawn ones its interval.

A row of weight 3 counts as three equal rows would.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

MISSING = -1
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
_NOTHING = 1e-12  # what sums of weights may differ from 0 or 1 through rounding alone


def ratio(part: Floats, whole: Floats) -> Floats:
    """``part / whole``, NaN where there is no whole."""
    undefined = np.abs(whole) < _NOTHING
    return np.where(undefined, np.nan, part / np.where(undefined, 1.0, whole))


def mean(weights: Floats, values: npt.NDArray[np.generic]) -> Floats:
    """The weighted mean of a value per row; of hits (0 or 1) it is their share."""
    return ratio(weights @ values.astype(np.float64), weights.sum(axis=1))


def cohens_kappa(weights: Floats, first: Codes, second: Codes) -> Floats:
    """Cohen's kappa of two coders who both answered every row; NaN where all answers are one and the same code.

    (observed - expected) / (1 - expected), with the agreement expected from how often each coder uses each code.
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20.
    """
    values = 1 + max(first.max(initial=0), second.max(initial=0))
    total = weights.sum(axis=1)
    shares = [ratio(weights @ one_hot(codes, int(values)), total[:, None]) for codes in (first, second)]
    expected = (shares[0] * shares[1]).sum(axis=1)
    return ratio(mean(weights, first == second) - expected, 1 - expected)


def krippendorffs_alpha(weights: Floats, answers: Codes, distance: Floats) -> Floats:
    """Krippendorff's alpha of any number of coders (a column each); NaN where only one value occurs.

    ``distance`` holds the distance, 0 to 1, between each pair of values. Rows with fewer than two answers tell nothing
    and are left out. Weights that sum to fewer than the rows are taken for shares and scaled up to the number of rows:
    the correction for few rows, n - 1, is about a number.

    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.
    """
    given = (answers != MISSING).sum(axis=1)
    weights, answers, given = weights[:, given > 1], answers[given > 1], given[given > 1]
    weights = weights * np.maximum(ratio(np.array(float(len(answers))), weights.sum(axis=1, keepdims=True)), 1.0)
    counts = sum((one_hot(column, len(distance)) for column in answers.T), np.zeros((len(answers), len(distance))))
    within = ((counts @ distance) * counts).sum(axis=1) / np.maximum(given - 1, 1)
    used = weights @ counts
    expected = ((used @ distance) * used).sum(axis=1)
    return 1 - ratio((used.sum(axis=1) - 1) * (weights @ within), expected)


def precision(weights: Floats, hits: Floats, extra: Floats) -> Floats:
    """Of what was answered, the share that the reference has too; NaN where nothing was answered."""
    return ratio(weights @ hits, weights @ (hits + extra))


def recall(weights: Floats, hits: Floats, missed: Floats) -> Floats:
    """Of what the reference has, the share that was answered too; NaN where it has nothing."""
    return ratio(weights @ hits, weights @ (hits + missed))


def f1(weights: Floats, hits: Floats, extra: Floats, missed: Floats) -> Floats:
    """The harmonic mean of precision and recall; over all codes at once it is the micro-F1. NaN where all are 0."""
    return ratio(2 * (weights @ hits), weights @ (2 * hits + extra + missed))


def one_hot(codes: Codes, values: int) -> Floats:
    """A column of 0 and 1 per value; a missing answer is 0 in all of them."""
    return (codes[:, None] == np.arange(values)).astype(np.float64)


def nominal_distance(values: Sequence[object]) -> Floats:
    """0 between a value and itself, 1 between two values."""
    return 1.0 - np.eye(len(values))


def masi_distance(sets: Sequence[Collection[str]]) -> Floats:
    """1 - Jaccard x monotonicity: 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, else 0.

    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.
    """
    return np.array([[1.0 - _masi(set(a), set(b)) for b in sets] for a in sets]).reshape(len(sets), len(sets))


def _masi(first: set[str], second: set[str]) -> float:
    if first == second:
        return 1.0
    if first <= second or second <= first:
        return jaccard(first, second) * 2 / 3
    return jaccard(first, second) / 3


def jaccard(first: Collection[str], second: Collection[str]) -> float:
    """What two sets share of what they hold together; 1 for two empty sets."""
    union = set(first) | set(second)
    return len(set(first) & set(second)) / len(union) if union else 1.0
