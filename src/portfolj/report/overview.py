"""``oversikt.html`` and ``oversikt.csv``: all federations beside each other, made from what they have published."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from portfolj.exhibits.files import harmless_frame
from portfolj.exhibits.markup import Html, bullets, definitions, subheading
from portfolj.exhibits.overview.findings import overview_sentences
from portfolj.exhibits.overview.frame import period_words
from portfolj.exhibits.overview.people_table import follow_up_table
from portfolj.exhibits.overview.picture import orientation_figure
from portfolj.exhibits.overview.tables import money_table, target_group_table
from portfolj.portfolio.money import whole_where_possible
from portfolj.report.checks import PageFaulty, page_faults
from portfolj.report.layout import OVERVIEW_FILE, OVERVIEW_TABLE_FILE
from portfolj.report.page import PageContext, assemble_page
from portfolj.report.publish import write_file
from portfolj.report.published_tables import NotToBeRead, row_of
from portfolj.report.shelf import Shelf, Shelved, read_shelf

FEWEST = 2  # federations: one alone has its own report
NOT_IN_FILE = ("created_on", "notice")


def write_overview(out: Path, shelf: Shelf | None = None) -> Path | None:
    """Write the overview's page and table in ``out``, of what the shelf holds, and give the page's path.

    None, and neither file, where the reports of fewer than two federations can be read: an old overview would tell of
    reports that are gone. Raises PageFaulty or ReconciliationError for a bug.
    """
    frame, left_out = published_frame(read_shelf(out) if shelf is None else shelf)
    if len(frame) < FEWEST:
        (out / OVERVIEW_FILE).unlink(missing_ok=True)
        (out / OVERVIEW_TABLE_FILE).unlink(missing_ok=True)
        return None
    page = PageContext(
        title="Översikt över förbunden",
        federation_name="Samordningsförbund",
        period_label=period_words(frame["period"].iloc[0]) if frame["period"].nunique() == 1 else "",
        provenance=[
            ("Rapporterna framställda", _made(frame)),
            ("Framställt med", f"portfolj {version('portfolj')}"),
        ],
        links=[("Alla rapporter", "index.html"), ("Tabellen som fil (CSV)", OVERVIEW_TABLE_FILE)],
        links_heading="Mer",
    )
    sections = _sections(frame, left_out)
    body = Markup("\n").join(_section(*section) for section in sections)
    html = assemble_page(body, page=page, contents=[(anchor, heading) for anchor, heading, _ in sections])
    if faults := page_faults(html):
        raise PageFaulty("reports/oversikt", faults)
    write_file(out / OVERVIEW_TABLE_FILE, table_text(frame))
    write_file(out / OVERVIEW_FILE, html)
    return out / OVERVIEW_FILE


def published_frame(shelf: Shelf) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """The overview's frame in the shelf's order, and (name, reason) of each federation that is not in it."""
    rows, left_out = [], []
    for shelved in shelf.federations:
        if shelved.is_gone or shelved.current is None:
            left_out.append((shelved.name, _why_absent(shelved)))
            continue
        try:
            rows.append(row_of(shelved, shelved.current))
        except NotToBeRead as reason:
            left_out.append((shelved.name, f"Rapportens tabeller {reason}. Kör om den med --force."))
    frame = pd.DataFrame(rows)
    money = [str(column) for column in frame if str(column).endswith("_sek")]
    return frame.astype(dict.fromkeys(money, "float64")), left_out


def _why_absent(shelved: Shelved) -> str:
    if not shelved.is_gone:
        return "Har ingen rapport ännu."
    has = "Har en rapport" if shelved.current else "Har ingen rapport"
    return f"{has}, men finns inte längre bland förbunden."


def table_text(frame: pd.DataFrame) -> str:
    """The frame as CSV: whole kronor where none has öre, empty where hidden or not known."""
    money = [str(column) for column in frame if str(column).endswith("_sek")]
    counts = [str(column) for column in frame if str(column).endswith("_interventions")] + ["exits"]
    shown = frame.drop(columns=list(NOT_IN_FILE)).assign(
        **{column: whole_where_possible(frame[column]) for column in money},
        **{column: frame[column].astype("Float64").astype("Int64") for column in counts},
    )
    text: str = harmless_frame(shown).to_csv(index=False, lineterminator="\n")
    return text


def _sections(frame: pd.DataFrame, left_out: list[tuple[str, str]]) -> list[tuple[str, str, Html]]:
    notices = _notices(frame)
    about = Html(
        bullets(
            [
                "Översikten görs av rapporternas tabeller och inget annat. Den visar bara det som rapporterna visar.",
                "För varje förbund gäller den senaste rapporten om förbundets egen period.",
                "Pengar summeras för förbund med samma period, och målgrupper för dem som också har samma grund och "
                "samma kodlista.",
                "Härlett är det som ingen text säger, när förbundets inställning räknar det som strukturpåverkande.",
            ]
        ),
        *([subheading("Förbund som inte är med"), definitions(left_out)] if left_out else []),
        *([subheading("Upplysningar i rapporterna"), definitions(notices)] if notices else []),
    )
    return [
        ("i-korthet", "I korthet", bullets(overview_sentences(frame), kind="finding")),
        ("pengar", "Pengar och inriktning", Html(orientation_figure(frame), money_table(frame))),
        ("malgrupper", "Målgrupper", target_group_table(frame)),
        ("uppfoljning", "Uppföljning", follow_up_table(frame)),
        ("om-oversikten", "Så är översikten gjord", about),
    ]


def _notices(frame: pd.DataFrame) -> list[tuple[str, str]]:
    noticed = frame[frame["notice"] != ""]
    return list(zip(noticed["name"], noticed["notice"], strict=True))


def _section(anchor: str, heading: str, content: Html) -> Markup:
    return Markup('<section aria-labelledby="{0}">\n<h2 id="{0}">{1}</h2>\n{2}\n</section>').format(
        anchor, heading, content.markup
    )


def _made(frame: pd.DataFrame) -> str:
    first, last = (frame.loc[at, "created_on"] for at in (frame["created"].idxmin(), frame["created"].idxmax()))
    return str(first) if first == last else f"{first} – {last}"
