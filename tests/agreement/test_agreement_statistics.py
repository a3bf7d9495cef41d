"""Each statistic against a published example, arithmetic shown, and an independent library."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score

from portfolj.agreement.statistics import (
    MISSING,
    cohens_kappa,
    f1,
    krippendorffs_alpha,
    masi_distance,
    mean,
    nominal_distance,
    precision,
    recall,
)

CODES = st.integers(0, 3)
PAIRS = st.lists(st.tuples(CODES, CODES), min_size=2, max_size=25)
SETS = [frozenset("a"), frozenset("b"), frozenset("ab"), frozenset("abc"), frozenset("cd")]


def one(weights: Sequence[float] | int) -> np.ndarray:
    """A single weighting; of a number of rows, each of weight 1."""
    return np.ones((1, weights)) if isinstance(weights, int) else np.array([weights], dtype=float)


def columns(pairs: Sequence[tuple[int, ...]]) -> list[np.ndarray]:
    return [np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True)]


def nltk_alpha(rows: Sequence[Sequence[object]], distance: object) -> float:
    """Alpha by another implementation; None is an answer not given."""
    data = [(coder, row, label) for row, labels in enumerate(rows) for coder, label in enumerate(labels)
            if label is not None]  # fmt: skip
    return AnnotationTask(data=data, distance=distance).alpha()


def masi(first: frozenset[str], second: frozenset[str]) -> float:
    """Passonneau's distance by her definition, in fractions."""
    shared, union = first & second, first | second
    monotonic = (Fraction(1) if first == second else Fraction(2, 3) if first <= second or second <= first
                 else Fraction(1, 3) if shared else Fraction(0))  # fmt: skip
    return float(1 - Fraction(len(shared), len(union)) * monotonic)


def test_kappa_of_a_table_worked_by_hand() -> None:
    # Both yes 20, both no 15, first yes and second no 5, first no and second yes 10: 50 rows.
    pairs = [(1, 1)] * 20 + [(0, 0)] * 15 + [(1, 0)] * 5 + [(0, 1)] * 10
    observed = (20 + 15) / 50  # 0.70
    expected = (25 / 50) * (30 / 50) + (25 / 50) * (20 / 50)  # 0.30 both yes by chance + 0.20 both no
    assert (observed - expected) / (1 - expected) == pytest.approx(0.4)
    assert cohens_kappa(one(50), *columns(pairs))[0] == pytest.approx(0.4)


@given(PAIRS)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = columns(pairs)
    assume(len({*first, *second}) > 1)
    assert cohens_kappa(one(len(pairs)), first, second)[0] == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)


@given(st.lists(st.tuples(CODES, CODES, st.floats(0.5, 9)), min_size=2, max_size=25))
def test_weighted_kappa_is_that_of_scikit_learn_with_the_same_weights(rows: list[tuple[int, int, float]]) -> None:
    first, second, weights = (np.array(column) for column in zip(*rows, strict=True))
    assume(len({*first, *second}) > 1)
    wanted = cohen_kappa_score(first, second, sample_weight=weights)
    assert cohens_kappa(one(weights), first, second)[0] == pytest.approx(wanted, abs=1e-9)


def test_alpha_of_krippendorffs_own_examples() -> None:
    # Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability: examples A, B and C.
    for observers, published in (
        (["0100000010", "1110010000"], 0.095),  # Meg and Owen, ten articles
        (["aabbdcccedda", "babbbccceddd"], 0.692),  # Ben and Gerry, twelve articles
        (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),  # four observers, answers missing
    ):
        signs = sorted(set("".join(observers)) - {"."})
        answers = np.array([[MISSING if sign == "." else signs.index(sign) for sign in row] for row in observers]).T
        alpha = krippendorffs_alpha(one(len(answers)), answers, nominal_distance(signs))
        assert alpha[0] == pytest.approx(published, abs=0.0005)


def test_alpha_of_six_answers_worked_by_hand() -> None:
    # Rows (a, a), (a, b), (b, b). Six answers: three a, three b.
    # Observed: 1 of 3 rows differs. Expected: pairs of unlike answers, 2 * 3 * 3 = 18, of 6 * 5 = 30.
    # Alpha = 1 - (1/3) / (18/30) = 1 - 5/9 = 4/9.
    alpha = krippendorffs_alpha(one(3), np.array([[0, 0], [0, 1], [1, 1]]), nominal_distance("ab"))
    assert alpha[0] == pytest.approx(4 / 9)


@given(st.lists(st.lists(st.none() | CODES, min_size=3, max_size=3), min_size=2, max_size=20))
def test_alpha_is_that_of_nltk_with_three_coders_and_missing_answers(rows: list[list[int | None]]) -> None:
    paired = [row for row in rows if sum(label is not None for label in row) > 1]
    assume(len({label for row in paired for label in row} - {None}) > 1)
    answers = np.array([[MISSING if label is None else label for label in row] for row in rows])
    wanted = nltk_alpha(paired, lambda a, b: float(a != b))
    assert krippendorffs_alpha(one(len(rows)), answers, nominal_distance(range(4)))[0] == pytest.approx(wanted)


@given(st.lists(st.tuples(st.sampled_from(range(5)), st.sampled_from(range(5))), min_size=2, max_size=20))
def test_alpha_of_sets_is_that_of_nltk_with_the_distance_of_passonneau(pairs: list[tuple[int, int]]) -> None:
    assume(len({place for pair in pairs for place in pair}) > 1)
    wanted = nltk_alpha([[SETS[a], SETS[b]] for a, b in pairs], masi)
    assert krippendorffs_alpha(one(len(pairs)), np.array(pairs), masi_distance(SETS))[0] == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("unga", "unga", 0),
        ("unga", "missbruk", 1),
        ("unga", "unga missbruk", 1 - 1 / 2 * 2 / 3),  # one holds the other; they share 1 of 2
        ("unga missbruk", "unga af", 1 - 1 / 3 * 1 / 3),  # they overlap; they share 1 of 3
    ],
)
def test_the_distance_of_two_sets(first: str, second: str, distance: float) -> None:
    assert masi_distance([first.split(), second.split()])[0, 1] == pytest.approx(distance)


@given(st.lists(st.tuples(CODES, CODES, st.integers(1, 4)), min_size=2, max_size=12))
def test_a_row_of_weight_three_counts_as_three_equal_rows(rows: list[tuple[int, int, int]]) -> None:
    first, second, times = (np.array(column) for column in zip(*rows, strict=True))
    assume(len({*first, *second}) > 1)
    many = [np.repeat(column, times) for column in (first, second)]
    whole, distance = one(int(times.sum())), nominal_distance(range(4))
    assert mean(one(times), first == second) == pytest.approx(mean(whole, many[0] == many[1]))
    assert cohens_kappa(one(times), first, second) == pytest.approx(cohens_kappa(whole, *many), abs=1e-9)
    weighted = krippendorffs_alpha(one(times), np.column_stack([first, second]), distance)
    assert weighted == pytest.approx(krippendorffs_alpha(whole, np.column_stack(many), distance), abs=1e-9)


def test_shares_as_weights_give_the_alpha_of_rows_of_one_each() -> None:
    answers, distance = np.array([[0, 0], [0, 1], [1, 1]]), nominal_distance("ab")
    assert krippendorffs_alpha(one([1 / 3] * 3), answers, distance)[0] == pytest.approx(4 / 9)


def test_a_single_category_leaves_kappa_and_alpha_undefined() -> None:
    same = np.zeros(5, dtype=np.int64)
    assert np.isnan(cohens_kappa(one(5), same, same)[0])
    assert np.isnan(krippendorffs_alpha(one(5), np.column_stack([same, same]), nominal_distance("ab"))[0])


def test_perfect_agreement_on_two_categories_is_one() -> None:
    codes = np.array([0, 1, 1, 0])
    assert cohens_kappa(one(4), codes, codes)[0] == 1
    assert krippendorffs_alpha(one(4), np.column_stack([codes, codes]), nominal_distance("ab"))[0] == 1


def test_rows_without_two_answers_tell_alpha_nothing() -> None:
    answers = np.array([[0, 0], [0, 1], [1, 1], [1, MISSING], [MISSING, MISSING]])
    assert krippendorffs_alpha(one(5), answers, nominal_distance("ab"))[0] == pytest.approx(4 / 9)


def test_shares_of_nothing_are_undefined() -> None:
    nothing = np.zeros(3)
    assert np.isnan([precision(one(3), nothing, nothing), recall(one(3), nothing, nothing),
                     f1(one(3), nothing, nothing, nothing), mean(one([0, 0, 0]), nothing)]).all()  # fmt: skip


def test_many_weightings_at_once_give_what_each_gives_alone() -> None:
    random = np.random.default_rng(3)
    first, second = random.integers(0, 3, (2, 30))
    weightings = random.uniform(1, 5, (7, 30))
    answers, distance = np.column_stack([first, second]), nominal_distance(range(3))
    together = cohens_kappa(weightings, first, second), krippendorffs_alpha(weightings, answers, distance)
    for place, weights in enumerate(weightings):
        assert together[0][place] == pytest.approx(cohens_kappa(one(weights), first, second)[0])
        assert together[1][place] == pytest.approx(krippendorffs_alpha(one(weights), answers, distance)[0])
