"""Rows per participation: what each column becomes, what is set aside, and that file formats make no difference."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from followup_case import HEAD, KEY, federation_of, places_of, read, refused

from portfolj.errors import Reason
from portfolj.federation import parse_federation
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import COLUMNS

ROWS = [
    ["Deltagarid", "Insats", "Startdatum", "Slutdatum", "Kön", "Födelseår", "Folkbokföringskommun", "Remittent",
     "Sysselsättning före", "Sysselsättning efter", "Försörjning före", "Försörjning efter", "Avslutsanledning"],
    ["P1", "Ung start", "2019-03-01", "2020-03-01", "Kvinna", "1999", "Flens kommun", "Försäkringskassan",
     "Arbetssökande", "Arbete 50 %, studier 25 %", "Sjukpenning; Försörjningsstöd", "Lön", "Utskriven enligt plan"],
    ["P2", "Ung start", "2019-04-01", "2019-05-01", "Man", "1960", "0428 Vingåker", "Växjö kommun", "Praktik", "AUB",
     "A-kassa", "Ingen", "Flyttat"],
]  # fmt: skip


def quoted(rows: list[list[str]]) -> list[list[str]]:
    return [[f'"{cell}"' if ";" in cell or "," in cell else cell for cell in row] for row in rows]


def participations(folder: Path, *rows: str, head: str = HEAD, more: str = "") -> pd.DataFrame:
    return read(folder, {"participations": [head, *rows]}, more).participations


def test_a_row_becomes_codes_dates_and_extents(tmp_path: Path) -> None:
    found = read(tmp_path, {"participations": [";".join(row) for row in quoted(ROWS)]}).participations
    assert {name: str(found[name].dtype) for name in found} == dict(COLUMNS["participations"])
    first = found.iloc[0]
    assert (first["start"], first["end"]) == (pd.Timestamp(2019, 3, 1), pd.Timestamp(2020, 3, 1))
    assert (first["start_year"], first["end_year"]) == (2019, 2020)
    assert (first["sex"], first["age_band"], first["municipality"]) == ("woman", "20-29", "Flen")
    assert (first["referrer"], found["referrer"][1]) == ("social_insurance", "Växjö kommun")
    assert (first["occupation_before"], first["occupation_after"]) == ("seeking", "study;work")
    assert (first["work_extent_after"], first["study_extent_after"]) == (50, 25)
    assert pd.isna(first["work_extent_before"])
    assert (first["income_before"], first["income_after"]) == ("income_support;sickness_benefit", "wage")
    assert list(found["end_reason"]) == ["as_planned", "moved"]
    assert (found["occupation_after"][1], found["income_after"][1]) == ("labour_market_training", "none")
    assert (found["age_band"][1], found["municipality"][1]) == ("50-59", "Vingåker")


def test_csv_and_workbooks_give_the_same(tmp_path: Path) -> None:
    commas = "\n".join(",".join(row) for row in quoted(ROWS))
    semicolons = "\n".join(";".join(row) for row in quoted(ROWS))
    title = "Utdrag ur registret\n\n"
    forms: dict[str, bytes | None] = {
        "comma": commas.encode(), "bom": semicolons.encode("utf-8-sig"), "cp1252": semicolons.encode("cp1252"),
        "title": (title + semicolons).encode(), "xlsx": None,
    }  # fmt: skip
    book = openpyxl.Workbook()
    book.active.append(["Utdrag ur registret"])
    book.active.append([])
    book.active.append(ROWS[0])
    for row in ROWS[1:]:
        days = [datetime.fromisoformat(cell) for cell in row[2:4]]
        book.active.append([row[0], row[1], *days, row[4], int(row[5]), *row[6:]])
    book.create_sheet("Anteckningar").append(["Inget att läsa"])
    (tmp_path / "xlsx").mkdir()
    book.save(tmp_path / "xlsx" / "participations.xlsx")
    frames = {name: read(tmp_path / name, {"participations": form}).participations for name, form in forms.items()}
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, frames["comma"], obj=name)


def test_felregistrering_is_set_aside_with_all_that_is_wrong_in_its_row(tmp_path: Path) -> None:
    head = "Person;Insats;Start;Avslutsanledning"
    rows = [head, "P1;A;inget datum alls;Felregistrering", "P2;A;2020-01-01;Flytt"]
    found = read(tmp_path, {"participations": rows})
    assert len(found.participations) == 1
    aside = found.set_aside.to_dict("records")
    assert aside == [{"file": "participations.csv", "sheet": "", "row": 2, "kind": "participations",
                      "reason": "felregistrering"}]  # fmt: skip


def test_rows_in_are_rows_used_and_rows_set_aside(tmp_path: Path) -> None:
    rows = [HEAD, "P1;A;2020-01-01", ";;", "P2;A;2020-01-01", HEAD, "Summa;;2", "Källa: registret;;", "P1;A;2020-01-01"]
    found = read(tmp_path, {"participations": rows})
    assert found.sources.to_dict("records") == [
        {"file": "participations.csv", "kind": "participations", "rows_in": 7, "rows_used": 2, "rows_set_aside": 5}
    ]
    expected = ["empty_row", "header_repeat", "sum_row", "note_row", "duplicate_participation"]
    assert list(zip(found.set_aside["row"], found.set_aside["reason"], strict=True)) == list(
        zip([3, 5, 6, 7, 8], expected, strict=True)
    )


def test_a_joint_intervention_in_two_files_is_counted_once(tmp_path: Path) -> None:
    head = "Person;Insats;Start;Slut;Sysselsättning efter"
    (tmp_path / "andra.csv").write_text(f"{head}\np1;ung START;2020-01-01;2020-06-01;Arbete\n", encoding="utf-8")
    first = [head, "P1;Ung start;2020-01-01;;", "P1;Ung start;2021-01-01;;", "P2;Ung start;2020-01-01;;"]
    federation_of(tmp_path, {"participations": first})
    settings = (tmp_path / "federation.toml").read_text(encoding="utf-8")
    both = settings.replace('["participations.csv"]', '["participations.csv", "andra.csv"]')
    found = read_follow_up(parse_federation(both, folder=tmp_path), key=KEY)
    assert len(found.participations) == 3
    # The row that has an end and an occupation says more, so that it is kept.
    assert found.set_aside[["file", "row", "reason"]].to_dict("records") == [
        {"file": "participations.csv", "row": 2, "reason": "duplicate_participation"}
    ]
    assert set(found.participations["intervention"]) == {"Ung start"}
    assert list(found.participations["occupation_after"]).count("work") == 1


def test_anonymous_participants_have_year_and_sex_only_and_are_never_put_together(tmp_path: Path) -> None:
    head = "Person;Insats;Start;Kön;Anonym"
    found = participations(
        tmp_path, ";A;2020;Kvinna;ja", ";A;2020;Kvinna;", "Skyddad identitet;A;2020;Man;", "P1;A;2020-02-03;Man;nej",
        head=head,
    )  # fmt: skip
    assert list(found["anonymous"]) == [True, True, True, False]
    assert list(found["person"] == "") == [True, True, True, False]
    assert list(found["start_year"]) == [2020] * 4
    assert found["start"].isna().tolist() == [True, True, True, False]


def test_a_row_may_stand_for_several_anonymous_participants(tmp_path: Path) -> None:
    rows = ["A;2020;Kvinna;12", "A;2020;Man;7", "A;2021;Kvinna;", "A;2021;Man;0", "Summa;;;20"]
    found = read(tmp_path, {"participations": ["Insats;Startår;Kön;Antal", *rows]})
    counted = found.participations.groupby(["start_year", "sex"]).size().to_dict()
    assert counted == {(2020, "woman"): 12, (2020, "man"): 7, (2021, "woman"): 1}
    assert found.participations["anonymous"].all()
    assert found.participations.index.tolist() == list(range(12 + 7 + 1))
    assert found.sources[["rows_in", "rows_used", "rows_set_aside"]].to_numpy().tolist() == [[5, 3, 2]]
    assert list(found.set_aside["reason"]) == ["count_zero", "sum_row"]


def test_rows_with_an_id_are_one_participant_beside_anonymous_ones_that_are_several(tmp_path: Path) -> None:
    found = participations(tmp_path, "P1;A;2020-01-01;1", "P2;A;2020-01-01;", ";A;2020;3", head=f"{HEAD};Antal")
    assert list(found["anonymous"]) == [False, False, True, True, True]


def test_a_count_that_is_none_is_refused(tmp_path: Path) -> None:
    rows = [";A;2020;många", ";A;2020;-", ";A;2020;2,5", ";A;2020;20200", "P1;A;2020-01-01;2", ";A;2020;-3"]
    with refused() as faults:
        participations(tmp_path, *rows, head=f"{HEAD};Antal")
    assert [(fault.cell, fault.reason) for fault in faults] == [
        ("D2", Reason.NUMBER_UNREADABLE), ("D3", Reason.VALUE_MISSING), ("D4", Reason.NUMBER_OUTSIDE),
        ("D5", Reason.NUMBER_OUTSIDE), ("D6", Reason.ROWS_CONTRADICT), ("D7", Reason.NUMBER_OUTSIDE),
    ]  # fmt: skip


def test_somebody_without_an_id_who_is_not_anonymous_is_a_fault(tmp_path: Path) -> None:
    with refused() as faults:
        participations(tmp_path, ";A;2020-01-01;nej", "P1;A;2020-01-01;ja", head="Person;Insats;Start;Anonym")
    assert places_of(faults) == [
        ("participations.csv", "A2", Reason.VALUE_MISSING), ("participations.csv", "D3", Reason.ROWS_CONTRADICT)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "band"),
    [
        ("Födelsedatum", "2000-01-02", "under-20"),  # twenty the day after the start
        ("Födelsedatum", "2000-01-01", "20-29"),
        ("Födelseår", "2000", "20-29"),
        ("Ålder", "60", "60+"),
        ("Ålder", "59 år", "50-59"),
        ("Åldersgrupp", "20–29 år", "20-29"),
        ("Åldersgrupp", "60 år och äldre", "60+"),
        ("Åldersgrupp", "60+", "60+"),
        ("Åldersgrupp", "under 20", "under-20"),
        ("Åldersgrupp", "16-19", "under-20"),
        ("Åldersgrupp", "", "missing"),
        ("Ålder", "uppgift saknas", "missing"),
    ],
)
def test_the_age_band_is_that_of_the_age_at_the_start(heading: str, cell: str, band: str, tmp_path: Path) -> None:
    found = participations(tmp_path, f"P1;A;2020-01-01;{cell}", head=f"{HEAD};{heading}")
    assert list(found["age_band"]) == [band]


def test_a_band_that_lies_in_two_of_the_federations_is_refused_until_the_limits_are_changed(tmp_path: Path) -> None:
    head, row = f"{HEAD};Åldersgrupp", "P1;A;2020-01-01;16-24"
    with refused() as faults:
        participations(tmp_path, row, head=head)
    assert places_of(faults) == [("participations.csv", "D2", Reason.AGE_BAND_UNFIT)]
    found = participations(tmp_path, row, head=head, more="age_limits = [16, 25, 35]")
    assert list(found["age_band"]) == ["16-24"]


@pytest.mark.parametrize(
    ("cell", "codes", "work", "study"),
    [
        ("Arbete", "work", None, None),
        ("Arbete 50 %", "work", 50, None),
        ("arbetar (75%)", "work", 75, None),
        ("Arbete heltid", "work", 100, None),
        ("Studier halvtid", "study", None, 50),
        ("Arbete och studier", "study;work", None, None),
        ("Arbete 12,5 %; Studier 50 %", "study;work", 12.5, 50),
        ("Praktik eller arbetsträning", "practice", None, None),
        ("Arbetsmarknadsutbildning (AUB)", "labour_market_training", None, None),
        ("-", "missing", None, None),
    ],
)
def test_an_occupation_gives_codes_and_extents(
    cell: str, codes: str, work: float | None, study: float | None, tmp_path: Path
) -> None:
    found = participations(tmp_path, f'P1;A;2020-01-01;"{cell}"', head=f"{HEAD};Sysselsättning före").iloc[0]
    assert found["occupation_before"] == codes
    for value, expected in ((found["work_extent_before"], work), (found["study_extent_before"], study)):
        assert pd.isna(value) if expected is None else value == expected


def test_an_extent_in_a_column_of_its_own_goes_before_one_in_the_text(tmp_path: Path) -> None:
    head = f"{HEAD};Sysselsättning efter;Arbetets omfattning efter"
    found = participations(tmp_path, "P1;A;2020-01-01;Arbete 50 %;80", "P2;A;2020-01-01;Arbete 50 %;", head=head)
    assert list(found["work_extent_after"]) == [80, 50]


def test_an_extent_that_a_workbook_shows_in_percent_is_a_part_of_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        [*HEAD.split(";"), "Arbetets omfattning efter"],
        ["P1", "A", "2020-01-01", 0.5],
        ["P2", "A", "2020-01-01", 1],
    ):
        book.active.append(row)
    for cell in ("D2", "D3"):
        book.active[cell].number_format = "0%"
    book.save(tmp_path / "participations.xlsx")
    assert list(read(tmp_path, {"participations": None}).participations["work_extent_after"]) == [50, 100]


def test_several_columns_of_income_are_read_together(tmp_path: Path) -> None:
    head = f"{HEAD};Försörjning före 1;Försörjning före 2"
    found = participations(tmp_path, "P1;A;2020-01-01;Sjukpenning;Försörjningsstöd", "P2;A;2020-01-01;;Lön", head=head)
    assert list(found["income_before"]) == ["income_support;sickness_benefit", "wage"]


def test_the_federations_own_headings_words_and_one_intervention(tmp_path: Path) -> None:
    more = """
[followup.columns.participations]
start = "Dag ett"
intervention = "= SPiK"
[followup.words.occupation]
work = ["på jobbet"]
[followup.words.referrer]
"Växjö" = ["socialtjänsten i Växjö"]
"""
    head = "Person;Dag ett;Sysselsättning efter;Remittent"
    found = participations(
        tmp_path, "P1;2020-01-01;På jobbet;Socialtjänsten i Växjö", head=head, more=more
    ).iloc[0]  # fmt: skip
    assert (found["intervention"], found["occupation_after"], found["referrer"]) == ("SPiK", "work", "Växjö")


def test_interventions_that_differ_in_capitals_only_are_one(tmp_path: Path) -> None:
    rows = ["P1;SPiK;2020-01-01", "P2;Spik;2020-01-01", "P3;SPiK;2020-01-01"]
    assert set(participations(tmp_path, *rows)["intervention"]) == {"SPiK"}


def test_files_are_read_as_one_with_cells_merged_over_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Insats", "Person", "Start"], ["A", "P1", "2020-01-01"], [None, "P2", "2020-01-01"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "participations.xlsx")
    assert list(read(tmp_path, {"participations": None}).participations["intervention"]) == ["A", "A"]


def test_a_file_with_headings_only_gives_empty_frames_of_the_right_types(tmp_path: Path) -> None:
    rows = {
        "participations": [f"{HEAD};Kön;Ålder;Sysselsättning före;Försörjning efter"], "counts": ["Insats;År;Kvinnor"],
        "statuses": ["Person;Insats;Start;3 mån"], "exits": ["Insats;Bas;Utfall;Antal"],
        "goals": ["Insats;Mål nr;Bedömning"], "published": ["Insats;Mått;Tryckt"],
    }  # fmt: skip
    found = read(tmp_path, rows)
    for kind in rows:
        frame = getattr(found, kind)
        assert {name: str(frame[name].dtype) for name in frame} == dict(COLUMNS[kind])
        assert len(frame) == 0
