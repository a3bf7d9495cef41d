"""One report of a run: made where it is called, and told as an outcome whatever happens to it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portfolj.errors import ParameterError, PortfoljError
from portfolj.fleet.outcome import OCCUPIED, WRONGLY_ASKED, Outcome, Status
from portfolj.places import Places
from portfolj.report.execute import DEFAULT_TIMEOUT_SECONDS, NotebookFailed
from portfolj.report.fingerprint import standing_report
from portfolj.report.lock import Occupied
from portfolj.report.manifest import published_manifests


@dataclass(frozen=True)
class Task:
    """What one report is to be made of. It can be sent to another process.

    ``force`` makes it again though nothing has changed; ``timeout_seconds`` is for each notebook; another run of
    the federation is waited for at most ``wait_seconds``.
    """

    federation: str
    places: Places
    parameters: Mapping[str, object] = field(default_factory=dict)
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    force: bool = False
    wait_seconds: float = 0.0


def make_one(task: Task) -> Outcome:
    """Make the report, unless it stands unchanged, and say how it went. Only what ends the whole process is raised."""
    started = time.monotonic()
    outcome = unchanged(task) or _outcome(task)
    return replace(outcome, seconds=time.monotonic() - started)


def unchanged(task: Task) -> Outcome | None:
    """The outcome of a task whose report stands, made from the same; None where it is to be made, or forced.

    It costs a few milliseconds: nothing is read but bytes, and nothing that makes reports is imported.
    """
    if task.force:
        return None
    started = time.monotonic()
    try:
        found = standing_report(task.federation, places=task.places, parameters=task.parameters)
    except (PortfoljError, OSError):
        return None  # told in its right place, with everything else that is wrong, when the report is made
    if found is None:
        return None
    folder, manifest = found
    rows_in, used, aside = (int(manifest.get("rows", {}).get(name, 0)) for name in ("in", "used", "set_aside"))
    return Outcome(
        task.federation,
        Status.UNCHANGED,
        folder=folder,
        rows=(rows_in, used, aside),
        has_earlier_report=True,
        seconds=time.monotonic() - started,
    )


def _outcome(task: Task) -> Outcome:
    from portfolj.report.build import build_report

    federation, places = task.federation, task.places
    try:
        published = build_report(
            federation,
            places=places,
            parameters=task.parameters,
            timeout_seconds=task.timeout_seconds,
            wait_seconds=task.wait_seconds,
        )
    except PortfoljError as error:
        return Outcome(
            federation,
            Status.REFUSED,
            str(error),
            has_earlier_report=has_report(task),
            failure=_why_refused(error, task),
        )
    except Exception as error:
        # A bug in one report is told with its traceback and exit code 1; the other federations still get theirs.
        failure = error.failure.value if isinstance(error, NotebookFailed) else ""
        return failed(task, traceback.format_exc(), failure)
    return Outcome(federation, Status.DONE, folder=published.folder, rows=published.portfolio.prepared.row_counts)


def _why_refused(error: PortfoljError, task: Task) -> str:
    if isinstance(error, Occupied):
        return OCCUPIED
    # Without a parameter in the command, one that is wrong is the federation's own, in its settings.
    return WRONGLY_ASKED if isinstance(error, ParameterError) and task.parameters else ""


def failed(task: Task, message: str, failure: str) -> Outcome:
    """That the report failed for a reason that is not the user's input, and whether an earlier one still stands."""
    return Outcome(task.federation, Status.FAILED, message, has_earlier_report=has_report(task), failure=failure)


def has_report(task: Task) -> bool:
    """Whether any report of the federation stands."""
    return any(True for _ in published_manifests(task.places.out, task.federation))
