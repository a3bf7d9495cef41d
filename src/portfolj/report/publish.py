"""Publish a folder at once or not at all.

The new folder is built beside the old one, written through to the disk and swapped in whole. Whatever fails, and
wherever the machine stops, either the new folder stands or the last good one does.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from portfolj.errors import PortfoljError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_TAKEN = {errno.EACCES, errno.EAGAIN, getattr(errno, "EDEADLOCK", errno.EAGAIN)}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}


def publish(build: Callable[[Path], None], target: Path) -> None:
    """Let ``build`` fill an empty folder and put it at ``target`` whole. Folders above it are made.

    What ``build`` raises is raised again and the last good folder stays. A full disk, a place that can't be written or
    a file that is in the way give PortfoljError with what to do.
    """
    target = Path(os.path.realpath(target))
    with _explained(target):
        if target.exists() and not target.is_dir():
            raise PortfoljError(f"{target} är en fil. Flytta den eller välj en annan mapp med --out.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with _only_one(target):
            _recover(target)
            building = _beside(target, "building")
            building.mkdir()
            try:
                build(building)
                _write_through(building)
                _swap(building, target)
            finally:
                shutil.rmtree(building, ignore_errors=True)


def write_file(path: Path, text: str) -> None:
    """Write one file whole: the old one stands until the new one is on the disk."""
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def _recover(target: Path) -> None:
    """Tidy after a run that was killed: an unfinished folder goes, a report that was half-way swapped comes back."""
    previous = _beside(target, "previous")
    if previous.exists() and not target.exists():
        previous.rename(target)
    for leftover in (previous, _beside(target, "building")):
        if leftover.exists():
            shutil.rmtree(leftover)


def _swap(new: Path, target: Path) -> None:
    """Put ``new`` where ``target`` is. In one step where the system can; else the old folder is put back on failure."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        previous = _beside(target, "previous")
        target.rename(previous)
        try:
            new.rename(target)
        except BaseException:
            previous.rename(target)
            raise
        shutil.rmtree(previous, ignore_errors=True)
    _sync_folder(target.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or its file system can't."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)) == 0


def _write_through(folder: Path) -> None:
    for path in [*sorted(folder.rglob("*")), folder]:
        if path.is_dir():
            _sync_folder(path)
        else:
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # folders can't be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _only_one(target: Path) -> Iterator[None]:
    """Keep other runs from the same folder. The lock is the system's own, so it dies with a killed run.

    Some network disks have no locks; a run there goes on without one.
    """
    lock = _beside(target, "lock")
    with lock.open("wb") as file:
        if _is_taken(file.fileno(), lock):
            raise PortfoljError(
                f"En annan körning skriver just nu till {target}. Vänta tills den är klar och kör igen."
            )
        try:
            yield
        finally:
            if sys.platform != "win32":
                lock.unlink(missing_ok=True)
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            lock.unlink()


def _is_taken(handle: int, lock: Path) -> bool:
    """Lock the open file, unless another run has. A file that the run before removed meanwhile is taken too."""
    try:
        _lock(handle)
    except OSError as error:
        return error.errno in _TAKEN
    try:
        return not os.path.samestat(os.fstat(handle), lock.stat())
    except FileNotFoundError:
        return True


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn what a user can mend about the place into PortfoljError. Other errors pass as they are."""
    try:
        yield
    except OSError as error:
        here = str(target.parent)
        about_place = any(str(name).startswith(here) for name in (error.filename, error.filename2) if name)
        if error.errno in _FULL:
            message = f"Disken är full: rapporten {target} kunde inte skrivas. Frigör plats och kör igen."
        elif error.errno in (errno.EEXIST, errno.ENOTDIR) and not target.parent.is_dir():
            message = f"{target.parent} är inte en mapp. Välj en annan mapp med --out."
        elif error.errno in _FORBIDDEN and (about_place or not target.parent.is_dir()):
            message = (
                f"Det går inte att skriva till {target}. Stäng program som har en av rapportens filer öppen, "
                "kontrollera att mappen inte är skrivskyddad, eller välj en annan mapp med --out."
            )
        else:
            raise
        raise PortfoljError(f"{message} Den senaste rapporten är orörd.") from error
