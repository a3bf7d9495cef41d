"""The pages that lead to other pages: ``index.html`` of one report and of all reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from portfolj.report.checks import PageFaulty, dead_links, page_faults
from portfolj.report.manifest import MANIFEST_FILE, published_manifests
from portfolj.report.page import PageContext, assemble_page
from portfolj.report.publish import write_file

INDEX_FILE = "index.html"
_SWEDISH_ORDER = str.maketrans("åäöé", "{|}e")  # the three letters come after z


@dataclass(frozen=True)
class Entry:
    """A page or a file to open: ``href`` beside the index, what it is called and one sentence on what it is for."""

    href: str
    text: str
    description: str = ""


def write_report_index(
    folder: Path,
    *,
    page: PageContext,
    pages: Sequence[Entry],
    files: Sequence[Entry] = (),
    findings: Sequence[str] = (),
    sections: Sequence[Markup] = (),
) -> Path:
    """Write ``index.html`` of the report in ``folder`` and return its path.

    ``findings`` are the headline sentences, as plain text; ``sections`` stand between the pages and the files. Raises
    PageFaulty where the page or a link of any page in the folder is wrong; the manifest is the one file that may be
    written later.
    """
    parts = []
    if findings:
        items = Markup("").join(Markup("<li>{}</li>\n").format(finding) for finding in findings)
        parts.append(_section("I korthet", "i-korthet", Markup('<ul class="finding">\n{}</ul>').format(items)))
    parts.append(_section("Läs", "las", _entry_list(folder, pages, with_size=False)))
    parts += sections
    if files:
        parts.append(_section("Hämta", "hamta", _entry_list(folder, files, with_size=True)))
    html = _checked("index", Markup("\n").join(parts), page)
    path = folder / INDEX_FILE
    path.write_text(html, encoding="utf-8", newline="\n")
    if faults := dead_links(folder, written_later={MANIFEST_FILE}):
        raise PageFaulty("index", faults)
    return path


def write_site_index(out: Path) -> Path:
    """Write ``index.html`` in ``out``: every report below it, by federation in Swedish order, newest period first.

    Made from the manifests alone. A folder whose manifest can't be read is named as such. Returns the path.
    """
    reports, unreadable = [], []
    for folder, manifest in published_manifests(out):
        where = folder.relative_to(out).as_posix()
        if manifest is None:
            unreadable.append(where)
        else:
            reports.append((where, manifest))
    body = _report_table(reports) if reports else Markup("<p>Här finns inga rapporter ännu.</p>")
    for where in unreadable:
        body += Markup('\n<p class="note">Rapporten i {} går inte att läsa. Kör om den.</p>').format(where)
    page = PageContext(
        title="Rapporter",
        federation_name="Samordningsförbund",
        provenance=[("Framställt med", f"portfolj {version('portfolj')}")],
    )
    html = _checked("reports/index", body, page)
    path = out / INDEX_FILE
    write_file(path, html)
    return path


def _checked(name: str, body: Markup, page: PageContext) -> str:
    html = assemble_page(body, page=page)
    if faults := page_faults(html, notice=page.notice):
        raise PageFaulty(name, faults)
    return html


def _section(heading: str, anchor: str, content: Markup) -> Markup:
    return Markup('<section aria-labelledby="{0}">\n<h2 id="{0}">{1}</h2>\n{2}\n</section>').format(
        anchor, heading, content
    )


def _entry_list(folder: Path, entries: Sequence[Entry], *, with_size: bool) -> Markup:
    items = Markup("")
    for entry in entries:
        size = _size(folder / entry.href) if with_size else ""
        items += Markup('<li><a href="{}">{}</a>{}{}</li>\n').format(
            entry.href,
            entry.text,
            Markup(' <span class="size">{}</span>').format(size) if size else "",
            Markup("<span>{}</span>").format(entry.description) if entry.description else "",
        )
    return Markup('<ul class="files">\n{}</ul>').format(items)


def _size(path: Path) -> str:
    return f"{max(1, round(path.stat().st_size / 1000))} kB" if path.is_file() else ""


def _report_table(reports: Sequence[tuple[str, dict[str, Any]]]) -> Markup:
    newest_first = sorted(reports, key=lambda item: item[1]["period"] or "9999", reverse=True)
    rows = Markup("")
    for where, manifest in sorted(newest_first, key=lambda item: _swedish_order(item[1]["federation_name"])):
        headline = Markup("<br>").join(escape(str(text)) for text in manifest.get("headline") or ())
        notice = manifest.get("notice")
        if notice:
            headline += Markup('<span class="small observe">{}</span>').format(notice)
        rows += Markup(
            '<tr><th scope="row">{}</th><td><a href="{}/{}">{}<span class="unseen">, {}</span></a></td>'
            '<td>{}</td><td class="text">{}</td></tr>\n'
        ).format(
            manifest["federation_name"],
            where,
            INDEX_FILE,
            period_label(manifest["period"]),
            manifest["federation_name"],
            _date(manifest["created"]),
            headline or "–",
        )
    return Markup(
        '<div class="scroll" role="region" tabindex="0" aria-labelledby="rapporter"><table>\n'
        '<caption id="rapporter">Rapporter per förbund och period</caption>\n'
        '<thead><tr><th scope="col">Förbund</th><th scope="col">Period</th><th scope="col">Framställd</th>'
        '<th scope="col">I korthet</th></tr></thead>\n<tbody>\n{}</tbody></table></div>'
    ).format(rows)


def period_label(period: str) -> str:
    """The period as people read it: ``2014–2019``, ``2019`` or ``alla år``."""
    return period.replace("-", "–") if period else "alla år"


def _swedish_order(name: str) -> str:
    return name.casefold().translate(_SWEDISH_ORDER)


def _date(moment: str) -> str:
    from babel.dates import format_date

    try:
        return str(format_date(datetime.fromisoformat(moment), format="long", locale="sv_SE"))
    except ValueError:
        return "–"
