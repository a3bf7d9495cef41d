"""Earlier reports: where they lie, which of them are kept, and how those beyond the last N are removed.

``<federation>/historik/<period>/<when it was made>/`` is a whole report with its own manifest, moved there when another
with other content took its place. The standing report is never there, and nothing here ever touches it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path

from portfolj.report.disk import remove_folder, remove_gone, rename
from portfolj.report.layout import HISTORY_FOLDER
from portfolj.report.manifest import MANIFEST_FILE, read_manifest
from portfolj.report.shelf import Report, earlier_reports

KEPT = 10
# The one thing in a page that differs between two days with the same content.
_DAY = re.compile(r"(<dt>Framställd</dt>\s*<dd>)[^<]*")


def kept_reports(federation_folder: Path, *, period: str = "*") -> list[Report]:
    """The earlier reports of a federation, or of one folder of a period; newest first within each folder."""
    found = earlier_reports(federation_folder.parent, federation_folder.name, period=period)
    found.sort(key=lambda report: (report.made, report.folder.name), reverse=True)
    return sorted(found, key=lambda report: report.folder.parent.name)


def size_bytes(report: Report) -> int:
    """How much room the report's files take."""
    return sum(path.stat().st_size for path in report.folder.rglob("*") if path.is_file())


def beyond_the_last(reports: Sequence[Report], last: int) -> list[Report]:
    """Those that ``last`` earlier reports of each period leave out. ``reports`` is as ``kept_reports`` gives them."""
    seen: dict[Path, int] = {}
    left_out = []
    for report in reports:
        period = report.folder.parent
        seen[period] = seen.get(period, 0) + 1
        if seen[period] > last:
            left_out.append(report)
    return left_out


def remove_kept(reports: Sequence[Report]) -> None:
    """Remove the reports, each of them out of readers' sight at once."""
    for report in reports:
        remove_folder(report.folder)
    for folder in {report.folder.parent for report in reports}:
        remove_gone(folder)


def remove_empty_history(federation_folder: Path) -> None:
    """Remove the folders of a federation's history that hold nothing."""
    history = federation_folder / HISTORY_FOLDER
    if not history.is_dir():
        return
    for folder in [*(each for each in history.iterdir() if each.is_dir()), history]:
        with contextlib.suppress(OSError):  # it holds something, as nearly always
            folder.rmdir()


def move_to_history(old: Path, target: Path) -> None:
    """``old``, a hidden folder beside ``target``, was the report there. It is kept if its content was another."""
    if is_report(old) and not same_content(old, target):
        rename(old, _free_place(old, target))
    else:
        remove_folder(old)


def is_report(folder: Path) -> bool:
    """Whether the folder holds a report that an index can lead to."""
    return read_manifest(folder / MANIFEST_FILE) is not None


def same_content(one: Path, other: Path) -> bool:
    """Whether two reports say the same: equal files, but for the day that a page says it was made."""
    first, second = _outputs(one), _outputs(other)
    if set(first) != set(second):
        return False
    return all(first[name] == second[name] or _same_page(one / name, other / name) for name in first)


def _outputs(folder: Path) -> dict[str, str]:
    return dict((read_manifest(folder / MANIFEST_FILE) or {}).get("outputs") or {})


def _same_page(one: Path, other: Path) -> bool:
    if one.suffix != ".html":
        return False
    try:
        texts = [_DAY.sub(r"\1", path.read_text(encoding="utf-8")) for path in (one, other)]
    except (OSError, ValueError):
        return False
    return texts[0] == texts[1]


def _free_place(old: Path, target: Path) -> Path:
    created = str((read_manifest(old / MANIFEST_FILE) or {}).get("created", ""))
    name = re.sub(r"[^0-9T-]", "", created[:19]) or "okand-tid"
    folder = target.parent / HISTORY_FOLDER / target.name
    folder.mkdir(parents=True, exist_ok=True)
    place, number = folder / name, 1
    while place.exists():
        number += 1
        place = folder / f"{name}-{number}"
    return place
