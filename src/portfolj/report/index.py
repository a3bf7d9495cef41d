"""The pages that lead to other pages: ``index.html`` of one report, and of all reports with a search field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup, escape

from portfolj.exhibits import labels, swedish
from portfolj.report.checks import PageFaulty, dead_links, page_faults
from portfolj.report.layout import FAILURE_FILE, INDEX_FILE, OVERVIEW_FILE
from portfolj.report.manifest import MANIFEST_FILE
from portfolj.report.page import TEMPLATES, Entry, PageContext, assemble_page
from portfolj.report.publish import write_file
from portfolj.report.shelf import (
    Report,
    Shelf,
    Shelved,
    newest_period_first,
    period_label,
    read_shelf,
)


def write_report_index(
    folder: Path,
    *,
    page: PageContext,
    pages: Sequence[Entry],
    files: Sequence[Entry] = (),
    findings: Mapping[str, Sequence[str]] = MappingProxyType({}),
    sections: Sequence[Markup] = (),
) -> Path:
    """Write ``index.html`` of the report in ``folder`` and return its path.

    ``findings`` are the headline sentences, as plain text, by the page that each is from; ``sections`` come after them,
    as they are. Raises ValueError for findings of another page, and
    PageFaulty where the page or a link of any page in the folder is wrong; the manifest is the one file that may be
    written later.
    """
    if unknown := findings.keys() - {page.href for page in pages}:
        raise ValueError(f"findings of pages that are not there: {', '.join(sorted(unknown))}")
    parts = []
    if any(findings.values()):
        parts.append(_section("I korthet", "i-korthet", _findings(pages, findings)))
    parts += sections
    parts.append(_section("Läs", "las", _entry_list(folder, pages, with_size=False)))
    if files:
        parts.append(_section("Hämta", "hamta", _entry_list(folder, files, with_size=True)))
    html = _checked("index", Markup("\n").join(parts), page)
    path = folder / INDEX_FILE
    path.write_text(html, encoding="utf-8", newline="\n")
    if faults := dead_links(folder, written_later={MANIFEST_FILE}):
        raise PageFaulty("index", faults)
    return path


def write_site_index(out: Path, shelf: Shelf | None = None, *, told: Sequence[tuple[str, str]] = ()) -> Path:
    """Write ``index.html`` in ``out``: every federation with its reports, those before them and a run that failed.

    Made from the shelf alone. A folder whose manifest can't be read is named as such. ``told`` is what the page says to
    programs (see ``PageContext``). Returns the path.
    """
    shelf = read_shelf(out) if shelf is None else shelf
    body = Markup("")
    if (out / OVERVIEW_FILE).is_file():
        body += Markup('<p class="finding"><a href="{}">Översikt över förbunden</a></p>\n').format(OVERVIEW_FILE)
    body += _searchable(shelf) if shelf.federations else Markup("<p>Här finns inga rapporter ännu.</p>")
    for where in shelf.unreadable:
        body += Markup('\n<p class="note">Rapporten i {} går inte att läsa. Kör om den.</p>').format(where)
    page = PageContext(
        title="Rapporter",
        federation_name="Samordningsförbund",
        provenance=[("Framställt med", f"portfolj {version('portfolj')}")],
        told=told,
    )
    html = _checked("reports/index", body, page, script=search_script() if shelf.federations else "")
    path = out / INDEX_FILE
    write_file(path, html)
    return path


def _checked(name: str, body: Markup, page: PageContext, *, script: str = "") -> str:
    html = assemble_page(body, page=page, script=script)
    if faults := page_faults(html, notice=page.notice, script=script):
        raise PageFaulty(name, faults)
    return html


@cache
def search_script() -> str:
    """The script of the site's index: the one page that has any."""
    return (TEMPLATES / "portfolj" / "search.js").read_text(encoding="utf-8").strip()


def _findings(pages: Sequence[Entry], findings: Mapping[str, Sequence[str]]) -> Markup:
    """The findings under the name of the page that says more; those of one page alone under none. A first page that has
    none of its own says it all, and stands first."""
    own = [(page, told) for page in pages if (told := findings.get(page.href))]
    html = Markup("")
    if len(own) > 1 and not findings.get(pages[0].href):
        html += Markup('<p><a href="{}">{}</a>: {}</p>\n').format(
            pages[0].href, pages[0].text, labels.inside(pages[0].description)
        )
    for page, told in own:
        if len(own) > 1:
            html += Markup('<h3><a href="{}">{}</a></h3>\n').format(page.href, page.text)
        items = Markup("").join(Markup("<li>{}</li>\n").format(finding) for finding in told)
        html += Markup('<ul class="finding">\n{}</ul>\n').format(items)
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


def _searchable(shelf: Shelf) -> Markup:
    """The search field, hidden until its script has run, and the table that it searches."""
    periods = newest_period_first([report.period for each in shelf.federations for report in each.reports])
    choices = Markup("").join(
        Markup('<option value="{}">{}</option>').format(_period_value(period), period_label(period))
        for period in periods
    )
    rows = Markup("\n").join(_row(each) for each in shelf.federations)
    return Markup(
        '<div class="search" role="search" aria-label="Sök bland förbunden" id="sok" hidden>\n'
        '<p><label for="sok-namn">Förbund</label>'
        '<input type="search" id="sok-namn" autocomplete="off" spellcheck="false"></p>\n'
        '<p><label for="sok-lage">Senaste körningen</label><select id="sok-lage"><option value="">Alla</option>'
        '<option value="klar">Klar</option><option value="fel">Gav ingen ny rapport</option></select></p>\n'
        '<p><label for="sok-period">Period</label><select id="sok-period"><option value="">Alla</option>{}</select>'
        "</p>\n"
        '<p><button type="button" id="sok-rensa">Visa alla</button></p>\n</div>\n'
        '<p id="traffar" role="status" aria-live="polite">{} förbund.</p>\n'
        '<div class="scroll" role="region" tabindex="0" aria-labelledby="rapporter-rubrik"><table id="rapporter">\n'
        '<caption id="rapporter-rubrik">Rapporter per förbund</caption>\n'
        '<thead><tr><th scope="col">Förbund</th><th scope="col">Rapport</th>'
        '<th scope="col">I korthet</th></tr></thead>\n<tbody>\n{}\n</tbody></table></div>'
    ).format(choices, swedish.number(len(shelf.federations)), rows)


def _row(each: Shelved) -> Markup:
    reports = Markup("<br>").join(_link(each, report) for report in each.reports) or Markup("Ingen rapport ännu.")
    if each.has_failed:
        since = f"Rapporten är från {each.current.created_on}." if each.current else ""
        reports += Markup(
            '<span class="observe failed"><a href="{}/{}">Senaste körningen misslyckades</a>. {}</span>'
        ).format(each.key, FAILURE_FILE, since)
    if each.is_gone:
        reports += Markup('<span class="observe">{}</span>').format("Finns inte längre bland förbunden.")
    if each.earlier:
        before = Markup("").join(Markup("<li>{}</li>").format(_link(each, report)) for report in each.earlier)
        reports += Markup("<details><summary>Tidigare ({})</summary><ul>{}</ul></details>").format(
            len(each.earlier), before
        )
    return Markup(
        '<tr data-period="{}"{}><th scope="row">{}{}</th><td class="text">{}</td><td class="text">{}</td></tr>'
    ).format(
        " ".join(_period_value(report.period) for report in each.reports),
        Markup(" data-fel") if each.has_failed else "",
        each.name,
        Markup('<span class="small observe">{}</span>').format(each.key) if each.key != each.name else "",
        reports,
        _headline(each),
    )


def _link(each: Shelved, report: Report) -> Markup:
    return Markup('<a href="{}/{}">{}<span class="unseen">, {}</span></a>, {}').format(
        report.href, INDEX_FILE, period_label(report.period), each.name, report.created_on
    )


def _headline(each: Shelved) -> Markup:
    manifest = each.current.manifest if each.current else {}
    text = Markup("<br>").join(escape(str(sentence)) for sentence in manifest.get("headline") or ())
    notice = manifest.get("notice")
    return (text or Markup("–")) + (Markup('<span class="small observe">{}</span>').format(notice) if notice else "")


def _period_value(period: str) -> str:
    return period or "alla-ar"
