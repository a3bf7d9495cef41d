"""A filled form becomes ledger entries by a decision only, and every fault of it is told by its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from filled_forms import (
    APPLICATION,
    BUDGET,
    GRANTS,
    application,
    blank,
    columns_of,
    federation_of,
    fill,
    final_report,
    row_of,
)

from portfolj.coding import load_codebook
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import load_federation
from portfolj.forms import write_forms
from portfolj.ledger import Ledger, check_report, read_ledger
from portfolj.ledger.cells import UNCACHED, Sheet, Value
from portfolj.ledger.filled.entries import form_entries
from portfolj.ledger.filled.marks import forms_in
from portfolj.ledger.opening import open_file
from portfolj.ledger.personal_numbers import Masker
from portfolj.ledger.settings import ReadingSettings
from portfolj.places import Places
from portfolj.start import start_federation


def read(path: Path, *more: str, unit: str = "tkr") -> Ledger:
    return read_ledger(federation_of(path.parent, path.name, *more, unit=unit))


def refused(path: Path) -> list[Fault]:
    with pytest.raises(InputRefused) as caught:
        read(path)
    return list(caught.value.faults)


def cell_of(path: Path, label: str, column: int = 0, row: int = 0) -> str:
    """Where a field's answer stands, or a column (from 0) in a row (from 0) of the table with that title."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    at = row_of(sheet, label)
    if label in APPLICATION or label in ("Beslut", "Beslutsdatum"):
        return sheet.cell(at, 3).coordinate
    first = row_of(sheet, "Exempel:", after=at) + 1
    return sheet.cell(first + row, columns_of(sheet, first)[column]).coordinate


def test_an_application_with_a_decision_is_what_was_granted(tmp_path: Path) -> None:
    path = application(tmp_path / "ansokan.xlsx")
    found = read(path)
    rows = found.rows
    # 800 000 + 400 000 kr, whatever unit the federation's other files have; the 900 000 applied for are no grant.
    assert list(zip(rows["year"], rows["financing"], rows["amount_sek"], rows["entry_type"], strict=True)) == [
        (2026, "Finsam", 800_000.0, "granted"), (2027, "ESF", 400_000.0, "granted")
    ]  # fmt: skip
    first = rows.iloc[0]
    assert (first["name"], first["intervention_id"], first["applicant"]) == ("Lotsen", "2025/7", "Solbacka kommun")
    assert first["intervention_key"] == "2025/7"
    assert first["target_group_text"] == "Unga; Psykisk ohälsa. Unga 16–24 år utan arbete och studier"
    assert first["description"] == "Lotsar ger unga stöd på väg till arbete. Insatsen är individinriktad."
    assert first["goal_text"] == (
        "40 procent av deltagarna ska arbeta eller studera sex månader efter avslut enligt enkät "
        "(utgångsläge 25 procent). 12 av deltagarna ska ha egen försörjning senast 2027 enligt lönebesked "
        "(utgångsläge 0)."
    )
    assert first["decision_date"] == pd.Timestamp(2025, 12, 4)
    assert first["document"] == "Styrelsen § 61"
    assert set(found.columns) == {
        "intervention_id", "name", "applicant", "target_group_text", "description", "goal_text", "decision_date",
        "document", "year", "financing", "granted",
    }  # fmt: skip
    assert found.columns["granted"] == "Beviljat, kronor (blankett)"
    assert first["cell"] == cell_of(path, "Beviljat per år", 3)


def test_rows_of_money_are_used_or_set_aside(tmp_path: Path) -> None:
    found = read(application(tmp_path / "ansokan.xlsx"))
    (source,) = found.sources.to_dict("records")
    assert (source["rows_in"], source["rows_used"], source["rows_set_aside"]) == (4, 2, 2)
    assert source["note"] == "ifylld blankett"
    assert list(found.set_aside["reason"]) == ["form_applied"] * 2
    assert list(found.set_aside["text"]) == [
        "Lotsen, sökt 2026: 900\xa0000\xa0kr, förbundets medel",
        "Lotsen, sökt 2027: 400\xa0000\xa0kr, ESF",
    ]
    assert "4 rader = 2 använda + 2 åt sidan (2 sökta belopp i ansökningar)" in check_report(found)


def test_an_application_without_a_decision_is_shown_and_not_counted(tmp_path: Path) -> None:
    (tmp_path / "liggare.csv").write_text("Insats;År;Beviljat\nGrön rehab;2025;500\n", encoding="utf-8")
    found = read(application(tmp_path / "ansokan.xlsx", decided=False), "liggare.csv")
    assert list(found.rows["name"]) == ["Grön rehab"]
    assert list(found.set_aside["reason"][:2]) == ["form_undecided"] * 2
    (remark,) = [r for r in found.remarks if r.reason is Reason.FORM_UNDECIDED]
    assert remark.found.startswith("Ansökan ”Lotsen” har inget beslut. Det sökta, 1")
    assert "(2 sökta belopp i ansökningar utan beslut)" in check_report(found)
    assert found.columns["name"] == "Insats"


def test_nothing_but_undecided_applications_is_no_ledger(tmp_path: Path) -> None:
    (fault,) = refused(application(tmp_path / "ansokan.xlsx", decided=False))
    assert fault.reason is Reason.NO_ROWS
    assert "förbundets beslut" in fault.action


def test_a_refusal_grants_nothing(tmp_path: Path) -> None:
    (tmp_path / "liggare.csv").write_text("Insats;År;Beviljat\nGrön rehab;2025;500\n", encoding="utf-8")
    path = application(
        tmp_path / "ansokan.xlsx", decided=False, fields={"Beslut": "avslag", "Beslutsdatum": "2025-12-04"}
    )
    found = read(path, "liggare.csv")
    assert list(found.rows["name"]) == ["Grön rehab"]
    assert list(found.set_aside["reason"][:2]) == ["not_granted"] * 2
    assert not [r for r in found.remarks if r.reason is Reason.FORM_UNDECIDED]


def test_a_form_beside_a_ledger_is_the_same_intervention_by_its_number(tmp_path: Path) -> None:
    lines = "Dnr;Insats;År;Beviljat\n2025/7;Lotsen;2025;100\n"
    (tmp_path / "liggare.csv").write_text(lines, encoding="utf-8")
    found = read(application(tmp_path / "ansokan.xlsx"), "liggare.csv")
    # 100 tkr of the ledger and 800 + 400 thousand of the form.
    assert found.rows["amount_sek"].sum() == 1_300_000
    assert set(found.rows["intervention_key"]) == {"2025/7"}


def test_what_the_ledger_has_already_is_remarked_on(tmp_path: Path) -> None:
    lines = "Dnr;Insats;Beslutsdatum;År;Beviljat;Handling\n2025/7;Lotsen;2025-12-04;2026;800;Styrelsen § 61\n"
    (tmp_path / "liggare.csv").write_text(lines, encoding="utf-8")
    found = read(application(tmp_path / "ansokan.xlsx"), "liggare.csv")
    assert [r.file for r in found.remarks if r.reason is Reason.DUPLICATE_ROWS] == ["liggare.csv"]


def test_a_final_report_gives_what_was_used_and_returned(tmp_path: Path) -> None:
    application(tmp_path / "ansokan.xlsx")
    path = final_report(tmp_path / "slut.xlsx", fields={"Vad ni gjorde": "Något annat", "Huvudman": "Kommunen"})
    found = read(path, "ansokan.xlsx")
    # What the intervention is for stays as it was decided.
    assert [remark for remark in found.remarks if remark.reason is Reason.TEXT_DIFFERS] == []
    assert found.columns["returned"] == "Återbetalt, kronor (blankett)"
    rows = found.rows
    sums = rows.groupby(["entry_type", "financing"])["amount_sek"].sum().to_dict()
    assert sums == {
        ("granted", "Finsam"): 800_000, ("granted", "ESF"): 400_000, ("paid", "Finsam"): 750_000,
        ("paid", "ESF"): 400_000, ("returned", "Finsam"): 50_000,
    }  # fmt: skip


def test_an_empty_form_is_remarked_on(tmp_path: Path) -> None:
    blank(tmp_path / "tom.xlsx")
    found = read(application(tmp_path / "ansokan.xlsx"), "tom.xlsx")
    assert [(r.file, r.reason) for r in found.remarks] == [("tom.xlsx", Reason.FORM_EMPTY)]
    assert found.rows["file"].unique().tolist() == ["ansokan.xlsx"]


NAME, DECISION, DATE, START, END = (
    ("Insatsens namn", 0),
    ("Beslut", 0),
    ("Beslutsdatum", 0),
    ("Start", 0),
    ("Slut", 0),
)
YEAR, FINANCING, AMOUNT = (("Beviljat per år", column) for column in (1, 2, 3))
FAULTS: dict[str, tuple[tuple[str, int], Any, Reason]] = {
    "no name": (NAME, None, Reason.VALUE_MISSING),
    "an amount in words": (AMOUNT, "åttahundratusen", Reason.AMOUNT_UNREADABLE),
    "öre": (AMOUNT, 800000.5, Reason.AMOUNT_UNREADABLE),
    "about": (AMOUNT, "ca 800 000", Reason.AMOUNT_UNREADABLE),
    "a personal number": (AMOUNT, "19121212-1212", Reason.AMOUNT_UNREADABLE),
    "less than nothing": (AMOUNT, -1, Reason.NUMBER_OUTSIDE),
    "no amount": (AMOUNT, None, Reason.VALUE_MISSING),
    "no year": (YEAR, None, Reason.VALUE_MISSING),
    "no such year": (YEAR, "nästa år", Reason.YEAR_UNREADABLE),
    "other money": (FINANCING, "Kyrkan", Reason.FINANCING_UNKNOWN),
    "an error value": (AMOUNT, "#REF!", Reason.ERROR_VALUE),
    "a formula that nobody computed": (AMOUNT, UNCACHED, Reason.FORMULA_WITHOUT_VALUE),
    "another word": (DECISION, "kanske", Reason.WORD_UNKNOWN),
    "no date": (DATE, None, Reason.VALUE_MISSING),
    "a date in words": (DATE, "i vintras", Reason.DATE_UNREADABLE),
    "only a year": (START, 2026, Reason.DATE_UNREADABLE),
    "an end before the start": (END, datetime(2025, 1, 1), Reason.DATES_REVERSED),
    "granted without a decision": (DECISION, None, Reason.ROWS_CONTRADICT),
    "granted and refused": (DECISION, "avslag", Reason.ROWS_CONTRADICT),
}


def test_an_intervention_may_go_on_until_further_notice(opened: Sheet, decided: Path) -> None:
    cell = cell_of(decided, "Slut")
    rows = [
        ["Tills vidare" if opened.address(r, c) == cell else v for c, v in enumerate(row)]
        for r, row in enumerate(opened.rows)
    ]
    (form,) = forms_in([replace(opened, rows=rows)])
    assert form_entries(form, settings=ReadingSettings(), masker=Masker()).faults == []


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application with a decision."""
    return application(tmp_path_factory.mktemp("decided") / "ansokan.xlsx")


@pytest.fixture(scope="module")
def opened(decided: Path) -> Sheet:
    """The same as its cells."""
    return open_file(decided)[0]


@pytest.mark.parametrize(("place", "value", "reason"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_by_its_cell(
    decided: Path, opened: Sheet, place: tuple[str, int], value: Value, reason: Reason
) -> None:
    cell = cell_of(decided, *place)
    rows = [
        [value if opened.address(r, c) == cell else v for c, v in enumerate(row)] for r, row in enumerate(opened.rows)
    ]
    (form,) = forms_in([replace(opened, rows=rows)])
    faults = form_entries(form, settings=ReadingSettings(), masker=Masker()).faults
    assert [(f.file, f.sheet, f.cell, f.reason) for f in faults] == [("ansokan.xlsx", "Ansökan", cell, reason)]
    assert faults[0].action
    assert "19121212" not in str(faults[0])


def test_the_application_without_them_has_no_faults(opened: Sheet) -> None:
    (form,) = forms_in([opened])
    assert form_entries(form, settings=ReadingSettings(), masker=Masker()).faults == []


def test_a_grant_without_amounts_is_a_fault(tmp_path: Path) -> None:
    path = application(tmp_path / "ansokan.xlsx", tables={"Beviljat per år": []})
    assert [fault.reason for fault in refused(path)] == [Reason.ROWS_CONTRADICT]


def test_every_fault_of_every_form_is_told_at_once(tmp_path: Path) -> None:
    grants = [["", "snart", "Kyrkan", "mycket"]]
    application(tmp_path / "en.xlsx", tables={"Beviljat per år": grants})
    path = application(tmp_path / "tva.xlsx", fields={"Start": "snart"})
    with pytest.raises(InputRefused) as caught:
        read(path, "en.xlsx")
    assert [(f.file, f.reason) for f in caught.value.faults] == [
        ("en.xlsx", Reason.YEAR_UNREADABLE), ("en.xlsx", Reason.FINANCING_UNKNOWN),
        ("en.xlsx", Reason.AMOUNT_UNREADABLE), ("tva.xlsx", Reason.DATE_UNREADABLE),
    ]  # fmt: skip


def test_a_personal_number_is_masked_and_remarked_on(tmp_path: Path) -> None:
    number = "19121212-1212"
    path = application(tmp_path / "ansokan.xlsx", fields={"Vad ni vill göra": f"Stöd till {number}."})
    found = read(path)
    assert number not in found.rows.to_csv() + found.set_aside.to_csv() + check_report(found)
    (remark,) = [r for r in found.remarks if r.reason is Reason.PERSONAL_NUMBER]
    assert remark.cell == cell_of(path, "Vad ni vill göra")


def test_a_goal_that_lacks_a_part_is_remarked_on_and_stops_nothing(tmp_path: Path) -> None:
    goals = [
        ["arbeta", "deltagarna", "", "procent", "", "25 procent", ""],
        ["må bättre", "alla", "fler", "personer", "2027", "0"],
    ]
    path = application(tmp_path / "ansokan.xlsx", tables={"Mål som går att mäta": goals})
    found = read(path)
    assert found.rows["goal_text"][0] == (
        "Deltagarna ska arbeta (utgångsläge 25 procent). Fler av alla ska må bättre senast 2027 (utgångsläge 0)."
    )
    told = [(r.found, r.cell) for r in found.remarks if r.reason is Reason.GOAL_INCOMPLETE]
    assert told == [
        ("Målet säger inte hur mycket, när det mäts", cell_of(path, "Mål som går att mäta", 2)),
        ("Målet har måttet personer men ingen siffra: ”fler”", cell_of(path, "Mål som går att mäta", 2, 1)),
    ]


def moved(change: Callable[[Any], None], path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def values_moved(book: Any) -> None:
    """Every value on another sheet, in another order of rows and columns, as plain cells."""
    old = book.worksheets[0]
    new = book.create_sheet("Klistrad", 0)
    for row in old.iter_rows():
        for cell in row:
            if cell.value is not None:
                new.cell(1000 - cell.row if cell.row > 1 else 1, cell.column + 2).value = cell.value
    del book[old.title]


def copied_row(book: Any) -> None:
    """One more grant in a row copied to the end, with its mark."""
    sheet = book.worksheets[0]
    row = row_of(sheet, "Exempel:", after=row_of(sheet, "Beviljat per år")) + 1
    for column in range(1, 9):
        sheet.cell(200, column).value = sheet.cell(row, column).value


@pytest.mark.parametrize(
    ("change", "total"),
    [
        (lambda book: setattr(book.worksheets[0], "title", "Annat namn"), 1_200_000),
        (lambda book: book.create_sheet("Anteckningar", 0), 1_200_000),
        (lambda book: book.remove(book["Listor"]), 1_200_000),
        (copied_row, 2_000_000),
    ],
    ids=["renamed", "another sheet first", "without its lists", "a copied row"],
)  # fmt: skip
def test_a_form_reads_wherever_its_rows_and_sheets_are(
    tmp_path: Path, change: Callable[[Any], None], total: int
) -> None:
    found = read(moved(change, application(tmp_path / "ansokan.xlsx")))
    assert found.rows["amount_sek"].sum() == total


def test_values_pasted_elsewhere_in_another_order_read_the_same(tmp_path: Path) -> None:
    whole = read(application(tmp_path / "ansokan.xlsx")).rows
    path = moved(values_moved, application(tmp_path / "flyttad.xlsx"))
    rows = read(path).rows
    columns = ["name", "applicant", "year", "amount_sek", "financing", "decision_date"]
    assert rows[columns].sort_values("year").to_dict("list") == whole[columns].sort_values("year").to_dict("list")


def without(*texts: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if cell.value in texts:
                    cell.value = None

    return change


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (("falt:name",), "raden ”Insatsens namn”"),
        (("kolumner:grants",), "tabellen ”Beviljat per år”"),
        (("svar",), "kolumnen med svar"),
        (("amount_sek",), "kolumnen ”Beviljat, kronor”"),
    ],
)
def test_a_form_that_has_lost_a_part_is_refused(tmp_path: Path, lost: tuple[str, ...], told: str) -> None:
    faults = refused(moved(without(*lost), application(tmp_path / "ansokan.xlsx")))
    found = [fault for fault in faults if fault.reason is Reason.FORM_DAMAGED]
    assert any(told in fault.found for fault in found)


def test_a_form_of_a_later_version_is_refused(tmp_path: Path) -> None:
    def later(book: Any) -> None:
        book.worksheets[0]["A1"].value = "portfolj-blankett:application:99"

    (fault, *_) = refused(moved(later, application(tmp_path / "ansokan.xlsx")))
    assert (fault.reason, fault.cell) == (Reason.FORM_UNKNOWN, "A1")


def test_two_answers_to_one_question_are_refused(tmp_path: Path) -> None:
    def twice(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["A200"].value, sheet["C200"].value = "falt:name", "Något annat"

    assert [f.cell for f in refused(moved(twice, application(tmp_path / "ansokan.xlsx")))] == ["C200"]


def test_an_application_that_asks_for_nothing_has_no_rows(tmp_path: Path) -> None:
    path = fill(blank(tmp_path / "ansokan.xlsx"), {"Insatsens namn": "Lotsen"})
    (tmp_path / "liggare.csv").write_text("Insats;År;Beviljat\nGrön rehab;2025;500\n", encoding="utf-8")
    found = read(path, "liggare.csv")
    assert found.sources["rows_in"].tolist()[0] == 0
    assert [r.found for r in found.remarks if r.reason is Reason.FORM_UNDECIDED] == [
        "Ansökan ”Lotsen” har inget beslut. Den räknas inte som beviljat"
    ]


def test_the_applied_amounts_of_the_case_are_not_the_granted() -> None:
    """Or the tests above would not tell one from the other."""
    assert [row[3] for row in BUDGET] != [row[3] for row in GRANTS]


def test_a_filled_form_can_be_where_a_federation_starts(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    places = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=tmp_path)
    folder = start_federation("ny", application(tmp_path / "ansokan.xlsx"), unit=None, places=places)
    assert read_ledger(load_federation(folder)).rows["amount_sek"].sum() == 1_200_000


def test_a_form_in_word_is_refused_with_what_to_do(tmp_path: Path) -> None:
    write_forms("application", tmp_path / "ansokan.docx", codebook=load_codebook())
    (fault,) = refused(tmp_path / "ansokan.docx")
    assert (fault.reason, fault.found) == (Reason.FORMAT_UNKNOWN, "Filen är ett Worddokument")
    assert "Excelblanketten" in fault.action
