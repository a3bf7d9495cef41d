"""``manifest.json``: what a report was made of and what came out. Only ``created`` differs between equal runs."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from portfolj.files import sha256_of
from portfolj.report.layout import HISTORY_FOLDER

MANIFEST_FILE = "manifest.json"
FORMAT = 1
LIBRARIES = ("portfolj", "pandas", "numpy", "matplotlib", "seaborn", "papermill", "nbconvert", "openpyxl", "xlsxwriter")


def write_manifest(
    folder: Path,
    *,
    federation: str,
    federation_name: str,
    period: str,
    parameters: Mapping[str, object],
    inputs: Mapping[str, str],
    rows: Mapping[str, int],
    vintages: Mapping[str, str],
    headline: Sequence[str] = (),
    notice: str = "",
    fingerprint: str = "",
    remembered: str = "",
    changes: Mapping[str, str] | None = None,
    created: datetime | None = None,
) -> Path:
    """Write the manifest of the finished report in ``folder`` and return its path. Nothing may be written after it.

    ``inputs`` holds SHA-256 by file name, ``rows`` counts (in, used, set aside), ``vintages`` the date or version of
    each codebook and value list, ``headline`` the key figures in words, ``period`` is empty for all years;
    ``fingerprint`` is of all that the report was made from (see ``report.fingerprint``), ``remembered`` the name of the
    file beside the folder that keeps what was shown of people, empty where nothing was; ``changes`` says which report
    this one was compared with.
    """
    moment = created or datetime.now().astimezone()
    content = {
        "format": FORMAT,
        "federation": federation,
        "federation_name": federation_name,
        "period": period,
        "notice": notice,
        "headline": list(headline),
        "parameters": dict(sorted(parameters.items())),
        "inputs": dict(sorted(inputs.items())),
        "rows": dict(sorted(rows.items())),
        "vintages": dict(sorted(vintages.items())),
        "versions": versions(),
        "fingerprint": fingerprint,
        "remembered": remembered,
        "changes": dict(changes or {}),
        "outputs": output_hashes(folder),
        "created": moment.isoformat(timespec="seconds"),
    }
    path = folder / MANIFEST_FILE
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def read_manifest(path: Path) -> dict[str, Any] | None:
    """The manifest at ``path``, or None where it can't be read as one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    wanted = {"federation": str, "federation_name": str, "period": str, "created": str}
    if not isinstance(content, dict) or any(not isinstance(content.get(k), t) for k, t in wanted.items()):
        return None
    return content


def published_manifests(out: Path, federation: str = "") -> Iterator[tuple[Path, dict[str, Any] | None]]:
    """Each folder of a report that is published below ``out``, by name, with its manifest; None where it is unreadable.

    Of one federation where it is named. What is being built, and earlier reports that are kept, are not among them.
    """
    for path in published_paths(out, federation):
        yield path.parent, read_manifest(path)


def published_paths(out: Path, federation: str = "") -> list[Path]:
    """The manifests of the reports that stand below ``out``, by name; of one federation where it is named."""
    return _seen(out, federation, "*")


def kept_paths(out: Path, federation: str = "", *, period: str = "*") -> list[Path]:
    """The manifests of the earlier reports that are kept below ``out``, by name. ``period`` is its folder's name."""
    return _seen(out, federation, f"{HISTORY_FOLDER}/{period}/*")


def _seen(out: Path, federation: str, below: str) -> list[Path]:
    """A folder whose name begins with a full stop is somebody's unfinished work and is passed over."""
    where, pattern = (out / federation, below) if federation else (out, f"*/{below}")
    paths = where.glob(f"{pattern}/{MANIFEST_FILE}")
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.relative_to(out).parts))


def is_whole(folder: Path) -> bool:
    """Whether every file that the folder's manifest names stands there with the content that it had."""
    manifest = read_manifest(folder / MANIFEST_FILE)
    outputs = manifest.get("outputs") if manifest else None
    if not isinstance(outputs, dict) or not outputs:
        return False
    try:
        return all(sha256_of(folder / name) == digest for name, digest in outputs.items())
    except OSError:
        return False


def output_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder`` except the manifest, by path with forward slashes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / MANIFEST_FILE)
    hashes = {path.relative_to(folder).as_posix(): sha256_of(path) for path in paths}
    return dict(sorted(hashes.items()))


def versions() -> dict[str, str]:
    """Version of Python and of each library that a figure or a page depends on."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in LIBRARIES}}
