"""What a forked process does to be the kernel that was asked for.

Everything that a fresh process would get from its start is put right here: session, log, folder, environment,
arguments, signals, random numbers. The libraries were imported before there was a shell, so what they ask the shell
about when imported in a kernel is put right too. tests/report/test_forked.py compares with a fresh kernel.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import random
import signal
import socket
import sys
from collections.abc import Mapping

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def become_kernel(request: bytes, connection: socket.socket, log: int, *, set_by_imports: Mapping[str, str]) -> None:
    """Run the kernel that ``request`` describes (command, folder, environment) to its end.

    ``connection`` hears ``pid N`` when signals to the process group reach this process; ``log`` becomes its stdout and
    stderr. ``set_by_imports`` are environment variables that the imports before the fork have set.
    """
    server = os.getppid()
    os.setsid()
    _die_with(server)
    asked = json.loads(request)
    connection.sendall(b"pid %d\n" % os.getpid())
    connection.close()
    _open_streams(log)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update({**set_by_imports, **asked["environment"]})
    os.environ["JPY_PARENT_PID"] = str(server)
    _take_arguments(asked["command"])
    _renew_random_numbers()
    _run(server)


def _die_with(server: int) -> None:
    """Let the system kill this process when the server has died, by whatever cause."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:  # it died before that took effect
        os._exit(1)


def _open_streams(log: int) -> None:
    nothing, end = os.pipe()
    os.close(end)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(nothing)
    os.close(log)


def _take_arguments(command: list[str]) -> None:
    """``sys.argv`` as ``python -m ipykernel_launcher ARGUMENTS`` has it."""
    launcher = importlib.util.find_spec("ipykernel_launcher")
    assert launcher is not None
    assert launcher.origin is not None
    sys.orig_argv = list(command)
    sys.argv = [launcher.origin, *command[3:]]


def _renew_random_numbers() -> None:
    import numpy

    random.seed()
    numpy.random.seed()


def _run(server: int) -> None:
    import pandas
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.parent_handle = server  # read from the environment when ipykernel was imported
    app.initialize()
    pandas.set_option("display.max_columns", 20)  # what pandas chooses when imported in a kernel, not a terminal
    pandas.set_option("display.encoding", sys.stdout.encoding)
    app.start()
