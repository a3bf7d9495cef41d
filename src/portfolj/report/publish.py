"""Publish a folder at once or not at all.

The new folder is built beside the old one, written through to the disk and swapped in whole. Whatever fails, and
wherever the machine stops, either the new folder stands or the last good one does.

Beside ``<target>`` lie, hidden, for a while: ``.<target>.building-<number>``, the folder that is being filled, and
``.<target>.previous-<number>``, the old one during a swap in two steps. The number is the folder's own on its disk
(inode). A swap in one step leaves the old report under the new one's number, so a run that finds it knows which it is.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
from collections.abc import Callable
from pathlib import Path

from portfolj.errors import PortfoljError
from portfolj.report import disk
from portfolj.report.disk import explained
from portfolj.report.kept import move_to_history
from portfolj.report.lock import only_one


def publish(build: Callable[[Path], None], target: Path, *, history: bool = False) -> None:
    """Let ``build`` fill an empty folder and put it at ``target`` whole. Folders above it are made.

    With ``history`` the report that it takes the place of becomes history (see ``report.kept``), else it goes.
    What ``build`` raises is raised again and the last good folder stays. A full disk, a place that can't be written or
    a file that is in the way give PortfoljError with what to do; so does another run at work there (Occupied).
    """
    target = Path(os.path.realpath(target))
    with explained(target):
        if target.exists() and not target.is_dir():
            raise PortfoljError(f"{target} är en fil. Flytta den eller välj en annan mapp med --out.")
        with only_one(target):
            _recover(target, history=history)
            building = _new_folder(target)
            try:
                build(building)
                disk.write_through(building)
                old = _swap(building, target)
            except BaseException:
                if _is_unfinished(building):
                    shutil.rmtree(building, ignore_errors=True)
                raise
            if old is not None:
                # The new report stands. What can't be moved now (a page that somebody reads on Windows, a full disk)
                # is moved by the next run, and if that can't either it says so.
                with contextlib.suppress(OSError):
                    _put_away(old, target, history=history)


def write_file(path: Path, text: str) -> None:
    """Write one file whole: the old one stands until the new one is on the disk."""
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_unwritten(path)
        new = path.with_name(f".{path.name}.{platform.node()}.{os.getpid()}")
        try:
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)


def _remove_unwritten(path: Path) -> None:
    """Remove what runs on this computer that were killed while they wrote the file have left."""
    import psutil

    prefix = f".{path.name}.{platform.node()}."
    for left in path.parent.iterdir():
        number = left.name.removeprefix(prefix)
        if left.name.startswith(prefix) and number.isdigit() and not psutil.pid_exists(int(number)):
            left.unlink(missing_ok=True)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def _new_folder(target: Path) -> Path:
    made = _beside(target, "building")
    made.mkdir()
    building = _beside(target, f"building-{made.stat().st_ino}")
    disk.rename(made, building)
    return building


def _is_unfinished(folder: Path) -> bool:
    """Whether the folder is what was being built, not a report that stood; its name was given it by ``_new_folder``."""
    number = folder.name.rpartition(".building")[2].lstrip("-")
    return folder.exists() and number in ("", str(folder.stat().st_ino))


def _recover(target: Path, *, history: bool) -> None:
    """Tidy after a run that was killed: an unfinished folder goes, a report that was half-way swapped comes back."""
    disk.remove_gone(target.parent)
    stood = []
    for left in list(target.parent.iterdir()):
        if left.name.startswith(f".{target.name}.building"):
            if _is_unfinished(left):
                disk.remove_folder(left)
            else:
                stood.append(left)
        elif left.name.startswith(f".{target.name}.previous"):
            stood.append(left)
    stood.sort(key=lambda folder: folder.stat().st_mtime)
    if stood and not target.exists():
        disk.rename(stood.pop(), target)
    for old in stood:
        _put_away(old, target, history=history)


def _put_away(old: Path, target: Path, *, history: bool) -> None:
    if history:
        move_to_history(old, target)
    else:
        disk.remove_folder(old)


def _swap(new: Path, target: Path) -> Path | None:
    """Put ``new`` where ``target`` is; return where the old folder is then, None where there was none.

    In one step where the system can; else the old folder is put back on failure.
    """
    old = None
    if not target.exists():
        disk.rename(new, target)
    elif disk.exchange(new, target):
        old = new
    else:
        old = _beside(target, f"previous-{target.stat().st_ino}")
        disk.rename(target, old)
        try:
            disk.rename(new, target)
        except BaseException:
            disk.rename(old, target)
            raise
    disk.sync_folder(target.parent)
    return old
