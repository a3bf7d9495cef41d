"""What stands below the folder of reports: reports, the earlier ones that are kept, and runs that failed.

Known from the manifests and from which files there are, never from a page or a ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portfolj.exhibits import swedish
from portfolj.report.layout import FAILURE_FILE, HISTORY_FOLDER
from portfolj.report.manifest import MANIFEST_FILE, read_manifest


@dataclass(frozen=True)
class Report:
    """A report that can be opened: its folder below ``out`` with forward slashes, and its manifest."""

    folder: str
    manifest: Mapping[str, Any]

    @property
    def period(self) -> str:
        """The years it is about, as ``2014-2019`` or ``2019``; empty for all years."""
        return str(self.manifest["period"])

    @property
    def created(self) -> datetime | None:
        """When it was made, with its time zone; None where the manifest doesn't say."""
        try:
            moment = datetime.fromisoformat(self.manifest["created"])
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def created_on(self) -> str:
        """The day it was made, in words: ``22 november 2026``."""
        return swedish.long_date(self.created.date()) if self.created else swedish.NOT_APPLICABLE


@dataclass(frozen=True)
class Shelved:
    """All that stands of one federation. ``has_failed``: its last run made no report, and a page says why."""

    key: str
    name: str
    reports: tuple[Report, ...]
    earlier: tuple[Report, ...]
    has_failed: bool

    @property
    def current(self) -> Report | None:
        """The report to read first: the last one made of the federation's own period, else the last one made."""
        own = [report for report in self.reports if not dict(report.manifest.get("parameters") or {}).get("period")]
        return max(own or self.reports, key=_made, default=None)


@dataclass(frozen=True)
class Shelf:
    """Everything below ``out``. ``unreadable`` are the folders whose manifest can't be read."""

    federations: tuple[Shelved, ...]
    unreadable: tuple[str, ...]


def read_shelf(out: Path) -> Shelf:
    """What stands below ``out``: federations in Swedish order, each one's newest period first.

    A folder whose name begins with a full stop is somebody's unfinished work and is passed over.
    """
    reports, unreadable = _reports(out, f"*/*/{MANIFEST_FILE}")
    earlier, unreadable_earlier = _reports(out, f"*/{HISTORY_FOLDER}/*/*/{MANIFEST_FILE}")
    failed = {path.parent.name for path in out.glob(f"*/{FAILURE_FILE}") if not path.parent.name.startswith(".")}
    keys = {_key(report) for report in (*reports, *earlier)} | failed
    federations = [
        _shelved(
            key,
            reports=[report for report in reports if _key(report) == key],
            earlier=[report for report in earlier if _key(report) == key],
            has_failed=key in failed,
        )
        for key in sorted(keys)
    ]
    return Shelf(
        tuple(sorted(federations, key=lambda each: swedish.alphabetical(each.name))),
        (*unreadable, *unreadable_earlier),
    )


def period_label(period: str) -> str:
    """The period as people read it: ``2014–2019``, ``2019`` or ``alla år``."""
    return period.replace("-", "–") if period else "alla år"


def newest_period_first(periods: Sequence[str]) -> list[str]:
    """Different periods in the order that people look for them; all years come first."""
    return sorted(set(periods), key=lambda period: period or "9999", reverse=True)


def _shelved(key: str, *, reports: Sequence[Report], earlier: Sequence[Report], has_failed: bool) -> Shelved:
    order = newest_period_first([report.period for report in reports])
    standing = sorted(reports, key=lambda report: order.index(report.period))
    before = sorted(earlier, key=_made, reverse=True)
    # Without any report there is no manifest to tell the name.
    newest = max(standing or before, key=_made, default=None)
    name = str(newest.manifest["federation_name"]) if newest else key
    return Shelved(key, name, tuple(standing), tuple(before), has_failed)


def _reports(out: Path, pattern: str) -> tuple[list[Report], list[str]]:
    found, unreadable = [], []
    for path in sorted(out.glob(pattern)):
        folder = path.parent.relative_to(out).as_posix()
        if folder.startswith(".") or "/." in folder:
            continue
        manifest = read_manifest(path)
        if manifest is None:
            unreadable.append(folder)
        else:
            found.append(Report(folder, manifest))
    return found, unreadable


def _key(report: Report) -> str:
    return report.folder.split("/")[0]


def _made(report: Report) -> datetime:
    return report.created or datetime.min.replace(tzinfo=UTC)
