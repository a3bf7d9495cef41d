"""Any table with a column of names, coded in place."""

from __future__ import annotations

import pandas as pd
import pytest

from portfolj.coding import classify, classify_table, coded_columns, load_codebook
from portfolj.errors import PortfoljError
from portfolj.federation import Basis

ADDED = [
    f"{dimension}{part}" for part in ("", "_basis", "_evidence", "_reason")
    for dimension in ("owner", "target_groups", "orientation")
]  # fmt: skip


def _swedish() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Nr": [1, 2, 2],
            "Insats": ["Unga vidare", "Lotsen", "Lotsen"],
            "Sökande": ["Flens kommun", None, None],
            "Målgrupp": ["Unga", "", None],
            "Beskrivning": ["Coachning.", None, None],
        },
        index=["x", "x", 9],
    )


def test_rows_order_index_and_columns_stay_and_twelve_are_added() -> None:
    table = _swedish()
    before = table.copy(deep=True)
    result = classify_table(table, codebook=load_codebook())
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(result[list(table.columns)], before)
    assert sorted(result.columns[len(table.columns) :]) == sorted(ADDED)
    assert result["owner"].tolist() == ["kommun", "ej_definierad", "ej_definierad"]
    assert result["target_groups"].tolist() == ["unga", "ej_definierad", "ej_definierad"]
    assert result["orientation"].tolist() == ["individinriktad", "ej_definierad", "ej_definierad"]
    assert result.iloc[0]["owner_evidence"] == 'applicant 0-12 "Flens kommun"'
    assert result.iloc[1]["owner_reason"] == "no_documentation"


def test_english_field_names_give_the_same_as_swedish_headings() -> None:
    codebook = load_codebook()
    english = _swedish().rename(
        columns={
            "Insats": "name",
            "Sökande": "applicant",
            "Målgrupp": "target_group_text",
            "Beskrivning": "description",
        }
    )
    pd.testing.assert_frame_equal(
        classify_table(english, codebook=codebook)[ADDED], classify_table(_swedish(), codebook=codebook)[ADDED]
    )


def test_a_name_column_alone_is_enough() -> None:
    result = classify_table(pd.DataFrame({"name": ["Förstudie ESF unga"]}), codebook=load_codebook())
    assert result.iloc[0][["owner", "target_groups", "orientation"]].tolist() == [
        "ej_definierad", "unga", "strukturpaverkande",
    ]  # fmt: skip


def test_basis_and_derivation_can_be_asked_for() -> None:
    table = pd.DataFrame({"name": ["Ung framtid", "Lotsen"], "target_group_text": [None, None]})
    result = classify_table(table, codebook=load_codebook(), basis=Basis.STATED, derive_orientation=True)
    assert result["target_groups"].tolist() == ["ej_definierad", "ej_definierad"]
    assert result["target_groups_reason"].tolist() == ["below_basis", "no_documentation"]
    assert result["orientation"].tolist() == ["individinriktad", "strukturpaverkande"]


def test_an_empty_table_gets_the_columns() -> None:
    result = classify_table(pd.DataFrame({"Projekt": pd.Series([], dtype="str")}), codebook=load_codebook())
    assert len(result) == 0
    assert set(ADDED) < set(result.columns)


def test_hostile_text_is_only_text() -> None:
    hostile = [
        "<script>alert(1)</script> unga",
        '=HYPERLINK("http://x";"unga")',
        "a\x00b unga",
        "$\\frac{unga}$",
        " " * 5000 + "unga",
    ]
    result = classify_table(pd.DataFrame({"name": hostile}), codebook=load_codebook())
    assert result["name"].tolist() == hostile
    assert set(result["target_groups"]) == {"unga"}
    assert all('"unga"' in evidence for evidence in result["target_groups_evidence"])


def test_long_and_odd_texts_are_coded() -> None:
    texts = [
        "1 " * 5_000,
        "Flen" + " " * 5_000 + "x",
        "(" * 3_000,
        "unga. " * 3_000,
        "A" * 20_000,
        "Flens kommun, " * 400,
    ]
    table = pd.DataFrame({"name": texts, "applicant": texts, "description": texts})
    result = classify_table(table, codebook=load_codebook())
    assert result["target_groups"].tolist()[3] == "unga"
    assert result["owner"].tolist()[5] == "kommun"


def test_cells_that_are_no_text_are_read_as_text() -> None:
    table = pd.DataFrame({"name": ["Unga", 2019, None, float("nan")], "description": [1.5, None, True, "NPF"]})
    result = classify_table(table, codebook=load_codebook())
    assert result["target_groups"].tolist() == ["unga", "ej_definierad", "ej_definierad", "funktionsnedsattning"]


def test_a_column_that_would_be_overwritten_is_named() -> None:
    with pytest.raises(PortfoljError, match="owner"):
        classify_table(pd.DataFrame({"name": ["x"], "owner": ["y"]}), codebook=load_codebook())


def test_a_table_without_names_is_refused_with_its_headings() -> None:
    with pytest.raises(PortfoljError, match="Belopp"):
        classify_table(pd.DataFrame({"Belopp": [1]}), codebook=load_codebook())
    with pytest.raises(PortfoljError, match="name"):
        classify(pd.DataFrame({"Belopp": [1]}), codebook=load_codebook())


def test_two_columns_of_one_field_are_refused() -> None:
    with pytest.raises(PortfoljError, match="Flera kolumner"):
        classify_table(pd.DataFrame([["a", "b"]], columns=["name", "name"]), codebook=load_codebook())


def test_an_exact_field_name_goes_before_a_heading_that_means_the_same() -> None:
    table = pd.DataFrame({"Projekt": ["Unga"], "name": ["ADHD-projektet"]})
    assert classify_table(table, codebook=load_codebook())["target_groups"].tolist() == ["funktionsnedsattning"]


def test_an_empty_frame_of_interventions_is_coded_to_an_empty_frame() -> None:
    coded = classify(pd.DataFrame({"name": pd.Series([], dtype="str")}), codebook=load_codebook())
    assert coded.columns.tolist() == coded_columns()
    assert coded.empty
