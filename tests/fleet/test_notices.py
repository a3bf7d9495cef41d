from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolj.fleet.notices import put_up_notices
from portfolj.fleet.outcome import OCCUPIED, Outcome, Status
from portfolj.places import Places
from portfolj.report.layout import FAILURE_FILE

SETTINGS = 'name = "Förbundet Ett"\n[ledger]\nfiles = ["liggare.csv"]\nunit = "kr"\n'
TRIED = datetime(2026, 11, 27, 2, 3, tzinfo=UTC)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for name in ("ett", "tva"):
        (tmp_path / "data" / "raw" / name).mkdir(parents=True)
        (tmp_path / "data" / "raw" / name / "federation.toml").write_text(SETTINGS, encoding="utf-8")
        (tmp_path / "data" / "raw" / name / "liggare.csv").write_text("Insats;År;Beviljat\na;2020;1\n")
    return Places(tmp_path / "data", tmp_path / "reports", tmp_path / "notebooks")


def put_up(places: Places, *outcomes: Outcome) -> list[Outcome]:
    return put_up_notices(outcomes, places=places, tried=TRIED)


def pages(places: Places) -> set[str]:
    return {path.parent.name for path in places.out.glob(f"*/{FAILURE_FILE}")}


def test_a_federation_has_the_page_from_when_a_run_fails_until_one_succeeds(places: Places) -> None:
    refused, bug = Outcome("ett", Status.REFUSED, "1 fel."), Outcome("tva", Status.FAILED, "Traceback")
    assert put_up(places, refused, bug) == [refused, bug]
    assert pages(places) == {"ett", "tva"}
    put_up(places, Outcome("ett", Status.DONE), Outcome("tva", Status.UNCHANGED))
    assert pages(places) == set()


def test_the_page_has_the_federations_own_name(places: Places) -> None:
    put_up(places, Outcome("ett", Status.FAILED))
    assert "Förbundet Ett" in (places.out / "ett" / FAILURE_FILE).read_text(encoding="utf-8")
    (places.raw("ett") / "federation.toml").write_text("name = ", encoding="utf-8")  # these can't be read
    put_up(places, Outcome("ett", Status.REFUSED, "federation.toml: fel."))
    assert '<p class="federation">ett</p>' in (places.out / "ett" / FAILURE_FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["finns-inte", "../ett", ".", ""])
def test_a_name_that_is_no_federations_gets_no_page_and_no_folder(places: Places, name: str) -> None:
    put_up(places, Outcome(name, Status.REFUSED, "finns inte"))
    assert not places.out.exists()
    assert not list(places.data.parent.rglob(FAILURE_FILE))


def test_a_run_that_another_kept_out_changes_no_page(places: Places) -> None:
    put_up(places, Outcome("ett", Status.REFUSED, "1 fel."))
    before = (places.out / "ett" / FAILURE_FILE).read_bytes()
    put_up(places, *(Outcome(n, Status.REFUSED, "En annan körning …", failure=OCCUPIED) for n in ("ett", "tva")))
    assert pages(places) == {"ett"}
    assert (places.out / "ett" / FAILURE_FILE).read_bytes() == before


def test_the_page_names_no_folder_of_this_computer_and_no_personal_number(places: Places) -> None:
    message = f"{places.out / 'ett' / 'shown_counts.json'} går inte att läsa, 811228-9874.\n  {places.raw('ett')}: fel."
    put_up(places, Outcome("ett", Status.REFUSED, message))
    page = (places.out / "ett" / FAILURE_FILE).read_text(encoding="utf-8")
    assert str(places.data.parent) not in page
    assert "811228" not in page
    assert "reports/ett/shown_counts.json går inte att läsa" in page
    assert "data/raw/ett: fel." in page


def test_a_page_that_can_not_be_written_is_in_the_outcome_and_stops_no_other(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def refuse_the_first(old: Path, new: Path) -> None:
        if "ett" in Path(new).parts:
            raise OSError(errno.ENOSPC, "full", str(new))
        replace(old, new)

    monkeypatch.setattr(os, "replace", refuse_the_first)
    first, second = put_up(places, Outcome("ett", Status.FAILED, "fel"), Outcome("tva", Status.FAILED, "fel"))
    assert first.message.startswith("fel\nDisken är full")
    assert second.message == "fel"
    assert pages(places) == {"tva"}
