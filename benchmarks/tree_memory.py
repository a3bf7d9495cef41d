"""How much memory a command and its processes use while it runs, shared memory counted once where the system tells."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PAUSE_SECONDS = 0.25


@dataclass
class Peak:
    """The most megabytes at any look: ``whole`` of the command and all under it, ``worker`` of one process started by
    the command with all under that; ``measure``: PSS (shared memory divided by those that share it), else RSS."""

    whole: float = 0.0
    worker: float = 0.0
    workers: int = 0
    measure: str = "PSS"


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
    while not done.wait(PAUSE_SECONDS):
        try:
            top = psutil.Process(pid)
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
