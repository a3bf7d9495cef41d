"""A worker: it answers, it dies alone, and it ends when nobody is left to answer."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import stand_ins

from portfolj.fleet.worker import Worker, WorkerDied, WorkerFailed
from portfolj.report.rooms import sweep

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are a Unix thing")


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def test_one_process_answers_one_question_after_the_other(worker: Worker, tmp_path: Path) -> None:
    answers = [worker.ask(stand_ins.make, stand_ins.task(name, tmp_path)) for name in ("a", "b")]
    assert [answer.federation for answer in answers] == ["a", "b"]
    assert [answer.message for answer in answers] == [str(worker.pid)] * 2
    assert worker.pid != os.getpid()


def test_what_a_worker_prints_reaches_nobody(worker: Worker, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    worker.ask(stand_ins.make, stand_ins.task("a", tmp_path))
    assert capfd.readouterr() == ("", "")


def test_what_the_function_raises_is_told_and_the_worker_goes_on(worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed, match="RuntimeError: sönder"):
        worker.ask(stand_ins.make_or_die, stand_ins.task("bug", tmp_path))
    assert worker.ask(stand_ins.make, stand_ins.task("a", tmp_path)).message == str(worker.pid)


def test_an_answer_that_can_not_be_sent_is_a_fault_of_the_function(worker: Worker) -> None:
    with pytest.raises(WorkerFailed, match="pickle"):
        worker.ask(threading.Semaphore, 1)


def test_a_killed_worker_is_told_of_by_its_signal(worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(WorkerDied, match=r"signal 9, SIGKILL.*minne.*--jobs"):
        worker.ask(stand_ins.make_or_die, stand_ins.task("dead", tmp_path))


def test_a_killed_workers_temporary_files_go_with_it(tmp_path: Path) -> None:
    worker = Worker()
    with pytest.raises(WorkerDied):
        worker.ask(stand_ins.make_or_die, stand_ins.task("dead", tmp_path))
    left = Path((tmp_path / "out" / "left").read_text(encoding="utf-8"))
    assert left.is_dir()
    worker.close()
    assert not left.exists()


def test_the_workers_room_of_a_killed_run_goes_with_the_next_sweep(tmp_path: Path) -> None:
    program = (
        "import os, signal; from portfolj.fleet.worker import Worker; Worker(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_leaves_is_told_of_by_its_code_and_last_words(worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(WorkerDied, match=r"(?s)slutkod 3.*sista ordet"):
        worker.ask(stand_ins.make_or_die, stand_ins.task("gone", tmp_path))


def test_a_worker_that_is_asked_to_end_leaves_what_it_does_in_order(worker: Worker, tmp_path: Path) -> None:
    died: list[str] = []

    def ask() -> None:
        with pytest.raises(WorkerDied) as raised:
            worker.ask(stand_ins.hang, stand_ins.task("a", tmp_path))
        died.append(str(raised.value))

    asking = threading.Thread(target=ask)
    asking.start()
    mark = tmp_path / "out" / f"begun-a-{worker.pid}"
    stand_ins.wait_for(mark.exists)
    worker.ask_to_end()
    asking.join(60)
    assert f"slutkod {128 + signal.SIGTERM}" in died[0]
    assert not mark.exists()  # what stood half done was taken away on the way out


def test_a_worker_with_nothing_to_do_ends_when_it_is_closed() -> None:
    worker = Worker()
    process = psutil.Process(worker.pid)
    worker.close()
    assert not process.is_running()


@pytest.mark.parametrize(
    ("number", "why", "fewer_helps"),
    [(errno.EACCES, "åtkomst nekas", False), (errno.EAGAIN, "inte plats för fler processer", True),
     (errno.ENOMEM, "minnet är slut", True)],
)  # fmt: skip
def test_fewer_at_a_time_is_told_only_where_it_helps(
    monkeypatch: pytest.MonkeyPatch, number: int, why: str, fewer_helps: bool
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("portfolj.fleet.worker.subprocess.Popen", refuse)
    with pytest.raises(WorkerDied, match=why) as raised:
        Worker()
    assert ("--jobs" in str(raised.value)) == fewer_helps
    assert os.strerror(number) not in str(raised.value)


def test_a_full_disk_of_temporary_files_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("portfolj.fleet.worker.new_room", full)
    with pytest.raises(WorkerDied, match=r"disken är full.*TMPDIR"):
        Worker()
