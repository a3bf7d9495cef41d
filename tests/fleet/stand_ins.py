"""Stand-ins for making a report, found by their names in a worker: what they do is told by the federation's name."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from portfolj.fleet import Outcome, Status
from portfolj.fleet.one import Task
from portfolj.places import Places


def task(federation: str, folder: Path) -> Task:
    """A task whose places are all in ``folder``."""
    return Task(federation, Places(data=folder / "data", out=folder / "out", notebooks=folder / "notebooks"))


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Until the condition holds, which it has to within so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def make(task: Task) -> Outcome:
    """A report that is made at once; the message is the process that made it."""
    print(f"utskrift av {task.federation}")
    os.write(1, b"utskrift forbi Python\n")
    return Outcome(task.federation, Status.DONE, str(os.getpid()))


def make_or_die(task: Task) -> Outcome:
    """The same, but ``dead`` is killed by the system, ``gone`` leaves and ``bug`` raises."""
    if task.federation == "dead":
        task.places.out.mkdir(parents=True, exist_ok=True)
        (task.places.out / "left").write_text(tempfile.mkdtemp(), encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    if task.federation == "gone":
        print("sista ordet", file=sys.stderr, flush=True)
        os._exit(3)
    if task.federation == "bug":
        raise RuntimeError("sönder")
    return make(task)


def make_after_the_other(task: Task) -> Outcome:
    """``first`` is not done before ``second`` is."""
    mark = task.places.out / "second"
    if task.federation == "second":
        mark.parent.mkdir(parents=True)
        mark.touch()
    while not mark.exists():
        time.sleep(0.01)
    return make(task)


def hang(task: Task) -> Outcome:
    """Begins, says so in a file, and never ends by itself; takes its file away when it is ended."""
    begun = task.places.out / f"begun-{task.federation}-{os.getpid()}"
    begun.parent.mkdir(parents=True, exist_ok=True)
    try:
        begun.touch()
        while True:
            time.sleep(3600)
    finally:
        begun.unlink()


def many(folder: str, *federations: str) -> None:
    """Makes these federations, two at a time, in this process's workers; for a test that ends the process."""
    from portfolj.fleet.many import make_many

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    make_many([task(name, Path(folder)) for name in federations], jobs=2, make=hang)
