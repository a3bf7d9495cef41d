"""A run as it goes, on a terminal: how many are done, which are being made, how long it has taken."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from portfolj.cli.telling import Lines
from portfolj.fleet.outcome import Outcome, Status

_COUNTED = {Status.UNCHANGED: "oförändrade", Status.REFUSED: "nekade", Status.FAILED: "fel"}


class Live(Lines):
    """The same lines and table as elsewhere, with a display below the lines while the run goes."""

    def __init__(self, federations: Sequence[str], *, out: Path, console: Console | None = None) -> None:
        super().__init__(federations, out=out)
        self._console = console or Console(highlight=False)
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=16),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            transient=True,
            # Written below, each to its own place: what was sent to a file is not to end on the terminal.
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("", total=len(federations))
        self._lock = threading.Lock()
        self._running: list[str] = []
        self._counts = dict.fromkeys(_COUNTED, 0)

    def __enter__(self) -> Live:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the display away, also where the run was broken off."""
        self._progress.stop()

    def began(self, federation: str) -> None:
        """The federation is among those that are being made."""
        with self._lock:
            self._running.append(federation)
            self._show()

    def tell(self, outcome: Outcome) -> None:
        """How it went, in its line; the federation is no longer being made."""
        super().tell(outcome)
        with self._lock:
            if outcome.federation in self._running:
                self._running.remove(outcome.federation)
            if outcome.status in self._counts:
                self._counts[outcome.status] += 1
            self._progress.advance(self._task)
            self._show()

    def say(self, text: str, stream: TextIO) -> None:
        """One message above the display, whole lines of it; to a file where the stream is one."""
        if stream.isatty():
            self._console.print(text, soft_wrap=True, markup=False, highlight=False, emoji=False)
        else:
            super().say(text, stream)

    def finished(self, outcomes: Sequence[Outcome]) -> None:
        """The table, when the display is gone."""
        self._progress.stop()
        super().finished(outcomes)

    def _show(self) -> None:
        counts = [f"{number} {_COUNTED[status]}" for status, number in self._counts.items() if number]
        now = ", ".join(self._running)
        shown = "  ".join([*counts, *([f"nu: {now}"] if now else [])])
        self._progress.update(self._task, description=shown, refresh=True)


def is_terminal(stream: TextIO = sys.stdout) -> bool:
    """Whether the display can be shown there."""
    return stream.isatty() and Console(file=stream).is_interactive
