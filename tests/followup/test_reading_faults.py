"""All faults of all files at once, with their cells; and that nothing of a person is in any of what is told."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import openpyxl
import pytest
from followup_case import COORDINATION, HEAD, KEY, MAN, WOMAN, federation_of, places_of, read, refused

from portfolj import checking
from portfolj.errors import Fault, Reason
from portfolj.federation import load_federation
from portfolj.federation.inputs import input_hashes
from portfolj.followup.identity import make_key
from portfolj.followup.reading import read_follow_up

CANARY = "KANARIEFÅGEL"
# Every column that a person file may have, with a canary of its own where a person wrote something.
FREE = {
    "participations": [
        "Person", "Namn", "Insats", "Start", "Slut", "Startår", "Slutår", "Kön", "Födelsedatum", "Ålder", "Åldersgrupp",
        "Kommun", "Remittent", "Sysselsättning före", "Sysselsättning efter", "Arbetets omfattning före",
        "Studiernas omfattning efter", "Försörjning före", "Försörjning efter", "Avslutsanledning", "Anonym",
        "Anteckning",
    ],
    "assessments": ["Person", "Insats", "Datum", "Ifylld av", "Fråga 1", "Fråga 2", "Kommentar", "Handläggare"],
    "statuses": ["Person", "Insats", "Tidpunkt", "Läge", "Kommentar"],
}  # fmt: skip


def told_of(faults: list[Fault]) -> str:
    return "\n".join([str(fault) + repr(fault) for fault in faults])


def test_faults_of_every_file_come_together(tmp_path: Path) -> None:
    files = {
        "participations": [f"{HEAD};Slut;Kön", "P1;A;i går;;Man", "P2;;2020-01-01;2019-01-01;Robot"],
        "assessments": ["Person;Mätning;Fråga", "P1;1;3", ";x;4"],
        "statuses": ["Person;Insats;Tidpunkt;Läge", "P1;A;sommaren;Arbete"],
        "counts": ["Insats;År;Kvinnor", "A;2023;många"],
        "exits": ["Insats;Utfall;Antal", "A;Arbete;3"],
        "goals": ["Namn;Datum", "x;y"],
    }
    with refused() as faults:
        read(tmp_path, files)
    assert set(places_of(faults)) == {
        ("participations.csv", "C2", Reason.DATE_UNREADABLE), ("participations.csv", "B3", Reason.NAME_MISSING),
        ("participations.csv", "D3", Reason.DATES_REVERSED), ("participations.csv", "E3", Reason.WORD_UNKNOWN),
        ("assessments.csv", "A3", Reason.VALUE_MISSING), ("assessments.csv", "B3", Reason.VALUE_MISSING),
        ("statuses.csv", "C2", Reason.WORD_UNKNOWN), ("counts.csv", "C2", Reason.NUMBER_UNREADABLE),
        ("exits.csv", "rad 1", Reason.COLUMN_MISSING), ("goals.csv", "", Reason.NO_HEADER),
    }  # fmt: skip


def test_many_faults_in_a_column_are_told_by_five_cells_and_a_number(tmp_path: Path) -> None:
    rows = [f"P{n};A;2020-01-01;Robot" for n in range(100)]
    with refused() as faults:
        read(tmp_path, {"participations": [f"{HEAD};Kön", *rows]})
    assert sorted(fault.cell for fault in faults) == ["D2", "D3", "D4", "D5", "D6", "kolumn D"]
    assert "95 celler till" in next(fault.found for fault in faults if fault.cell == "kolumn D")


@pytest.mark.parametrize(
    ("rows", "cell", "reason"),
    [
        (["Person;Start", "P1;2020-01-01"], "rad 1", Reason.COLUMN_MISSING),
        (["Person;Insats;Startdatum;Inskrivningsdatum", "P1;A;2020-01-01;2020-01-01"], "D1", Reason.COLUMN_AMBIGUOUS),
        ([HEAD, "P1;A;"], "C2", Reason.VALUE_MISSING),
        ([HEAD, "P1;A;-"], "C2", Reason.VALUE_MISSING),
        ([HEAD, "P1;A;2020-01-01;för mycket"], "rad 2", Reason.ROW_TOO_LONG),
        ([HEAD, "811228-9875;A;2020-01-01"], "A2", Reason.PERSON_UNREADABLE),
        ([HEAD, f"{MAN} och {WOMAN};A;2020-01-01"], "A2", Reason.PERSON_UNREADABLE),
        ([f"{HEAD};Födelseår", "P1;A;2020-01-01;2019"], "D2", Reason.AGE_IMPROBABLE),
        ([f"{HEAD};Sysselsättning före", "P1;A;2020-01-01;Arbete 150 %"], "D2", Reason.NUMBER_OUTSIDE),
        ([f"{HEAD};Anteckning", f"P1;A;2020-01-01;ring {COORDINATION}"], "D2", Reason.PERSONAL_NUMBER),
        ([f"{HEAD};Kommun", "P1;A;2020-01-01;Ankeborg"], "D2", Reason.WORD_UNKNOWN),
        ([HEAD, "P1;#SAKNAS!;2020-01-01"], "B2", Reason.ERROR_VALUE),
    ],
)
def test_a_fault_has_its_cell_and_its_reason(rows: list[str], cell: str, reason: Reason, tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"participations": rows})
    assert (cell, reason) in [(fault.cell, fault.reason) for fault in faults]


def test_settings_that_name_no_field_list_or_code_are_refused(tmp_path: Path) -> None:
    more = """
[followup.columns.participations]
startt = "Dag"
[followup.columns.deltagare]
start = "Dag"
[followup.words.sex]
robot = ["r"]
[followup.words.colour]
blue = ["blå"]
"""
    with refused() as faults:
        read(tmp_path, {"participations": [HEAD]}, more)
    assert {fault.cell for fault in faults} == {
        "followup.columns.participations.startt", "followup.columns.deltagare", "followup.words.sex.robot",
        "followup.words.colour",
    }  # fmt: skip


def test_a_sheet_is_named_and_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Deltagare"
    for row in ([*HEAD.split(";"), "Kön"], ["P1", "A", "2020-01-01", "Robot"]):
        book.active.append(row)
    book.save(tmp_path / "participations.xlsx")
    with refused() as faults:
        read(tmp_path, {"participations": None, "counts": None})
    assert {(fault.file, fault.sheet, fault.cell, fault.reason) for fault in faults} == {
        ("participations.xlsx", "Deltagare", "D2", Reason.WORD_UNKNOWN),
        ("counts.xlsx", "", "", Reason.FILE_MISSING),
    }


def canary_file(kind: str, *, number: str) -> list[str]:
    words = [f"{CANARY}{n}" for n, _ in enumerate(FREE[kind])]
    numbers = [number] * len(words)
    return [";".join(FREE[kind]), ";".join(words), ";".join(numbers), ";".join(f"{w} {number}" for w in words)]


@pytest.mark.parametrize("kind", list(FREE))
def test_no_fault_tells_what_stands_in_a_file_on_persons(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with refused() as faults:
        read(tmp_path, {kind: canary_file(kind, number=MAN)})
    told = told_of(faults) + caplog.text + "".join(capsys.readouterr())
    assert len(faults) > 8
    assert CANARY not in told
    assert not re.search(r"811228|9874", told)


@pytest.mark.parametrize("kind", list(FREE))
def test_nor_where_the_header_is_not_recognised(kind: str, tmp_path: Path) -> None:
    for rows in (
        canary_file(kind, number=MAN)[1:],
        [f"Person;{CANARY}", f"{CANARY};{MAN}"],
        [CANARY],
        [f"Person;{MAN}"],
    ):
        with refused() as faults:
            read(tmp_path, {kind: rows})
        assert CANARY not in told_of(faults)
        assert "9874" not in told_of(faults)


def test_nothing_of_a_person_is_in_what_is_read_and_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    free = f"{CANARY} i en anteckning"
    files = {
        "participations": [
            f"{HEAD};Namn;Anteckning;Slut;Avslutsanledning",
            f"{MAN};A;2020-01-01;{free};{free};;", f"{CANARY}-1;A;2020-01-01;{free};{free};;",
            f"{CANARY}-1;A;2020-01-01;{free};{free};;", f"{WOMAN};A;{CANARY};{free};{free};{CANARY};Felregistrering",
        ],
        "assessments": ["Person;Datum;Fråga;Kommentar", f"{MAN};2020-02-01;3;{free}", f"{CANARY}-1;2020-02-01;;{free}"],
        "statuses": ["Person;Insats;Start;Kommentar", f"{MAN};A;Arbete;{free}", f"{CANARY}-1;A;;{free}"],
    }  # fmt: skip
    found = read(tmp_path, files)
    frames = {name: getattr(found, name).to_csv() for name in ("set_aside", "sources")}
    every = "\n".join(getattr(found, kind).to_csv() for kind in FREE)
    told = "\n".join([repr(found), str(found), *frames.values(), every, caplog.text, *capsys.readouterr()])
    assert len(found.set_aside) == 4
    assert CANARY.casefold() not in told.casefold()
    assert not re.search(r"811228|9874|670919|9530", told)


def test_check_tells_the_faults_and_the_rows_of_follow_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTFOLJ_KEYS", str(tmp_path / "keys"))
    folder = tmp_path / "data" / "raw" / "prov"
    federation_of(
        folder, {"counts": ["Insats;År;Kvinnor", "A;2023;många"], "participations": [HEAD, "P1;A;2020-01-01"]}
    )
    checked = checking.check(folder)
    assert {fault.reason for fault in checked.faults} == {Reason.NUMBER_UNREADABLE, Reason.KEY_MISSING}
    federation_of(folder, {"counts": ["Insats;År;Kvinnor", "A;2023;7"]})
    checked = checking.check(folder)
    assert checked.faults == ()
    assert "counts.csv: 1 rad = 1 använda + 0 åt sidan" in checked.text


def test_a_file_on_persons_checked_on_its_own_is_never_read_as_a_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTFOLJ_KEYS", str(tmp_path / "keys"))
    folder = tmp_path / "data" / "raw" / "prov"
    rows = [f"{HEAD};Namn;Belopp", f"P1;A;{CANARY};{CANARY};{CANARY}"]
    federation_of(folder, {"participations": rows, "counts": ["Insats;År;Kvinnor", "A;2023;många"]})
    checked = checking.check(folder / "participations.csv")
    assert [fault.reason for fault in checked.faults] == [Reason.KEY_MISSING]
    make_key("prov", data=tmp_path / "data")
    checked = checking.check(folder / "participations.csv")
    assert [(fault.cell, fault.reason) for fault in checked.faults] == [("C2", Reason.DATE_UNREADABLE)]
    assert CANARY not in checked.text
    federation_of(folder, {"participations": [HEAD, "P1;A;2020-01-01"]})
    checked = checking.check(folder / "participations.csv")
    assert (checked.faults, "1 rad = 1 använda" in checked.text) == ((), True)


def test_the_files_of_follow_up_are_inputs_that_a_run_looks_at(tmp_path: Path) -> None:
    federation_of(tmp_path, {"counts": ["Insats;År;Kvinnor", "A;2023;7"], "goals": ["Insats;Mål nr;Bedömning"]})
    federation = load_federation(tmp_path)
    before = input_hashes(federation)
    assert {"counts.csv", "goals.csv"} <= set(before)
    (tmp_path / "counts.csv").write_text("Insats;År;Kvinnor\nA;2023;8\n", encoding="utf-8")
    assert input_hashes(federation)["counts.csv"] != before["counts.csv"]


def test_without_files_there_is_no_follow_up(tmp_path: Path) -> None:
    found = read_follow_up(federation_of(tmp_path, {}), key=KEY)
    assert repr(found) == repr(type(found)())
    assert len(found.sources) == 0
