"""Whether two machines would make the same report: marks of the program and of the folders, to be compared."""

from __future__ import annotations

import hashlib
import hmac
import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from portfolj.files import sha256_of
from portfolj.followup.identity import key_place
from portfolj.places import Places

PACKAGE = Path(__file__).resolve().parent.parent
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
    """Name -> version of Python, of what portfolj needs and of what sends the tasks; ``portfolj`` -> a hash of its files.

    A package that is not installed is left out.
    """
    marks = {"Python": platform.python_version(), "portfolj": program_hash()}
    for name in (*_needed(), *SENDING):
        try:
            marks[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return marks


def program_hash() -> str:
    """SHA-256 over the package's files by their paths inside it, the same wherever it is installed."""
    return _hash_of(PACKAGE, [p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts])


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
        notebooks=_hash_of(places.notebooks, sorted(places.notebooks.glob("*.ipynb"))),
        ledgers={federation: _listing(places.raw(federation)) for federation in federations},
        keys=keys,
    )


def _needed() -> list[str]:
    try:
        requirements = metadata.requires("portfolj") or []
    except metadata.PackageNotFoundError:
        return []
    return [re.split(r"[^\w.-]", text, maxsplit=1)[0] for text in requirements if "extra ==" not in text]


def _hash_of(folder: Path, files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{sha256_of(path)}\n".encode())
    return digest.hexdigest()


def _listing(folder: Path) -> str:
    files = sorted((p.relative_to(folder).as_posix(), p.stat().st_size) for p in folder.rglob("*") if p.is_file())
    return hashlib.sha256(repr(files).encode()).hexdigest()
