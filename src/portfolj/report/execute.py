"""Run notebooks with checked parameters and say honestly how it went.

``execute`` is the one door to running a notebook: another engine would be put in behind it. What comes out is either a
notebook whose every cell ran, or an error: the notebook's own message where the user can mend it, else NotebookFailed.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolj.errors import PortfoljError
from portfolj.report.normalise import normalised, without_colours

if TYPE_CHECKING:
    from portfolj.report.engine import Attempt
    from portfolj.report.kernel import Kernel, Stop

DEFAULT_TIMEOUT_SECONDS = 900.0
_log = logging.getLogger(__name__)
# How jupyter_client begins the plain RuntimeError of a kernel that did not start.
_DIED_AT_START, _SLOW_TO_START = "Kernel died before", "Kernel didn't respond"


class Failure(StrEnum):
    """How a notebook failed that did not fail by the user's input."""

    CELL_RAISED = "cell_raised"
    KERNEL_DIED = "kernel_died"
    TIMED_OUT = "timed_out"
    STOPPED = "stopped"


class NotebookFailed(Exception):
    """A notebook that did not run to its end, for a reason that is not the user's input.

    ``notebook`` is the notebook as far as it came: each cell's ``metadata.papermill.status`` is ``completed``,
    ``failed`` or ``pending`` (not run). ``cell_number`` counts all cells from 1; 0 where none had begun.
    """

    def __init__(self, name: str, failure: Failure, *, cell_number: int, detail: str, notebook: Any = None) -> None:
        self.name, self.failure, self.cell_number = name, failure, cell_number
        self.detail, self.notebook = detail, notebook
        super().__init__(name, failure, cell_number, detail)

    def __str__(self) -> str:
        what = {
            Failure.CELL_RAISED: "stannade på ett fel i programmet",
            Failure.KERNEL_DIED: "avbröts: processen som körde den dog, till exempel för att minnet tog slut",
            Failure.TIMED_OUT: "avbröts: den tog längre tid än den fick",
            Failure.STOPPED: "avbröts",
        }[self.failure]
        where = f" (cell {self.cell_number})" if self.cell_number else ""
        return f"Notebooken {self.name} {what}{where}.\n{self.detail}".rstrip()


@dataclass(frozen=True)
class Job:
    """One notebook to run: where it is, its checked parameters and where the notebook as run is written."""

    notebook: Path
    parameters: Mapping[str, object]
    out: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS


@dataclass(frozen=True)
class ExecutedNotebook:
    """A notebook whose every cell ran. ``node`` is normalised: the same inputs give the same bytes at ``path``."""

    name: str
    node: Any
    parameters: Mapping[str, object]
    path: Path


def execute(
    notebook: Path,
    *,
    parameters: Mapping[str, object],
    out: Path,
    environment: Mapping[str, str],
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    stop: Stop | None = None,
    kernel: Kernel | None = None,
    deadline: float | None = None,
) -> ExecutedNotebook:
    """Run the notebook in a kernel of its own, in the notebook's folder, and write it as run to ``out``.

    ``environment`` reaches the kernel and is not in the notebook. ``kernel`` is one of ``started_kernels`` for the same
    folder and environment; without it one is started. ``timeout_seconds`` is for the whole notebook; ``deadline`` (of
    ``time.monotonic``) is given where a part of it is spent. Raises
    PortfoljError with the notebook's own message where a cell raised one, else NotebookFailed; nothing is written then.
    """
    quicken_imports()
    import nbformat
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    from portfolj.report.engine import ENGINE_NAME, START_SECONDS, Attempt
    from portfolj.report.kernel import Stop

    folder = notebook.parent.resolve()
    if kernel is not None and (kernel.folder, kernel.environment) != (folder, dict(environment)):
        raise ValueError(f"the kernel was started for {kernel.folder}, not for {folder}, or for other variables")
    node = nbformat.read(notebook, as_version=4)
    deadline = time.monotonic() + timeout_seconds if deadline is None else deadline
    attempt = Attempt(stop or Stop(), kernel)
    try:
        ran = execute_notebook(
            node,
            None,
            parameters=dict(parameters),
            engine_name=ENGINE_NAME,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            folder=folder,
            environment=environment,
            timeout_seconds=max(1, deadline - time.monotonic()),
            attempt=attempt,
        )
    except PapermillExecutionError as error:
        if error.ename in user_error_names():
            raise PortfoljError(error.evalue) from None
        trace = without_colours("\n".join(error.traceback)) or f"{error.ename}: {error.evalue}"
        raise _failed(notebook, attempt, Failure.CELL_RAISED, trace) from None
    except TimeoutError:
        limit = f"{timeout_seconds:.15g}".replace(".", ",")
        detail = f"Gränsen är {limit} sekunder för varje notebook, se --timeout."
        raise _failed(notebook, attempt, Failure.TIMED_OUT, detail) from None
    except RuntimeError as error:
        if str(error).startswith(_SLOW_TO_START):
            detail = f"Processen för den svarade inte på {START_SECONDS} sekunder. Kör färre samtidigt, se --jobs."
            raise _failed(notebook, attempt, Failure.TIMED_OUT, detail) from None
        died = isinstance(error, DeadKernelError) or str(error).startswith(_DIED_AT_START)
        if not died and not attempt.stop.asked:
            raise
        if not attempt.stop.asked and attempt.kernel is not None and attempt.kernel.lost_server:
            _log.warning("Processen som körde %s försvann. Notebooken körs om från början.", notebook.name)
            return execute(
                notebook,
                parameters=parameters,
                out=out,
                environment=environment,
                timeout_seconds=timeout_seconds,
                stop=attempt.stop,
                deadline=deadline,
            )
        raise _failed(notebook, attempt, Failure.KERNEL_DIED, _first_line(error)) from None
    if attempt.failed_cell_number:
        raise _failed(notebook, attempt, Failure.CELL_RAISED, "SystemExit: cellen avslutade körningen i förtid")
    clean = normalised(ran, parameters=parameters, private_paths=[*environment.values(), str(folder)])
    out.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(clean, out)
    return ExecutedNotebook(notebook.stem, clean, dict(parameters), out)


def execute_all(
    jobs: Sequence[Job],
    *,
    kernels: Sequence[Kernel] = (),
    then: Callable[[int, ExecutedNotebook], None] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> list[ExecutedNotebook]:
    """Run the jobs at the same time and return them in the order given. The first failure ends the others.

    ``kernels`` (of ``started_kernels``) are used for the first jobs. ``then`` is called with a job's position and its
    notebook as soon as that one is done, in its thread; ``meanwhile`` is called once in this thread while they run.
    What either raises is raised here.
    """
    quicken_imports()
    from portfolj.report.kernel import Stop, close_loop

    stop = Stop()

    def run(position: int) -> ExecutedNotebook:
        job = jobs[position]
        try:
            executed = execute(
                job.notebook,
                parameters=job.parameters,
                out=job.out,
                environment=job.environment,
                timeout_seconds=job.timeout_seconds,
                stop=stop,
                kernel=kernels[position] if position < len(kernels) else None,
            )
        finally:
            close_loop()
        if then is not None:
            then(position, executed)
        return executed

    with ThreadPoolExecutor(max_workers=max(1, len(jobs)), thread_name_prefix="notebook") as pool:
        futures = [pool.submit(run, position) for position in range(len(jobs))]
        try:
            if meanwhile is not None:
                meanwhile()
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            if not all(future.done() and not future.exception() for future in futures):
                stop.ask()
                pool.shutdown(cancel_futures=True)
    failures = [error for future in futures if not future.cancelled() and (error := future.exception())]
    for error in sorted(failures, key=_was_stopped):
        raise error
    return [future.result() for future in futures]


@contextlib.contextmanager
def started_kernels(
    count: int, *, folder: Path, environment: Mapping[str, str], warm: Sequence[str] = ()
) -> Iterator[list[Kernel]]:
    """Kernels that start, and import the modules named in ``warm``, while the caller does something else.

    One notebook each: a kernel is never used twice. Those that were not used are ended on the way out.
    """
    quicken_imports()
    from portfolj.report.kernel import close_loop, end_kernel, start_kernel

    kernels: list[Kernel] = []
    try:
        for _ in range(count):
            kernels.append(start_kernel(folder=folder.resolve(), environment=environment, warm=warm))
        yield kernels
    finally:
        for kernel in kernels:
            end_kernel(kernel, gracefully=False)
        close_loop()


def quicken_imports() -> None:
    """Leave out a grammar that JupyterLab's dependencies compile at import (0.8 s). Only international web addresses
    in notebook metadata go unchecked by it."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def user_error_names() -> set[str]:
    """Names of the exceptions that a user can mend, as they stand in a notebook's error output."""
    names, queue = set(), [PortfoljError]
    while queue:
        kind = queue.pop()
        names.add(kind.__name__)
        queue.extend(kind.__subclasses__())
    return names


def _was_stopped(error: BaseException) -> bool:
    return isinstance(error, NotebookFailed) and error.failure is Failure.STOPPED


def _failed(notebook: Path, attempt: Attempt, failure: Failure, detail: str) -> NotebookFailed:
    if attempt.node is not None:
        attempt.node.cells = attempt.cells
    return NotebookFailed(
        notebook.name,
        Failure.STOPPED if attempt.stop.asked else failure,
        cell_number=attempt.failed_cell_number,
        detail=detail,
        notebook=attempt.node,
    )


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]
