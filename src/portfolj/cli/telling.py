"""What a run says while it goes and when it is done: plain lines and a table for people, JSON lines for programs."""

from __future__ import annotations

import json
import os
import sys
import textwrap
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

import typer

from portfolj.fleet.outcome import Outcome, Status, exit_code

WIDTH = 80
_COLOURS = {Status.REFUSED: "yellow", Status.FAILED: "red"}
_NOTEBOOK_FAILED = "portfolj.report.execute.NotebookFailed: "  # what follows it is written for people
_MANY = {
    Status.DONE: "klara",
    Status.UNCHANGED: "oförändrade",
    Status.REFUSED: "nekade",
    Status.FAILED: "med fel",
}


class Lines(AbstractContextManager["Lines"]):
    """Plain lines: one per federation as it is done, and a table at the end where there are several."""

    def __init__(self, federations: Sequence[str], *, out: Path) -> None:
        self.federations, self.out = federations, out
        self.started = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to do."""

    def began(self, federation: str) -> None:
        """The federation's turn has come."""

    def tell(self, outcome: Outcome) -> None:
        """How it went for one federation."""
        stands = outcome.status in (Status.DONE, Status.UNCHANGED)
        self.say(line_of(outcome), sys.stdout if stands else sys.stderr)

    def say(self, text: str, stream: TextIO) -> None:
        """One message to the stream."""
        typer.echo(text, file=stream)

    def finished(self, outcomes: Sequence[Outcome]) -> None:
        """How it went for all of them."""
        if len(outcomes) > 1:
            typer.echo("\n" + table(outcomes, colours=_has_colours(sys.stdout)) + "\n")
        if removed := sum(len(outcome.removed) for outcome in outcomes):
            what = "1 tidigare rapport" if removed == 1 else f"{removed} tidigare rapporter"
            typer.echo(f"Tog bort {what} som historiken inte hade plats för; se --keep.")
        standing = sum(outcome.status in (Status.DONE, Status.UNCHANGED) for outcome in outcomes)
        read = f" Börja läsa i {self.out / 'index.html'}" if standing else ""
        typer.echo(f"Aktuella rapporter: {standing} av {len(outcomes)}.{read}")


class JsonLines(Lines):
    """One JSON object per line, and nothing else on standard output."""

    def __enter__(self) -> JsonLines:
        self._event("started", federations=list(self.federations))
        return self

    def began(self, federation: str) -> None:
        """Nothing: what is told is what has happened."""

    def tell(self, outcome: Outcome) -> None:
        """The event ``report``."""
        names = ("in", "used", "set_aside")
        self._event(
            "report",
            federation=outcome.federation,
            status=outcome.status.name.lower(),
            failure=outcome.failure,
            seconds=round(outcome.seconds, 3),
            rows=dict(zip(names, outcome.rows, strict=True)),
            folder=None if outcome.folder is None else str(outcome.folder),
            message=outcome.message,
            has_earlier_report=outcome.has_earlier_report,
        )

    def finished(self, outcomes: Sequence[Outcome]) -> None:
        """The event ``finished``."""
        counts = {status.name.lower(): sum(o.status == status for o in outcomes) for status in Status}
        self._event(
            "finished",
            seconds=round(time.monotonic() - self.started, 3),
            counts=counts,
            exit_code=exit_code(outcomes),
            index=str(self.out / "index.html"),
            removed=[path for outcome in outcomes for path in outcome.removed],
        )

    def _event(self, event: str, **content: object) -> None:
        moment = datetime.now().astimezone().isoformat(timespec="seconds")
        typer.echo(json.dumps({"event": event, "time": moment, **content}, ensure_ascii=False))
        sys.stdout.flush()


def line_of(outcome: Outcome) -> str:
    """How it went for one federation, in a line, or in several where something is to be mended."""
    if outcome.status == Status.DONE:
        rows_in, used, aside = outcome.rows
        rows = f"{rows_in} rader in = {used} använda + {aside} åt sidan"
        return f"{outcome.federation}: klar. {rows}. {outcome.folder}"
    if outcome.status == Status.UNCHANGED:
        return f"{outcome.federation}: oförändrad. {outcome.folder}"
    kept = " Den förra rapporten ligger kvar." if outcome.has_earlier_report else ""
    return f"{outcome.federation}: ingen ny rapport.{kept}\n{outcome.message}"


def table(outcomes: Sequence[Outcome], *, colours: bool = False) -> str:
    """The outcomes in lines of at most 80 signs where words allow: federation, how it went, how long it took, why.

    Those that were made come first and those that need somebody last, where they are seen. The last line counts them.
    """
    order = list(Status)
    ranked = sorted(outcomes, key=lambda outcome: order.index(outcome.status))
    name_width = max(len("Förbund"), *(len(outcome.federation) for outcome in outcomes))
    lines = [f"{'Förbund':{name_width}}  {'Resultat':10}  {'Tid':>7}  Varför".rstrip()]
    for outcome in ranked:
        status = f"{outcome.status.value:10}"
        if colours and outcome.status in _COLOURS:
            status = typer.style(status, fg=_COLOURS[outcome.status])
        start = f"{outcome.federation:{name_width}}  {status}  {duration(outcome.seconds):>7}"
        lines += _with_reason(start, reason_of(outcome), indent=name_width + 23)
    counts = [(status, sum(o.status == status for o in outcomes)) for status in Status]
    lines.append(", ".join(f"{number} {_MANY[status]}" for status, number in counts) + ".")
    return "\n".join(lines)


def _with_reason(start: str, reason: str, *, indent: int) -> list[str]:
    """The reason beside the start of its line; below it where it would have too little room."""
    indent = indent if indent <= WIDTH // 2 else 4
    width = WIDTH - indent
    parts = textwrap.wrap(reason, width, break_long_words=False, break_on_hyphens=False)
    if not parts:
        return [start]
    if indent == 4:
        return [start, *(" " * indent + part for part in parts)]
    return [f"{start}  {parts[0]}", *(" " * indent + part for part in parts[1:])]


def reason_of(outcome: Outcome) -> str:
    """Why there is no new report, in a sentence or two; empty where there is one.

    Of faults, how many they are and the first; of a traceback, the error itself, or which notebook failed and how.
    """
    lines = [line.strip() for line in outcome.message.strip().splitlines() if line.strip()]
    if not lines:
        return ""
    if outcome.status == Status.REFUSED and len(lines) > 1 and lines[0].endswith(" fel."):
        return lines[1] if lines[0].endswith(": 1 fel.") else f"{lines[0]} Det första: {lines[1]}"
    if outcome.status != Status.FAILED or not lines[0].startswith("Traceback"):
        return lines[0]
    if told := [line.removeprefix(_NOTEBOOK_FAILED) for line in lines if line.startswith(_NOTEBOOK_FAILED)]:
        return told[-1]
    # After the last frame, which alone is indented, stands the error with its message.
    raw = outcome.message.strip().splitlines()
    last_frame = max((n for n, line in enumerate(raw) if line.startswith(" ")), default=-1)
    after = [line.strip() for line in raw[last_frame + 1 :] if line.strip()]
    return after[0] if after else lines[-1]


def duration(seconds: float) -> str:
    """The time as people read it: ``0,2 s``, ``34 s`` or ``2:05``."""
    if seconds < 9.95:
        return f"{seconds:.1f} s".replace(".", ",")
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes else f"{rest} s"


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")
