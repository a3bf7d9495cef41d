"""Which row is the header, and a second table below the first."""

from __future__ import annotations

import pytest
from ledger_cases import amounts, find, reasons, set_aside

from portfolj.errors import Reason
from portfolj.federation import Unit

POOR, RICH = "Insats;År;Beviljat kr", "Insats;Huvudman;År;Beviljat kr"


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (f"{POOR}\nA;2020;1000000\nB;2020;2000000\n\n{RICH}\nC;Region;2021;500\n", "rad 5"),
        (f"{RICH}\nC;Region;2021;500\n\n{POOR}\nA;2020;1000000\n", "rad 4"),
        ("Beslut 2020\nInsats;Beviljat kr\nA;100\n\nBeslut 2021\nInsats;Huvudman;Beviljat kr\nB;Region;200\n", "rad 6"),
    ],
)
def test_a_second_table_with_other_headings_is_refused_whichever_comes_first(text, second):
    (fault,) = find(text).faults
    assert fault.reason is Reason.TWO_TABLES
    assert fault.cell == second
    assert "”Huvudman”" in fault.found
    assert "eget blad" in fault.action


def test_the_same_headings_again_are_set_aside_and_both_blocks_count():
    found = find(f"{POOR}\nA;2020;100\n\n{POOR}\nB;2021;50\n")
    assert amounts(found) == [100, 50]
    assert set_aside(found) == ["header", "empty", "header_repeat"]


def test_a_header_of_two_rows_may_be_repeated():
    rows = [["Insats", "Belopp (tkr)", None], [None, "Beviljat", "Utbetalt"], ["A", 5, 4]]
    found = find([*rows, *rows[:2], ["B", 7, 7]], unit=Unit.TKR)
    assert amounts(found) == [5000, 4000, 7000, 7000]
    assert set_aside(found) == ["header", "header", "header_repeat", "header_repeat"]


def test_a_row_of_headings_without_data_below_it_gives_way_to_the_next():
    found = find([["Insatser", "År"], [], ["Insats", "Huvudman", "År", "Belopp"], ["A", "Region", 2020, 100]])
    assert amounts(found) == [100]
    assert set_aside(found) == ["title", "empty", "header"]


def test_an_intervention_with_the_word_of_a_heading_as_its_name_is_no_header():
    assert reasons(find("Insats;Huvudman;År;Beviljat kr\nProjekt;Region;2020;5\nAktivitet;Handling;2020;7\n")) == []
