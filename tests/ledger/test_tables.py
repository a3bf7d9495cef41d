from __future__ import annotations

import os

import openpyxl
import pandas as pd
import pytest

from portfolj.errors import Fault, PortfoljError, Reason
from portfolj.ledger import read_table, write_faults, write_table

HOSTILE = [
    '=HYPERLINK("http://exempel.se")',
    "http://exempel.se",
    "+1",
    "-2",
    "@x",
    "<b>1</b>",
    "mailto:a@b.se",
    "{=1+1}",
    "0012",
]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_is_read_back_as_it_stood(tmp_path, suffix):
    frame = pd.DataFrame({"Insats": HOSTILE, "År": [str(n) for n in range(9)], "Tom": [""] * 8 + ["å  ä"]}, dtype="str")
    path = tmp_path / f"tabell{suffix}"
    write_table(frame, path)
    pd.testing.assert_frame_equal(read_table(path), frame)


def test_text_in_a_workbook_is_never_a_formula_or_a_link(tmp_path):
    path = tmp_path / "tabell.xlsx"
    write_table(pd.DataFrame({"Insats": HOSTILE}), path)
    sheet = openpyxl.load_workbook(path).active
    for row in sheet.iter_rows(min_row=2):
        assert row[0].data_type == "s"
        assert row[0].hyperlink is None


def test_numbers_dates_and_missing_values_keep_their_kind_in_a_workbook(tmp_path):
    path = tmp_path / "tabell.xlsx"
    frame = pd.DataFrame(
        {
            "n": pd.array([1, None], dtype="Int64"),
            "f": [1.5, float("nan")],
            "d": [pd.Timestamp("2019-03-01"), pd.NaT],
            "b": [True, False],
        }
    )
    write_table(frame, path)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert rows == [[1, 1.5, pd.Timestamp("2019-03-01").to_pydatetime(), True], [None, None, None, False]]


def test_the_table_keeps_headings_rows_and_order_as_they_stand(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Förbundet;;\nInsats;Belopp (tkr);Insats\nB;1 234,5;x\nSumma;;\n\nA;;y\n", encoding="cp1252")
    table = read_table(path)
    assert list(table.columns) == ["Insats", "Belopp (tkr)", "Insats (2)"]
    assert table.iloc[:, 0].tolist() == ["B", "Summa", "", "A"]
    assert table.iloc[:, 1].tolist() == ["1 234,5", "", "", ""]
    assert {str(t) for t in table.dtypes} == {"str"}


def test_a_table_without_known_headings_has_its_first_row_as_header(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert read_table(path).to_dict("list") == {"a": ["1"], "b": ["2"]}


def test_another_ending_and_a_locked_file_are_user_errors(tmp_path, monkeypatch):
    frame = pd.DataFrame({"a": [1]})
    with pytest.raises(PortfoljError, match=r"\.csv eller \.xlsx"):
        write_table(frame, tmp_path / "t.pdf")

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("portfolj.ledger.tables.replace_whole", refuse)
    with pytest.raises(PortfoljError, match="öppen i ett annat program"):
        write_table(frame, tmp_path / "t.csv")


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_place_that_cannot_be_written_is_a_user_error_that_names_the_file(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(PortfoljError, match=f"Kan inte skriva {name}"):
        write_table(pd.DataFrame({"a": [1]}), tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_locked_file_keeps_what_it_held(tmp_path, monkeypatch, name):
    path = tmp_path / name
    write_table(pd.DataFrame({"a": ["förut"]}), path)

    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(PortfoljError, match=f"Kan inte skriva {name}: filen är öppen i ett annat program"):
        write_table(pd.DataFrame({"a": ["nu"]}), path)
    assert read_table(path)["a"].tolist() == ["förut"]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_locked_workbook_of_faults_is_a_user_error(tmp_path):
    (tmp_path / "faults.xlsx").mkdir()
    with pytest.raises(PortfoljError, match=r"faults\.xlsx"):
        write_faults([], tmp_path / "faults.xlsx")


def test_faults_are_written_one_per_row_with_their_addresses(tmp_path):
    fault = Fault("l.xlsx", "Blad1", "J14", Reason.AMOUNT_UNREADABLE, "=1+1", "ett tal", "Rätta")
    write_faults([fault], tmp_path / "faults.xlsx")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "faults.xlsx").active.iter_rows()]
    assert rows == [
        ["Fil", "Blad", "Cell", "Vad som står", "Tillåtet", "Att göra", "Kod"],
        ["l.xlsx", "Blad1", "J14", "=1+1", "ett tal", "Rätta", "amount_unreadable"],
    ]
