"""One report of a run: made where it is called, and told as an outcome whatever happens to it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portfolj.errors import PortfoljError
from portfolj.fleet.outcome import Outcome, Status
from portfolj.places import Places
from portfolj.report.build import build_report
from portfolj.report.execute import DEFAULT_TIMEOUT_SECONDS


@dataclass(frozen=True)
class Task:
    """What one report is to be made of. It can be sent to another process."""

    federation: str
    places: Places
    parameters: Mapping[str, object] = field(default_factory=dict)
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS


def make_one(task: Task) -> Outcome:
    """Make the report and say how it went. Only what ends the whole process is raised."""
    started = time.monotonic()
    return replace(_outcome(task), seconds=time.monotonic() - started)


def _outcome(task: Task) -> Outcome:
    federation, places = task.federation, task.places
    try:
        published = build_report(
            federation, places=places, parameters=task.parameters, timeout_seconds=task.timeout_seconds
        )
    except PortfoljError as error:
        return Outcome(federation, Status.REFUSED, str(error), has_earlier_report=has_report(federation, places))
    except Exception:
        # A bug in one report is told with its traceback and exit code 1; the other federations still get theirs.
        trace = traceback.format_exc()
        return Outcome(federation, Status.FAILED, trace, has_earlier_report=has_report(federation, places))
    return Outcome(federation, Status.DONE, folder=published.folder, rows=published.portfolio.prepared.row_counts)


def has_report(federation: str, places: Places) -> bool:
    """Whether any report of the federation stands."""
    return any((places.out / federation).glob("*/index.html"))
