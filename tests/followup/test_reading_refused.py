"""What a run refuses of a federation stands in one workbook, follow-up beside ledger, and nothing of a person in it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from followup_case import HEAD, MAN, federation_of, refused

from portfolj.errors import Reason
from portfolj.evaluation import open_everything
from portfolj.followup.identity import KEYS_VARIABLE, make_key
from portfolj.places import Places

SECRET = "Fick jobb hos sin farbror"
FILES = {
    "participations": [f"{HEAD};Sysselsättning efter", f"P1;A;2020-01-01;{SECRET}", f"P2;A;{MAN};Arbete"],
    "counts": ["Insats;År;Kvinnor", "A;2023;många"],
}
HEADINGS = ("Fil", "Blad", "Cell", "Vad som står", "Tillåtet", "Att göra", "Kod")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv(KEYS_VARIABLE, str(tmp_path / "keys"))
    made = Places(data=tmp_path / "data", out=tmp_path / "reports", notebooks=tmp_path)
    make_key("prov", data=made.data)
    return made


def workbook(places: Places) -> list[tuple[str, ...]]:
    """The rows of the workbook, empty cells as empty texts."""
    sheet = openpyxl.load_workbook(places.processed("prov") / "faults.xlsx").active
    return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_has_the_faults_of_the_ledger_and_of_follow_up_in_the_order_that_they_are_told(
    places: Places,
) -> None:
    folder = places.raw("prov")
    federation_of(folder, FILES)
    (folder / "l.csv").write_text("Insats;Sökande;År;Beviljat\nUng start;Flens kommun;2020;hundra\n", encoding="utf-8")
    with refused() as faults:
        open_everything("prov", places=places)
    headings, *rows = workbook(places)
    assert headings == HEADINGS
    assert rows == [(f.file, f.sheet, f.cell, f.found, f.allowed, f.action, f.reason.value) for f in faults]
    assert [(row[0], row[2], row[6]) for row in rows] == [
        ("l.csv", "D2", Reason.AMOUNT_UNREADABLE.value), ("counts.csv", "C2", Reason.NUMBER_UNREADABLE.value),
        ("participations.csv", "D2", Reason.WORD_UNKNOWN.value),
        ("participations.csv", "C3", Reason.DATE_UNREADABLE.value),
        ("participations.csv", "C3", Reason.PERSONAL_NUMBER.value),
    ]  # fmt: skip


def test_the_workbook_tells_cells_of_numbers_only_and_never_cells_about_persons(places: Places) -> None:
    federation_of(places.raw("prov"), FILES)
    with refused():
        open_everything("prov", places=places)
    told = {row[0]: " ".join(row[1:]) for row in workbook(places)[1:]}
    assert "många" in told["counts.csv"]
    everything = " ".join(" ".join(row) for row in workbook(places))
    assert SECRET not in everything
    assert MAN[-4:] not in everything


def test_the_workbook_goes_when_the_faults_are_mended_also_by_a_key(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    federation_of(places.raw("prov"), FILES)
    with refused():
        open_everything("prov", places=places)
    federation_of(places.raw("prov"), {"participations": [HEAD, "P1;A;2020-01-01"]})
    with monkeypatch.context() as patch, refused() as faults:
        patch.setenv(KEYS_VARIABLE, str(places.out / "elsewhere"))
        open_everything("prov", places=places)
    assert [(row[0], row[6]) for row in workbook(places)[1:]] == [("participations.csv", faults[0].reason.value)]
    rows = open_everything("prov", places=places).follow_up
    assert len(rows.participations) == 1
    assert not (places.processed("prov") / "faults.xlsx").exists()
