from __future__ import annotations

from pathlib import Path

import pytest

from portfolj.errors import PortfoljError
from portfolj.fleet import one
from portfolj.fleet.one import Task, make_one
from portfolj.fleet.outcome import OCCUPIED, Status
from portfolj.places import Places
from portfolj.report.execute import Failure, NotebookFailed
from portfolj.report.lock import Occupied


@pytest.mark.parametrize(
    ("error", "status", "failure"),
    [
        *((NotebookFailed("a", kind, cell_number=1, detail=""), Status.FAILED, kind.value) for kind in Failure),
        (ZeroDivisionError(), Status.FAILED, ""),
        (PortfoljError("fel i liggaren"), Status.REFUSED, ""),
        (Occupied("en annan körning"), Status.REFUSED, OCCUPIED),
    ],
)
def test_what_stopped_a_report_is_told_as_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, status: Status, failure: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(one, "build_report", fails)
    outcome = make_one(Task("rar", Places(tmp_path, tmp_path, tmp_path)))
    assert (outcome.status, outcome.failure) == (status, failure)
    assert outcome.folder is None


def test_how_many_are_kept_and_how_long_to_wait_reach_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def refuses(federation: str, **how: object) -> None:
        asked.update(how)
        raise PortfoljError("nej")

    monkeypatch.setattr(one, "build_report", refuses)
    make_one(Task("rar", Places(tmp_path, tmp_path, tmp_path), keep=3, wait_seconds=60.0))
    assert (asked["keep"], asked["wait_seconds"]) == (3, 60.0)
