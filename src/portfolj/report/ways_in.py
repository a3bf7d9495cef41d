"""The pages that lead to the reports: written after a run, where something that they tell of has changed.

The index of all reports bears a digest of what it and the overview were made of: each manifest, each page on a failed
run, the federations that are gone, the overview itself and the program. No time of a file is trusted: two runs may
write at once, and what is removed leaves no time behind. Where the digest still holds, nothing that makes pages is
imported.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from portfolj.errors import PortfoljError
from portfolj.report.disk import explained
from portfolj.report.fingerprint import program
from portfolj.report.layout import INDEX_FILE, OVERVIEW_FILE, OVERVIEW_TABLE_FILE
from portfolj.report.lock import Occupied, only_one
from portfolj.report.manifest import kept_paths, published_paths
from portfolj.report.page import told_by
from portfolj.report.shelf import failure_pages, read_shelf

WAIT_SECONDS = 60.0  # for another run that writes the pages; of three hundred federations that takes some seconds
_DIGEST, _GONE = "shelf", "gone"  # what the index says to programs
_BETWEEN = "/"  # in no name of a folder


def write_ways_in(out: Path, *, known: Collection[str] | None = None, without: Collection[str] = ()) -> None:
    """Write the overview of all federations and the index of all reports in ``out``, unless both tell what stands.

    ``known`` are the federations that there are; reports of others are shown as such and are in no sum. None where that
    isn't known: those that the index says are gone still are. ``without`` are earlier reports that are about to be
    removed, as paths below ``out``: no page leads to them. A run that was killed before it wrote the pages leaves
    that to the next. Raises PortfoljError for a full disk or a place that can't be written, PageFaulty or
    ReconciliationError for a bug.
    """
    page = out / INDEX_FILE
    with explained(page):
        if _holds(out, known, without):
            return
        try:
            # The last to have the lock reads what all before it published.
            with only_one(page, wait_seconds=WAIT_SECONDS):
                if not _holds(out, known, without):
                    _write(out, known, without)
        except Occupied as error:
            message = f"{page} kunde inte göras om, för en annan körning skriver den. Rapporterna finns. Kör igen."
            raise PortfoljError(message) from error


def _write(out: Path, known: Collection[str] | None, without: Collection[str]) -> None:
    from portfolj.report.index import write_site_index
    from portfolj.report.overview import write_overview

    gone, digest = _told(
        out, known, without
    )  # before the shelf is read: what is published from here on makes it another
    shelf = read_shelf(out, gone=gone, without=without)
    write_overview(out, shelf)
    whole = _with_overview(out, digest)
    write_site_index(out, shelf, told=[(_DIGEST, whole), (_GONE, _BETWEEN.join(gone))])


def _holds(out: Path, known: Collection[str] | None, without: Collection[str]) -> bool:
    said = told_by(out / INDEX_FILE).get(_DIGEST)
    return said is not None and said == _with_overview(out, _told(out, known, without)[1])


def _told(out: Path, known: Collection[str] | None, without: Collection[str]) -> tuple[list[str], str]:
    """The federations that are gone, and a digest of all that the pages tell of but the overview itself."""
    kept = [path for path in kept_paths(out) if path.parent.relative_to(out).as_posix() not in without]
    paths = [*published_paths(out), *kept, *failure_pages(out)]
    names = [path.relative_to(out).as_posix() for path in paths]
    keys = {name.split("/")[0] for name in names}
    if known is None:
        gone = sorted(keys & set(told_by(out / INDEX_FILE).get(_GONE, "").split(_BETWEEN)))
    else:
        gone = sorted(keys - set(known))
    contents = [(name, _content(path)) for name, path in zip(names, paths, strict=True)]
    return gone, _of([program(), gone, contents])


def _with_overview(out: Path, digest: str) -> str:
    return _of([digest, *(_content(out / name) for name in (OVERVIEW_FILE, OVERVIEW_TABLE_FILE))])


def _content(path: Path) -> str:
    """SHA-256 of a file; empty where there is none, or it can't be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _of(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
