from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portfolj.errors import ParameterError, PortfoljError
from portfolj.fleet.one import Task, make_one
from portfolj.fleet.outcome import OCCUPIED, WRONGLY_ASKED, Status
from portfolj.places import Places
from portfolj.report import build
from portfolj.report.execute import Failure, NotebookFailed
from portfolj.report.lock import Occupied, only_one

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("error", "status", "failure"),
    [
        *((NotebookFailed("a", kind, cell_number=1, detail=""), Status.FAILED, kind.value) for kind in Failure),
        (ZeroDivisionError(), Status.FAILED, ""),
        (PortfoljError("fel i liggaren"), Status.REFUSED, ""),
        (Occupied("en annan körning"), Status.REFUSED, OCCUPIED),
        (ParameterError("perioden"), Status.REFUSED, WRONGLY_ASKED),
    ],
)
def test_what_stopped_a_report_is_told_as_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, status: Status, failure: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("portfolj.report.build.build_report", fails)
    outcome = make_one(Task("rar", Places(tmp_path, tmp_path, tmp_path), {"period": "2019"}))
    assert (outcome.status, outcome.failure) == (status, failure)
    assert outcome.folder is None


def test_how_long_to_wait_reaches_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}

    def refuses(federation: str, **how: object) -> None:
        asked.update(how)
        raise PortfoljError("nej")

    monkeypatch.setattr("portfolj.report.build.build_report", refuses)
    make_one(Task("rar", Places(tmp_path, tmp_path, tmp_path), wait_seconds=60.0))
    assert asked["wait_seconds"] == 60.0


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A federation with a ledger of one row."""
    folder = tmp_path / "data" / "raw" / "ett"
    folder.mkdir(parents=True)
    (folder / "federation.toml").write_text(
        'name = "Ett"\n[ledger]\nfiles = ["a.csv"]\nunit = "kr"\n', encoding="utf-8"
    )
    (folder / "a.csv").write_text("Insats;År;Beviljat\na;2020;1\n", encoding="utf-8")
    return Places(tmp_path / "data", tmp_path / "reports", ROOT / "notebooks")


def test_a_federation_that_another_run_is_at_work_on_is_left_to_it(places: Places) -> None:
    with only_one(places.out / "ett"):
        outcome = make_one(Task("ett", places))
    assert (outcome.status, outcome.failure) == (Status.REFUSED, OCCUPIED)
    assert f"process {os.getpid()} " in outcome.message
    assert not (places.out / "ett").exists()


def test_what_other_reports_have_shown_is_read_under_the_lock(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def no_kernels(*_: object, **__: object) -> Iterator[list[object]]:
        yield []

    def opened(*_: object, **__: object) -> None:
        with pytest.raises(Occupied), only_one(places.out / "ett"):
            pass
        raise PortfoljError("så långt")

    monkeypatch.setattr(build, "started_kernels", no_kernels)
    monkeypatch.setattr(build, "open_everything", opened)  # just before the memory of earlier reports is read
    assert make_one(Task("ett", places)).message == "så långt"
