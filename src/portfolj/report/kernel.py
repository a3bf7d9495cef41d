"""A kernel of its own for one notebook: started, watched and ended.

It is forked from a warm process where the system can (see forked), else started afresh, and never used twice. It is
this Python (never whatever ``python3`` kernel a user's own Jupyter folder names), starts in the notebook's folder,
keeps no history, reads no start-up files of the user and talks over local sockets where the platform has them. What it
logs goes to a file that dies with it, not to the user's terminal.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync

from portfolj.report.forked import can_fork
from portfolj.report.forked_process import ForkedProvisioner
from portfolj.report.rooms import new_room

SHUTDOWN_SECONDS = 0.6  # half of it before a TERM signal: ipykernel 7.4 now and then hangs in its own closing
POLL_SECONDS = 0.02
LONGEST_SOCKET_PATH = 90  # the shortest limit of a socket address on the platforms in use is 104 bytes
quiet = logging.getLogger("portfolj.kernel")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False


@dataclass
class Kernel:
    """A kernel process, perhaps not ready yet. ``room`` holds its sockets and log and goes with it."""

    manager: AsyncKernelManager
    room: Path
    folder: Path
    environment: Mapping[str, str]
    ended: bool = False

    @property
    def lost_server(self) -> bool:
        """Whether it ended because the process that it was forked from did: no fault of the notebook's."""
        forked = getattr(self.manager.provisioner, "forked", None)
        return forked is not None and forked.lost_server


def start_kernel(*, folder: Path, environment: Mapping[str, str], warm: Sequence[str] = ()) -> Kernel:
    """Start a kernel in ``folder`` without waiting for it.

    A fresh one imports the modules named in ``warm`` while it waits; what a forked one is forked from has done that.
    """
    room = new_room()
    (room / "ipython").mkdir()
    kernel = Kernel(_manager(room), room, folder, dict(environment))
    imports = ""
    if can_fork():
        kernel.manager.provisioner = ForkedProvisioner(parent=kernel.manager, kernel_spec=kernel.manager.kernel_spec)
    elif warm:
        imports = f"exec('import {', '.join(warm)}', {{}})"  # leaves no name and no output behind
    try:
        with (room / "log").open("wb") as log:
            run_sync(kernel.manager.start_kernel)(
                extra_arguments=[
                    "--HistoryManager.enabled=False",
                    f"--ipython-dir={room / 'ipython'}",
                    *([f"--IPKernelApp.exec_lines={imports}"] if imports else []),
                ],
                cwd=str(folder),
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )
    except BaseException:
        end_kernel(kernel, gracefully=False)
        raise
    return kernel


def end_kernel(kernel: Kernel, *, gracefully: bool) -> None:
    """End the kernel, at once unless ``gracefully``, and remove what it left. Nothing happens the second time."""
    if kernel.ended:
        return
    kernel.ended = True
    try:
        if gracefully and kernel.manager.has_kernel:
            run_sync(kernel.manager.request_shutdown)()
            run_sync(kernel.manager.finish_shutdown)(waittime=SHUTDOWN_SECONDS, pollinterval=POLL_SECONDS)
    finally:
        if kernel.manager.has_kernel:
            run_sync(kernel.manager.shutdown_kernel)(now=True)
        run_sync(kernel.manager.cleanup_resources)()
        shutil.rmtree(kernel.room, ignore_errors=True)


def close_loop() -> None:
    """Close the event loop that this thread talked to its kernels with. The next kernel gets a new one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        ensure_event_loop().close()


class Stop:
    """Ends the kernels of a group of runs from another thread, and keeps new ones from running."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kernels: list[Kernel] = []
        self.asked = False

    def watch(self, kernel: Kernel) -> None:
        """Let ``ask`` end this kernel too."""
        with self._lock:
            self._kernels.append(kernel)
            asked = self.asked
        if asked:
            _kill(kernel)

    def ask(self) -> None:
        """Kill every kernel that is running. Each run then ends as a dead kernel does."""
        with self._lock:
            self.asked = True
            kernels = list(self._kernels)
        for kernel in kernels:
            _kill(kernel)


def _kill(kernel: Kernel) -> None:
    process = getattr(kernel.manager.provisioner, "process", None)
    if process is not None:
        with contextlib.suppress(OSError):
            process.kill()


def _manager(room: Path) -> AsyncKernelManager:
    connection_file = room / "k.json"
    local = sys.platform != "win32" and len(str(room).encode()) < LONGEST_SOCKET_PATH
    manager = AsyncKernelManager(
        kernel_name="python3",
        connection_file=str(connection_file),
        transport="ipc" if local else "tcp",
        log=quiet,
    )
    manager._kernel_spec = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        display_name="Python 3",
        language="python",
        metadata={"supported_encryption": ["curve"]},
    )
    return manager
