"""Many reports at once: one call of joblib, whose backend decides where the work is done.

On this machine its threads each have a worker process to send reports to, so that one that dies takes only its own
report with it. A single report is made in this process: there are no others to save.
"""

from __future__ import annotations

import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, NamedTuple

from portfolj.fleet.one import Task, failed, make_one
from portfolj.fleet.outcome import Outcome
from portfolj.fleet.worker import WorkerDied, WorkerFailed
from portfolj.fleet.workers import Workers
from portfolj.report.execute import Failure

BYTES_PER_JOB = 2_000_000_000  # a report with its four kernels, with room to spare
Make = Callable[[Task], Outcome]


class Sending(NamedTuple):
    """Where the work is done: joblib's settings, the function that is called there with each task, and how many tasks
    are sent before the first is done."""

    settings: dict[str, Any]
    make: Make
    ahead: str = "2*n_jobs"


def make_many(
    tasks: Sequence[Task],
    *,
    jobs: int,
    cluster: str | None = None,
    make: Make = make_one,
    began: Callable[[str], None] = lambda federation: None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """One outcome per task, in their order, ``jobs`` of them at a time.

    ``tell`` hears of each as it is done, in the caller's thread; ``began`` hears of a federation whose turn has come,
    in any thread but in one at a time, where that can be known (not on a cluster). ``make`` makes one report; another
    process finds it by its name. ``cluster`` is a dask scheduler's address: its workers decide how many at a time, and
    ``jobs`` counts for nothing. Raises PortfoljError for a cluster that can't be used. Whatever ends the call early
    (SIGTERM, Ctrl-C) ends the workers here and their kernels first; a cluster's end what they have begun.
    """
    if not tasks:
        return []
    if len(tasks) == 1 and cluster is None:
        began(tasks[0].federation)
        outcomes = [make(tasks[0])]
        tell(outcomes[0])
        return outcomes
    from joblib import Parallel, delayed, parallel_config

    # Of a run that is broken off joblib says, in English, that work was thrown away. Whoever broke it off knows that.
    warnings.filterwarnings("ignore", message=r"\d+ tasks", category=UserWarning, module="joblib")
    done: dict[int, Outcome] = {}
    sent = (
        _in_workers(make, jobs=min(jobs, len(tasks)), began=began)
        if cluster is None
        else _on_cluster(make, tasks, address=cluster)
    )
    with sent as sending, parallel_config(**sending.settings):
        parallel = Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch=sending.ahead)
        numbered = (delayed(_numbered)(sending.make, position, task) for position, task in enumerate(tasks))
        for position, outcome in parallel(numbered):
            done[position] = outcome
            tell(outcome)
    return [done[position] for position in range(len(tasks))]


def _numbered(make: Make, position: int, task: Task) -> tuple[int, Outcome]:
    return position, make(task)


@contextmanager
def _in_workers(make: Make, *, jobs: int, began: Callable[[str], None]) -> Iterator[Sending]:
    """Threads here, each with a free worker for the report that it has to have made."""
    lock = threading.Lock()
    with closing(Workers()) as workers:

        def in_a_worker(task: Task) -> Outcome:
            started = time.monotonic()
            with lock:
                began(task.federation)
            try:
                return workers.ask(make, task)
            except (WorkerDied, WorkerFailed) as error:
                failure = Failure.KERNEL_DIED.value if isinstance(error, WorkerDied) else ""
                return replace(failed(task, str(error), failure), seconds=time.monotonic() - started)

        yield Sending({"backend": "threading", "n_jobs": jobs}, in_a_worker)


@contextmanager
def _on_cluster(make: Make, tasks: Sequence[Task], *, address: str) -> Iterator[Sending]:
    """The workers behind the address. They have all the tasks from the start: nothing can be sent to a cluster that is
    gone, and what has been sent is answered for."""
    from portfolj.fleet.cluster import cluster_backend

    federations = [task.federation for task in tasks]
    with cluster_backend(address, places=tasks[0].places, federations=federations, instead=_not_made) as backend:
        yield Sending({"backend": backend}, make, ahead="all")


def _not_made(message: str, make: Make, position: int, task: Task) -> tuple[int, Outcome]:
    return position, failed(task, message, Failure.STOPPED.value)


def sensible_jobs(number: int) -> int:
    """How many of ``number`` reports to make at a time where nobody has said: one per core that this process may use,
    with at least ``BYTES_PER_JOB`` of the machine's memory for each."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        fit = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // BYTES_PER_JOB
    except (AttributeError, ValueError, OSError):  # Windows, and systems that do not tell
        fit = cores
    return max(1, min(number, cores, fit))
