"""Years or financiers as columns: read right or refused, never left out."""

from __future__ import annotations

import pytest
from ledger_cases import find, reasons

from portfolj.errors import Reason
from portfolj.federation import Unit
from portfolj.ledger.cells import sheet_of


def entries(found):
    assert found.faults == []
    return [(r["name"], r["year"], r["entry_type"], r["ore"] / 100, r["cell"]) for r in found.records]


EXPECTED = [
    ("A", 2019, "granted", 100_000, "C2"),
    ("A", 2020, "granted", 200_000, "D2"),
    ("B", 2020, "granted", 50_000, "D3"),
]


@pytest.mark.parametrize(
    "head",
    [("2019", "2020"), (2019, 2020), ("Beviljat 2019", "Beviljat 2020"), ("År 2019", "År 2020"),
     ("2019 (tkr)", "2020 (tkr)"), ("Belopp 2019", "Belopp 2020"), ("Summa 2019", "Summa 2020")],
)  # fmt: skip
def test_a_cell_of_a_year_column_is_an_entry_of_that_year(head):
    rows = [["Insats", "Huvudman", *head], ["A", "Region", 100, 200], ["B", "Flen", 0, 50]]
    found = find(rows, unit=Unit.TKR)
    assert entries(found) == EXPECTED
    assert found.remarks == []
    assert list(found.columns) == ["name", "applicant", "granted"]
    assert found.columns["granted"] == f"{head[0]}, {head[1]}"


def test_a_group_heading_over_years_says_what_the_amounts_are():
    rows = [
        ["Insats", "Beviljat (tkr)", None, "Utbetalt (tkr)", None],
        [None, 2019, 2020, 2019, 2020],
        ["A", 100, 200, 90, 150],
    ]
    found = find(sheet_of(rows, file="l.xlsx", title="Blad1"), unit=None)
    assert [(year, kind, amount) for _, year, kind, amount, _ in entries(found)] == [
        (2019, "granted", 100_000), (2020, "granted", 200_000), (2019, "paid", 90_000), (2020, "paid", 150_000),
    ]  # fmt: skip


def test_sum_rows_below_year_columns_are_set_aside_and_compared_year_by_year():
    found = find("Insats;2019;2020\nA;100;200\nB;50;\nSumma;150;210\n")
    assert sum(r["ore"] for r in found.records) == 350_00  # 100 + 200 + 50
    assert [(r.cell, r.reason) for r in found.remarks] == [("C4", Reason.SUM_DIFFERS)]


@pytest.mark.parametrize("heading", ["Totalt", "Summa (kr)", "Beviljat totalt", "Totalt 2019-2020"])
def test_a_total_beside_the_years_is_compared_and_not_counted(heading):
    found = find(f"Insats;2019;2020;{heading}\nA;100;200;300\nB;50;;60\n")
    assert sum(r["ore"] for r in found.records) == 350_00
    assert [(r.cell, r.reason) for r in found.remarks] == [("D3", Reason.SUM_DIFFERS)]


def test_a_granted_amount_that_the_years_do_not_add_up_to_is_refused():
    assert reasons(find("Insats;Beviljat;2019;2020\nA;300;100;200\n")) == []
    assert reasons(find("Insats;Beviljat;2019;2020\nA;300;100;100\n")) == [Reason.YEAR_COLUMNS]


def test_years_without_numbers_are_no_amounts():
    found = find("Insats;Beviljat;2019;2020\nA;300;x;\n")
    assert [r["ore"] for r in found.records] == [300_00]


def test_a_year_column_beside_year_columns_is_refused():
    assert reasons(find("Insats;År;Beviljat 2019;Beviljat 2020\nA;2018;1;2\n")) == [Reason.YEAR_COLUMNS]


def test_a_year_in_the_heading_of_one_amount_beside_a_year_column_says_nothing():
    found = find("Insats;År;Beviljat 2021\nA;2019;5\n")
    assert [r["year"] for r in found.records] == [2019]


@pytest.mark.parametrize(
    "head", ["Finsam tkr;ESF tkr;Totalt", "Belopp tkr;varav ESF (tkr);Kvar", "ESF tkr;Kommentar;Antal"]
)
def test_financiers_as_columns_are_refused(head):
    assert Reason.FINANCIER_COLUMNS in reasons(find(f"Insats;År;{head}\nA;2020;100;300;400\n"))
    assert reasons(find(f"Insats;År;Finansiering;{head}\nA;2020;Finsam;100;300;400\n")) != [Reason.FINANCIER_COLUMNS]


def test_numbers_under_unknown_headings_are_refused_where_no_amount_is_known():
    (fault,) = find("Insats;År;Hur mycket\nA;2020;100\n").faults
    assert (fault.reason, fault.cell) == (Reason.NO_AMOUNT_COLUMN, "C1")
    assert 'granted = "Hur mycket"' in fault.action
    assert reasons(find("Insats;År;Hur mycket\nA;2020;100\n", columns={"granted": ""})) == []
    assert reasons(find("Insats;År;Antal deltagare\nA;2020;100\n")) == []
