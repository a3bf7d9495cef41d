"""Rooms in the system's temporary folder: named by whose they are, so that none outlives its owner for long.

A process that is killed takes nothing away. So a run begins with a sweep of what dead processes have left. A name says
process, when it started (both in hexadecimal) and a digest of the computer's name: a temporary folder may be shared.
Within another room of ours a room needs no name of that kind: it goes with the outer one, and the path to a socket in
it has to be short.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portfolj.report.lock import Holder

_ROOM = re.compile(r"pf-(?P<process>[0-9a-f]{1,8})-(?P<started>[0-9a-f]{1,8})-(?P<computer>[0-9a-f]{4})-[a-z0-9_]{8}")
_lock = threading.Lock()
_has_swept = False


def new_room() -> Path:
    """A new folder that only this user can read, in the system's temporary folder. Whoever asked takes it away."""
    sweep_once()
    temporary = Path(tempfile.gettempdir())
    is_within = any(_ROOM.fullmatch(part) for part in temporary.parts)
    return Path(tempfile.mkdtemp(prefix="" if is_within else _prefix(), dir=temporary))


@contextmanager
def room() -> Iterator[Path]:
    """The same, for as long as the block runs."""
    made = new_room()
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep_once() -> None:
    """Sweep the system's temporary folder, the first time that this process asks for it."""
    global _has_swept
    with _lock:
        if not _has_swept:
            _has_swept = True
            sweep(Path(tempfile.gettempdir()))


def sweep(temporary: Path) -> None:
    """Remove the rooms in the folder that are this user's and whose owners, on this computer, do not run any more.

    What can't be removed stays for the next sweep.
    """
    try:
        names = [path.name for path in os.scandir(temporary)]
    except OSError:
        return  # what has to be written there will say what is wrong with it
    for name in names:
        named = _ROOM.fullmatch(name)
        if named is None or named["computer"] != _computer() or not _is_own_folder(temporary / name):
            continue
        if Holder(int(named["process"], 16), platform.node(), "", float(int(named["started"], 16))).is_gone:
            shutil.rmtree(temporary / name, ignore_errors=True)


def _prefix() -> str:
    import psutil

    process = os.getpid()
    return f"pf-{process:x}-{round(psutil.Process(process).create_time()):x}-{_computer()}-"


def _computer() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:4]


def _is_own_folder(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())
