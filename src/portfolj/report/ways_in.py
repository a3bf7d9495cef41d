"""The pages that lead to the reports: written after a run, where something that they tell of has changed.

Every report that is published, kept or removed, and every page on a failed run, is an entry of a federation's folder,
so the folder's time tells whether the pages are older than what they tell of. Where nothing has happened, nothing that
makes pages is imported.
"""

from __future__ import annotations

from pathlib import Path

from portfolj.report.layout import INDEX_FILE


def write_ways_in(out: Path) -> None:
    """Write the overview of all federations and the index of all reports in ``out``, unless they are newer than what
    they tell of. A run that was killed before it wrote them leaves that to the next. Raises PageFaulty for a bug."""
    if _is_newer_than_reports(out / INDEX_FILE, out):
        return
    from portfolj.report.index import write_site_index
    from portfolj.report.overview import write_overview

    write_overview(out)
    write_site_index(out)  # last: it links to the overview, and its time is what the next run looks at


def _is_newer_than_reports(page: Path, out: Path) -> bool:
    try:
        written = page.stat().st_mtime_ns
    except FileNotFoundError:
        return False
    return all(folder.stat().st_mtime_ns < written for folder in out.iterdir() if folder.is_dir())
