"""Kolada's answers as they were received, kept in one file with when and from where. Nothing heavy is imported here.

A federation may have a file of the same kind among its own (recorded answers, for work without a network). The newer
of the two is used. A refused or missing file among those that the program keeps is as none: it can be fetched again.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import Federation
from portfolj.federation.inputs import KOLADA_FILE as FILE
from portfolj.files import replace_whole
from portfolj.places import processed_beside

FAILED_FILE: Final = "kolada_failed.json"
FORMAT: Final = 1


@dataclass(frozen=True)
class Kept:
    """Kolada's answers. ``answers``: (question, JSON as received), in the order they came; ``fetched_at`` with zone.

    ``invented``: the file says that its figures are made up. ``is_own``: it lies among the federation's own files.
    """

    address: str
    fetched_at: datetime
    answers: tuple[tuple[str, Any], ...]
    invented: bool = False
    is_own: bool = False


def kept_path(federation: Federation) -> Path | None:
    """Where the program keeps Kolada's answers for the federation; None for a folder outside ``data/raw``."""
    folder = processed_beside(federation.folder)
    return None if folder is None else folder / FILE


def used_file(federation: Federation) -> Path | None:
    """The file whose answers are used: the newer of the federation's own and the one that was fetched."""
    dated = [(kept.fetched_at, path) for path, kept in _readable(federation)]
    return max(dated, key=lambda pair: pair[0])[1] if dated else None


def read_kept(federation: Federation) -> Kept | None:
    """The answers that are used, None where there are none. Raises InputRefused for an own file that can't be read."""
    if not federation.comparison.municipalities:
        return None
    found = [kept for _, kept in _readable(federation)]
    own = federation.folder / FILE
    if own.is_file() and not any(kept.is_own for kept in found):
        raise InputRefused(FILE, [Fault(
            FILE, "", "", Reason.FILE_UNREADABLE, "Filen är inte svar från Kolada som portfolj har sparat",
            f"en fil som portfolj kolada har skrivit, format {FORMAT}",
            "Ta bort filen, eller hämta en ny med portfolj kolada",
        )])  # fmt: skip
    return max(found, key=lambda kept: kept.fetched_at) if found else None


def write_kept(path: Path, kept: Kept) -> None:
    """Puts the answers at ``path`` whole, and forgets that fetching has failed. Raises OSError."""
    content = {
        "format": FORMAT, "source": "Kolada", "address": kept.address, "fetched_at": kept.fetched_at.isoformat(),
        "invented": kept.invented, "answers": [{"question": q, "answer": body} for q, body in kept.answers],
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_whole(path, (json.dumps(content, ensure_ascii=False, indent=None) + "\n").encode())
    with suppress(FileNotFoundError):
        path.with_name(FAILED_FILE).unlink()


def write_failed(path: Path, kind: str) -> None:
    """Remembers beside ``path`` that fetching failed and how. The same failure again leaves the file as it is."""
    failed = path.with_name(FAILED_FILE)
    if failed_kind(path) != kind:
        failed.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(failed, json.dumps({"kind": kind}).encode())


def failed_kind(path: Path | None) -> str:
    """How fetching failed the last time, empty where it did not: see ``client.KINDS``."""
    if path is None:
        return ""
    try:
        found = json.loads(path.with_name(FAILED_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(found.get("kind", "")) if isinstance(found, dict) else ""


def kept_fingerprint(federation: Federation) -> str:
    """What tells the answers of one report from another's; empty for a federation that compares no municipalities."""
    if not federation.comparison.municipalities:
        return ""
    path = kept_path(federation)
    content = path.read_bytes() if path is not None and path.is_file() else b""
    # The federation's own file is among its inputs.
    return hashlib.sha256(content + failed_kind(path).encode()).hexdigest()


def _readable(federation: Federation) -> list[tuple[Path, Kept]]:
    paths = [(federation.folder / FILE, True), (kept_path(federation), False)]
    found: list[tuple[Path, Kept]] = []
    for path, is_own in paths:
        kept = None if path is None else _read(path, is_own)
        found += [(path, kept)] if path is not None and kept is not None else []
    return found


def _read(path: Path, is_own: bool) -> Kept | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        fetched_at = datetime.fromisoformat(content["fetched_at"])
        answers = tuple((str(each["question"]), each["answer"]) for each in content["answers"])
        if content["format"] != FORMAT or fetched_at.tzinfo is None:
            return None
        return Kept(str(content["address"]), fetched_at, answers, bool(content.get("invented")), is_own)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
