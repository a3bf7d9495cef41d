"""SIGKILL at random moments: whatever was killed, a reader finds a whole site, and the next run goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from runs import Work, history_of, kill_after, kill_while_publishing, site_faults, small_report

from published_folders import publish_keeping

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL is a signal of Unix")
SEED = 6
LONGEST_PUBLISHING_SECONDS = 0.15
KINDS = (
    "killed", "killed while publishing", "ended first", "old stood", "new stood", "picked up", "left temporary files",
)  # fmt: skip


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files with a short path: one below tmp_path would be too long for a kernel's sockets."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        yield Path(folder)


def standing_work(work: Work) -> Work:
    """Federations whose first reports stand, and how long it took to make them."""
    work.write_ledgers(0)
    began = time.monotonic()
    done = work.run()
    assert done.returncode == 0, done.stderr
    work.run_seconds = time.monotonic() - began
    return work


def kill_runs(work: Work, count: int, *, kills_in_a_row: int, seed: int = SEED) -> dict[str, int]:
    """Kill ``count`` runs, half of them while they publish; let one through after so many. Returns what was seen."""
    drawn = random.Random(seed)
    seen = dict.fromkeys(KINDS, 0)
    version = 0
    while seen["killed"] < count:
        version += 1
        work.write_ledgers(version)
        before = work.standing()
        process = work.start()
        publishing = seen["killed"] % 2 == 0
        if publishing:
            wait = drawn.uniform(0, LONGEST_PUBLISHING_SECONDS)
            was_killed = kill_while_publishing(process, work.out, drawn.choice(work.federations), wait)
        else:
            was_killed = kill_after(process, drawn.uniform(0, work.run_seconds))
        seen["killed"] += was_killed
        seen["killed while publishing"] += was_killed and publishing
        seen["ended first"] += not was_killed
        after = work.standing()
        for name in work.federations:
            assert after[name] in (before[name], version), (name, before, after, version)
            seen["new stood" if after[name] == version else "old stood"] += 1
        assert site_faults(work.out) == []
        assert work.survivors() == []
        if work.temporary is not None:
            seen["left temporary files"] += any(work.temporary.iterdir())
        if seen["killed"] % kills_in_a_row == 0 or seen["killed"] == count:
            done = work.run()
            assert done.returncode == 0, done.stderr
            assert work.standing() == dict.fromkeys(work.federations, version)
            assert site_faults(work.out) == []
            assert [str(path) for path in work.out.rglob(".*")] == []
            assert work.survivors() == []
            if work.temporary is not None:
                assert [path.name for path in work.temporary.iterdir()] == []
            seen["picked up"] += 1
    return seen


def test_a_run_killed_at_any_moment_leaves_a_whole_site_and_no_process(tmp_path: Path, temporary: Path) -> None:
    seen = kill_runs(standing_work(Work(tmp_path, federations=("ett",), temporary=temporary)), 2, kills_in_a_row=2)
    assert (seen["killed"], seen["picked up"]) == (2, 1)
    assert seen["left temporary files"] > 0  # else nothing was there to be taken away


@pytest.mark.harness
@pytest.mark.parametrize("part", range(10))
def test_a_hundred_kills_leave_a_whole_site_and_no_process(tmp_path: Path, temporary: Path, part: int) -> None:
    seen = kill_runs(standing_work(Work(tmp_path, temporary=temporary)), 10, kills_in_a_row=2, seed=SEED + part)
    print(f"\nSIGKILL, part {part + 1} of 10:", ", ".join(f"{what} {number}" for what, number in seen.items()))
    assert seen["killed"] == 10
    assert min(seen["old stood"], seen["new stood"]) > 0


def kill_publishing(folder: Path, count: int) -> list[tuple[int, int]]:
    """Kill a process that publishes one report after the other; (last that it told of, what stood) of each kill."""
    drawn = random.Random(SEED)
    found = []
    for _ in range(count):
        program = [sys.executable, str(Path(__file__).with_name("runs.py")), str(folder)]
        process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = [process.stdout.readline()]
        try:
            process.wait(timeout=drawn.uniform(0, 0.2))
        except subprocess.TimeoutExpired:
            process.kill()
        told += process.communicate()[0].splitlines()
        whole = [int(line) for line in told if line.strip()]
        assert site_faults(folder) == []
        found.append((whole[-1], int((folder / "rar" / "2019" / "index.html").read_text())))
    return found


def check_publishing(folder: Path, count: int) -> None:
    found = kill_publishing(folder, count)
    # What it told of stood before; at most the one after it can have come up since.
    assert all(stood in (told, told + 1) for told, stood in found), found
    last = found[-1][1]
    publish_keeping(small_report(last + 1), folder / "rar" / "2019", keep=3)
    assert history_of(folder) == [last, last - 1, last - 2]
    assert sorted(path.name for path in (folder / "rar").iterdir()) == ["2019", "historik"]


def test_publishing_killed_again_and_again_loses_no_report(tmp_path: Path) -> None:
    check_publishing(tmp_path, 8)


@pytest.mark.harness
def test_publishing_killed_a_hundred_times_loses_no_report(tmp_path: Path) -> None:
    check_publishing(tmp_path, 100)
