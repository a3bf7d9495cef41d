"""The report that stands where a new one is about to: read, compared with, and remembered.

Nothing is compared twice. Where the standing report says the same as the new one, date aside, the new one says what the
standing one said had changed, since the same report as it did. So a report that is made once more, by force or on
another day, does not turn "400 000 kr more" into "nothing has changed"; and the same inputs on the same predecessor
give the same bytes. What two reports say is the same when ``changed.compare`` finds nothing.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj.exhibits.files import harmless
from portfolj.report.cells import number_of
from portfolj.report.changed import COLUMNS, Report, compare, frame_of
from portfolj.report.manifest import MANIFEST_FILE, read_manifest

CHANGES_FILE = "changes.csv"
NAMES_FILE = "interventions.csv"


class Compared(StrEnum):
    """With what a report was compared."""

    FIRST = "first"  # there was none
    UNREADABLE = "unreadable"  # there was one that could not be read
    COMPARED = "compared"


@dataclass(frozen=True)
class Since:
    """What has changed (the columns of ``changed.compare``), and since which report: its date and a digest of it."""

    compared: Compared
    frame: pd.DataFrame
    created: str = ""
    digest: str = ""

    @property
    def for_manifest(self) -> dict[str, str]:
        """What the next report has to know."""
        return {"compared": self.compared.value, "since": self.created, "digest": self.digest}

    @property
    def date(self) -> datetime | None:
        """When the report that it was compared with was made; None where that is not known."""
        try:
            return datetime.fromisoformat(self.created)
        except ValueError:
            return None


def changes_since(standing: Path, new: Path, *, about: Mapping[str, Any], k: int) -> Since:
    """What the report in the folder ``new`` says that the one in ``standing`` does not; writes ``tables/changes.csv``.

    ``new`` has its tables; ``about`` is what its manifest will say (``parameters``, ``rows``, ``vintages``,
    ``versions``). ``k``: the least number of people that is told. A standing report that can't be read is said to be
    that: it never stops a new one.
    """
    since = _since(standing, new, about, k=k)
    write_changes(since.frame, new / "tables" / CHANGES_FILE)
    return since


def _since(standing: Path, new: Path, about: Mapping[str, Any], *, k: int) -> Since:
    nothing = frame_of([])
    if not standing.exists():
        return Since(Compared.FIRST, nothing)
    manifest = read_manifest(standing / MANIFEST_FILE)
    alike = _alike(standing / "tables", new / "tables")
    try:
        before = Report(_tables(standing / "tables", without=alike), manifest or {})
        earlier = _earlier(standing, manifest or {})
    except (OSError, ValueError):  # a ParserError of pandas and a UnicodeDecodeError are ValueErrors
        manifest = None
    if manifest is None:
        return Since(Compared.UNREADABLE, nothing)
    frame = compare(before, Report(_tables(new / "tables", without=alike), about), k=k)
    if frame.empty and earlier is not None:
        return earlier
    return Since(Compared.COMPARED, frame, manifest["created"], _digest(manifest))


def _earlier(folder: Path, manifest: Mapping[str, Any]) -> Since | None:
    """What the standing report said had changed; None where it is from before reports did."""
    told = manifest.get("changes")
    if not isinstance(told, dict) or told.get("compared") not in list(Compared):
        return None
    frame = read_changes(folder / "tables" / CHANGES_FILE)
    return Since(Compared(told["compared"]), frame, str(told.get("since", "")), str(told.get("digest", "")))


def write_changes(frame: pd.DataFrame, path: Path) -> None:
    """Write the changes as CSV, texts made harmless to a spreadsheet program; numbers stay numbers."""
    texts = [column for column in COLUMNS if column != "difference"]
    written = frame.assign(
        **{
            column: [cell if number_of(cell) is not None else harmless(cell) for cell in frame[column]]
            for column in texts
        },
        difference=["" if number is None else f"{number:f}" for number in frame["difference"]],
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    written.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def read_changes(path: Path) -> pd.DataFrame:
    """The changes that ``write_changes`` wrote. Raises OSError or ValueError where there are none."""
    frame = _read(path)
    if tuple(frame) != COLUMNS:
        raise ValueError(f"{path.name} does not have the columns of changes")
    return frame.astype("object").assign(
        difference=pd.Series([number_of(text) for text in frame["difference"]], index=frame.index, dtype="object")
    )


def _alike(one: Path, other: Path) -> set[str]:
    """The files that are the same in both folders to the byte. They need not be read, but for the names of what is."""
    names = {path.name for path in one.glob("*.csv")} - {NAMES_FILE}
    return set(filecmp.cmpfiles(one, other, names, shallow=False)[0]) if other.is_dir() else set()


def _tables(folder: Path, *, without: Collection[str]) -> dict[str, pd.DataFrame]:
    """Every table but the one of changes, all cells text. Raises OSError or ValueError where one can't be read."""
    left = [path for path in sorted(folder.glob("*.csv")) if path.name not in {CHANGES_FILE, *without}]
    return {path.stem: _read(path) for path in left}


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False, na_filter=False, encoding="utf-8")


def _digest(manifest: Mapping[str, Any]) -> str:
    """Stands for a report and all its files."""
    text = json.dumps([manifest.get("created"), manifest.get("outputs")], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
