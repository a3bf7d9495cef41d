"""What stands below the folder of reports: reports, the earlier ones that are kept, and runs that failed.

Known from the manifests, from which files there are and from what the page on a failed run says of itself to programs;
never from a page's prose or a ledger. Light to import: a run in which nothing has changed looks here too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portfolj.report.layout import FAILURE_FILE
from portfolj.report.manifest import kept_paths, published_paths, read_manifest
from portfolj.report.page import told_by

FEDERATION = "federation"  # what the page on a failed run calls the federation's name, for programs


@dataclass(frozen=True)
class Report:
    """A report that can be opened: its folder, the way there from ``out`` with forward slashes, and its manifest."""

    folder: Path
    href: str
    manifest: Mapping[str, Any]

    @property
    def period(self) -> str:
        """The years it is about, as ``2014-2019`` or ``2019``; empty for all years."""
        return str(self.manifest["period"])

    @property
    def created(self) -> datetime | None:
        """When it was made, with its time zone; None where the manifest doesn't say."""
        return moment_of(self.manifest["created"])

    @property
    def made(self) -> datetime:
        """When it was made, to order reports by; before all others where the manifest doesn't say."""
        return self.created or datetime.min.replace(tzinfo=UTC)

    @property
    def key(self) -> str:
        """The federation's folder below ``out``."""
        return self.href.split("/")[0]

    @property
    def created_on(self) -> str:
        """The day it was made, in words: ``22 november 2026``."""
        from portfolj.exhibits import swedish

        return swedish.long_date(self.created.date()) if self.created else swedish.NOT_APPLICABLE


@dataclass(frozen=True)
class Shelved:
    """All that stands of one federation.

    ``has_failed``: its last run made no report, and a page says why. ``is_gone``: it is no longer among those that
    reports are made of.
    """

    key: str
    name: str
    reports: tuple[Report, ...]
    earlier: tuple[Report, ...]
    has_failed: bool
    is_gone: bool = False

    @property
    def current(self) -> Report | None:
        """The report to read first: the last one made of the federation's own period, else the last one made."""
        own = [report for report in self.reports if not dict(report.manifest.get("parameters") or {}).get("period")]
        return newest(own or self.reports)


@dataclass(frozen=True)
class Shelf:
    """Everything below ``out``. ``unreadable`` are the folders whose manifest can't be read."""

    federations: tuple[Shelved, ...]
    unreadable: tuple[str, ...]


def standing_reports(out: Path, federation: str = "") -> list[Report]:
    """The reports that stand below ``out``, by folder; of one federation where it is named. What can't be read is left
    out."""
    return _readable(out, published_paths(out, federation))[0]


def earlier_reports(out: Path, federation: str = "", *, period: str = "*") -> list[Report]:
    """The earlier reports that are kept below ``out``, by folder; of one federation, and of one folder of a period,
    where that is named. What can't be read is left out."""
    return _readable(out, kept_paths(out, federation, period=period))[0]


def failure_pages(out: Path) -> list[Path]:
    """The pages below ``out`` that say why a federation's last run made no report, by federation."""
    return sorted(path for path in out.glob(f"*/{FAILURE_FILE}") if not path.parent.name.startswith("."))


def newest(reports: Iterable[Report]) -> Report | None:
    """The report that was made last; None of none."""
    return max(reports, key=lambda report: report.made, default=None)


def moment_of(text: str) -> datetime | None:
    """The moment that a page or manifest says, with its time zone (UTC where it has none); None where it says none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_shelf(out: Path, *, gone: Collection[str] = (), without: Collection[str] = ()) -> Shelf:
    """What stands below ``out``: federations in Swedish order, each one's newest period first. ``gone`` are the keys of
    federations that no longer are; ``without`` are earlier reports that are not to be seen, as paths below ``out``."""
    from portfolj.exhibits import swedish

    reports, unreadable = _readable(out, published_paths(out))
    kept = [path for path in kept_paths(out) if path.parent.relative_to(out).as_posix() not in without]
    earlier, unreadable_earlier = _readable(out, kept)
    failed = {path.parent.name: path for path in failure_pages(out)}
    keys = {report.key for report in (*reports, *earlier)} | set(failed)
    standing, before = _by_key(reports), _by_key(earlier)
    federations = [
        _shelved(key, standing.get(key, []), before.get(key, []), failed.get(key), is_gone=key in gone)
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


def _shelved(
    key: str, reports: Sequence[Report], earlier: Sequence[Report], failure: Path | None, *, is_gone: bool
) -> Shelved:
    order = newest_period_first([report.period for report in reports])
    standing = sorted(reports, key=lambda report: order.index(report.period))
    before = sorted(earlier, key=lambda report: report.made, reverse=True)
    named_by = newest(standing) or newest(before)
    if named_by is not None:
        name = str(named_by.manifest["federation_name"])
    else:
        name = (told_by(failure).get(FEDERATION) if failure else "") or key
    return Shelved(key, name, tuple(standing), tuple(before), has_failed=failure is not None, is_gone=is_gone)


def _by_key(reports: Sequence[Report]) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.key, []).append(report)
    return found


def _readable(out: Path, paths: Iterable[Path]) -> tuple[list[Report], list[str]]:
    """The reports of these manifests, and the folders of those that can't be read."""
    found, unreadable = [], []
    for path in paths:
        href = path.parent.relative_to(out).as_posix()
        manifest = read_manifest(path)
        if manifest is None:
            unreadable.append(href)
        else:
            found.append(Report(path.parent, href, manifest))
    return found, unreadable
