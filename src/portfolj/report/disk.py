"""The few things that publishing asks of a disk, and what it tells a user who can mend that it can't have them."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from portfolj.errors import PortfoljError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
# A virus scanner or an indexer on Windows holds a new file open for a moment. A reader holds it open for longer.
_TRIES, _PAUSE_SECONDS = (8, 0.25) if sys.platform == "win32" else (1, 0.0)


def rename(old: Path, new: Path) -> None:
    """Every rename of a report's folder. On Windows it is tried again for two seconds where a file is held open."""
    for left in reversed(range(_TRIES)):
        try:
            old.rename(new)
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or its file system can't."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    flags = ctypes.c_uint(_RENAME_EXCHANGE)
    return renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), flags) == 0


def remove_folder(folder: Path) -> None:
    """Remove a folder that readers may see: out of their sight at once, then file by file.

    What another program holds open stays, under a hidden name ending in ``.gone``; ``remove_gone`` tries again.
    """
    gone = folder.with_name(f".{folder.name.lstrip('.')}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    rename(folder, gone)
    shutil.rmtree(gone, ignore_errors=True)


def remove_gone(folder: Path) -> None:
    """Remove what ``remove_folder`` had to leave in ``folder``, as far as it can be removed now."""
    for path in folder.glob(".*.gone"):
        shutil.rmtree(path, ignore_errors=True)


def write_through(folder: Path) -> None:
    """Have every file and folder below ``folder`` on the disk itself when this returns."""
    for path in [*sorted(folder.rglob("*")), folder]:
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the folder's own list of names on the disk."""
    if sys.platform == "win32":
        return  # folders can't be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def explained(target: Path) -> Iterator[None]:
    """Turn what a user can mend about the place into PortfoljError. Other errors pass as they are."""
    try:
        yield
    except PortfoljError:
        raise
    except Exception as error:
        message = _what_can_be_mended(error, target)
        if not message:
            raise
        raise PortfoljError(f"{message} Den senaste rapporten är orörd.") from error


def _what_can_be_mended(error: Exception, target: Path) -> str:
    if any(isinstance(each, OSError) and each.errno in _FULL for each in _chain(error)):
        return f"Disken är full: rapporten {target} kunde inte skrivas. Frigör plats och kör igen."
    if not isinstance(error, OSError):
        return ""
    if error.errno in (errno.EEXIST, errno.ENOTDIR) and not target.parent.is_dir():
        return f"{target.parent} är inte en mapp. Välj en annan mapp med --out."
    if error.errno == errno.ENOENT and not target.parent.exists():
        return f"Mappen {target.parent} går inte att skapa. Välj en annan mapp med --out."
    here = str(target.parent)
    about_place = any(str(name).startswith(here) for name in (error.filename, error.filename2) if name)
    if error.errno in _FORBIDDEN and (about_place or not target.parent.is_dir()):
        return (
            f"Det går inte att skriva till {target}. Stäng program som har en av rapportens filer öppen, "
            "kontrollera att mappen inte är skrivskyddad, eller välj en annan mapp med --out."
        )
    return ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came of: the writer of workbooks, for one, has an error of its own for a full disk."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
