"""How much memory and processor time a command and its processes use while it runs, shared memory counted once where
the system tells."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PAUSE_SECONDS = 0.25


@dataclass
class Peak:
    """The most megabytes at any look: ``whole`` of the command and all under it, ``worker`` of one process started by
    the command with all under that; ``measure``: PSS (shared memory divided by those that share it), else RSS.
    ``spent``: at each look the time since the epoch, and the processor seconds of all of them until then.
    ``pause_seconds``: between looks; each costs some milliseconds for every process."""

    whole: float = 0.0
    worker: float = 0.0
    workers: int = 0
    measure: str = "PSS"
    pause_seconds: float = PAUSE_SECONDS
    spent: list[tuple[float, float]] = field(default_factory=list)

    def spent_until(self, moment: float) -> float:
        """Processor seconds at the last look before a moment since the epoch; 0 before the first."""
        return max((seconds for when, seconds in self.spent if when <= moment), default=0.0)


def run_watched(command: Sequence[str], *, environment: Mapping[str, str], folder: Path, peak: Peak) -> int:
    """Runs the command to its end, looking at its memory now and then; its exit code. What it says goes nowhere."""
    with (folder / "said.txt").open("ab") as said:
        process = subprocess.Popen(command, env=dict(environment), cwd=folder, stdout=said, stderr=said)
        done = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
        watcher.start()
        try:
            return process.wait()
        finally:
            done.set()
            watcher.join()


def _watch(pid: int, peak: Peak, done: threading.Event) -> None:
    while not done.wait(peak.pause_seconds):
        try:
            top = psutil.Process(pid)
            peak.spent.append((time.time(), sum(map(_processor_seconds, (top, *top.children(recursive=True))))))
            own = _megabytes(top, peak)
            workers = [
                sum(_megabytes(each, peak) for each in (child, *child.children(recursive=True)))
                for child in top.children()
            ]
        except psutil.Error:  # it ended while it was looked at
            continue
        peak.whole = max(peak.whole, own + sum(workers))
        peak.worker = max([peak.worker, *workers])
        peak.workers = max(peak.workers, len(workers))


def _megabytes(process: psutil.Process, peak: Peak) -> float:
    try:
        told = process.memory_full_info()
    except (psutil.AccessDenied, psutil.ZombieProcess, psutil.NoSuchProcess):
        return 0.0
    if not hasattr(told, "pss"):
        peak.measure = "RSS"
    return float(getattr(told, "pss", told.rss)) / 2**20


def _processor_seconds(process: psutil.Process) -> float:
    """Of the process, and of those it started that have ended."""
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    ended = (getattr(times, "children_user", 0.0), getattr(times, "children_system", 0.0))
    return float(times.user + times.system + sum(ended))
