"""A forked kernel as jupyter_client sees it: a process to poll, signal and wait for.

It is the warm process' child, not ours, so what becomes of it is told on its socket (see fork_server), and signals go
that way too: only its parent knows that the process id is still the kernel's.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jupyter_client.launcher import launch_kernel
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from portfolj.report.forked import ForkServer, fork_server

PATIENCE_SECONDS = 60.0  # for the first sign of life of a forked kernel; then a fresh one is started


class ForkedProcess:
    """A forked kernel, with what jupyter_client uses of ``subprocess.Popen``.

    Where the warm process dies before the kernel has begun it becomes a fresh kernel, by ``start_fresh``.
    ``lost_server`` says that the warm process died while the kernel ran.
    """

    stdin = stdout = stderr = None

    def __init__(self, server: ForkServer, connection: socket.socket, start_fresh: Callable[[], Any]) -> None:
        self.pid: int | None = None
        self.returncode: int | None = None
        self.lost_server = False
        self._server, self._connection, self._start_fresh = server, connection, start_fresh
        self._connection.setblocking(False)
        self._heard = b""
        self._fresh: Any = None
        self._lock = threading.RLock()
        self._patience_ends = time.monotonic() + PATIENCE_SECONDS

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs or is about to."""
        with self._lock:
            if self._fresh is None and self.returncode is None:
                self._listen()
            return self._fresh.poll() if self._fresh is not None else self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when it has ended. Raises subprocess.TimeoutExpired."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and what it has started."""
        with self._lock:
            if self.poll() is not None:
                return
            if self._fresh is not None:
                os.killpg(self._fresh.pid, number)
            elif self.pid is None and number in (signal.SIGKILL, signal.SIGTERM):
                self._ended(-number)  # not forked yet, or only just: the closed socket is told to the warm process
            else:
                with contextlib.suppress(OSError):  # a warm process that has died is seen by the next poll
                    self._connection.send(bytes([number]))

    def terminate(self) -> None:
        """Send SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def _listen(self) -> None:
        gone = False
        try:
            while chunk := self._connection.recv(4096):
                self._heard += chunk
            gone = True
        except BlockingIOError:
            pass
        except ConnectionError:
            gone = True
        *lines, self._heard = self._heard.split(b"\n")
        for line in lines:
            word, _, number = line.partition(b" ")
            if word == b"pid":
                self.pid, self._server.has_served = int(number), True
            else:
                self._ended(int(number))
        if self.returncode is not None:
            return
        if self.pid is None and (gone or time.monotonic() > self._patience_ends):
            self._connection.close()
            self._server.say_replaced()
            self._fresh = self._start_fresh()
            self.pid = self._fresh.pid
        elif gone:
            self.lost_server = True
            self._ended(-signal.SIGKILL)

    def _ended(self, code: int) -> None:
        self.returncode = code
        self._connection.close()


class ForkedProvisioner(LocalProvisioner):
    """Gives a kernel manager a forked kernel, or a fresh one where there is no warm process."""

    forked: ForkedProcess | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch the kernel that ``cmd`` would start, without waiting for it. Returns its connection's settings."""
        self.process = self.forked = _fork(cmd, kwargs)
        if self.process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = None  # signals go through the process above: only its parent knows whether it lives
        self.cwd = kwargs["cwd"]
        return self.connection_info


def _fork(command: list[str], kwargs: Mapping[str, Any]) -> ForkedProcess | None:
    environment, folder, log_file = kwargs["env"], Path(kwargs["cwd"]), kwargs["stdout"]
    server = fork_server(environment)
    if server is None:
        return None
    folder.stat()  # a folder that is not there is told here, as for a fresh kernel
    asked = {"command": command, "folder": str(folder), "environment": dict(environment)}

    def start_fresh() -> Any:
        with open(log_file.name, "ab") as again:
            return launch_kernel(command, cwd=str(folder), env=dict(environment), stdout=again, stderr=again)

    try:
        connection = server.ask(json.dumps(asked).encode(), log_file.fileno())
    except OSError as error:  # it has just died
        server.say_replaced(error)
        return None
    return ForkedProcess(server, connection, start_fresh)
