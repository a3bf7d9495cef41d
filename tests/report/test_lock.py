from __future__ import annotations

import errno
import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from portfolj.errors import PortfoljError
from portfolj.report import lock
from portfolj.report.lock import Occupied, only_one

HOLDS = """
import sys
from pathlib import Path
from portfolj.report.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_run(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its standard input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "rar"


@pytest.fixture(params=[errno.ENOLCK, errno.ENOTSUP, errno.EIO])
def no_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(lock, "_lock", refuse)


def left_by(folder: Path, **holder: object) -> Path:
    """A lock file that names the holder: this computer and this process unless told otherwise."""
    me = psutil.Process()
    named = {"process": me.pid, "computer": platform.node(), "since": "2026-11-26 02:00:00"}
    folder.parent.mkdir(parents=True, exist_ok=True)
    file = folder.parent / ".rar.lock"
    file.write_text(json.dumps({**named, "process_started": me.create_time(), **holder}))
    return file


def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_second_run_is_told_at_once_which_process_holds_the_lock_where_and_since_when(folder: Path) -> None:
    with another_run(folder) as process:
        with pytest.raises(Occupied) as told, only_one(folder):
            pass
        since = json.loads((folder.parent / ".rar.lock").read_text())["since"]
    assert f"process {process.pid} på datorn {platform.node()}, sedan {since}" in str(told.value)
    assert "--wait" in str(told.value)
    assert told.value.exit_code == 2


def test_a_second_run_that_waits_goes_on_when_the_first_is_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = threading.Event()
    sleep = lock.time.sleep
    monkeypatch.setattr(lock.time, "sleep", lambda seconds: (waits.set(), sleep(seconds)))
    with another_run(folder) as process:
        assert process.stdin is not None
        threading.Thread(target=lambda: (waits.wait(), process.stdin.close())).start()
        with only_one(folder, wait_seconds=60):
            assert waits.is_set()
            assert process.wait() == 0


def test_a_second_run_that_has_waited_long_enough_says_so(folder: Path) -> None:
    with (
        another_run(folder),
        pytest.raises(Occupied, match=r"väntat i 0\.2 sekunder"),
        only_one(folder, wait_seconds=0.2),
    ):
        pass


def test_a_killed_runs_lock_is_free(folder: Path) -> None:
    with another_run(folder) as process:
        process.kill()
        process.wait()
        assert (folder.parent / ".rar.lock").exists()  # it died before it could remove the file
        with only_one(folder):
            pass
    assert list(folder.parent.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_lock_that_a_killed_runs_own_process_still_holds_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forks = HOLDS.replace("    print", "    import os\n    child = os.fork()\n    print").replace(
        '"held"', '"held" if child else "", end="\\n" if child else ""'
    )
    process = subprocess.Popen(
        [sys.executable, "-c", forks, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.kill()
    process.wait()
    # The child ends when its input is closed, and has the lock until then.
    sleep = lock.time.sleep
    monkeypatch.setattr(lock.time, "sleep", lambda seconds: (process.stdin.close(), sleep(seconds)))
    with only_one(folder):
        assert process.stdin.closed
    process.stdout.close()


def test_a_failed_run_gives_the_lock_back(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_one(folder):
        raise ZeroDivisionError
    assert list(folder.parent.iterdir()) == []
    with only_one(folder):
        pass


def test_of_many_runs_one_at_a_time_holds_the_lock(folder: Path) -> None:
    inside, most = 0, 0

    def run() -> None:
        nonlocal inside, most
        for _ in range(20):
            with only_one(folder, wait_seconds=60):
                inside += 1
                os.listdir(folder.parent)  # lets another thread on
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


@pytest.mark.usefixtures("no_locks")
def test_a_disk_without_locks_goes_by_the_name_in_the_file(folder: Path) -> None:
    with only_one(folder), pytest.raises(Occupied, match=f"process {os.getpid()} "), only_one(folder):
        pass
    assert list(folder.parent.iterdir()) == []


@pytest.mark.usefixtures("no_locks")
def test_there_the_lock_of_a_process_that_has_ended_is_free(folder: Path) -> None:
    left_by(folder, process=dead())
    with only_one(folder):
        pass
    # A process of the same number that began at another time is not the one that took it.
    left_by(folder, process_started=psutil.Process().create_time() - 3600)
    with only_one(folder):
        pass


@pytest.mark.usefixtures("no_locks")
def test_there_a_run_on_another_computer_is_believed_and_the_user_told_which_file_to_remove(folder: Path) -> None:
    file = left_by(folder, process=dead(), computer="en-annan")
    with pytest.raises(Occupied) as told, only_one(folder):
        pass
    assert "på datorn en-annan, sedan 2026-11-26 02:00:00" in str(told.value)
    assert f"ta bort filen {file}" in str(told.value)
    assert file.exists()


@pytest.mark.usefixtures("no_locks")
def test_there_a_file_without_a_name_is_another_run_about_to_write_it_until_it_is_old(folder: Path) -> None:
    file = left_by(folder)
    file.write_text("")
    with pytest.raises(Occupied), only_one(folder):
        pass
    an_hour_ago = file.stat().st_mtime - 3600
    os.utime(file, (an_hour_ago, an_hour_ago))
    with only_one(folder):
        pass


@pytest.mark.parametrize("number", [errno.EACCES, errno.EAGAIN])
def test_a_lock_that_the_system_refuses_is_another_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def held(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(lock, "_lock", held)
    with pytest.raises(PortfoljError, match="En annan körning"), only_one(folder):
        pass


@pytest.mark.parametrize("below", ["", "under"])
def test_a_file_in_place_of_the_folder_for_reports_is_told_with_what_to_do(tmp_path: Path, below: str) -> None:
    (tmp_path / "fil").touch()
    with (
        pytest.raises(PortfoljError, match=r"är inte en mapp\. Välj en annan mapp med --out"),
        only_one(tmp_path / "fil" / below / "rar"),
    ):
        pass


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that nobody can make one in")
def test_a_folder_that_can_not_be_made_is_told_with_what_to_do() -> None:
    with (
        pytest.raises(PortfoljError, match=r"/proc/rapporter går inte att skapa.*--out"),
        only_one(Path("/proc/rapporter/rar")),
    ):
        pass
