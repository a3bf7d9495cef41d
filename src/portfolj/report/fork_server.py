"""The process that kernels are forked from: ``python -m portfolj.report.fork_server DESCRIPTOR``.

It imports once what every notebook imports, reads the shipped codebook and then forks a kernel for each request. It
opens no notebook and runs no cell, so every kernel begins as a fresh one does, only with that behind it. It starts no
thread: one that held a lock at the fork would hold it for ever in the kernel. (OpenBLAS and jemalloc have threads of
their own and put them away before a fork.)

A request is one byte on the control socket, with two descriptors: a socket for that kernel and the file for its log.
On the kernel's socket the asker sends the request (length, JSON) and then one byte for each signal. Back come lines:
``pid N`` when the kernel is its own session's leader, ``end CODE`` when it has ended. When the asker closes that
socket, by dying too, the kernel is killed. When the control socket is closed no more are asked for, and the process
ends with the last kernel. At SIGTERM it ends at once, and its kernels with it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import struct
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass

LENGTH = struct.Struct("!I")
NEEDS_A_SHELL = "matplotlib_inline.backend_inline"  # hooks figures to the shell that is there when it is imported
INLINE_BACKEND = f"module://{NEEDS_A_SHELL}"
IMPORTS = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "rapidfuzz.fuzz",
    "rapidfuzz.process",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "portfolj.exhibits",
    "portfolj.portfolio.view",
    "portfolj.followup.view",
    "portfolj.earlier",
    "portfolj.economics.view",
    "portfolj.report.forked_kernel",
)


@dataclass(frozen=True)
class Request:
    """A kernel that was asked for, as it reaches the forked process: the JSON, its socket and the file for its log."""

    text: bytes
    connection: socket.socket
    log: int


def warm() -> Mapping[str, str]:
    """Import what the notebooks import, as a kernel would itself, and read the codebook that ships with portfolj.

    Nothing that belongs to one federation or one run is read here. Returns the environment variables that the imports
    set: a kernel has them too. Raises RuntimeError where an import has done what a fork does not survive.
    """
    before = dict(os.environ)
    os.environ.setdefault("MPLBACKEND", INLINE_BACKEND)  # as ipykernel does; matplotlib reads it when imported
    for name in IMPORTS:
        importlib.import_module(name)
    from portfolj.coding import load_codebook

    load_codebook()  # kept for the life of a process; half of what a small federation's notebook would compute
    if NEEDS_A_SHELL in sys.modules:
        raise RuntimeError(f"{NEEDS_A_SHELL} was imported before there was a shell: figures would be left out")
    if threading.active_count() > 1:
        raise RuntimeError(f"an import started a thread: {[thread.name for thread in threading.enumerate()]}")
    gc.collect()
    gc.freeze()  # the kernels' collections leave these objects, and so the memory they share, alone
    return {name: value for name, value in os.environ.items() if before.get(name) != value}


class Server:
    """Forks the kernels, passes signals to them and tells how they ended."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._pids: dict[socket.socket, int] = {}
        self._selector = selectors.PollSelector()  # nothing in it is shared with a forked process
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)
        self._stopped = False
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.signal(signal.SIGTERM, lambda number, frame: setattr(self, "_stopped", True))
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._selector.register(control, selectors.EVENT_READ)
        self._closing = False

    def serve(self) -> Request | None:
        """Work until the control socket is closed and the last kernel has ended, or SIGTERM: None. In a forked
        process: its request, at once."""
        while not self._stopped and (self._pids or not self._closing):
            for key, _ in self._selector.select():
                if key.fileobj is self._control:
                    request = self._accept()
                    if request is not None:
                        return request
                elif key.fd == self._woken:
                    with contextlib.suppress(BlockingIOError):
                        os.read(self._woken, 4096)
                elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._pids:
                    self._pass_signal(key.fileobj)
            self._reap()
        for pid in self._pids.values():
            _signal_group(pid, signal.SIGKILL)
        return None

    def _accept(self) -> Request | None:
        message, descriptors, _, _ = socket.recv_fds(self._control, 1, 2)
        if not message:
            self._closing = True
            self._selector.unregister(self._control)
            return None
        for descriptor in descriptors:
            os.set_inheritable(descriptor, False)
        if len(descriptors) != 2:  # more files are open than this process may have: the asker sees it closed
            for descriptor in descriptors:
                os.close(descriptor)
            return None
        connection, log = socket.socket(fileno=descriptors[0]), descriptors[1]
        text = _read_request(connection)
        if text is None:  # the asker changed its mind, or died
            connection.close()
            os.close(log)
            return None
        pid = os.fork()
        if pid == 0:
            self._forget()
            return Request(text, connection, log)
        os.close(log)
        self._pids[connection] = pid
        self._selector.register(connection, selectors.EVENT_READ)
        return None

    def _forget(self) -> None:
        """In the forked process: nothing of the server is left but what was imported."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        self._selector.close()
        os.close(self._woken)
        os.close(self._wake)
        self._control.close()
        for connection in self._pids:
            connection.close()

    def _pass_signal(self, connection: socket.socket) -> None:
        try:
            number = connection.recv(1)
        except ConnectionError:
            number = b""
        if not number:
            self._selector.unregister(connection)
        _signal_group(self._pids[connection], number[0] if number else signal.SIGKILL)

    def _reap(self) -> None:
        for connection, pid in list(self._pids.items()):
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                continue
            _signal_group(pid, signal.SIGKILL)  # what the notebook started and left; the id is not free yet
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            with contextlib.suppress(OSError):
                connection.sendall(b"end %d\n" % code)
            with contextlib.suppress(KeyError):
                self._selector.unregister(connection)
            connection.close()
            del self._pids[connection]


def _read_request(connection: socket.socket) -> bytes | None:
    try:
        head = connection.recv(LENGTH.size, socket.MSG_WAITALL)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        text = connection.recv(length, socket.MSG_WAITALL)
    except ConnectionError:
        return None
    return text if len(text) == length else None


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:  # just forked: not yet the leader of a group
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def main() -> None:
    """Warm, serve, end. A forked process goes on as a kernel."""
    if sys.path[0] == "" or os.path.realpath(sys.path[0]) == os.path.realpath(os.getcwd()):
        del sys.path[0]  # as ipykernel's launcher does: no file in the folder one stands in is imported instead
    control = socket.socket(fileno=int(sys.argv[1]))
    set_by_imports = warm()
    request = Server(control).serve()
    if request is None:
        os._exit(0)  # nothing to write or close: the kernels have ended
    from portfolj.report.forked_kernel import become_kernel

    become_kernel(request.text, request.connection, request.log, set_by_imports=set_by_imports)


if __name__ == "__main__":
    main()
