"""People are read as keyed hashes; the key lies where neither the rows nor the code do."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import openpyxl
import pytest
from followup_case import COORDINATION, HEAD, MAN, federation_of, read, refused
from typer.testing import CliRunner

from portfolj.cli import app
from portfolj.errors import InputRefused, PortfoljError, Reason
from portfolj.followup.identity import find_key, hash_of, key_place, make_key, twelve_digits
from portfolj.followup.reading import read_follow_up


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PORTFOLJ_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


def test_a_hash_is_the_first_sixteen_digits_of_hmac_sha256() -> None:
    whole = hmac.new(b"key", b"198112289874", hashlib.sha256).hexdigest()
    assert hash_of("198112289874", key=b"key") == whole[:16]
    assert hash_of("198112289874", key=b"other") != whole[:16]


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("811228-9874", "198112289874"), ("8112289874", "198112289874"), ("19811228-9874", "198112289874"),
        ("198112289874", "198112289874"), ("811228 9874", "198112289874"), ("811228–9874", "198112289874"),
        ("050412-9800", "200504129800"), ("200412+2388", "192004122388"), ("P-017", None), ("12345", None),
    ],
)  # fmt: skip
def test_a_personal_number_is_twelve_digits_whichever_way_it_is_written(written: str, digits: str | None) -> None:
    assert twelve_digits(written) == digits


def test_one_person_is_one_hash_whichever_way_the_number_is_written(tmp_path: Path) -> None:
    forms = ["811228-9874", "19811228-9874", "198112289874", "8112289874"]
    rows = [f"{form};Insats {n};2020-01-01" for n, form in enumerate(forms)]
    people = read(tmp_path, {"participations": [HEAD, *rows]}).participations["person"]
    assert len(people) == 4
    assert set(people) == {hash_of("198112289874", key=bytes(range(32)))}


def test_a_zero_that_a_spreadsheet_has_dropped_is_put_back(tmp_path: Path) -> None:
    # Birth numbers 980-999 are kept for tests by the Tax Agency. A spreadsheet shows 0504129800 as 504129800.
    book = openpyxl.Workbook()
    for row in (HEAD.split(";"), [504129800, "A", "2020-01-01"], ["20050412-9800", "B", "2022-01-01"]):
        book.active.append(row)
    book.save(tmp_path / "participations.xlsx")
    people = set(read(tmp_path, {"participations": None}).participations["person"])
    assert people == {hash_of("200504129800", key=bytes(range(32)))}


def test_own_ids_are_hashed_too_and_capitals_do_not_matter(tmp_path: Path) -> None:
    rows = ["P001;A;2020-01-01", "p001;B;2020-01-01", "P002;A;2020-01-01"]
    people = list(read(tmp_path, {"participations": [HEAD, *rows]}).participations["person"])
    assert people[0] == people[1] != people[2]
    assert people[0] == hash_of("p001", key=bytes(range(32)))


def test_birth_and_legal_sex_come_from_the_number_where_no_column_has_them(tmp_path: Path) -> None:
    # Born 1981-12-28 and 1970-10-03 (day 63 - 60), so 38 and 49 years old on 2020-01-01.
    rows = [f"{MAN};A;2020-01-01", f"{COORDINATION};A;2020-01-01", "P001;A;2020-01-01"]
    found = read(tmp_path, {"participations": [HEAD, *rows]}).participations
    assert list(found["age_band"]) == ["30-39", "40-49", "missing"]
    assert list(found["sex"]) == ["man", "man", "missing"]


def test_a_key_is_made_once_for_its_owner_alone(keys: Path, tmp_path: Path) -> None:
    path = make_key("prov", data=tmp_path / "data")
    assert path == keys / "prov.key" == key_place("prov")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(PortfoljError, match="finns redan en nyckel"):
        make_key("prov", data=tmp_path / "data")
    assert path.read_bytes() == before


def test_the_key_made_is_the_key_found(keys: Path, tmp_path: Path) -> None:
    federation = federation_of(tmp_path / "data" / "raw" / "prov", {"participations": [HEAD]})
    assert find_key(federation) is None
    path = make_key("prov", data=tmp_path / "data")
    assert find_key(federation) == bytes.fromhex(path.read_text().strip())


@pytest.mark.parametrize("inside", ["data/keys", "data/raw/prov", "code/keys"])
def test_a_key_in_the_data_folder_or_a_repository_is_refused(
    inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    federation = federation_of(tmp_path / "data" / "raw" / "prov", {"participations": [HEAD]})
    (tmp_path / "code" / ".git").mkdir(parents=True)
    monkeypatch.setenv("PORTFOLJ_KEYS", str(tmp_path / inside))
    with pytest.raises(InputRefused) as made:
        make_key("prov", data=tmp_path / "data")
    assert made.value.faults[0].reason == Reason.KEY_MISPLACED
    (tmp_path / inside).mkdir(parents=True, exist_ok=True)
    (tmp_path / inside / "prov.key").write_text("00" * 32)
    with pytest.raises(InputRefused) as found:
        find_key(federation)
    assert found.value.faults[0].reason == Reason.KEY_MISPLACED


@pytest.mark.parametrize("content", ["", "hemligt", "00" * 31])
def test_a_file_that_is_no_key_is_refused(content: str, keys: Path, tmp_path: Path) -> None:
    federation = federation_of(tmp_path / "data" / "raw" / "prov", {"participations": [HEAD]})
    keys.mkdir()
    (keys / "prov.key").write_text(content)
    with pytest.raises(InputRefused) as found:
        find_key(federation)
    assert found.value.faults[0].reason == Reason.KEY_WRONG
    assert content == "" or content not in str(found.value)


def test_without_a_key_one_fault_says_what_to_run_and_no_row_is_read(tmp_path: Path) -> None:
    files = {"participations": [HEAD, "P001;A;fel datum"], "assessments": ["Person;Datum;Fråga", "P001;fel;9"]}
    with refused() as faults:
        read_follow_up(federation_of(tmp_path / "prov", files), key=None)
    assert [fault.reason for fault in faults] == [Reason.KEY_MISSING]
    assert "portfolj key prov" in str(faults[0])


def test_files_without_persons_need_no_key(tmp_path: Path) -> None:
    files = {"counts": ["Insats;År;Kvinnor;Män", "A;2023;5;7"]}
    assert len(read_follow_up(federation_of(tmp_path, files), key=None).counts) == 2


def test_invented_rows_need_no_key_and_hash_alike_everywhere(tmp_path: Path) -> None:
    files = {"participations": [HEAD, "P001;A;2020-01-01"]}
    federation = federation_of(tmp_path, files, "invented = true")
    assert find_key(federation) is None
    first = read_follow_up(federation, key=None).participations["person"][0]
    assert first == read_follow_up(federation, key=bytes(32)).participations["person"][0]


@pytest.mark.parametrize(("row", "cell"), [(f"{MAN};A;2020-01-01", "A2"), (f"P001;{MAN};2020-01-01", "B2")])
def test_a_real_personal_number_among_invented_rows_is_refused(row: str, cell: str, tmp_path: Path) -> None:
    with refused() as faults:
        read(tmp_path, {"participations": [HEAD, row]}, "invented = true")
    assert [(fault.cell, fault.reason) for fault in faults] == [(cell, Reason.PERSONAL_NUMBER)]
    assert MAN not in str(faults[0])


def test_the_command_makes_a_key_and_says_where(keys: Path, tmp_path: Path) -> None:
    federation_of(tmp_path / "data" / "raw" / "prov", {"participations": [HEAD]})
    ran = CliRunner().invoke(app, ["key", "prov", "--data", str(tmp_path / "data")])
    assert ran.exit_code == 0
    assert str(keys / "prov.key") in ran.output.replace("\n", "")
    assert (keys / "prov.key").read_text().strip() not in ran.output
