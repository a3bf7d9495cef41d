"""The made-up rows are about nobody, come out the same every time, and are made by the script beside the data."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from case_files import RAR, RATT_INSATS, RAW, ROOT, SPIK, printed, ratt_insats_people, spik_people

from portfolj.federation import load_federation
from portfolj.ledger import interventions_of, mask_personal_numbers, read_ledger

MADE = ("spik/deltagande.xlsx", "spik/skattningar.csv", "ratt-insats/deltagande.csv", "ratt-insats/lagen.csv")


def make(script: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(script), "--out", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_script_makes_the_files_that_are_kept_to_the_byte(tmp_path: Path) -> None:
    done = make(ROOT / "demo" / "make.py", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()} == set(MADE)
    assert [name for name in MADE if (tmp_path / name).read_bytes() != (RAW / name).read_bytes()] == []


def test_a_printed_figure_that_does_not_hold_stops_it_before_anything_is_written(tmp_path: Path) -> None:
    demo, out = tmp_path / "demo", tmp_path / "out"
    demo.mkdir()
    for script in (ROOT / "demo").glob("*.py"):
        (demo / script.name).write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    for folder in (SPIK, RATT_INSATS):
        other = tmp_path / "data" / "raw" / folder.name
        other.mkdir(parents=True)
        text = (folder / "tryckt_uppfoljning.csv").read_text(encoding="utf-8")
        (other / "tryckt_uppfoljning.csv").write_text(text.replace("down,26,26,", "down,27,27,"), encoding="utf-8")
    done = make(demo / "make.py", out)
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["spik, SPiK/all//down: 27 is printed, the rows give 26"]
    assert not out.exists()


@pytest.mark.parametrize("people", [spik_people(), ratt_insats_people()], ids=["spik", "ratt-insats"])
def test_ids_are_running_numbers_and_nothing_names_a_person(people) -> None:
    assert list(people.index) == [f"D{n:03}" for n in range(1, len(people) + 1)]
    assert not re.search("namn|nummer|adress|telefon|anteckning", " ".join(people.columns).lower())


@pytest.mark.parametrize("folder", [SPIK, RATT_INSATS], ids=lambda f: f.name)
def test_the_settings_and_the_notice_say_that_the_rows_are_about_no_real_person(folder: Path) -> None:
    federation = load_federation(folder)
    assert federation.followup.invented
    assert federation.notice is not None
    assert "påhittade" in federation.notice.text
    assert "ingen rad handlar om en verklig person" in federation.notice.text
    for kind, names in federation.followup.files.items():
        assert all((folder / name).is_file() for name in names), kind


@pytest.mark.parametrize("folder", [SPIK, RATT_INSATS, RAR], ids=lambda f: f.name)
def test_every_setting_is_explained_and_the_folder_says_where_its_data_come_from(folder: Path) -> None:
    lines = (folder / "federation.toml").read_text(encoding="utf-8").splitlines()
    settings = [n for n, line in enumerate(lines) if line and not line.startswith(("#", "["))]
    assert [lines[n] for n in settings if not lines[n - 1].startswith("#")] == []
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "källan är" in readme.lower()
    kept = {p.name for p in folder.iterdir() if p.suffix in (".csv", ".xlsx")} - {"published.csv"}
    assert {name for name in kept if f"`{name}`" not in readme} == set()


@pytest.mark.parametrize("folder", [SPIK, RATT_INSATS, RAR], ids=lambda f: f.name)
def test_every_printed_figure_names_its_source_and_its_unit(folder: Path) -> None:
    figures = printed(folder)
    assert set(figures["Enhet"]) <= {"persons", "percent", "months", "sek"}
    assert figures["Källa"].str.contains(r"20\d\d").all()
    assert not figures.duplicated(["Insats", "Grupp", "Kategori", "Mått", "Enhet"]).any()
    assert figures["Anmärkning"].map(mask_personal_numbers).equals(figures["Anmärkning"])


def test_the_ledger_of_spik_is_one_intervention_of_others_money() -> None:
    table = interventions_of(read_ledger(load_federation(SPIK)).rows)
    assert table["name"].to_list() == ["SPiK"]
    assert not table["members"].any()
    assert table["external_sek"].sum() == 33_088_611


def test_the_ledger_of_ratt_insats_has_two_interventions_without_amounts() -> None:
    table = interventions_of(read_ledger(load_federation(RATT_INSATS)).rows)
    assert set(table["name"]) == {"Rätt insats.se", "Rätt insats 2.1"}
    assert table["granted_sek"].isna().all()
