"""The section "Vad som har ändrats" of a report's first page: sentences, a table in kronor, the way to the rest."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from portfolj.coding import Codebook
from portfolj.exhibits import swedish
from portfolj.exhibits.markup import Column, Html, Table, bullets, paragraph
from portfolj.portfolio.counting import CountingRule
from portfolj.portfolio.view import Portfolio
from portfolj.report.cells import KEY_JOIN, Change, number_of
from portfolj.report.change_words import code_words, sentences
from portfolj.report.changed import changes_of
from portfolj.report.predecessor import CHANGES_FILE, Compared, Since

HEADING, ANCHOR = "Vad som har ändrats", "vad-som-har-andrats"
MOST_ROWS = 12
PARTS = {
    "counted": "Beviljat i perioden", "undated": "Beviljat utan år", "outside_period": "Beviljat andra år",
    "external": "Andras pengar",
}  # fmt: skip
# Table -> its dimension in the codebook, its heading and its column of money.
CODED = {
    "owner": ("owner", "Huvudman", "granted_sek"),
    "target_group": ("target_groups", "Målgrupp", ""),
    "orientation": ("orientation", "Inriktning", "granted_sek"),
    "process_support": ("process_support", "Processtöd", "granted_sek"),
}


def change_section(since: Since, portfolio: Portfolio) -> Markup:
    """What has changed since the last report of the portfolio, as a section of the report's first page."""
    amounts = portfolio.interventions.dropna(subset="granted_sek")
    granted = {
        str(k): Decimal(str(v)) for k, v in zip(amounts["intervention_key"], amounts["granted_sek"], strict=True)
    }
    return section_of(since, codebook=portfolio.codebook, counting=portfolio.counting, granted_sek=granted)


def section_of(
    since: Since, *, codebook: Codebook, counting: CountingRule, granted_sek: Mapping[str, Decimal]
) -> Markup:
    """The section as HTML. ``counting``: the report's rule for target groups; ``granted_sek``: by intervention."""
    html = Html(*_parts(since, codebook=codebook, counting=counting, granted_sek=granted_sek))
    return Markup('<section aria-labelledby="{0}">\n<h2 id="{0}">{1}</h2>\n{2}\n</section>').format(
        ANCHOR, HEADING, html.markup
    )


def _parts(
    since: Since, *, codebook: Codebook, counting: CountingRule, granted_sek: Mapping[str, Decimal]
) -> list[Html]:
    # These two are said again, word for word, by a report that is made once more: they have to be true then too.
    if since.compared == Compared.FIRST:
        return [
            paragraph("Ingen tidigare rapport om perioden säger något annat än den här. När något ändras står det här.")
        ]
    if since.compared == Compared.UNREADABLE:
        return [paragraph("En tidigare rapport om perioden gick inte att läsa. Därför är inget jämfört med den.")]
    date = "" if since.date is None else f" från {swedish.long_date(since.date)}"
    if since.frame.empty:
        return [paragraph(f"Inget skiljer sig från rapporten{date}.")]
    return [
        paragraph(f"Sedan rapporten{date}:"),
        bullets(sentences(since.frame, codebook=codebook, granted_sek=granted_sek)),
        *_table(since.frame, codebook, counting),
        _all_of_them(len(since.frame)),
    ]


def _table(frame: pd.DataFrame, codebook: Codebook, counting: CountingRule) -> list[Html]:
    found = [(change, what) for change in changes_of(frame) if (what := _what(change, codebook, counting))]
    found.sort(key=lambda pair: (-abs(pair[0].difference or Decimal(0)), pair[1]))
    if not found:
        return []
    shown = pd.DataFrame(
        [(what, c.difference, number_of(c.before), number_of(c.after)) for c, what in found[:MOST_ROWS]],
        columns=["what", "difference", "before", "after"], dtype="object",
    )  # fmt: skip
    columns = [
        Column("what", "Vad"),
        # Before the two amounts: on a narrow screen those are what one scrolls to.
        Column("difference", "Skillnad, kr", signed, numeric=True),
        Column("before", "Förut, kr", _amount, numeric=True, missing=swedish.NOT_APPLICABLE),
        Column("after", "Nu, kr", _amount, numeric=True, missing=swedish.NOT_APPLICABLE),
    ]
    caption = "De största ändringarna i kronor"
    base = "Samma pengar kan stå på flera rader: under insatsen, huvudmannen, målgruppen och året."
    return [Table(name="andrat", caption=caption, frame=shown, columns=columns, base=base).html()]


def _what(change: Change, codebook: Codebook, counting: CountingRule) -> str:
    """What a line of the table is about; empty for what does not stand in it."""
    if change.kind != "figure" or not change.difference:
        return ""
    if change.table in CODED:
        dimension, heading, column = CODED[change.table]
        if change.column == (column or f"granted_{counting.value}_sek"):
            return f"{heading}: {code_words(codebook, dimension, change.key)}"
    if change.column != "granted_sek":
        return ""
    if change.table == "ledger_parts":
        return PARTS.get(change.key, "")
    if change.table == "interventions":
        return f"Insats: {change.name or change.key}"
    if change.table == "year":
        year, _, financing = change.key.partition(KEY_JOIN)
        return f"År: {year or 'utan år'}{'' if financing == 'Finsam' else f', {financing}'}"
    return ""


def signed(amount: Decimal) -> str:
    """An amount with its sign: ``+400 000`` or ``−400 000``."""
    return ("+" if amount > 0 else "") + _amount(amount)


def _amount(amount: Decimal) -> str:
    return swedish.kronor(float(amount)).removesuffix(f"{swedish.NBSP}kr")


def _all_of_them(count: int) -> Html:
    few = {1: "Ändringen", 2: "Båda ändringarna"}
    what = f"{few.get(count, f'Alla {swedish.in_words(count)} ändringar')} står"
    link = Markup('<a href="tables/{0}">{0}</a>').format(CHANGES_FILE)
    return paragraph(Markup("{} i {}.").format(what, link))
