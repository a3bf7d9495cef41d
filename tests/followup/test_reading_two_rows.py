"""Headings in two rows: groups above their parts, merged in workbooks, beside empty cells in text files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from followup_case import MAN, places_of, read, refused

from portfolj.errors import Reason

GROUPS = ["Deltagarid", "Insats", "Start", "Före", "", "Efter", ""]
PARTS = ["", "", "", "Försörjning", "Sysselsättning", "Försörjning", "Sysselsättning"]
ROWS = [
    ["P1", "A", "2020-01-01", "Sjukpenning", "Arbetssökande", "Lön", "Arbete"],
    ["P2", "A", "2020-01-01", "A-kassa", "Praktik", "CSN", "Studier"],
]
SAID = {
    "income_before": ["sickness_benefit", "unemployment_benefit"], "occupation_before": ["seeking", "practice"],
    "income_after": ["wage", "study_support"], "occupation_after": ["work", "study"],
}  # fmt: skip


def lines(*rows: Sequence[str]) -> list[str]:
    return [";".join(row) for row in rows]


def workbook(path: Path, rows: Sequence[Sequence[object]], *merged: str) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell if cell != "" else None for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)


def said(frame: pd.DataFrame) -> dict[str, list[str]]:
    return {name: list(frame[name]) for name in SAID}


def test_a_group_in_a_text_file_stands_over_the_empty_cells_to_its_right(tmp_path: Path) -> None:
    found = read(tmp_path, {"participations": lines(["Utdrag ur registret"], GROUPS, PARTS, *ROWS)})
    assert said(found.participations) == SAID
    assert found.sources["rows_in"].tolist() == [2]


def test_a_group_in_a_workbook_stands_over_the_cells_that_it_is_merged_over(tmp_path: Path) -> None:
    # Nothing is merged over H: the group Efter to its left is not its own, so that it says neither before nor after.
    rows = [[*GROUPS, "", ""], [*PARTS, "Försörjning", "Kommun"], *([*row, "Pension", "Flen"] for row in ROWS)]
    workbook(tmp_path / "participations.xlsx", rows, "A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1")
    found = read(tmp_path, {"participations": None}).participations
    assert said(found) == SAID
    assert list(found["municipality"]) == ["Flen", "Flen"]


def test_the_field_may_be_the_group_and_the_side_its_part_and_the_rest_stand_in_the_lower_row(tmp_path: Path) -> None:
    groups = ["", "", "", "Försörjning", "", "Sysselsättning", ""]
    parts = ["Deltagarid", "Insats", "Start", "Före", "Efter", "Före", "Efter"]
    rows = [[*row[:3], row[3], row[5], row[4], row[6]] for row in ROWS]
    assert said(read(tmp_path, {"participations": lines(groups, parts, *rows)}).participations) == SAID


@pytest.mark.parametrize("group", ["Före", "Försörjning före", "Vid start"])
def test_columns_marked_with_yes_or_no_have_their_side_from_the_group(group: str, tmp_path: Path) -> None:
    groups = ["Deltagarid", "Insats", "Start", group, "", "Efter", ""]
    parts = ["", "", "", "Sjukpenning", "Lön", "Sjukpenning", "Lön"]
    rows = [["P1", "A", "2020-01-01", "x", "x", "", "x"], ["P2", "A", "2020-01-01", "", "", "x", ""]]
    found = read(tmp_path, {"participations": lines(groups, parts, *rows)}).participations
    assert list(found["income_before"]) == ["sickness_benefit;wage", "missing"]
    assert list(found["income_after"]) == ["wage", "sickness_benefit"]


def test_counts_by_sex_under_their_measure(tmp_path: Path) -> None:
    rows = [["", "", "Deltagare", "", "Avslutade", ""], ["Insats", "År", "Kvinnor", "Män", "Kvinnor", "Män"],
            ["A", "2023", "31", "24", "18", "12"]]  # fmt: skip
    found = read(tmp_path, {"counts": lines(*rows)}).counts
    counts = dict(zip(zip(found["measure"], found["sex"], strict=True), found["count"], strict=True))
    assert counts == {
        ("participants", "woman"): 31, ("participants", "man"): 24, ("ended", "woman"): 18, ("ended", "man"): 12
    }  # fmt: skip


def test_items_and_points_under_a_merged_group_are_headings_and_no_row_of_data(tmp_path: Path) -> None:
    ratings = [["Person", "Mätning", "Frågor", ""], ["", "", "Vill", "Kan"], ["P1", 1, 3, 4]]
    workbook(tmp_path / "assessments.xlsx", ratings, "A1:A2", "B1:B2", "C1:D1")
    states = [["Person", "Läge", "", ""], ["", "Start", "3 mån", "Avslut"], ["P1", "Sjukskriven", "Praktik", "Arbete"]]
    workbook(tmp_path / "statuses.xlsx", states, "A1:A2", "B1:D1")
    found = read(tmp_path, {"assessments": None, "statuses": None})
    assert list(zip(found.assessments["item"], found.assessments["value"], strict=True)) == [("Vill", 3), ("Kan", 4)]
    assert list(zip(found.statuses["point"], found.statuses["status"], strict=True)) == [
        ("0", "Sjukskriven"), ("3", "Praktik"), ("exit", "Arbete")
    ]  # fmt: skip


def test_a_row_of_data_is_never_taken_for_a_second_row_of_headings(tmp_path: Path) -> None:
    # Kommun is a referrer in the first row, and a heading elsewhere; the column above it is not recognised.
    rows = [["Person", "Insats", "Start", "Vem", "Hur"], ["P1", "A", "2020-01-01", "Kommun", "Remittent"]]
    found = read(tmp_path, {"participations": lines(*rows)})
    assert len(found.participations) == 1


def test_a_header_in_two_rows_that_comes_again_is_set_aside(tmp_path: Path) -> None:
    found = read(tmp_path, {"participations": lines(GROUPS, PARTS, ROWS[0], GROUPS, PARTS, ROWS[1])})
    assert said(found.participations) == SAID
    assert list(found.set_aside["reason"]) == ["header_repeat", "header_repeat"]
    assert list(found.set_aside["row"]) == [4, 5]


def test_faults_have_their_cells_below_two_rows_and_numbers_in_either_row_are_told(tmp_path: Path) -> None:
    broken = ["P1", "A", "", "Sjukpenning", "Arbetssökande", "Lön", "Fick jobb"]
    with refused() as faults:
        read(tmp_path, {"participations": lines([*GROUPS, MAN], [*PARTS, "Kommentar"], [*broken, ""])})
    assert places_of(faults) == [
        ("participations.csv", "H1", Reason.PERSONAL_NUMBER), ("participations.csv", "C3", Reason.VALUE_MISSING),
        ("participations.csv", "G3", Reason.WORD_UNKNOWN),
    ]  # fmt: skip
    assert MAN[-4:] not in "".join(map(str, faults))
