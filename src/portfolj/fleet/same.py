"""Whether two machines would make the same report: marks of the program and of the folders, to be compared."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from portfolj.files import sha256_of
from portfolj.followup.identity import key_place
from portfolj.places import Places
from portfolj.report.fingerprint import program

PROGRAM = "portfoljs programfiler"
SENDING = ("dask", "distributed", "cloudpickle")  # what the tasks are sent with


@dataclass(frozen=True)
class FolderMarks:
    """What one machine sees under the folders' names. Empty where it sees nothing."""

    token: str
    can_write: bool
    notebooks: str
    ledgers: Mapping[str, str]
    keys: Mapping[str, str]


def program_marks() -> dict[str, str]:
    """Name -> version of Python, of the libraries and of what sends the tasks; ``PROGRAM`` -> a hash of its files.

    What is of another version there would give another report, or could not be sent. A package that is not installed is
    left out.
    """
    parts = program()
    marks = {
        "Python": parts["python"],
        PROGRAM: hashlib.sha256(repr(sorted(parts["files"].items())).encode()).hexdigest(),
        **parts["libraries"],
    }
    for name in SENDING:
        with contextlib.suppress(metadata.PackageNotFoundError):
            marks[name] = metadata.version(name)
    return marks


def folder_marks(places: Places, federations: Sequence[str], *, token: Path) -> FolderMarks:
    """What this machine sees: the token's text, the notebooks, each federation's files and its key.

    A ledger's mark is of names and sizes, so that many are compared quickly. A key's mark is a keyed hash under the
    token, so that no key is sent.
    """
    text = token.read_text(encoding="ascii") if token.is_file() else ""
    keys = {}
    for federation in federations:
        place = key_place(federation)
        keys[federation] = hmac.digest(text.encode(), place.read_bytes(), "sha256").hex() if place.is_file() else ""
    return FolderMarks(
        token=text,
        can_write=os.access(places.out, os.W_OK),
        notebooks=repr([(path.name, sha256_of(path)) for path in sorted(places.notebooks.glob("*.ipynb"))]),
        ledgers={federation: _listing(places.raw(federation)) for federation in federations},
        keys=keys,
    )


def _listing(folder: Path) -> str:
    files = sorted((p.relative_to(folder).as_posix(), p.stat().st_size) for p in folder.rglob("*") if p.is_file())
    return hashlib.sha256(repr(files).encode()).hexdigest()
