"""Remarks on what is possible but hardly meant, and advice that fits the column."""

from __future__ import annotations

import pytest
from ledger_cases import find

from portfolj.errors import Reason
from portfolj.federation import Unit


def remarked(found):
    assert found.faults == []
    return [remark.reason for remark in found.ledger().remarks]


@pytest.mark.parametrize(
    ("unit", "amounts", "told"),
    [(Unit.TKR, (1_250_000, 800_000), True), (Unit.TKR, (150_000, 120_000, 5), True),
     (Unit.TKR, (150_000, 5, 5), False), (Unit.KR, (1_250_000_000, 5), False), (Unit.MKR, (2, 3), False),
     (Unit.MKR, (1_001, 3, 3), True)],
)  # fmt: skip
def test_amounts_too_large_for_their_unit_are_remarked_on(unit, amounts, told):
    rows = [["Insats", "År", "Beviljat"], *([f"Insats {n}", 2020, a] for n, a in enumerate(amounts))]
    assert (Reason.AMOUNT_IMPROBABLE in remarked(find(rows, unit=unit))) == told


def test_rows_that_are_the_same_in_everything_are_remarked_on_and_both_count():
    found = find("Insats;Sökande;År;Belopp\nA;Region;2020;100\nA;Region;2020;100\nA;Region;2021;100\n")
    assert remarked(found).count(Reason.DUPLICATE_ROWS) == 1
    assert sum(r["ore"] for r in found.records) == 300_00
    assert Reason.DUPLICATE_ROWS not in remarked(find("Insats;Sökande;År;Belopp\nA;B;2020;100\nA;C;2020;100\n"))


def test_a_column_with_hardly_any_dates_beside_a_year_may_be_left_out():
    text = "Insats;Beslut;År;Beviljat kr\nA;§ 45;2020;100\nB;Bifall;2020;300\n"
    faults = find(text).faults
    assert {f.reason for f in faults} == {Reason.DATE_UNREADABLE}
    assert all('decision_date = ""' in f.action for f in faults)
    assert find(text, columns={"decision_date": ""}).faults == []
    (fault,) = find("Insats;Beslut;År;Belopp\nA;§ 45;2020;1\nB;2020-01-02;2020;3\n").faults
    assert "decision_date" not in fault.action


def test_totals_of_a_year_answer_for_the_rows_of_that_year():
    rows = "Insats;År;Belopp\nA;2020;100\nB;2020;200\nC;2021;50\n"
    assert remarked(find(f"{rows}Summa 2020;;300\nSumma 2021;;50\nTotalt;;350\n")) == []
    found = find(f"{rows}Summa 2020;;310\nSumma 2021;;50\n")
    assert [(r.cell, r.reason) for r in found.remarks] == [("C5", Reason.SUM_DIFFERS)]
    assert "300" in found.remarks[0].found


def test_one_of_a_thing_is_told_in_the_singular():
    texts = [r.found for r in find([["Insats", "Belopp"], ["A", "5"], ["B", 7]]).ledger().remarks]
    assert texts == ["1 belopp under ”Belopp” är sparat som text; det räknas här, men inte av Excels SUMMA"]


def test_different_names_of_one_intervention_are_called_names():
    texts = [r.found for r in find("Dnr;Insats;Belopp\n1;A-kraft;5\n1;B-kraft;7\n").ledger().remarks]
    assert any("har olika namn: " in text for text in texts)
