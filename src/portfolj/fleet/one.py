"""One report of a run: made where it is called, and told as an outcome whatever happens to it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portfolj.errors import PortfoljError
from portfolj.fleet.outcome import OCCUPIED, Outcome, Status
from portfolj.places import Places
from portfolj.report.build import build_report
from portfolj.report.execute import DEFAULT_TIMEOUT_SECONDS, NotebookFailed
from portfolj.report.kept import KEPT
from portfolj.report.lock import Occupied


@dataclass(frozen=True)
class Task:
    """What one report is to be made of. It can be sent to another process."""

    federation: str
    places: Places
    parameters: Mapping[str, object] = field(default_factory=dict)
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    keep: int = KEPT
    wait_seconds: float = 0.0


def make_one(task: Task) -> Outcome:
    """Make the report and say how it went. Only what ends the whole process is raised."""
    started = time.monotonic()
    return replace(_outcome(task), seconds=time.monotonic() - started)


def _outcome(task: Task) -> Outcome:
    federation, places = task.federation, task.places
    try:
        published = build_report(
            federation,
            places=places,
            parameters=task.parameters,
            timeout_seconds=task.timeout_seconds,
            keep=task.keep,
            wait_seconds=task.wait_seconds,
        )
    except PortfoljError as error:
        failure = OCCUPIED if isinstance(error, Occupied) else ""
        earlier = has_report(federation, places)
        return Outcome(federation, Status.REFUSED, str(error), has_earlier_report=earlier, failure=failure)
    except Exception as error:
        # A bug in one report is told with its traceback and exit code 1; the other federations still get theirs.
        failure = error.failure.value if isinstance(error, NotebookFailed) else ""
        trace, earlier = traceback.format_exc(), has_report(federation, places)
        return Outcome(federation, Status.FAILED, trace, has_earlier_report=earlier, failure=failure)
    return Outcome(federation, Status.DONE, folder=published.folder, rows=published.portfolio.prepared.row_counts)


def has_report(federation: str, places: Places) -> bool:
    """Whether any report of the federation stands."""
    return any((places.out / federation).glob("*/index.html"))
