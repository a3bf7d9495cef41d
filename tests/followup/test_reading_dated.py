"""Statuses with a date in place of a point: months since the start, by the rule that the documentation states.

A third month is 3 * 365.25 / 12 = 91.31 days, half of one 45.66. The start is 1 January 2023 throughout.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from followup_case import HEAD, places_of, read, refused

from portfolj.errors import Reason
from portfolj.followup.rows import FollowUp

START = date(2023, 1, 1)
LONG = "Person;Insats;Datum;Läge"


def on(days: int) -> str:
    return (START + timedelta(days=days)).isoformat()


def dated(folder: Path, *rows: str, end: str = "", head: str = LONG) -> FollowUp:
    parts = [f"{HEAD};Slut", f"P1;A;{START};{end}", f"P1;A;{on(1000)};", f"P2;A;{on(10)};"]
    return read(folder, {"participations": parts, "statuses": [head, *rows]})


def at(found: FollowUp) -> list[tuple[str, str]]:
    return list(zip(found.statuses["point"], found.statuses["status"], strict=True))


@pytest.mark.parametrize(
    ("days", "point"),
    [(-45, "0"), (0, "0"), (45, "0"), (46, "3"), (91, "3"), (136, "3"), (137, "6"), (365, "12"), (730, "24")],
)
def test_a_date_is_the_nearest_third_month_from_the_first_start(days: int, point: str, tmp_path: Path) -> None:
    assert at(dated(tmp_path, f"P1;A;{on(days)};Praktik")) == [(point, "Praktik")]


@pytest.mark.parametrize(
    ("days", "point"),
    [
        (200, "exit"),  # the day of the end
        (245, "exit"),  # 45 days after it
        (192, "exit"),  # 8 days before it, and 9.4 from six months
        (190, "6"),  # 10 days before it, and 7.4 from six months
        (100, "3"),
    ],
)
def test_a_date_near_the_end_is_exit(days: int, point: str, tmp_path: Path) -> None:
    assert at(dated(tmp_path, f"P1;A;{on(days)};Arbete", end=on(200))) == [(point, "Arbete")]


def test_what_is_noted_long_after_the_end_is_set_aside(tmp_path: Path) -> None:
    found = dated(tmp_path, f"P1;A;{on(246)};Arbete", f"P1;A;{on(0)};Praktik", end=on(200))
    assert at(found) == [("0", "Praktik")]
    assert found.set_aside[["row", "reason"]].to_numpy().tolist() == [[2, "status_after_exit"]]


def test_of_several_dates_the_nearest_holds_and_the_others_are_set_aside(tmp_path: Path) -> None:
    # 80 and 100 days are 11.3 and 8.7 from the third month. 20 days before the start and after it are as near.
    rows = [f"P1;A;{on(80)};Praktik", f"P1;A;{on(100)};Arbete", f"P1;A;{on(20)};Paus", f"P1;a;{on(-20)};Väntar"]
    found = dated(tmp_path, *rows)
    assert sorted(at(found)) == [("0", "Paus"), ("3", "Arbete")]
    assert found.set_aside[["row", "reason"]].to_numpy().tolist() == [
        [2, "status_between_points"], [5, "status_between_points"]
    ]  # fmt: skip
    assert found.sources.set_index("kind").loc["statuses", ["rows_in", "rows_used", "rows_set_aside"]].tolist() == [
        4, 2, 2
    ]  # fmt: skip


def test_two_statuses_of_one_day_contradict_each_other(tmp_path: Path) -> None:
    with refused() as faults:
        dated(tmp_path, f"P1;A;{on(90)};Praktik", f"P1;A;{on(90)};Arbete")
    assert places_of(faults) == [("statuses.csv", "A3", Reason.ROWS_CONTRADICT)]


def test_a_row_without_intervention_has_the_persons_only_one(tmp_path: Path) -> None:
    found = dated(tmp_path, f"P2;;{on(100)};Praktik")
    assert (at(found), list(found.statuses["intervention"])) == ([("3", "Praktik")], ["A"])


@pytest.mark.parametrize(
    "head", ["Person;Insats;Datum;Läge;Start;Avslut", "Person;Insats;Datum;Läge;Startdatum;Slutdatum"]
)
def test_the_files_own_start_and_end_go_before_those_of_the_participations(head: str, tmp_path: Path) -> None:
    rows = [f"P1;A;{on(90)};Praktik;{on(85)};", f"P3;A;{on(90)};Arbete;{on(0)};{on(90)}", f"P1;A;{on(183)};Arbete;;"]
    assert at(dated(tmp_path, *rows, head=head)) == [("0", "Praktik"), ("exit", "Arbete"), ("6", "Arbete")]


def test_dates_in_a_workbook_are_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([*LONG.split(";"), "Start"], ["P9", "A", datetime(2023, 7, 2), "Arbete", datetime(2023, 1, 1)]):
        book.active.append(row)
    book.save(tmp_path / "statuses.xlsx")
    assert at(read(tmp_path, {"statuses": None})) == [("6", "Arbete")]


def test_a_sheet_of_points_and_one_of_dates_are_read_together(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    second = book.create_sheet("Datum")
    for row in (["Person", "Insats", "Tidpunkt", "Läge"], ["P9", "A", "Start", "Paus"], ["P9", "A", "6 mån", "Arbete"]):
        book.active.append(row)
    # 181 days is the sixth month: said already on the other sheet, and the same.
    for row in (
        [*LONG.split(";"), "Start"],
        ["P9", "A", on(181), "Arbete", on(0)],
        ["P9", "A", on(91), "Praktik", on(0)],
    ):
        second.append(row)
    book.save(tmp_path / "statuses.xlsx")
    found = read(tmp_path, {"statuses": None})
    assert at(found) == [("0", "Paus"), ("6", "Arbete"), ("3", "Praktik")]
    assert found.set_aside[["sheet", "row", "reason"]].to_numpy().tolist() == [["Datum", 2, "duplicate_status"]]


def test_dates_that_give_no_month_are_told_with_their_cells(tmp_path: Path) -> None:
    rows = [
        f"P7;A;{on(0)};Praktik",
        f"P1;A;{on(-46)};Praktik",
        "P1;A;;Praktik",
        "P1;A;2023;Praktik",
        "P2;A;sommaren;Paus",
    ]
    with refused() as faults:
        dated(tmp_path, *rows)
    assert places_of(faults) == [
        ("statuses.csv", "C2", Reason.VALUE_MISSING), ("statuses.csv", "C3", Reason.DATES_REVERSED),
        ("statuses.csv", "C4", Reason.VALUE_MISSING), ("statuses.csv", "C5", Reason.VALUE_MISSING),
        ("statuses.csv", "C6", Reason.DATE_UNREADABLE),
    ]  # fmt: skip
    assert "sommaren" not in "".join(map(str, faults))


def test_a_start_that_is_lost_by_a_fault_in_the_participations_is_told_there_only(tmp_path: Path) -> None:
    files = {"participations": [HEAD, "P1;A;igår"], "statuses": [LONG, f"P1;A;{on(0)};Praktik"]}
    with refused() as faults:
        read(tmp_path, files)
    assert places_of(faults) == [("participations.csv", "C2", Reason.DATE_UNREADABLE)]


def test_a_column_per_point_is_read_so_also_beside_a_date(tmp_path: Path) -> None:
    found = dated(tmp_path, "P1;A;2023-01-01;Sjukskriven;Arbete", head="Person;Insats;Datum;Start;Avslut")
    assert at(found) == [("0", "Sjukskriven"), ("exit", "Arbete")]
