"""What people and their spreadsheet programs do to a workbook does no harm to its answers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from review_books import applied, decisions, fill, name_cell, opened, rows_of, written

from portfolj.places import Places

SOFFICE = shutil.which("soffice")
ANSWERS = {
    ("1", "Huvudman: beslut"): "Region", ("2", "Målgrupp: beslut 1"): "Unga", ("2", "Målgrupp: beslut 2"): "Missbruk",
    ("2", "Varför"): "Ansökan", ("3", "Inriktning: beslut"): "Blandad",
}  # fmt: skip
DECIDED = {("1", "owner", "region"), ("2", "target_groups", "unga;missbruk"), ("3", "orientation", "blandad")}


def decided(prov: Places) -> set[tuple[str, str, str]]:
    assert applied(prov).changes == {"new": 3}
    return {(row["intervention_key"], row["dimension"], row["code"]) for row in decisions(prov)}


def rewritten(book: Any, rows: list[list[Any]]) -> None:
    """The sheet of interventions with other rows in its place."""
    sheet = book["Insatser"]
    for row in sheet.iter_rows():
        for cell in row:
            cell.value = None
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value


def values(book: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book["Insatser"].iter_rows()]


def sorted_by_name(book: Any) -> None:
    head, *rows = values(book)
    rewritten(book, [head, *sorted(rows, key=lambda row: str(row[0]), reverse=True)])


def columns_moved(book: Any) -> None:
    rewritten(book, [list(reversed(row)) for row in values(book)])


def filtered(book: Any) -> None:
    for row in range(2, book["Insatser"].max_row + 1):
        book["Insatser"].row_dimensions[row].hidden = True


def rows_and_columns_above_and_beside(book: Any) -> None:
    book["Insatser"].insert_rows(1, amount=2)
    book["Insatser"].insert_cols(1)
    book["Insatser"]["A1"].value = "Granskat av mig"


def columns_deleted(book: Any) -> None:
    kept = ("Nyckel", "beslut", "Varför")
    head, *rows = values(book)
    columns = [place for place, heading in enumerate(head) if any(word in str(heading) for word in kept)]
    rewritten(book, [[row[place] for place in columns] for row in (head, *rows)])


def sheets_added_and_renamed(book: Any) -> None:
    book.create_sheet("Mina anteckningar", 0)["A1"] = "Nyckel"
    book["Insatser"].title = "Klart"
    book.move_sheet("Klart", offset=3)


def headings_in_another_case(book: Any) -> None:
    for cell in book["Insatser"][1]:
        cell.value = str(cell.value).upper()


@pytest.mark.parametrize(
    "change",
    [sorted_by_name, columns_moved, filtered, rows_and_columns_above_and_beside, columns_deleted,
     sheets_added_and_renamed, headings_in_another_case],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_answers_are_found_wherever_they_have_been_moved(prov: Places, change: Any) -> None:
    path = written(prov)
    fill(path, ANSWERS)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    assert decided(prov) == DECIDED


def test_a_copy_of_the_sheet_with_the_same_answers_is_one_answer_each(prov: Places) -> None:
    path = written(prov)
    fill(path, ANSWERS)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Insatser"]).title = "Kopia för säkerhets skull"
    book.save(path)
    assert decided(prov) == DECIDED


def test_rows_that_are_deleted_say_nothing_and_the_others_are_read(prov: Places) -> None:
    path = written(prov)
    fill(path, ANSWERS)
    book = openpyxl.load_workbook(path)
    head, *rows = values(book)
    key = head.index("Nyckel")
    rewritten(book, [head, *[row for row in rows if row[key] == "2"]])
    book.save(path)
    assert applied(prov).changes == {"new": 1}
    assert [row["code"] for row in decisions(prov)] == ["unga;missbruk"]


def converted(path: Path) -> None:
    """The workbook opened and saved by LibreOffice, in its place."""
    assert SOFFICE is not None
    out = path.parent / "saved"
    home = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    subprocess.run(
        [SOFFICE, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (out / path.name).replace(path)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: no round trip through it")
def test_a_workbook_saved_by_libreoffice_before_and_after_it_is_filled_in_is_read(prov: Places) -> None:
    path = written(prov)
    before = rows_of(path)
    converted(path)
    assert rows_of(path) == before
    fill(path, ANSWERS)
    converted(path)
    assert name_cell(openpyxl.load_workbook(path)).value == "Anna Ek"
    assert decided(prov) == DECIDED
    assert opened(prov).interventions.set_index("intervention_key").loc["1", "owner"] == "region"
    assert applied(prov).changes == {}
