"""Figures that others printed, beside what the ledger gives and beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from portfolj.coding import Codebook
from portfolj.exhibits import labels, swedish
from portfolj.exhibits.markup import Column, Html, Table, finding, paragraph
from portfolj.portfolio import tables
from portfolj.portfolio.published import Comparison, Finding
from portfolj.portfolio.view import Portfolio

FINDINGS = {
    Finding.AGREES: "Stämmer",
    Finding.CONTRADICTION: "Går inte ihop",
    Finding.EXPLAINED: "Förklarat",
    Finding.CHECK: "Kontrollera",
    Finding.NOT_APPLICABLE: "Går inte att jämföra",
}
MEASURES = {"count": "antal", "granted": "beviljat", "mean_granted": "medel per insats", "share": "andel"}
DIMENSIONS = {"owner": "Huvudman", "target_group": "Målgrupp", "orientation": "Inriktning", "portfolio": "Portföljen",
              "process_support": "Processtöd", "esf": "ESF-pengar", "year": "År"}  # fmt: skip
CATEGORIES = {
    "all": "alla insatser",
    "total": "summa",
    "external": "utanför förbundets medel",
    "sum": "summan av raderna",
}
TABLES = {"text": "Texten", "text_summary": "Sammanfattningen", "text_body": "Brödtexten"}


def published(portfolio: Portfolio) -> Html:
    """Every printed figure that does not simply agree, and how many do; a sentence where nothing was printed."""
    if portfolio.published and not portfolio.is_own_period:
        return paragraph(
            f"De tryckta siffrorna gäller {portfolio.federation.period or 'alla år'} och jämförs bara i den perioden."
        )
    ledger, internal = tables.comparisons(portfolio)
    if not ledger:
        return paragraph(
            "Förbundets mapp har inga tryckta siffror att jämföra med. Lägg dem i published.csv, så jämförs de här."
        )
    agreeing = sum(c.finding == Finding.AGREES for c in ledger)
    contradictions = sum(c.finding == Finding.CONTRADICTION for c in internal)
    text = (
        f"{swedish.number(agreeing)} av {swedish.counted(len(ledger), 'tryckt siffra', 'tryckta siffror')} stämmer "
        f"med liggaren inom tryckets avrundning. "
    )
    if contradictions:
        text += (
            f"På {swedish.counted(contradictions, 'ställe', 'ställen')} går de tryckta siffrorna inte ihop sinsemellan."
        )
    else:
        text += "De tryckta siffrorna går ihop sinsemellan."
    return Html(
        finding(text),
        _table(portfolio.codebook, internal, name="tryckt-sinsemellan", caption="Tryckta siffror mot varandra",
               other="Enligt de andra tryckta siffrorna"),
        _table(portfolio.codebook, ledger, name="tryckt-liggaren", caption="Tryckta siffror mot liggaren",
               other="Enligt liggaren"),
    )  # fmt: skip


def _table(codebook: Codebook, comparisons: Sequence[Comparison], *, name: str, caption: str, other: str) -> Html:
    order = [Finding.CONTRADICTION, Finding.EXPLAINED, Finding.CHECK, Finding.NOT_APPLICABLE]
    open_ones = sorted((c for c in comparisons if c.finding in order), key=lambda c: order.index(c.finding))
    agreeing = len(comparisons) - len(open_ones)
    note = f"{swedish.counted(agreeing, 'jämförelse', 'jämförelser')} till stämmer. Alla står i tables/published.csv."
    if not open_ones:
        return paragraph(f"{caption}: alla {swedish.counted(agreeing, 'jämförelse', 'jämförelser')} stämmer.")
    frame = pd.DataFrame(
        {
            "what": [_what(codebook, c) for c in open_ones],
            "finding": [FINDINGS[c.finding] for c in open_ones],
            "printed": [_value(c.printed, c.unit) for c in open_ones],
            "computed": [_value(c.computed, c.unit) for c in open_ones],
            "why": [c.why for c in open_ones],
        }
    )
    columns = [
        Column("what", "Uppgift"),
        Column("finding", "Utfall"),
        Column("printed", "Tryckt", numeric=True),
        Column("computed", other, numeric=True),
        Column("why", "Varför"),
    ]
    return Table(name=name, caption=caption, frame=frame, columns=columns, notes=[note]).html()


def _what(codebook: Codebook, comparison: Comparison) -> str:
    place = TABLES.get(comparison.table, f"Tabell {comparison.table}")
    dimension = {"target_group": "target_groups"}.get(comparison.dimension, comparison.dimension)
    words = []
    for part in comparison.category.split("+"):
        known = dimension in codebook.dimensions and part in codebook.codes(dimension)
        words.append(codebook.label(dimension, part) if known else CATEGORIES.get(part, part))
    category = " + ".join(labels.inside(word) for word in words)
    what = f"{DIMENSIONS[comparison.dimension]}, {category}, {MEASURES[comparison.measure]}"
    return f"{place}: {what}"


def _value(value: Decimal | None, unit: str) -> str:
    if value is None:
        return swedish.NOT_APPLICABLE
    rounded = round(value, 2)
    decimals = max(0, -int(rounded.normalize().as_tuple().exponent))
    text = swedish.number(float(rounded), decimals=decimals)
    return text if unit in ("st", "") else f"{text}{swedish.NBSP}{unit}"
