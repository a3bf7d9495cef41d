"""The sheet's own totals."""

from __future__ import annotations

from ledger_cases import find

from portfolj.errors import Reason
from portfolj.ledger.cells import Sheet, sheet_of


def told(found):
    return [r.found.replace("\u00a0", " ") for r in found.remarks if r.reason is Reason.SUM_DIFFERS]


def test_totals_and_subtotals_that_are_right_say_nothing():
    rows = [
        ["Insats", "Belopp"],
        ["A", 100],
        ["B", 50],
        ["Delsumma", 150],
        ["C", 10],
        ["Delsumma", 10],
        ["Totalt", 160],
    ]
    assert told(find(rows)) == []


def test_a_total_that_is_wrong_is_told_with_the_difference():
    (text,) = told(find("Insats;Belopp\nA;100\nB;50\nSumma;160\n"))
    assert "160 kr" in text
    assert "150 kr" in text
    assert "−10 kr" in text


def test_amounts_kept_as_text_explain_a_total_in_full_or_in_part():
    rows = [["Insats", "Belopp"], ["A", 100], ["B", "50"], ["Summa", 100]]
    assert "100 kr + 50 kr = 150 kr, så det förklarar hela skillnaden" in told(find(rows))[0]
    rows[3][1] = 90
    assert "förklarar inte hela" in told(find(rows))[0]


def test_a_formula_that_misses_rows_is_told():
    rows = [["Insats", "Belopp"], ["A", 100], ["B", 50], ["C", 25], ["Totalt", 75]]
    base = sheet_of(rows, file="l.xlsx", title="B")
    found = find(Sheet(**{**base.__dict__, "formulas": {(4, 1): "=SUM(B3:B4)"}}))
    (text,) = told(found)
    assert "1 rad på tillsammans 100 kr" in text


def test_a_total_of_one_kind_of_money_is_not_compared_with_all_rows():
    assert (
        told(
            find("Insats;Finansiering;Belopp\nA;Finsam;100\nB;ESF;50\nSumma Finsam;;100\nSumma ESF;;50\nTotalt;;150\n")
        )
        == []
    )


def test_a_total_above_its_rows_is_compared_with_those_below():
    assert told(find("Insats;Belopp\nTotalt;150\nA;100\nB;50\n")) == []
    assert "160 kr" in told(find("Insats;Belopp\nTotalt;160\nA;100\nB;50\n"))[0]
