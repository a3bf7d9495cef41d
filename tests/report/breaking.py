"""Publishing broken off at every step of the disk: run as a program, it prints what each break left.

``python breaking.py FOLDER WAY SWAP KEEP``: WAY is ``kill`` (the process ends at the step), ``full`` (from the step on
nothing new can be written) or ``held`` (the step, a rename, is refused, as where a page is open on Windows); SWAP is
``exchange`` or ``two`` (in two steps, where a system can't do it in one); KEEP is how many earlier reports are kept.
Versions 1 and 2 have been published, version 3 is broken off, version 4 is published undisturbed.

Steps are what Python itself reports to an audit hook just before it happens: no change of the disk is missed, whichever
function makes it.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

from portfolj.errors import PortfoljError
from portfolj.report import disk
from portfolj.report.kept import kept_reports
from portfolj.report.manifest import output_hashes, read_manifest

sys.path.insert(0, str(Path(__file__).parents[1]))  # for when it is run as a program
from published_folders import publish_keeping

CHANGES = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "fcntl.flock")
WRITES = ("open", "os.mkdir")
DONE, TOLERATED, TOLD, KILLED = 0, 1, 3, 9


def report(version: str):  # type: ignore[no-untyped-def]
    """Fills a folder with a small report of that version."""

    def build(folder: Path) -> None:
        (folder / "tables").mkdir()
        (folder / "tables" / "owner.csv").write_text(f"version\n{version}\n")
        (folder / "index.html").write_text(version)
        manifest = {
            "federation": "rar", "federation_name": "RAR", "period": "2019", "outputs": output_hashes(folder),
            "created": f"2026-11-0{version}T02:00:00+01:00",
        }  # fmt: skip
        (folder / "manifest.json").write_text(json.dumps(manifest))

    return build


def version_at(folder: Path) -> str | None:
    """The version that a reader finds there, None for nothing, and what is wrong where it is not whole."""
    if not folder.exists():
        return None
    manifest = read_manifest(folder / "manifest.json")
    if manifest is None or manifest["outputs"] != output_hashes(folder):
        return "not whole"
    return (folder / "index.html").read_text()


class Breaker:
    """An audit hook that breaks the process at the step ``number`` below ``root``."""

    def __init__(self, root: Path, way: str, number: int) -> None:
        self.root, self.way, self.number, self.step = str(root), way, number, 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in CHANGES or not self._is_ours(event, arguments):
            return
        if self.way == "held" and event != "os.rename":
            return
        if self.way == "full" and not (event == "os.mkdir" or (event == "open" and arguments[2] & os.O_CREAT)):
            return
        self.step += 1
        if self.way == "kill" and self.step == self.number:
            os._exit(KILLED)
        if self.way == "held" and self.step == self.number:
            raise PermissionError(errno.EACCES, "held open", str(arguments[0]), None, str(arguments[1]))
        if self.way == "full" and self.step >= self.number:
            raise OSError(errno.ENOSPC, "no space left", str(arguments[0]))

    def _is_ours(self, event: str, arguments: tuple[Any, ...]) -> bool:
        first = arguments[0]
        if event == "fcntl.flock":
            return True
        # Names without a folder are those of a folder that is being removed.
        return isinstance(first, str | os.PathLike) and (
            str(first).startswith(self.root) or (event in ("os.remove", "os.rmdir") and not os.path.isabs(first))
        )


def broken_at(number: int, root: Path, way: str, keep: int) -> dict[str, Any]:
    """What stands after version 3 was broken off at that step, and after version 4 was published undisturbed."""
    target = root / "rar" / "2019"
    publish_keeping(report("1"), target, keep=keep)
    publish_keeping(report("2"), target, keep=keep)
    child = os.fork()
    if child == 0:
        breaker = Breaker(root, way, number)
        sys.addaudithook(breaker)
        try:
            publish_keeping(report("3"), target, keep=keep)
        except PortfoljError:
            os._exit(TOLD)
        os._exit(DONE if breaker.step < number else TOLERATED)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = version_at(target)
    kept = [version_at(kept.folder) for kept in kept_reports(target.parent)]
    publish_keeping(report("4"), target, keep=keep)
    return {
        "number": number,
        "code": code,
        "seen": seen,
        "kept": kept,
        "next": version_at(target),
        "history": [version_at(kept.folder) for kept in kept_reports(target.parent)],
        "left": sorted(path.name for path in target.parent.iterdir()),
        "hidden": [str(path) for path in root.rglob(".*")],
    }


def main(folder: str, way: str, swap: str, keep: str) -> None:
    """Break at step 1, 2, 3 … until there is no such step; a line of JSON for each."""
    os.fsync = lambda handle: None  # a killed process, unlike a machine that stops, loses nothing that it wrote
    if swap == "two":
        disk.exchange = lambda one, other: False
    for number in range(1, 1000):
        found = broken_at(number, Path(folder) / str(number), way, int(keep))
        print(json.dumps(found), flush=True)
        if found["code"] == DONE:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
