"""``portfolj new``: from a file to settings that load and read."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from portfolj.errors import InputRefused, PortfoljError, Reason
from portfolj.federation import Unit, load_federation
from portfolj.ledger import interventions_of, read_ledger
from portfolj.ledger.reading import examine
from portfolj.ledger.settings import ReadingSettings
from portfolj.places import Places
from portfolj.start import start_federation

RAR = Path(__file__).parents[2] / "data" / "raw" / "rar-sormland"


@pytest.fixture
def places(tmp_path):
    return Places(data=tmp_path / "data", out=tmp_path / "out", notebooks=tmp_path / "notebooks")


class Answers:
    """Answers in turn, and remembers what was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, question, choices):
        self.asked.append((question, tuple(choices)))
        return self.answers.pop(0)


@pytest.mark.parametrize(
    ("file", "unit"),
    [
        ("rar_sormland_ledger.xlsx", None),
        ("other-formats/rar_sormland_ledger.csv", Unit.KR),
        ("other-formats/rar_sormland_ledger_export.csv", Unit.KR),
    ],
)
def test_each_shape_of_the_demo_ledger_can_be_started_with(places, file, unit):
    folder = start_federation("mitt-forbund", RAR / file, unit=unit, places=places)
    assert folder == places.raw("mitt-forbund")
    table = interventions_of(read_ledger(load_federation(folder)).rows)
    assert table["granted_sek"].sum() == 70_200_000
    pd.testing.assert_frame_equal(table, interventions_of(read_ledger(load_federation(RAR)).rows))


def test_every_line_of_the_settings_has_a_comment(places):
    folder = start_federation("f1", RAR / "rar_sormland_ledger.xlsx", unit=None, places=places)
    lines = (folder / "federation.toml").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 15
    assert all("# " in line for line in lines)


def test_the_unit_is_asked_for_where_the_ledger_does_not_say(places):
    ask = Answers("kr")
    folder = start_federation("f1", RAR / "other-formats/rar_sormland_ledger.csv", unit=None, places=places, ask=ask)
    assert ask.asked[0][1] == ("kr", "tkr", "mkr")
    assert load_federation(folder).ledger.unit is Unit.KR


def test_nobody_to_ask_for_the_unit_is_a_user_error_that_names_the_option(places):
    with pytest.raises(PortfoljError, match="--unit tkr"):
        start_federation("f1", RAR / "other-formats/rar_sormland_ledger.csv", unit=None, places=places)
    assert not places.raw("f1").exists()
    assert not list(places.data.rglob("*.csv"))


def test_a_unit_against_the_heading_is_refused(places):
    with pytest.raises(PortfoljError, match="tkr"):
        start_federation("f1", RAR / "rar_sormland_ledger.xlsx", unit=Unit.KR, places=places)


def test_the_sheet_the_name_column_and_the_financing_are_asked_for(places, tmp_path):
    book = openpyxl.Workbook()
    for title in ("2018", "2019"):
        sheet = book.create_sheet(title)
        sheet.append(["Vad", "År", "Belopp tkr", "Finansiär", "Sökande"])
        sheet.append(["Coach", 2019, 5, "Sparbanken", "Flens kommun"])
    del book["Sheet"]
    file = tmp_path / "egen.xlsx"
    book.save(file)
    ask = Answers("2019", "Vad", "other")
    folder = start_federation("f1", file, unit=None, places=places, ask=ask)
    federation = load_federation(folder)
    assert federation.ledger.sheets == ["2019"]
    assert federation.ledger.columns == {"name": "Vad"}
    assert federation.financing.other == ["Sparbanken"]
    assert read_ledger(federation).rows["amount_sek"].tolist() == [5000]
    assert len(ask.asked) == 3


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [("Mitt Förbund", "mitt-forbund"), ("åäö", "aao"), ("../x", "x"), ("-a", "a"), ("", "mitt-forbund")],
)
def test_a_name_that_can_not_be_a_folder_is_refused_with_a_suggestion(places, name, suggestion):
    with pytest.raises(PortfoljError, match=f"{suggestion}$"):
        start_federation(name, RAR / "rar_sormland_ledger.xlsx", unit=None, places=places)


def test_a_name_that_is_taken_is_refused_and_left_alone(places):
    shutil.copytree(RAR, places.raw("rar-sormland"))
    before = (places.raw("rar-sormland") / "federation.toml").read_bytes()
    with pytest.raises(PortfoljError, match="finns redan"):
        start_federation("rar-sormland", RAR / "rar_sormland_ledger.xlsx", unit=None, places=places)
    assert (places.raw("rar-sormland") / "federation.toml").read_bytes() == before


def test_a_missing_file_is_refused(places, tmp_path):
    with pytest.raises(InputRefused):
        start_federation("f1", tmp_path / "borta.xlsx", unit=None, places=places)


def test_quotes_in_headings_and_file_names_do_not_break_the_settings(places, tmp_path):
    file = tmp_path / "lig'gare.csv"
    file.write_text('"Namn ""x"" \\ y";År;Belopp kr;Sökande;Målgrupp\nA;2019;5;;\n', encoding="utf-8")
    folder = start_federation("f1", file, unit=None, places=places, ask=Answers('Namn "x" \\ y'))
    assert read_ledger(load_federation(folder)).rows["name"].tolist() == ["A"]


def book_of(path, sheets, *, hidden=()):
    book = openpyxl.Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    del book["Sheet"]
    book.save(path)
    return path


HEAD = ["Insats", "Sökande", "Beviljat tkr"]
TWO_YEARS = {"2022": [HEAD, ["Alfa", "Gnesta kommun", 100]], "2023": [HEAD, ["Beta", "Region", 200]]}


def test_all_sheets_with_the_same_headings_can_be_chosen_and_their_names_give_the_years(places, tmp_path):
    ask = Answers("alla")
    folder = start_federation("f1", book_of(tmp_path / "l.xlsx", TWO_YEARS), unit=None, places=places, ask=ask)
    assert ask.asked[0][1] == ("2022", "2023", "alla")
    federation = load_federation(folder)
    assert federation.ledger.sheets == ["2022", "2023"]
    rows = read_ledger(federation).rows
    assert rows["year"].tolist() == [2022, 2023]
    assert rows["amount_sek"].sum() == 300_000


def test_sheets_with_other_headings_are_not_offered_together(places, tmp_path):
    sheets = {"Summering": [["Insats", "Beviljat tkr"], ["Alfa", 100]], "Beslut": [HEAD, ["Beta", "Region", 200]]}
    ask = Answers("Beslut")
    start_federation("f1", book_of(tmp_path / "l.xlsx", sheets), unit=None, places=places, ask=ask)
    assert ask.asked[0][1] == ("Summering", "Beslut")


def test_a_hidden_sheet_makes_nothing_ambiguous_and_is_told(tmp_path):
    sheets = {"Beslut": [HEAD, ["Alfa", "Region", 100]], "Gammal": [HEAD, ["Z", "Region", 999]]}
    found = examine([book_of(tmp_path / "l.xlsx", sheets, hidden=["Gammal"])], settings=ReadingSettings())
    assert found.faults == []
    assert [r["ore"] for r in found.records] == [100_000_00]
    assert [(r.sheet, r.reason) for r in found.remarks if r.sheet == "Gammal"] == [("Gammal", Reason.SHEET_NOT_READ)]


def test_the_check_suggests_every_sheet_with_the_same_headings(tmp_path):
    (fault,) = examine([book_of(tmp_path / "l.xlsx", TWO_YEARS)], settings=ReadingSettings()).faults
    assert fault.reason is Reason.SHEET_AMBIGUOUS
    assert 'sheets = ["2022", "2023"]' in fault.action


def test_nobody_to_ask_for_the_amount_is_told_what_to_do_without_a_file_to_write_in(places, tmp_path):
    file = tmp_path / "l.csv"
    file.write_text("Insats;Belopp kr;Beviljat kr\nA;1;2\n", encoding="utf-8")
    with pytest.raises(PortfoljError, match="döp om den andra kolumnen") as refused:
        start_federation("f1", file, unit=None, places=places)
    assert "ledger.columns" not in str(refused.value)
    ask = Answers("Beviljat kr")
    folder = start_federation("f1", file, unit=None, places=places, ask=ask)
    assert read_ledger(load_federation(folder)).rows["amount_sek"].tolist() == [2]


def test_two_columns_of_one_name_can_not_be_chosen_between(places, tmp_path):
    file = tmp_path / "l.csv"
    file.write_text("Insats;Belopp kr;Belopp kr\nA;1;2\n", encoding="utf-8")
    with pytest.raises(PortfoljError, match="heter"):
        start_federation("f1", file, unit=None, places=places, ask=Answers("Belopp kr"))
