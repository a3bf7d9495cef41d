"""One run at a time in a folder: a lock that says who holds it, and that no dead run holds.

The lock is the system's own, on ``.<folder>.lock`` beside the folder, and dies with its holder. The file names the
holder. On a disk without locks (some network disks) the name alone is the lock: of a process on this computer it is
known whether it still runs, of one on another computer it is not, and its user is told how to go on.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from portfolj.errors import PortfoljError
from portfolj.report.disk import explained

_TAKEN = {errno.EACCES, errno.EAGAIN, getattr(errno, "EDEADLOCK", errno.EAGAIN)}
_POLL_SECONDS = 0.1
_ENDING_SECONDS = 5.0  # how long the processes of a killed run may keep its lock before they see that it is dead
_UNNAMED_SECONDS = 60.0  # a file without a name that is older than this was left by a run that died at once
_SAME_START_SECONDS = 2.0  # two readings of when one process started differ by less
_LOCKED_BYTE = 1 << 30  # far beyond the name: on Windows a locked byte can't be read


class Occupied(PortfoljError):
    """Another run is at work in the folder."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock: process, computer, since when (local time as people write it) and when the process began."""

    process: int
    computer: str
    since: str
    process_started: float

    @property
    def is_gone(self) -> bool:
        """Whether the process is known not to run any more. Of another computer's nothing is known."""
        return self.computer == platform.node() and not _runs(self.process, self.process_started)

    def __str__(self) -> str:
        return f"process {self.process} på datorn {self.computer}, sedan {self.since}"


@contextlib.contextmanager
def only_one(folder: Path, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Keep other runs from ``folder``, which need not exist, for as long as the block runs.

    Waits at most ``wait_seconds`` for another run to be done; raises Occupied, which says who it is, if it is not.
    """
    lock = folder.with_name(f".{folder.name}.lock")
    with explained(folder):
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = _taken(lock, folder, wait_seconds)
    try:
        yield
    finally:
        if sys.platform == "win32":
            os.close(handle)
            with contextlib.suppress(OSError):  # the next run has it already
                lock.unlink()
        else:
            lock.unlink(missing_ok=True)
            os.close(handle)


def _taken(lock: Path, folder: Path, wait_seconds: float) -> int:
    """The open lock file, once it is this run's."""
    began = time.monotonic()
    while True:
        handle = _try(lock)
        if handle is not None:
            return handle
        holder = _holder(lock)
        patience = max(wait_seconds, _ENDING_SECONDS) if holder is not None and holder.is_gone else wait_seconds
        if time.monotonic() - began >= patience:
            raise Occupied(_message(folder, lock, holder, wait_seconds))
        time.sleep(_POLL_SECONDS)


def _try(lock: Path) -> int | None:
    """The open file with the lock on it and this process's name in it; None while another run has it."""
    while True:
        handle, is_new = _open(lock)
        try:
            if not _is_free(handle, lock, is_new=is_new):
                os.close(handle)
                return None
            if _is_same(handle, lock):  # else the run before removed the file between its opening and its locking
                _write_name(handle)
                return handle
            os.close(handle)
        except BaseException:
            with contextlib.suppress(OSError):
                os.close(handle)
            raise


def _open(lock: Path) -> tuple[int, bool]:
    binary = getattr(os, "O_BINARY", 0)
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL | binary, 0o644), True
    except FileExistsError:
        return os.open(lock, os.O_RDWR | os.O_CREAT | binary, 0o644), False


def _is_free(handle: int, lock: Path, *, is_new: bool) -> bool:
    try:
        _lock(handle)
    except OSError as error:
        return error.errno not in _TAKEN and (is_new or _is_left(handle, lock))
    return True


def _is_left(handle: int, lock: Path) -> bool:
    """On a disk without locks: whether the file was left by a run that is gone. It is removed then."""
    holder = _holder(lock)
    left = time.time() - os.fstat(handle).st_mtime > _UNNAMED_SECONDS if holder is None else holder.is_gone
    if left:
        lock.unlink(missing_ok=True)
    return left


def _is_same(handle: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except FileNotFoundError:
        return False


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write_name(handle: int) -> None:
    now = datetime.now().isoformat(sep=" ", timespec="seconds")
    name = Holder(os.getpid(), platform.node(), now, _started(os.getpid()))
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    os.write(handle, json.dumps(asdict(name)).encode())


def _holder(lock: Path) -> Holder | None:
    """Who the file names; None where it names nobody (yet, or it can't be read)."""
    try:
        content = json.loads(lock.read_text(encoding="utf-8"))
        return Holder(
            int(content["process"]), str(content["computer"]), str(content["since"]), float(content["process_started"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _runs(process: int, started: float) -> bool:
    import psutil

    try:
        return (
            abs(_started(process) - started) < _SAME_START_SECONDS
            and psutil.Process(process).status() != psutil.STATUS_ZOMBIE
        )
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _started(process: int) -> float:
    import psutil

    return float(psutil.Process(process).create_time())


def _message(folder: Path, lock: Path, holder: Holder | None, wait_seconds: float) -> str:
    who = f": {holder}" if holder is not None else ""
    waited = f" Den här körningen har väntat i {wait_seconds:g} sekunder." if wait_seconds else ""
    what_to_do = "Vänta tills den är klar och kör igen, eller låt körningen vänta själv med --wait SEKUNDER."
    if holder is not None and holder.computer != platform.node():
        what_to_do += f" Är den körningen säkert avbruten, ta bort filen {lock}."
    return f"En annan körning arbetar just nu i {folder}{who}.{waited} {what_to_do}"
