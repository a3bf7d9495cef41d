"""Files on documentation as people write them, and everything that is wrong with them at once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from documentation_case import Rows, read

from portfolj.errors import InputRefused, Reason

FACTS = "Dnr;Insats;Parter;Start;Slut;Vem som tar över;Slutrapport"
PHASES = "Insats;Fas;Belopp, tkr;Start;Slut;Villkor för att gå vidare;Uppfyllt;Beslutad;Källa"


def faults_of(folder: Path, files: dict[str, list[str]]) -> list[tuple[str, str, Reason]]:
    with pytest.raises(InputRefused) as raised:
        read(folder, files)
    return [(fault.file, fault.cell, fault.reason) for fault in raised.value.faults]


def test_a_row_says_which_facts_are_on_file_and_a_cell_that_says_none_has_none(tmp_path: Path) -> None:
    lines = [
        FACTS, "1;Ung start;Kommunen och AF;2020-02-01;2021;nej;Dnr 2021/4",
        "2;Steget;saknas;2020;tills vidare;krävs inte;-",
    ]  # fmt: skip
    found = read(tmp_path, {"facts": lines}).facts
    columns = ["parties", "start", "end", "implementation", "final_report"]
    assert found[columns].to_numpy().tolist() == [
        ["Kommunen och AF", "2020-02-01", "2021", "", "Dnr 2021/4"],
        ["", "2020", "tills vidare", "not_required", ""],
    ]
    assert found["ongoing"].tolist() == [False, True]
    assert found["end_date"].iloc[0] == pd.Timestamp("2021-12-31")  # only the year is known: it ended within it
    assert pd.isna(found["end_date"].iloc[1])
    assert found[["file", "row"]].to_numpy().tolist() == [["facts.csv", 2], ["facts.csv", 3]]


def test_a_workbook_with_a_title_and_dates_reads_the_same(tmp_path: Path) -> None:
    rows: Rows = [["Underlag 2020"], [], ["Insats", "Startdatum", "Slutdatum"],
                  ["Ung start", datetime(2020, 2, 1), datetime(2021, 6, 30)]]  # fmt: skip
    found = read(tmp_path, {"facts": rows})
    assert found.facts[["start", "end", "sheet", "row"]].to_numpy().tolist() == [
        ["2020-02-01", "2021-06-30", "Blad 1", 4]
    ]
    assert found.sources[["file", "kind", "rows_in", "rows_used", "rows_set_aside"]].to_numpy().tolist() == [
        ["facts.xlsx", "facts", 1, 1, 0]
    ]


def test_phases_in_thousands_become_kronor_and_rows_in_are_rows_used_and_set_aside(tmp_path: Path) -> None:
    lines = [
        PHASES, "Ung start;1;200;2020-01-01;2020-06-30;30 deltagare;delvis;2019-12-01;Protokoll § 4",
        "Ung start;2;300,5;2020-07-01;2021-06-30;;;;", ";;;;;;;;", "Summa;;500,5;;;;;;",
    ]  # fmt: skip
    found = read(tmp_path, {"phases": lines})
    assert found.phases["amount_sek"].tolist() == [200_000, 300_500]
    assert found.phases[["phase", "met", "condition", "source"]].to_numpy().tolist() == [
        ["1", "partly", "30 deltagare", "Protokoll § 4"], ["2", "", "", ""],
    ]  # fmt: skip
    assert found.phases["decided_on"].isna().tolist() == [False, True]
    assert found.set_aside["reason"].tolist() == ["empty_row", "sum_row"]
    assert found.sources[["rows_in", "rows_used", "rows_set_aside"]].to_numpy().tolist() == [[4, 2, 2]]


@pytest.mark.parametrize(
    ("word", "code"),
    [("Ja", "yes"), ("DELVIS", "partly"), ("nej", "no"), ("ej uppfyllt", "no"), ("oklart", "unclear"),
     ("", "unclear"), ("partly", "partly")],
)  # fmt: skip
def test_words_for_met(tmp_path: Path, word: str, code: str) -> None:
    lines = ["Insats;Fas;Belopp, kr;Villkor;Uppfyllt", f"Ung start;1;10;Ett villkor;{word}"]
    assert read(tmp_path, {"phases": lines}).phases["met"].tolist() == [code]


def test_every_fault_of_both_files_is_told_at_once(tmp_path: Path) -> None:
    facts = [
        FACTS, ";;Kommunen;2020;2021;;", "1;Ung start;AF;2020-13-01;2021;;", "2;Steget;AF;2021-02-01;2020-02-01;;",
        "3;Lotsen;AF;2020;2021;;", "3;Lotsen;FK;2020;2021;;",
    ]  # fmt: skip
    phases = [
        PHASES, "Ung start;1;mycket;;;;;;", "Ung start;;200;;;;;;", "Ung start;2;-5;;;Ett villkor;kanske;;",
        "Steget;1;10;;;;;;", "Steget;1;20;;;;;;",
    ]  # fmt: skip
    assert faults_of(tmp_path, {"facts": facts, "phases": phases}) == [
        ("facts.csv", "B2", Reason.NAME_MISSING),
        ("facts.csv", "D3", Reason.DATE_UNREADABLE),
        ("facts.csv", "E4", Reason.DATES_REVERSED),
        ("facts.csv", "B6", Reason.ROWS_CONTRADICT),
        ("phases.csv", "C2", Reason.AMOUNT_UNREADABLE),
        ("phases.csv", "B3", Reason.VALUE_MISSING),
        ("phases.csv", "C4", Reason.NUMBER_OUTSIDE),
        ("phases.csv", "G4", Reason.WORD_UNKNOWN),
        ("phases.csv", "B6", Reason.ROWS_CONTRADICT),
    ]


def test_a_misspelt_word_is_refused_with_the_nearest(tmp_path: Path) -> None:
    lines = ["Insats;Fas;Belopp, kr;Villkor;Uppfyllt", "Ung start;1;10;Ett villkor;devlis"]
    with pytest.raises(InputRefused) as raised:
        read(tmp_path, {"phases": lines})
    assert raised.value.faults[0].action == "Menade du delvis?"


def test_an_amount_needs_its_unit(tmp_path: Path) -> None:
    assert faults_of(tmp_path, {"phases": ["Insats;Fas;Belopp", "Ung start;1;10"]}) == [
        ("phases.csv", "C2", Reason.UNIT_UNKNOWN)
    ]


def test_a_file_that_is_not_there_or_has_no_known_headings_is_told(tmp_path: Path) -> None:
    assert faults_of(tmp_path, {"facts": ["A;B", "1;2"]}) == [("facts.csv", "", Reason.NO_HEADER)]
    assert faults_of(tmp_path, {"facts": ["Insats;Anmärkning", "Ung start;Bra"]}) == [
        ("facts.csv", "rad 1", Reason.COLUMN_MISSING)
    ]


def test_the_same_row_twice_is_set_aside_and_a_misspelt_heading_is_remarked(tmp_path: Path) -> None:
    found = read(tmp_path, {"facts": ["Insats;Parter;Strat", "Ung start;AF;2020", "ung  start;AF;2020"]})
    assert found.set_aside[["row", "reason"]].to_numpy().tolist() == [[3, "duplicate"]]
    assert [(r.cell, r.reason) for r in found.remarks] == [("C1", Reason.COLUMN_NOT_USED)]


def test_a_verdict_without_a_condition_is_remarked(tmp_path: Path) -> None:
    found = read(tmp_path, {"phases": ["Insats;Fas;Belopp, kr;Villkor;Uppfyllt", "Ung start;1;10;;ja"]})
    assert [(r.cell, r.reason) for r in found.remarks] == [("E2", Reason.VALUE_MISSING)]


def test_a_personal_number_is_refused_and_never_repeated(tmp_path: Path) -> None:
    lines = ["Insats;Fas;Belopp, kr;Villkor;Uppfyllt", "Ung start;1;10;19121212-1212 i arbete;ja"]
    with pytest.raises(InputRefused) as raised:
        read(tmp_path, {"phases": lines})
    assert [fault.reason for fault in raised.value.faults] == [Reason.PERSONAL_NUMBER]
    assert "1212" not in str(raised.value)
