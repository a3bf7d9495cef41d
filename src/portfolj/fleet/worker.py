"""A process of this Python that makes reports one after the other: libraries are loaded and the codebook read once.

What is asked and answered goes through two pipes that only the two processes have. What a worker prints, and what its
libraries do, goes to a file of its own that is shown only where it died of a fault. A worker that dies takes its own
report with it and no other. It ends by itself, as from SIGTERM, when the process that started it is gone: its pipe is
then closed. (A signal at the parent's death would not do on Linux: it comes when the thread that started it ends.)
"""

from __future__ import annotations

import contextlib
import errno
import faulthandler
import json
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from portfolj.errors import cause_of
from portfolj.report.rooms import new_room

END_SECONDS = 15.0  # to end kernels and take away a half-built folder in, before a worker is killed
IDLE_SECONDS = 0.5
LAST_LINES = 20
_TOO_MANY = {errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE}  # what fewer processes help against
_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from portfolj.fleet.worker import serve; serve()"


class WorkerDied(Exception):
    """A worker that ended before it had answered. The message says of what, in words for whoever runs it."""


class WorkerFailed(Exception):
    """What was asked of a worker raised something. The message is its traceback."""


class Worker:
    """One such process, running from here on. It is asked by one thread at a time."""

    def __init__(self) -> None:
        """Start it. Raises WorkerDied where the system can't."""
        try:
            self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the worker
            # What a killed worker left of temporary files goes with its room.
            self._room = new_room()
        except OSError as error:
            raise _not_started(
                error, "Ge plats i mappen för tillfälliga filer, eller välj en annan med TMPDIR (TEMP i Windows)."
            ) from None
        try:
            # A session of its own: a Ctrl-C in the terminal is for the run, which then ends its workers.
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                start_new_session=True,
                env={**os.environ, "TMPDIR": str(self._room)},
            )
        except OSError as error:
            self._leave_no_files()
            raise _not_started(error, f"Kontrollera att {sys.executable} finns och att du får köra den.") from None

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, function: Callable[[Any], Any], argument: Any) -> Any:
        """What ``function(argument)`` gives there. Both, and the answer, are pickled; the function is found by name.

        Raises WorkerFailed where the function raised, WorkerDied where the process ended first: it is then of no use.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            pickle.dump(pickle.dumps((function, argument)), self._process.stdin)
            self._process.stdin.flush()
            went_well, answer = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise WorkerDied(self._how_it_died()) from None
        if not went_well:
            raise WorkerFailed(answer)
        return answer

    def ask_to_end(self) -> None:
        """Let it end, in the middle of a report too, with its kernels and what it had begun. Does not wait for that."""
        with contextlib.suppress(OSError):
            self._process.terminate()

    def close(self) -> None:
        """End it where it has not ended, and wait for it; it is killed where it does not end in time."""
        with contextlib.suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            with contextlib.suppress(OSError):
                self._process.stdout.close()
        self._leave_no_files()

    def _leave_no_files(self) -> None:
        self._log.close()
        shutil.rmtree(self._room, ignore_errors=True)

    def _how_it_died(self) -> str:
        try:
            code = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        if code == -getattr(signal, "SIGKILL", 9):
            return (
                "Processen som gjorde rapporten dog mitt i arbetet (signal 9, SIGKILL). Det händer när datorns minne "
                "tar slut, eller när någon avslutar den. Kör igen; räcker minnet inte, kör färre samtidigt med --jobs."
            )
        how = f"signal {-code}, {_signal_name(-code)}" if code < 0 else f"slutkod {code}"
        said = self._last_lines()
        return f"Processen som gjorde rapporten dog mitt i arbetet ({how}). Kör igen.\n{said}".rstrip()

    def _last_lines(self) -> str:
        self._log.seek(0)
        return "\n".join(self._log.read().decode(errors="replace").splitlines()[-LAST_LINES:])


def _not_started(error: OSError, todo: str) -> WorkerDied:
    todo = "Kör igen, med färre rapporter samtidigt (--jobs)." if error.errno in _TOO_MANY else todo
    return WorkerDied(f"Det gick inte att starta en process för rapporten: {cause_of(error)}. {todo}")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "okänd"


def serve() -> None:
    """The life of the process: what is asked is done, one after the other, until nothing more can be asked."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    faulthandler.enable()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    asked: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(questions, asked), name="questions", daemon=True).start()
    while (question := asked.get()) is not None:
        answer = pickle.dumps(_answer(question))
        try:
            answers.write(answer)
            answers.flush()
        except OSError:
            return  # nobody is left to tell


def _answer(question: bytes) -> tuple[bool, Any]:
    try:
        function, argument = pickle.loads(question)
        answer = function(argument)
        pickle.dumps(answer)
    except Exception:
        return False, traceback.format_exc()
    return True, answer


def _listen(questions: BinaryIO, asked: queue.SimpleQueue[bytes | None]) -> None:
    """Pass the questions on. When the other end is gone the process ends, in the middle of a report too."""
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            asked.put(pickle.load(questions))
    asked.put(None)
    main = threading.main_thread()
    main.join(IDLE_SECONDS)  # one that has nothing to do ends by that alone
    if hasattr(signal, "pthread_kill") and main.ident is not None:
        signal.pthread_kill(main.ident, signal.SIGTERM)
    else:
        signal.raise_signal(signal.SIGTERM)
    time.sleep(END_SECONDS)
    os._exit(1)
