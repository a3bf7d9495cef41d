"""Self-ratings and statuses: items, occasions and points in time, in long and in wide form."""

from __future__ import annotations

from pathlib import Path

import pytest
from followup_case import HEAD, places_of, read, refused

from portfolj.errors import Reason
from portfolj.followup.kinds.statuses import point_of


def test_every_column_of_numbers_is_an_item_and_occasions_go_by_date(tmp_path: Path) -> None:
    rows = ["Person;Insats;Datum;Vet vad jag vill;Klarar ett arbete;Kommentar",
            "P1;A;2020-06-01;3;2,5;gott", "P1;A;2020-03-01;1;;nja", "P2;A;2020-06-01;;4;ja"]  # fmt: skip
    found = read(tmp_path, {"assessments": rows}).assessments
    assert set(found["item"]) == {"Vet vad jag vill", "Klarar ett arbete"}
    assert set(found["respondent"]) == {"participant"}
    first = found[found["item"] == "Vet vad jag vill"].sort_values("occasion")
    assert list(zip(first["occasion"], first["value"], strict=True)) == [(1, 1.0), (2, 3.0)]
    assert len(found) == 4


def test_a_stated_occasion_is_kept_and_the_respondent_is_read(tmp_path: Path) -> None:
    rows = ["Person;Mätning;Ifylld av;Fråga", "P1;1;Deltagare;2", "P1;1;Handläggare;4", "P1;Mätning 3;Deltagaren;5"]
    found = read(tmp_path, {"assessments": rows}).assessments
    assert list(found["occasion"]) == [1, 1, 3]
    assert list(found["respondent"]) == ["participant", "caseworker", "participant"]


def test_an_assessment_without_any_value_is_set_aside(tmp_path: Path) -> None:
    rows = ["Person;Mätning;Fråga 1;Fråga 2", "P1;1;2;3", "P1;2;;-"]
    found = read(tmp_path, {"assessments": rows})
    assert list(found.set_aside["reason"]) == ["assessment_without_values"]
    assert len(found.assessments) == 2


def test_a_rating_off_the_scale_is_told_and_another_scale_can_be_stated(tmp_path: Path) -> None:
    rows = ["Person;Mätning;Fråga", "P1;1;7", "P1;2;10", "P1;3;1"]
    with refused() as faults:
        read(tmp_path, {"assessments": rows})
    assert places_of(faults) == [
        ("assessments.csv", "C2", Reason.NUMBER_OUTSIDE), ("assessments.csv", "C3", Reason.NUMBER_OUTSIDE)
    ]  # fmt: skip
    assert list(read(tmp_path, {"assessments": rows}, "scale = [0, 10]").assessments["value"]) == [7, 10, 1]


def test_a_column_of_numbers_that_is_no_item_can_be_left_out(tmp_path: Path) -> None:
    rows = ["Person;Mätning;Fråga;Skonummer", "P1;1;3;42"]
    more = '[followup.columns.assessments]\nunused = "Skonummer"'
    assert set(read(tmp_path, {"assessments": rows}, more).assessments["item"]) == {"Fråga"}


def test_the_same_rating_twice_is_set_aside_and_another_one_is_a_fault(tmp_path: Path) -> None:
    rows = ["Person;Insats;Mätning;Fråga", "P1;A;1;3", "P1;A;1;3"]
    found = read(tmp_path, {"assessments": rows})
    assert (len(found.assessments), list(found.set_aside["reason"])) == (1, ["duplicate_assessment"])
    with refused() as faults:
        read(tmp_path, {"assessments": [*rows, "P1;A;1;4"]})
    assert places_of(faults) == [("assessments.csv", "A4", Reason.ROWS_CONTRADICT)]


def test_ratings_without_an_intervention_get_the_persons_only_one(tmp_path: Path) -> None:
    joined = [HEAD, "P1;A;2020-01-01", "P2;A;2020-01-01", "P2;B;2020-01-01"]
    rows = ["Person;Mätning;Fråga", "P1;1;3", "P2;1;3", "P3;1;3"]
    found = read(tmp_path, {"participations": joined, "assessments": rows}).assessments
    assert list(found["intervention"]) == ["A", "", ""]


@pytest.mark.parametrize(
    ("text", "point"),
    [("Start", "0"), ("vid start", "0"), ("0", "0"), ("3 mån", "3"), ("Efter 6 månader", "6"), ("månad 9", "9"),
     ("12", "12"), ("Avslut", "exit"), ("Läge vid avslut", "exit"), ("Kön", None), ("2020-01-01", None)],
)  # fmt: skip
def test_a_point_in_time_is_months_or_the_exit(text: str, point: str | None) -> None:
    assert point_of(text) == point


def test_statuses_read_alike_in_long_and_wide_form(tmp_path: Path) -> None:
    long = ["Person;Insats;Tidpunkt;Läge", "P1;A;Start;Sjukskriven", "P1;A;3 mån;Arbetsträning", "P1;A;avslut;Arbete",
            "P2;A;0;Sjukskriven"]  # fmt: skip
    wide = ["Person;Insats;Start;3 mån;6 mån;Avslut", "P1;A;Sjukskriven;Arbetsträning;;Arbete", "P2;A;Sjukskriven;;;"]
    order = ["person", "point"]
    frames = [
        read(tmp_path / name, {"statuses": rows}).statuses.sort_values(order, ignore_index=True)
        for name, rows in (("long", long), ("wide", wide))
    ]
    assert frames[0].equals(frames[1])
    assert sorted(frames[0]["point"]) == ["0", "0", "3", "exit"]


def test_a_status_that_no_list_has_is_refused_until_the_federation_names_it(tmp_path: Path) -> None:
    rows = ["Person;Insats;Tidpunkt;Läge", "P1;A;Start;Trädgård", "P1;A;3;-"]
    with refused() as faults:
        read(tmp_path, {"statuses": rows})
    assert places_of(faults) == [("statuses.csv", "D2", Reason.WORD_UNKNOWN)]
    found = read(tmp_path, {"statuses": rows}, '[followup.words.status]\n"Grön rehab" = ["trädgård"]')
    assert list(found.statuses["status"]) == ["Grön rehab"]
    assert list(found.set_aside["reason"]) == ["status_missing"]
