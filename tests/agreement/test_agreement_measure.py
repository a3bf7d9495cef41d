"""The figures of coded rows: which ones, on which rows, against an independent library, and blank where undefined."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from agreement_rows import both_coders, find, rows_of
from sklearn.metrics import precision_recall_fscore_support
from sklearn.preprocessing import MultiLabelBinarizer

from portfolj.agreement import confusions, differing, measure_agreement, with_machine
from portfolj.agreement.measure import NO_ROWS, ONE_CODE
from portfolj.agreement.measure_shipped import two_coders
from portfolj.coding import load_codebook
from portfolj.errors import PortfoljError


@pytest.mark.parametrize(
    ("described", "rows", "owner", "orientation", "target_groups"),
    [(True, 109, (0.90, 0.86), (0.93, 0.88), 0.92), (False, 253, (0.94, 0.88), (0.81, 0.70), 0.90)],
)
def test_the_two_coders_of_the_coded_set_agree_as_published(
    described: bool, rows: int, owner: tuple[float, float], orientation: tuple[float, float], target_groups: float
) -> None:
    # Two decimals, as the README of the coded set prints them. Orientation: grades A and B.
    texts = both_coders(described=described).assign(name="", applicant="", description="")
    figures = measure_agreement(two_coders(texts), draws=0)
    for dimension, published in (("owner", owner), ("orientation", orientation)):
        found = [find(figures, measure, dimension=dimension).value for measure in ("agreement", "kappa")]
        assert found == pytest.approx(published, abs=0.005)
    assert find(figures, "micro_f1", dimension="target_groups").value == pytest.approx(target_groups, abs=0.005)
    assert find(figures, "agreement", dimension="owner").rows == rows


@pytest.mark.parametrize("weighted", [False, True])
def test_precision_recall_and_f1_of_codes_are_those_of_scikit_learn(weighted: bool) -> None:
    random = np.random.default_rng(4)
    codes = ["af", "fk", "kommun", "region"]
    first, second = random.choice(codes, (2, 60))
    second = np.where(random.random(60) < 0.6, first, second)
    weights = list(random.uniform(1, 6, 60)) if weighted else [1.0] * 60
    figures = measure_agreement(rows_of({"x": list(first), "y": list(second)}, weights=weights), draws=0)
    wanted = precision_recall_fscore_support(first, second, labels=codes, sample_weight=weights)
    for measure, by_code in zip(("precision", "recall", "f1"), wanted, strict=False):
        for code, value in zip(codes, by_code, strict=True):
            assert find(figures, measure, code=code).value == pytest.approx(value)
    assert [find(figures, "recall", code=code).rows for code in codes] == [list(first).count(code) for code in codes]


def test_micro_f1_and_the_codes_of_sets_are_those_of_scikit_learn() -> None:
    random = np.random.default_rng(5)
    sets = ["unga", "missbruk", "unga;missbruk", "psykisk_ohalsa;unga", "ej_definierad"]
    first, second = (list(column) for column in random.choice(sets, (2, 40)))
    figures = measure_agreement(rows_of({"x": first, "y": second}, dimension="target_groups"), draws=0)
    binary = MultiLabelBinarizer().fit([text.split(";") for text in sets])
    reference, answer = (binary.transform([text.split(";") for text in column]) for column in (first, second))
    micro = precision_recall_fscore_support(reference, answer, average="micro")[2]
    assert find(figures, "micro_f1").value == pytest.approx(micro)
    by_code = precision_recall_fscore_support(reference, answer)
    for place, code in enumerate(binary.classes_):
        for measure, values in zip(("precision", "recall", "f1"), by_code, strict=False):
            assert find(figures, measure, code=code).value == pytest.approx(values[place])


def test_the_order_in_which_groups_are_written_does_not_count() -> None:
    coded = rows_of({"x": ["unga;missbruk", "unga"], "y": ["missbruk;unga", "missbruk"]}, dimension="target_groups")
    figures = measure_agreement(coded, draws=0)
    assert find(figures, "agreement").value == 0.5
    assert find(figures, "jaccard").value == 0.5
    assert len(differing(coded)) == 1


def test_a_single_category_is_blank_with_the_reason_and_not_one() -> None:
    figures = measure_agreement(rows_of({"x": ["af"] * 5, "y": ["af"] * 5}))
    assert find(figures, "agreement").value == 1
    for measure in ("kappa", "alpha"):
        figure = find(figures, measure)
        assert (figure.value, figure.interval, figure.why_not) == (None, None, ONE_CODE)


def test_a_code_that_one_coder_never_gave_has_no_precision_or_no_recall() -> None:
    figures = measure_agreement(rows_of({"x": ["af", "af", "fk"], "y": ["af", "af", "af"]}), draws=0)
    assert find(figures, "precision", code="fk").value is None
    assert find(figures, "precision", code="fk").why_not == "y har aldrig gett koden"
    assert find(figures, "recall", code="fk").value == 0
    assert find(figures, "f1", code="fk").value == 0


def test_missing_answers_are_not_counted_and_not_coded() -> None:
    coded = rows_of({"x": ["af", "fk", "", "af"], "y": ["af", "af", "fk", ""], "z": ["af", "", "fk", "af"]})
    figures = measure_agreement(coded, draws=0)
    assert [find(figures, "agreement", *pair).rows for pair in (("x", "y"), ("x", "z"), ("y", "z"))] == [2, 2, 2]
    assert find(figures, "agreement", "x", "y").value == 0.5
    assert find(figures, "alpha", "x", "y", "z").rows == 4


def test_two_coders_who_never_answered_the_same_row_have_no_figures() -> None:
    figures = measure_agreement(rows_of({"x": ["af", ""], "y": ["", "fk"]}))
    assert {(figure.value, figure.why_not) for figure in figures} == {(None, NO_ROWS)}


def test_weights_say_how_many_each_row_stands_for() -> None:
    # The only row they differ on stands for one of ten.
    figures = measure_agreement(rows_of({"x": ["af", "fk"], "y": ["af", "af"]}, weights=[9, 1]), draws=0)
    assert find(figures, "agreement").value == pytest.approx(0.9)


def test_orientation_is_measured_on_the_grades_that_let_it_be_decided() -> None:
    answers = {"x": ["blandad", "individinriktad", "blandad"], "y": ["blandad", "blandad", "individinriktad"]}
    graded = rows_of(answers, dimension="orientation", grades=["A", "B", "C"])
    assert find(measure_agreement(graded, draws=0), "agreement").rows == 2
    assert list(differing(graded)["key"]) == ["r1"]
    assert confusions(graded)["rows"].sum() == 1
    ungraded = rows_of(answers, dimension="orientation")
    assert find(measure_agreement(ungraded, draws=0), "agreement").rows == 3


def test_the_machine_is_right_when_it_is_equal_to_any_coder() -> None:
    answers = {"x": ["af", "fk", "af", "af"], "y": ["af", "af", "fk", ""], "machine": ["af", "af", "kommun", "af"]}
    figures = measure_agreement(rows_of(answers), draws=0)
    right = find(figures, "right")
    assert (right.value, right.rows, right.coders) == (0.75, 4, ("x", "y", "machine"))
    # Nearest: af, af, af (the first of two as far), af. Answered: af, af, kommun, af.
    assert find(figures, "precision", "x", "y", "machine", code="af").value == 1
    assert find(figures, "recall", "x", "y", "machine", code="af").value == pytest.approx(3 / 4)


def test_groups_are_right_by_the_nearer_coder_and_staff_beside_clients_is_ignored() -> None:
    # Hits, too many, missed: 1 0 0 of x; 1 0 0 without staff; 0 0 0, an empty set of y; 1 0 1 of both alike.
    answers = {
        "x": ["unga", "unga", "missbruk", "unga;missbruk"],
        "y": ["missbruk", "unga", "ej_definierad", "unga;psykisk_ohalsa"],
        "machine": ["unga", "unga;personal_beslutsfattare", "ej_definierad", "unga"],
    }
    figures = measure_agreement(rows_of(answers, dimension="target_groups"), draws=0)
    assert find(figures, "right").value == pytest.approx(2 * 3 / (2 * 3 + 0 + 1))
    assert find(figures, "recall", "x", "y", "machine", code="missbruk").value == 0


def test_alpha_is_also_that_of_the_people_alone_where_they_are_several() -> None:
    answers = {name: list(np.random.default_rng(seed).choice(["af", "fk"], 9)) for seed, name in enumerate("xyz")}
    figures = measure_agreement(rows_of({**answers, "machine": ["af"] * 9}), draws=0)
    assert find(figures, "alpha", "x", "y", "z").value == find(measure_agreement(rows_of(answers), draws=0),
                                                              "alpha", "x", "y", "z").value  # fmt: skip


def test_confusions_are_counted_by_pair_and_the_most_frequent_stand_first() -> None:
    coded = rows_of({"x": ["af", "af", "fk", "af"], "y": ["fk", "fk", "af", "af"]}, weights=[2, 3, 1, 1])
    frame = confusions(coded)
    assert frame[["first_code", "second_code", "rows", "weight"]].to_numpy().tolist() == [
        ["af", "fk", 2, 5], ["fk", "af", 1, 1],
    ]  # fmt: skip
    assert (frame["first_coder"] + frame["second_coder"]).unique().tolist() == ["xy"]


def test_rows_that_differ_are_told_once_with_every_answer_and_masked_texts() -> None:
    coded = rows_of({"x": ["af", "af", ""], "y": ["fk", "af", "fk"], "machine": ["fk", "af", "fk"]})
    texts = coded.texts.assign(name=["Anna 811228-9874", "b", "c"], note=["ring 19811228-9874", "", ""])
    frame = differing(type(coded)(texts, coded.answers, coded.weights, coded.strata))
    assert frame.to_dict("records") == [
        {"dimension": "owner", "key": "r0", "name": "Anna [personnummer borttaget]", "x": "af", "y": "fk",
         "machine": "fk", "note": "ring [personnummer borttaget]", "weight": 1.0},
    ]  # fmt: skip


def test_nothing_that_differs_is_an_empty_table_with_its_columns() -> None:
    coded = rows_of({"x": ["af"], "y": ["af"]})
    assert list(differing(coded)) == ["dimension", "key", "x", "y", "weight"]
    assert list(confusions(coded))[:2] == ["dimension", "first_coder"]


def test_the_machine_reads_the_texts_and_answers_last() -> None:
    coded = rows_of({"x": ["kommun"], "y": ["region"]})
    coded = type(coded)(
        coded.texts.assign(name="Ung väg", applicant="Flens kommun"), coded.answers, coded.weights, [""]
    )
    answers = with_machine(coded, codebook=load_codebook()).answers
    assert {dimension: dict(given) for dimension, given in answers.items()} == {
        "owner": {"x": ["kommun"], "y": ["region"], "machine": ["kommun"]}
    }
    with pytest.raises(PortfoljError, match="namn"):
        with_machine(rows_of({"x": ["af"]}), codebook=load_codebook())
    with pytest.raises(PortfoljError, match="owner_machine"):
        with_machine(rows_of({"x": ["af"], "machine": ["af"]}), codebook=load_codebook())


def test_what_is_measured_is_left_as_it_was() -> None:
    coded = rows_of({"x": ["af", "fk"], "y": ["fk", "af"]})
    before = coded.texts.copy()
    measure_agreement(coded, draws=10)
    pd.testing.assert_frame_equal(coded.texts, before)
    assert coded.answers == {"owner": {"x": ["af", "fk"], "y": ["fk", "af"]}}
