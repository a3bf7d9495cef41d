"""The warm process that kernels are forked from, where the system can; see fork_server.

There is one such process for each process that makes reports. It is started when the first kernel is asked for and
warms while the ledger is read. A kernel is never used again. Whatever goes wrong with the warm process, the notebook
runs in a fresh kernel instead.
"""

from __future__ import annotations

import atexit
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping

from portfolj.report.fork_server import LENGTH

FORK_VARIABLE = "PORTFOLJ_FORK"
MODULE = "portfolj.report.fork_server"
END_SECONDS = 5.0
# Variables that are read when Python starts or a library is imported: a change of them needs another warm process.
READ_AT_IMPORT = ("PYTHON", "MPL", "OMP_", "OPENBLAS_", "MKL_", "ARROW_", "LC_", "LANG", "TZ", "HOME", "XDG_", "LD_")
REPLACED = "Den snabba starten av notebooker fungerade inte. Notebooken körs ändå, men tar längre tid på sig."
log = logging.getLogger(__name__)


def can_fork() -> bool:
    """Whether kernels are forked here: on Linux, unless ``PORTFOLJ_FORK=0``."""
    return sys.platform == "linux" and os.environ.get(FORK_VARIABLE, "").strip() != "0"


class ForkServer:
    """The warm process and the socket that kernels are asked for on. Safe to use from several threads."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.read_at_import = _read_at_import(environment)
        self.has_served = False
        self._has_said, self._said_lock = False, threading.Lock()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", MODULE, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
                env=dict(environment),
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl+C at the terminal is for the run, which then ends this
            )

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def ask(self, request: bytes, log_file: int) -> socket.socket:
        """Ask for a kernel without waiting for it. Returns its socket. Raises OSError where the process is gone."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [b"k"], [theirs.fileno(), log_file])
            ours.sendall(LENGTH.pack(len(request)) + request)
        except OSError:
            ours.close()
            raise
        return ours

    def say_replaced(self, cause: object = None) -> None:
        """Say once in the log that a fresh kernel is used instead, and why, as far as is known."""
        with self._said_lock:
            if not self._has_said:
                self._has_said = True
                log.warning("%s %s", REPLACED, self._last_words() if cause is None else cause)

    def _last_words(self) -> str:
        code = self.process.poll()
        if code is not None and code < 0:
            return f"({signal.Signals(-code).name})"
        if code is None or self._said.closed:
            return ""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def close(self) -> None:
        """Ask for no more kernels. The process ends with its last one."""
        self._control.close()

    def end(self) -> None:
        """End it now and wait for that. Its kernels die with it."""
        self.close()
        self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._said.close()


_lock = threading.Lock()
_servers: list[ForkServer] = []  # the last one is in use; earlier ones end with their kernels
_given_up = threading.Event()  # a warm process died before it gave any kernel: another would too


def fork_server(environment: Mapping[str, str]) -> ForkServer | None:
    """This process' warm process for kernels with ``environment``, started now where there is none.

    None where forking is off or has failed here; the kernel must then be a fresh one.
    """
    if not can_fork():
        return None
    with _lock:
        server = _servers[-1] if _servers else None
        if server is not None and not server.alive:
            server.say_replaced()
            if not server.has_served:
                _given_up.set()
            _servers.remove(server)
            server.end()
            return None
        if _given_up.is_set():
            return None
        if server is None or server.read_at_import != _read_at_import(environment):
            for old in _servers:
                old.close()
            for old in [old for old in _servers if not old.alive]:
                old.end()
                _servers.remove(old)
            try:
                _servers.append(ForkServer(environment))
            except OSError as error:
                _given_up.set()
                log.warning("%s %s", REPLACED, error)
                return None
        return _servers[-1]


def end_fork_servers() -> None:
    """End this process' warm processes, and with them their kernels. The next kernel starts a new one."""
    with _lock:
        servers = list(_servers)
        _servers.clear()
        _given_up.clear()
    for server in servers:
        server.end()


def _forget() -> None:
    """In a process that was forked from this one: it has no warm process, and keeps none alive."""
    global _lock
    _lock = threading.Lock()
    for server in _servers:
        server.close()
    _servers.clear()


atexit.register(end_fork_servers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _read_at_import(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(READ_AT_IMPORT)}
