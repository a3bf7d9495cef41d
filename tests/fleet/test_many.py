"""Many reports at once: order, one that dies, what is left when the run is ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
import stand_ins

from portfolj.fleet import Outcome, Status
from portfolj.fleet.many import make_many, sensible_jobs

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are a Unix thing")
HERE = Path(__file__).parent


def tasks(folder: Path, *names: str) -> list[stand_ins.Task]:
    return [stand_ins.task(name, folder) for name in names]


def test_the_outcomes_are_in_the_order_of_the_tasks_and_told_as_they_are_done(tmp_path: Path) -> None:
    told: list[str] = []
    begun: list[str] = []
    outcomes = make_many(
        tasks(tmp_path, "first", "second", "third"), jobs=2, make=stand_ins.make_after_the_other,
        began=begun.append, tell=lambda outcome: told.append(outcome.federation),
    )  # fmt: skip
    assert [outcome.federation for outcome in outcomes] == ["first", "second", "third"]
    assert told[0] != "first"  # it waits for the second
    assert sorted(told) == sorted(begun) == ["first", "second", "third"]


def test_what_is_told_is_told_in_the_callers_thread(tmp_path: Path) -> None:
    threads: set[int] = set()
    make_many(
        tasks(tmp_path, *"abcd"), jobs=2, make=stand_ins.make, tell=lambda outcome: threads.add(threading.get_ident())
    )
    assert threads == {threading.get_ident()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_report_whose_process_is_killed_fails_alone(jobs: int, tmp_path: Path) -> None:
    for report in ("dead/2020", "bug/.2020.building"):
        (tmp_path / "out" / report).mkdir(parents=True)
        (tmp_path / "out" / report / "manifest.json").touch()
    names = ("a", "dead", "b", "bug", "c")
    outcomes = make_many(tasks(tmp_path, *names), jobs=jobs, make=stand_ins.make_or_die)
    by_name = {outcome.federation: outcome for outcome in outcomes}
    assert [by_name[name].status for name in names] == [
        Status.DONE, Status.FAILED, Status.DONE, Status.FAILED, Status.DONE,
    ]  # fmt: skip
    assert "SIGKILL" in by_name["dead"].message
    assert by_name["dead"].has_earlier_report
    assert "RuntimeError: sönder" in by_name["bug"].message
    assert not by_name["bug"].has_earlier_report
    # A new worker took the place of the dead one, and at most two were ever at work.
    assert len({by_name[name].message for name in "abc"}) <= jobs + 1


def test_where_no_process_can_be_started_every_report_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "finns-inte"))
    outcomes = make_many(tasks(tmp_path, "a", "b"), jobs=2, make=stand_ins.make)
    assert [outcome.status for outcome in outcomes] == [Status.FAILED] * 2
    assert all("gick inte att starta" in outcome.message for outcome in outcomes)


def test_a_worker_makes_several_reports_also_when_one_is_made_at_a_time(tmp_path: Path) -> None:
    made_by = {outcome.message for outcome in make_many(tasks(tmp_path, *"abc"), jobs=1, make=stand_ins.make)}
    assert len(made_by) == 1
    assert made_by != {str(os.getpid())}


def test_a_single_report_is_made_here(tmp_path: Path) -> None:
    told: list[Outcome] = []
    outcomes = make_many(tasks(tmp_path, "a"), jobs=4, make=stand_ins.make, tell=told.append)
    assert [outcome.message for outcome in outcomes] == [str(os.getpid())]
    assert told == outcomes
    assert make_many([], jobs=4, make=stand_ins.make) == []


def test_no_worker_is_left_and_nothing_of_theirs_was_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = {child.pid for child in psutil.Process().children()}
    outcomes = make_many(tasks(tmp_path, *"abcd"), jobs=2, make=stand_ins.make)
    workers = {int(outcome.message) for outcome in outcomes}
    assert [pid for pid in workers if psutil.pid_exists(pid)] == []
    assert {child.pid for child in psutil.Process().children()} <= before
    assert capfd.readouterr() == ("", "")


def test_workers_are_ended_when_whoever_is_told_raises(tmp_path: Path) -> None:
    def tell(outcome: Outcome) -> None:
        raise BrokenPipeError(outcome.message)

    with pytest.raises(BrokenPipeError) as raised:
        make_many(tasks(tmp_path, *"abcd"), jobs=2, make=stand_ins.make, tell=tell)
    assert not psutil.pid_exists(int(str(raised.value)))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_takes_its_workers_and_what_they_had_begun_with_it(
    number: signal.Signals, tmp_path: Path
) -> None:
    code = "import sys, stand_ins; stand_ins.many(*sys.argv[1:])"
    path = os.pathsep.join([str(HERE), *(p for p in sys.path if p)])
    run = subprocess.Popen([sys.executable, "-c", code, str(tmp_path), *"abc"], env={**os.environ, "PYTHONPATH": path})
    out = tmp_path / "out"
    stand_ins.wait_for(lambda: len(list(out.glob("begun-*"))) == 2 or run.poll() is not None)
    workers = psutil.Process(run.pid).children(recursive=True)
    assert {str(worker.pid) for worker in workers} >= {mark.name.split("-")[2] for mark in out.glob("begun-*")}
    run.send_signal(number)
    assert run.wait(60) == (128 + number if number == signal.SIGTERM else -number)
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert alive == []
    assert list(out.glob("begun-*")) == []


def test_as_many_at_a_time_as_there_are_cores_and_memory_for_unless_somebody_says() -> None:
    assert sensible_jobs(1) == 1
    assert 1 <= sensible_jobs(1000) <= (os.cpu_count() or 1)
