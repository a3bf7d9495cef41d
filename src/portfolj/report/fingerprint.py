"""What a report is made from, as one fingerprint: the same fingerprint, the same report.

It is of content alone: the federation's files and its key, what Kolada has answered, the parameters, the notebooks, the
program's own files and the versions of its libraries. What earlier reports have shown is not in it, though it decides
what a new report may show: a report that stands is one of those, and what other periods' reports have come to show was
weighed against it.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from portfolj.comparison.kolada.cache import kept_fingerprint
from portfolj.errors import InputRefused
from portfolj.federation import Federation, load_federation
from portfolj.federation.inputs import input_hashes
from portfolj.files import sha256_of
from portfolj.followup.identity import find_key, hash_of
from portfolj.places import Places
from portfolj.report.manifest import LIBRARIES, is_whole, published_manifests
from portfolj.report.pages import PAGES
from portfolj.report.parameters import checked_for_each

PACKAGE = Path(__file__).parents[1]
ALL_YEARS = "alla-ar"  # the folder of a report on all years


def fingerprint(federation: str, *, places: Places, parameters: Mapping[str, object]) -> str:
    """SHA-256 of what a report of ``federation`` with these parameters is made from, as hexadecimal text.

    Raises PortfoljError for a parameter or a settings file that is refused, OSError for a file that can't be read.
    """
    settings = load_federation(places.raw(federation))
    notebooks = [places.notebooks / page.notebook for page in PAGES]
    values = checked_for_each(notebooks, {"federation": federation, **parameters})
    parts = {
        "inputs": input_hashes(settings),
        "key": _of_key(settings),
        "kolada": kept_fingerprint(settings),
        "parameters": {page.notebook: found for page, found in zip(PAGES, values, strict=True)},
        "notebooks": {path.name: sha256_of(path) for path in notebooks},
        "program": program(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def standing_report(
    federation: str, *, places: Places, parameters: Mapping[str, object]
) -> tuple[Path, dict[str, Any]] | None:
    """The folder and manifest of a report made from the same, that stands whole; None where there is none.

    Every page and file of it is read and compared with the manifest: a damaged one is made again. So is a report on
    people of which it is no longer kept what it showed. Raises what ``fingerprint`` does.
    """
    wanted = fingerprint(federation, places=places, parameters=parameters)
    for folder, manifest in published_manifests(places.out, federation):
        if manifest is None or manifest.get("fingerprint") != wanted:
            continue
        if folder.name == (manifest["period"] or ALL_YEARS) and is_whole(folder) and _is_remembered(folder, manifest):
            return folder, manifest
    return None


@cache
def program() -> dict[str, Any]:
    """SHA-256 of each file of the package by its path within it, and the versions of the libraries that it needs.

    Found once per process: what has been imported does not change either.
    """
    files = {
        path.relative_to(PACKAGE).as_posix(): sha256_of(path)
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return {"files": files, "python": platform.python_version(), "libraries": _library_versions()}


def _library_versions() -> dict[str, str]:
    """The libraries that portfolj says it needs, without those of its extras, and those that a manifest names."""
    needed = [line for line in metadata.requires("portfolj") or () if "extra ==" not in line]
    names = {*LIBRARIES, *(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0] for line in needed)}
    return {name: metadata.version(name) for name in sorted(names)}


def _of_key(settings: Federation) -> str:
    """What tells one key from another without telling anything of it; empty without a key."""
    try:
        key = find_key(settings)
    except InputRefused:
        return "refused"  # no report comes of it: that is told together with every other fault of the inputs
    return "" if key is None else hash_of("fingerprint", key=key)


def _is_remembered(folder: Path, manifest: Mapping[str, Any]) -> bool:
    name = manifest.get("remembered")
    if not name:
        return True
    try:
        return isinstance(json.loads((folder.parent / str(name)).read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        return False
