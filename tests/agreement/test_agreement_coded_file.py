"""Coders' files as people make them: headings, files put together by key, and every fault with its address."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from portfolj.agreement import CodedRows, read_coded
from portfolj.agreement.columns import Column, coder_columns
from portfolj.coding import classify_table, load_codebook
from portfolj.errors import InputRefused, PortfoljError, Reason

CODEBOOK = load_codebook()


def read(*paths: Path, sheet: str | None = None, machine: bool = False) -> CodedRows:
    return read_coded(paths, codebook=CODEBOOK, sheet=sheet, machine=machine)


def text_file(folder: Path, *lines: str, name: str = "kodat.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def workbook(folder: Path, name: str, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def faults_of(*paths: Path, machine: bool = False) -> list[tuple[str, str, Reason]]:
    with pytest.raises(InputRefused) as raised:
        read(*paths, machine=machine)
    return [(fault.file, fault.cell, fault.reason) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("owner_coder1", Column("owner", "coder1", 1)),
        ("Target groups Anna", Column("target_groups", "anna", 1)),
        ("Huvudman: Anna Ek", Column("owner", "anna ek", 1)),
        ("MÅLGRUPP 3: kodare1", Column("target_groups", "kodare1", 3)),
        ("Målgrupper: bo", Column("target_groups", "bo", 1)),
        ("Inriktning: maskinen", Column("orientation", "machine", 1)),
        ("Anteckning: bo", Column("note", "bo", 1)),
        ("owner_basis", None),
        ("Huvudman: nu", None),
        ("Målgrupp: beslut 2", None),
        ("Målgrupp i liggaren", None),
        ("owner", None),
    ],
)
def test_a_heading_names_dimension_coder_and_rank(heading: str, column: Column | None) -> None:
    assert coder_columns([heading]).get(0) == column


def test_a_number_is_a_rank_only_beside_the_first_group_and_else_a_name() -> None:
    ranks = coder_columns(["targets_anna", "targets_anna_2", "owner_coder_1", "owner_coder_2", "targets_coder_1"])
    assert [(column.coder, column.rank) for column in ranks.values()] == [
        ("anna", 1), ("anna", 2), ("coder_1", 1), ("coder_2", 1), ("coder_1", 1),
    ]  # fmt: skip


def test_a_file_with_a_column_per_coder_is_read_with_codes_or_names(tmp_path: Path) -> None:
    coded = read(
        text_file(
            tmp_path,
            "Kodning våren 2026",
            "id,Insats,Beskrivning,owner_a,owner_b,targets_a,targets_a_2,targets_b,weight,stratum,grade",
            '7,Ung väg,Coachning,kommun,KOMMUN,unga,missbruk,Unga;missbruk,"1,5",S1,A',
            "8,Fler,,Lokal samverkansgrupp,lsg,,,ej_definierad,2,S2,B",
        )
    )
    assert coded.answers == {
        "owner": {"a": ["kommun", "lsg"], "b": ["kommun", "lsg"]},
        "target_groups": {"a": ["unga;missbruk", ""], "b": ["unga;missbruk", "ej_definierad"]},
    }
    assert coded.texts.to_dict("list") == {
        "key": ["7", "8"], "name": ["Ung väg", "Fler"], "description": ["Coachning", ""],
    }  # fmt: skip
    assert (list(coded.weights), list(coded.strata), coded.is_weighted) == ([1.5, 2.0], ["S1", "S2"], True)
    assert list(coded.grades or ()) == ["A", "B"]
    assert coded.notes == ("Målgrupp: a har inte svarat på 1 av 2 rader. De raderna jämförs inte.",)


def test_a_column_of_other_grades_is_no_grade_of_the_coding(tmp_path: Path) -> None:
    lines = ("key,grade,orientation_a,orientation_b", "1,3,blandad,blandad", "2,5,blandad,blandad")
    assert read(text_file(tmp_path, *lines)).grades is None


def test_files_of_one_coder_each_are_put_together_by_key_whatever_their_order(tmp_path: Path) -> None:
    first = workbook(tmp_path, "a.xlsx", ("Läs först", [["Hej"]]), ("Urval", [
        ["Nyckel", "Insats", "Huvudman: a", "Anteckning: a", "Urvalsgrupp", "Vikt"],
        ["k1", "Ett", "Kommun", "svår", "S01", 1.5], ["k2", "Två", "Region", None, "S02", 3],
    ]))  # fmt: skip
    second = workbook(tmp_path, "b.xlsx", ("Urval", [
        ["Nyckel", "Huvudman: b", "Anteckning: b", "Vikt"], ["k2", "Region", "lätt", 3], ["k1", None, None, 1.5],
    ]))  # fmt: skip
    coded = read(first, second)
    assert coded.answers == {"owner": {"a": ["kommun", "region"], "b": ["", "region"]}}
    assert list(coded.texts["note"]) == ["a: svår", "b: lätt"]
    assert list(coded.weights) == [1.5, 3.0]
    assert read(second, first).answers["owner"] == {"b": ["region", ""], "a": ["region", "kommun"]}
    assert list(read(second, first).texts["name"]) == ["Två", "Ett"]  # the texts stand in the other file


def test_every_fault_of_every_file_comes_at_once_with_its_cell(tmp_path: Path) -> None:
    first = workbook(tmp_path, "a.xlsx", ("Urval", [
        ["Nyckel", "Huvudman: a", "Målgrupp 1: a", "Målgrupp 2: a", "Vikt"],
        ["k1", "Komun", "Unga", "Ej definierad", 1], ["k2", "Kommun; Region", "Unga", None, "många"],
        ["k3", "Kommun", "Ring 811228-9874", None, None],
    ]))  # fmt: skip
    second = text_file(tmp_path, "key,owner_b", "k1,kommun", "k1,af", ",af", "k9,staten", name="b.csv")
    third = text_file(tmp_path, "key,owner_basis", "k1,stated", name="c.csv")
    with pytest.raises(InputRefused) as raised:
        read(first, second, third)
    assert [(fault.file, fault.cell) for fault in raised.value.faults] == [
        ("c.csv", ""),
        ("a.xlsx", "B2"), ("a.xlsx", "D2"), ("a.xlsx", "B3"), ("a.xlsx", "E3"), ("a.xlsx", "C4"), ("a.xlsx", "E4"),
        ("b.csv", "B5"), ("b.csv", "A3"), ("b.csv", "A4"), ("b.csv", "A5"),
    ]  # fmt: skip
    text = str(raised.value)
    assert "Menade du Kommun?" in text
    assert "811228" not in text


def test_a_workbook_is_told_names_and_a_text_file_codes(tmp_path: Path) -> None:
    rows = [["key", "owner_a", "owner_b"], ["1", "staten", "af"]]
    for path, allowed in (
        (workbook(tmp_path, "a.xlsx", ("Blad1", rows)), "Arbetsförmedlingen"),
        (text_file(tmp_path, *(",".join(row) for row in rows)), "af, "),
    ):
        with pytest.raises(InputRefused) as raised:
            read(path)
        assert allowed in raised.value.faults[0].allowed


def test_files_of_other_interventions_are_told_once(tmp_path: Path) -> None:
    first = text_file(tmp_path, "key,owner_a", "1,af", "2,af", "3,af", name="a.csv")
    second = text_file(tmp_path, "key,owner_b", "7,af", "8,af", "9,af", name="b.csv")
    assert faults_of(first, second) == [("b.csv", "", Reason.CODING_WRONG)]


def test_files_without_keys_cannot_be_put_together(tmp_path: Path) -> None:
    first = text_file(tmp_path, "key,owner_a", "1,af", name="a.csv")
    second = text_file(tmp_path, "owner_b", "af", name="b.csv")
    assert faults_of(first, second) == [("b.csv", "", Reason.COLUMN_MISSING)]


def test_files_of_two_samples_are_told_by_their_weights(tmp_path: Path) -> None:
    first = text_file(tmp_path, "key,owner_a,weight", "1,af,2", "2,af,1.3333333333", name="a.csv")
    second = text_file(tmp_path, "key,owner_b,weight", "1,af,5", '2,af,"1,33333333"', name="b.csv")
    assert faults_of(first, second) == [("b.csv", "C2", Reason.CODING_WRONG)]


def test_a_coder_who_answers_twice_must_answer_the_same(tmp_path: Path) -> None:
    first = text_file(tmp_path, "key,owner_a,owner_b", "1,af,fk", "2,af,af", name="a.csv")
    second = text_file(tmp_path, "key,owner_b", "1,fk", "2,fk", name="b.csv")
    assert faults_of(first, second) == [("b.csv", "B3", Reason.CODING_WRONG)]


def test_one_coder_is_not_enough_unless_the_machine_is_the_other(tmp_path: Path) -> None:
    path = text_file(tmp_path, "key,name,applicant,owner_a", "1,Ung väg,Flens kommun,kommun")
    assert faults_of(path) == [("kodat.csv", "", Reason.COLUMN_MISSING)]
    assert read(path, machine=True).answers == {"owner": {"a": ["kommun"], "machine": ["kommun"]}}


def test_a_sample_that_nobody_filled_in_is_refused_and_a_coder_who_did_not_is_told(tmp_path: Path) -> None:
    empty = text_file(tmp_path, "key,name,owner_a,orientation_a", "1,Ett,,", "2,Två,,", name="a.csv")
    assert faults_of(empty) == [("a.csv", "", Reason.NO_ROWS)]
    filled = text_file(tmp_path, "key,owner_b", "1,af", "2,fk", name="b.csv")
    assert faults_of(empty, filled) == [("a.csv", "", Reason.COLUMN_MISSING)]
    coded = read(empty, filled, machine=True)
    assert {dimension: list(by_coder) for dimension, by_coder in coded.answers.items()} == {"owner": ["b", "machine"]}
    assert coded.notes == (
        "Huvudman: a har inte svarat på någon rad och jämförs inte.",
        "Inriktning: a har inte svarat på någon rad och jämförs inte.",
    )


def test_a_dimension_with_one_coder_is_left_out_and_told(tmp_path: Path) -> None:
    coded = read(text_file(tmp_path, "key,owner_a,owner_b,orientation_a", "1,af,af,blandad"))
    assert list(coded.answers) == ["owner"]
    assert coded.notes == ("Inriktning har bara en kodare (a) och jämförs inte.",)


def test_the_machines_answers_may_stand_in_the_file_and_then_are_not_made_again(tmp_path: Path) -> None:
    path = text_file(tmp_path, "key,name,owner_machine,owner_a", "1,x,fk,af")
    assert read(path).answers == {"owner": {"a": ["af"], "machine": ["fk"]}}
    with pytest.raises(PortfoljError, match="owner_machine"):
        read(path, machine=True)


def test_a_table_that_was_classified_has_the_machines_answers(tmp_path: Path) -> None:
    texts = pd.DataFrame({"name": ["Ung väg"], "applicant": ["Flens kommun"], "owner_a": ["region"]}, dtype="str")
    classified = classify_table(texts, codebook=CODEBOOK)
    classified.to_csv(tmp_path / "kodade.csv", index=False)
    assert read(tmp_path / "kodade.csv").answers == {"owner": {"a": ["region"], "machine": ["kommun"]}}
    # Without what it rests on, a column called owner is the applicant of somebody's ledger.
    assert coder_columns(["owner", "owner_a"]) == {1: Column("owner", "a", 1)}


@pytest.mark.parametrize("lines", [("key,owner_a,owner_b",), ("key,namn,antal", "1,x,2")])
def test_a_file_without_rows_or_without_coders_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert faults_of(text_file(tmp_path, *lines))[0][2] in (Reason.NO_ROWS, Reason.COLUMN_MISSING)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "borta.xlsx") == [("borta.xlsx", "", Reason.FILE_MISSING)]


def test_the_sheet_is_chosen_where_several_hold_answers(tmp_path: Path) -> None:
    rows = [["key", "owner_a", "owner_b"], ["1", "af", "fk"]]
    path = workbook(tmp_path, "a.xlsx", ("Ett", rows), ("Två", rows))
    assert faults_of(path) == [("a.xlsx", "", Reason.SHEET_AMBIGUOUS)]
    assert read(path, sheet="två").answers["owner"]["b"] == ["fk"]
    with pytest.raises(InputRefused, match="Ett, Två"):
        read(path, sheet="Tre")
