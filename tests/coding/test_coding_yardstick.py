"""How near the codebook comes to two careful coders, on the half of the coded set that rules may be developed on.

The floors are what the development half gives with some slack for a changed rule. They are in-sample figures: the
rules were written with these rows in view, and text never seen will give less.
"""

from __future__ import annotations

import pytest
from coding_yardstick import nearest_counts, odd_rows, score

from portfolj.coding import classify, load_codebook


def test_the_described_odd_rows_are_coded_at_least_as_the_coders_agree() -> None:
    rows = odd_rows(described=True)
    scores = score(classify(rows, codebook=load_codebook()), rows)
    assert scores.owner_rows == 52
    assert scores.owner >= 0.95
    assert scores.target_group_f1 >= 0.93
    assert scores.orientation >= 0.92


def test_bare_names_are_not_read_for_more_than_they_say() -> None:
    rows = odd_rows(described=False)
    scores = score(classify(rows, codebook=load_codebook()), rows)
    assert scores.owner_rows == 127
    assert scores.owner >= 0.97
    assert scores.target_group_f1 >= 0.93
    assert scores.orientation >= 0.90


def test_with_neither_applicant_nor_description_no_odd_row_has_an_owner() -> None:
    rows = odd_rows(described=False)
    bare = rows[(rows["applicant"] == "") & (rows["description"] == "")]
    coded = classify(bare, codebook=load_codebook())
    assert len(bare) > 50
    assert set(coded["owner"]) == {"ej_definierad"}
    assert set(coded["owner_reason"]) == {"no_documentation"}


@pytest.mark.parametrize(
    ("answer", "first", "second", "counts"),
    [
        ("unga", "unga", "psykisk_ohalsa", (1, 0, 0)),
        ("unga", "unga;psykisk_ohalsa", "missbruk", (1, 0, 1)),
        ("unga;personal_beslutsfattare", "unga", "unga", (1, 0, 0)),
        ("personal_beslutsfattare", "personal_beslutsfattare", "ej_definierad", (1, 0, 0)),
        ("personal_beslutsfattare", "unga;personal_beslutsfattare", "unga", (0, 1, 1)),
        ("ej_definierad", "ej_definierad", "unga", (0, 0, 0)),
        ("ej_definierad", "unga;missbruk", "unga", (0, 0, 1)),
    ],
)
def test_the_scorer_takes_the_nearer_coder_and_ignores_staff_beside_clients(
    answer: str, first: str, second: str, counts: tuple[int, int, int]
) -> None:
    assert nearest_counts(answer, first, second) == counts
