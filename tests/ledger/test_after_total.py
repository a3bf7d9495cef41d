"""Budgets, balances and other rows that are no interventions; rows below the total; headings of groups."""

from __future__ import annotations

import pytest
from ledger_cases import amounts, find, reasons, set_aside

from portfolj.errors import Reason
from portfolj.ledger.after_total import is_balance
from portfolj.ledger.kinds import GROUP


def remarked(found):
    return [remark.reason for remark in found.remarks]


@pytest.mark.parametrize(
    "label",
    ["Budget 2020", "Kvar att fördela", "Medelvärde", "Ofördelat", "Totalram", "Ingående balans", "Beslutad ram",
     "Återstår", "Andel av budget", "Utgående saldo 2020-12-31", "Genomsnitt per insats", "Procent:"],
)  # fmt: skip
def test_a_budget_or_balance_below_the_total_is_a_note_and_above_it_a_fault(label):
    found = find(f"Insats;År;Beviljat kr\nA;2020;100\nSumma;;100\n{label};;400\n")
    assert amounts(found) == [100]
    assert set_aside(found) == ["header", "sum", "note"]
    assert remarked(found) == [Reason.BALANCE_ROW]
    above = find(f"Insats;År;Beviljat kr\n{label};;400\nA;2020;100\n")
    assert reasons(above) == [Reason.BALANCE_ROW]
    assert above.faults[0].cell == "rad 2"


@pytest.mark.parametrize(
    "name",
    ["Budget- och skuldrådgivning", "Ramverket", "I balans", "Balans", "Kvar i arbete", "Saldokollen", "Andelen"],
)
def test_an_intervention_may_begin_like_a_budget(name):
    assert not is_balance(name)
    assert amounts(find(f"Insats;År;Beviljat kr\nA;2020;100\n{name};2020;400\n")) == [100, 400]


def test_a_budget_row_with_an_applicant_is_an_intervention_above_the_total_and_refused_below_it():
    head = "Insats;Sökande;År;Beviljat kr\nA;Region;2020;100\n"
    assert amounts(find(f"{head}Budget;Flens kommun;2020;400\n")) == [100, 400]
    assert reasons(find(f"{head}Summa;;;100\nBudget;Flens kommun;2020;400\n")) == [Reason.BALANCE_ROW]


def test_a_budget_below_a_total_that_does_not_add_up_is_refused():
    assert Reason.BALANCE_ROW in reasons(find("Insats;År;Beviljat kr\nA;2020;100\nSumma;;90\nBudget;;400\n"))


def test_a_row_below_the_total_that_lacks_what_the_others_have_is_refused_by_row():
    (fault,) = find("Insats;År;Beviljat kr\nA;2020;100\nB;2020;50\nTotalt;;150\nHyra kansli;;400\n").faults
    assert (fault.reason, fault.cell) == (Reason.ROW_AFTER_TOTAL, "rad 5")
    assert "”År”" in fault.found
    assert reasons(find("Insats;Beviljat kr\nA;100\nTotalt;100\nB;5\n")) == [Reason.ROW_AFTER_TOTAL]


def test_a_row_below_the_total_that_is_filled_like_the_others_counts_and_is_remarked_on():
    found = find("Insats;År;Beviljat kr\nA;2020;100\nB;2020;50\nTotalt;;150\nC;2021;400\n")
    assert amounts(found) == [100, 50, 400]
    assert Reason.ROW_AFTER_TOTAL in remarked(found)


@pytest.mark.parametrize("label", ["Delsumma", "Summa Flen", "Summa"])
def test_rows_below_a_subtotal_count_where_their_own_sum_follows(label):
    found = find(f"Insats;Beviljat kr\nA;100\nB;50\n{label};150\nC;10\nD;5\n{label};15\nTotalt;165\n")
    assert amounts(found) == [100, 50, 10, 5]
    assert remarked(found) == []


def test_a_name_above_a_group_with_its_own_sum_is_a_heading_and_no_intervention():
    rows = [["Insats", "Målgrupp", "Belopp"], ["Eskilstuna kommun"], ["Vägval", "Unga", 100], ["Delsumma", None, 100],
            ["Katrineholms kommun"], ["Bryggan", "", 75], ["Delsumma", None, 75], ["Totalt", None, 175]]  # fmt: skip
    found = find(rows)
    assert [r["name"] for r in found.records] == ["Vägval", "Bryggan"]
    assert set_aside(found) == ["header", GROUP, "sum", GROUP, "sum", "sum"]
    assert remarked(found) == [Reason.GROUP_HEADING] * 2
    (source,) = found.sources
    assert source["rows_in"] == source["rows_used"] + source["rows_set_aside"]


def test_a_name_without_amount_among_others_above_a_total_is_still_an_intervention():
    found = find("Insats;Belopp\nA;100\nTräffpunkten;\nB;50\nTotalt;150\n")
    assert amounts(found) == [100, None, 50]
    assert amounts(find("Insats;Belopp\nTräffpunkten;\nB;50\nTotalt;50\n")) == [None, 50]


def test_places_that_divide_the_sheet_are_headings_without_sums_of_their_own():
    text = "Insats;År;Belopp\n{};;\nA;2020;100\n{};;\nB;2020;50\nSumma;;150\n"
    assert set_aside(find(text.format("Eskilstuna kommun", "Flens kommun"))) == ["header", GROUP, GROUP, "sum"]
    assert amounts(find(text.format("Träffpunkten", "Flens kommun"))) == [None, 100, None, 50]
