"""The demo federations, as a user has them. Expected: the 2020 review (RAR), the README of the coded set (253 rows)."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlwt
from ledger_cases import DATA, federation_of
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from portfolj.errors import Reason
from portfolj.federation import Federation, load_federation
from portfolj.ledger import interventions_of, read_ledger

RAW = Path(__file__).parents[2] / "data" / "raw"
RAR = RAW / "rar-sormland"


def shape(file: str, unit: str) -> Federation:
    return federation_of(RAR, file, unit=unit)


SHAPES = {
    "xlsx": ("rar_sormland_ledger.xlsx", "tkr"),
    "csv": ("other-formats/rar_sormland_ledger.csv", "kr"),
    "export": ("other-formats/rar_sormland_ledger_export.csv", "kr"),
}


@pytest.fixture(scope="module")
def ledgers():
    return {name: read_ledger(shape(*args)) for name, args in SHAPES.items()}


@pytest.mark.parametrize("other", ["csv", "export"])
def test_the_three_shapes_give_the_same_interventions(ledgers, other):
    pd.testing.assert_frame_equal(interventions_of(ledgers["xlsx"].rows), interventions_of(ledgers[other].rows))


@pytest.mark.parametrize("name", list(SHAPES))
def test_the_sums_are_those_that_the_review_prints(ledgers, name):
    table = interventions_of(ledgers[name].rows)
    assert table["members"].sum() == 56
    assert table["granted_sek"].sum() == 70_200_000
    assert table["external_sek"].sum() == 33_200_000
    assert len(ledgers[name].rows) == 133 + 2


def test_each_intervention_has_its_own_sum(ledgers):
    expected = {
        row["Insats"]: float(row["granted_sek"])
        for row in csv.DictReader((DATA / "rar_sormland_expected.csv").open(encoding="utf-8-sig"))
    }
    table = interventions_of(ledgers["xlsx"].rows)
    assert dict(table[table["members"]].set_index("name")["granted_sek"]) == expected


@pytest.mark.parametrize("name", list(SHAPES))
def test_rows_in_are_rows_used_and_rows_set_aside(ledgers, name):
    sources = ledgers[name].sources
    assert (sources["rows_in"] == sources["rows_used"] + sources["rows_set_aside"]).all()
    assert sources["rows_in"].iloc[0] == {"xlsx": 141, "csv": 136, "export": 137}[name]


def test_the_sheets_own_total_is_too_low_and_the_remark_explains_it_to_the_krona(ledgers):
    (remark,) = [r for r in ledgers["xlsx"].remarks if r.reason is Reason.SUM_DIFFERS]
    assert remark.cell == "J141"
    text = remark.found.replace("\u00a0", " ")
    # 78 350 + 25 050 = 103 400 tkr; 27 of the 135 amounts are kept as text.
    for part in (
        "78 350 000 kr",
        "103 400 000 kr",
        "27 belopp",
        "78 350 000 kr + 25 050 000 kr = 103 400 000 kr",
        "hela skillnaden",
    ):
        assert part in text


def test_the_exports_own_total_is_right_and_not_remarked_on(ledgers):
    assert Reason.SUM_DIFFERS not in [r.reason for r in ledgers["export"].remarks]


def test_the_frames_keep_their_types(ledgers):
    rows = ledgers["xlsx"].rows
    assert {c: str(rows[c].dtype) for c in ("name", "row", "amount_sek", "year", "decision_date", "applicant")} == {
        "name": "str", "row": "int64", "amount_sek": "float64", "year": "Int64", "decision_date": "datetime64[us]",
        "applicant": "str",
    }  # fmt: skip
    first = rows.iloc[0]
    assert (first["sheet"], first["row"], first["cell"], first["year"]) == ("Beviljade medel", 5, "J5", 2014)


def test_the_shipped_settings_say_what_the_review_did():
    federation = load_federation(RAR)
    assert (federation.period, federation.ledger.unit, federation.classification.basis) == (
        "2014-2019",
        "tkr",
        "stated",
    )
    assert federation.classification.derive_orientation
    assert federation.notice is not None
    assert federation.notice.title == "Konstruerade rader"
    assert federation.notice.text.count(".") == 1
    assert interventions_of(read_ledger(federation).rows)["granted_sek"].sum() == 70_200_000


def test_the_sample_of_real_interventions_counts_though_amounts_and_years_are_missing():
    ledger = read_ledger(load_federation(RAW / "finsam-urval"))
    table = interventions_of(ledger.rows)
    assert len(table) == 253
    assert table["first_year"].notna().sum() == 165
    assert ledger.rows["amount_sek"].notna().sum() == 10
    assert ledger.rows["financing"].value_counts().to_dict() == {
        "Finsam": 243 + 2,
        "ESF": 7,
        "other": 1,
    }  # 2 are "okänd"
    assert table["granted_sek"].notna().sum() == 2
    assert {"document", "applicant", "description"} <= set(ledger.columns)


@pytest.mark.parametrize("key", ["rar-sormland", "finsam-urval"])
def test_every_setting_is_explained_and_the_folder_says_where_its_data_come_from(key):
    lines = (RAW / key / "federation.toml").read_text(encoding="utf-8").splitlines()
    settings = [n for n, line in enumerate(lines) if line and not line.startswith(("#", "["))]
    assert all(lines[n - 1].startswith("#") for n in settings)
    assert "källa" in (RAW / key / "README.md").read_text(encoding="utf-8").lower()


def rar_cells():
    sheet = openpyxl.load_workbook(RAR / "rar_sormland_ledger.xlsx", data_only=True).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def as_xls(rows, path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Beviljade medel")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value, day if hasattr(value, "year") else xlwt.Style.default_style)
    book.save(str(path))


def as_ods(rows, path):
    document = OpenDocumentSpreadsheet()
    table = Table(name="Beviljade medel")
    for row in rows:
        line = TableRow()
        for value in row:
            if value is None:
                cell = TableCell()
            elif hasattr(value, "year"):
                cell = TableCell(valuetype="date", datevalue=value.date().isoformat())
            elif isinstance(value, str):
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=value))
            else:
                cell = TableCell(valuetype="float", value=str(value))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))


@pytest.mark.parametrize(("suffix", "write"), [("xls", as_xls), ("ods", as_ods)])
def test_xls_and_ods_give_the_same_interventions_too(ledgers, tmp_path, suffix, write):
    write(rar_cells(), tmp_path / f"liggare.{suffix}")
    ledger = read_ledger(federation_of(tmp_path, f"liggare.{suffix}", unit="tkr"))
    pd.testing.assert_frame_equal(interventions_of(ledger.rows), interventions_of(ledgers["xlsx"].rows))
    assert Reason.SUM_DIFFERS in [remark.reason for remark in ledger.remarks]


@pytest.mark.parametrize("name", list(SHAPES))
def test_reading_never_changes_the_files(name):
    path = RAR / SHAPES[name][0]
    before = path.read_bytes()
    read_ledger(shape(*SHAPES[name]))
    assert path.read_bytes() == before


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_rows_in_the_file_does_not_matter(ledgers, tmp_path, seed):
    head, *rows = (RAR / SHAPES["csv"][0]).read_text(encoding="utf-8-sig").splitlines()
    random.Random(seed).shuffle(rows)
    (tmp_path / "liggare.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    shuffled = read_ledger(federation_of(tmp_path, "liggare.csv"))
    pd.testing.assert_frame_equal(interventions_of(shuffled.rows), interventions_of(ledgers["csv"].rows))
