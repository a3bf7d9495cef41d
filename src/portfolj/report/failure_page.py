"""``fel.html``: why a federation got no new report, what to do, and how old the report is that stands.

The page is read by others than those who see the run's log, so nothing of a bug's traceback is on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from markupsafe import Markup

from portfolj.exhibits import swedish
from portfolj.report.checks import PageFaulty, page_faults
from portfolj.report.disk import explained
from portfolj.report.execute import Failure
from portfolj.report.failure_words import BUG, HAPPENED, REFUSED, kind_of
from portfolj.report.layout import FAILURE_FILE, INDEX_FILE
from portfolj.report.page import PageContext, assemble_page
from portfolj.report.publish import write_file
from portfolj.report.shelf import FEDERATION, Report, moment_of, newest, period_label, standing_reports

MOST_SHOWN = 200  # faults on the page; a ledger of another kind may have one in every cell
_SINCE_ID = "sedan"
_LOG = Markup(
    "Felet står i körningens logg, det som portfolj skrev ut när den kördes, efter förbundets mapp "
    "<code>{federation}</code>. Här visas det inte, för det kan innehålla uppgifter ur underlaget."
)
_AGAIN = Markup("Kör <code>portfolj run {federation}</code>")
_TO_DO = {
    REFUSED: (
        Markup("Rätta det som står ovan. <code>portfolj check {federation}</code> kontrollerar utan att köra något."),
        _AGAIN + " när allt är rättat.",
    ),
    Failure.KERNEL_DIED: (
        _AGAIN + " igen, för sig och när datorn har minne ledigt.",
        Markup("Dör processen igen: skicka loggen till den som sköter programmet. ") + _LOG,
    ),
    Failure.TIMED_OUT: (
        _AGAIN
        + Markup(
            " igen. Hade datorn mycket annat att göra räcker det. Annars: ge varje notebook längre tid med "
            "<code>--timeout SEKUNDER</code>."
        ),
        Markup("Tar den för lång tid igen: skicka loggen till den som sköter programmet. ") + _LOG,
    ),
    Failure.STOPPED: (_AGAIN + " igen.",),
    BUG: (
        Markup("Skicka loggen till den som sköter programmet. ") + _LOG,
        "Liggaren behöver inte ändras för det.",
    ),
}


def write_failure_page(out: Path, federation: str, *, name: str, failure: str, message: str, tried: datetime) -> Path:
    """Write ``<out>/<federation>/fel.html`` and return its path. The reports that stand are not touched.

    ``failure`` is REFUSED or the value of ``Failure``; anything else is a bug in the program. ``message`` is shown for
    what was refused alone. ``tried`` is when the run was; the page keeps since when runs have failed in a row.
    """
    path = out / federation / FAILURE_FILE
    since = _failing_since(path) or tried
    kind = kind_of(failure)
    page = PageContext(
        title="Ingen ny rapport",
        federation_name=name,
        produced_on=swedish.long_date(tried),
        provenance=[("Framställt med", f"portfolj {version('portfolj')}")],
        links=[("Alla rapporter", f"../{INDEX_FILE}")],
        told=[(FEDERATION, name)],
        links_heading="Vidare",
        links_note="Länken fungerar när sidan ligger kvar i mappen för rapporter.",
    )
    reports = standing_reports(out, federation)[::-1]  # the newest period first
    sections = [
        _section("Vad som hände", "hande", _happened(kind, message)),
        _section("Vad du kan göra", "gora", _list(Markup(text).format(federation=federation) for text in _TO_DO[kind])),
    ]
    if reports:
        heading = "Rapporten som ligger kvar" if len(reports) == 1 else "Rapporterna som ligger kvar"
        sections.append(_section(heading, "kvar", _links(reports)))
    body = Markup("\n").join([_lead(tried, since, reports), *sections])
    html = assemble_page(body, page=page)
    if faults := page_faults(html):
        raise PageFaulty(f"{federation}/{FAILURE_FILE}", faults)
    write_file(path, html)
    return path


def remove_failure_page(out: Path, federation: str) -> None:
    """Take the page away, if there is one. Raises PortfoljError where that is not allowed."""
    path = out / federation / FAILURE_FILE
    with explained(path):
        path.unlink(missing_ok=True)


def _lead(tried: datetime, since: datetime, reports: Sequence[Report]) -> Markup:
    first = Markup('<time id="{}" datetime="{}">{}</time>').format(
        _SINCE_ID, since.isoformat(timespec="seconds"), _moment(since)
    )
    is_first = since == tried
    text = Markup("Körningen den {} gav ingen ny rapport.").format(first if is_first else _moment(tried))
    last = newest(reports)
    if last is not None and last.created is not None:
        text += f" Den som ligger kvar är från den {swedish.long_date(last.created)}."
    elif not reports:
        text += " Förbundet har ingen tidigare rapport."
    lead = Markup('<p class="finding">{}</p>').format(text)
    if is_first:
        return lead
    return lead + Markup("\n<p>Ingen körning har lyckats från och med den {} till nu.</p>").format(first)


def _happened(kind: str, message: str) -> Markup:
    told = Markup("<p>{}</p>").format(HAPPENED[kind])
    if kind != REFUSED:
        return told
    first, *rest = [line.strip() for line in message.splitlines() if line.strip()] or [""]
    shown = rest[:MOST_SHOWN]
    if len(rest) > MOST_SHOWN:
        shown.append(f"… och {len(rest) - MOST_SHOWN} till. Alla står i körningens logg.")
    return told + Markup("\n<p>{}</p>\n{}").format(first, _list(shown))


def _list(texts: Iterable[str]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>\n").format(text) for text in texts)
    return Markup("<ul>\n{}</ul>").format(items) if items else Markup("")


def _links(reports: Sequence[Report]) -> Markup:
    items = Markup("").join(
        Markup('<li><a href="{}/{}">Rapporten för {}</a><span>{}</span></li>\n').format(
            report.folder.name,
            INDEX_FILE,
            period_label(report.period),
            f"Framställd {report.created_on}." if report.created else "",
        )
        for report in reports
    )
    whole = "Den är hel och oförändrad." if len(reports) == 1 else "De är hela och oförändrade."
    return Markup('<ul class="files">\n{}</ul>\n<p>{}</p>').format(items, whole)


def _section(heading: str, anchor: str, content: Markup) -> Markup:
    return Markup('<section aria-labelledby="{0}">\n<h2 id="{0}">{1}</h2>\n{2}\n</section>').format(
        anchor, heading, content
    )


def _failing_since(path: Path) -> datetime | None:
    """When the first run failed of those in a row up to now, from the page that stands; None where none does."""
    from bs4 import BeautifulSoup

    try:
        found = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find("time", id=_SINCE_ID)
    except (OSError, ValueError):
        return None
    return moment_of(str(found.get("datetime"))) if found is not None else None


def _moment(moment: datetime) -> str:
    return f"{swedish.long_date(moment)} klockan {moment:%H.%M}"
