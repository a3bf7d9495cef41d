"""A fresh kernel for one notebook, as an engine of papermill.

The kernel is this Python (never whatever ``python3`` kernel a user's own Jupyter folder names), starts in the
notebook's folder, keeps no history, reads no start-up files of the user and talks over local sockets where the
platform has them. What it logs goes to a file that dies with it, not to the user's terminal.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError
from nbclient.util import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines

ENGINE_NAME = "portfolj"
START_SECONDS = 60
SHUTDOWN_SECONDS = 0.6  # half of it before a TERM signal: ipykernel 7.4 now and then hangs in its own closing
POLL_SECONDS = 0.02
LONGEST_SOCKET_PATH = 90  # the shortest limit of a socket address on the platforms in use is 104 bytes
_quiet = logging.getLogger("portfolj.kernel")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False
logging.getLogger("papermill").setLevel(logging.ERROR)  # it warns of parameters that report.parameters has checked


@dataclass
class Attempt:
    """One try at running a notebook: how to stop it, and the notebook as far as it came."""

    stop: Stop
    node: Any = None

    @property
    def failed_cell_number(self) -> int:
        """Number (from 1) of the cell that did not end well; 0 where none had begun."""
        return next((n for n, cell in enumerate(self.cells, start=1) if cell.metadata.papermill.status == "failed"), 0)

    @property
    def cells(self) -> list[Any]:
        """The notebook's own cells. papermill adds a banner to a failed notebook; it is left out."""
        return [cell for cell in self.node.cells if "papermill" in cell.metadata] if self.node is not None else []


class Stop:
    """Ends the kernels of a group of runs from another thread, and keeps new ones from starting."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._managers: list[AsyncKernelManager] = []
        self.asked = False

    def watch(self, manager: AsyncKernelManager) -> None:
        with self._lock:
            self._managers.append(manager)
            asked = self.asked
        if asked:
            _kill(manager)

    def ask(self) -> None:
        """Kill every kernel that is running. Each run then ends as a dead kernel does."""
        with self._lock:
            self.asked = True
            managers = list(self._managers)
        for manager in managers:
            _kill(manager)


class FreshKernelEngine(Engine):
    """Runs the cells in a kernel of their own and ends it whatever happens."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: Path,
        environment: Mapping[str, str],
        timeout_seconds: float,
        attempt: Attempt,
        **_: object,
    ) -> None:
        attempt.node = nb_man.nb
        if sys.platform == "win32":
            import asyncio

            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
        deadline = time.monotonic() + timeout_seconds
        with running_kernel(folder=folder, environment=environment) as manager:
            attempt.stop.watch(manager)
            client = PapermillNotebookClient(
                nb_man,
                km=manager,
                log=_quiet,
                kernel_name=kernel_name,
                record_timing=False,
                store_widget_state=False,
                startup_timeout=START_SECONDS,
                timeout_func=lambda cell: max(1, round(deadline - time.monotonic())),
            )
            try:
                with client.setup_kernel():
                    _run_cells(client, nb_man)
            finally:
                if client.kc is not None:
                    client.kc.stop_channels()


def _run_cells(client: PapermillNotebookClient, nb_man: Any) -> None:
    """Run the cells in order. Unlike papermill's own loop, a cell that the kernel died in is failed, not completed."""
    for index, cell in enumerate(nb_man.nb.cells):
        nb_man.cell_start(cell, index)
        try:
            client.execute_cell(cell, index)
        except CellExecutionError as error:
            nb_man.cell_exception(cell, cell_index=index, exception=error)
            return
        except BaseException:
            nb_man.cell_exception(cell, cell_index=index)
            raise
        nb_man.cell_complete(cell, cell_index=index)


@contextlib.contextmanager
def running_kernel(*, folder: Path, environment: Mapping[str, str]) -> Iterator[AsyncKernelManager]:
    """A kernel that has been started but is perhaps not ready; ended gracefully, or at once when something failed."""
    room = Path(tempfile.mkdtemp(prefix="pf-"))
    (room / "ipython").mkdir()
    manager = _manager(room)
    try:
        with (room / "log").open("wb") as log:
            run_sync(manager.start_kernel)(
                extra_arguments=["--HistoryManager.enabled=False", f"--ipython-dir={room / 'ipython'}"],
                cwd=str(folder),
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )
        yield manager
        run_sync(manager.request_shutdown)()
        run_sync(manager.finish_shutdown)(waittime=SHUTDOWN_SECONDS, pollinterval=POLL_SECONDS)
    finally:
        if manager.has_kernel:
            run_sync(manager.shutdown_kernel)(now=True)
        run_sync(manager.cleanup_resources)()
        shutil.rmtree(room, ignore_errors=True)


def _manager(room: Path) -> AsyncKernelManager:
    connection_file = room / "k.json"
    local = sys.platform != "win32" and len(str(room).encode()) < LONGEST_SOCKET_PATH
    manager = AsyncKernelManager(
        kernel_name="python3",
        connection_file=str(connection_file),
        transport="ipc" if local else "tcp",
        log=_quiet,
    )
    manager._kernel_spec = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="Python 3",
        language="python",
        metadata={"supported_encryption": ["curve"]},
    )
    return manager


def _kill(manager: AsyncKernelManager) -> None:
    process = getattr(manager.provisioner, "process", None)
    if process is not None:
        with contextlib.suppress(OSError):
            process.kill()


papermill_engines.register(ENGINE_NAME, FreshKernelEngine)
