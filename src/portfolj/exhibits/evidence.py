"""For the analyst: how each intervention was coded, on which words and by which rule."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from portfolj.coding import parse_evidence
from portfolj.exhibits import figures, labels, swedish
from portfolj.exhibits.interventions import longest
from portfolj.exhibits.markup import (
    Column,
    Html,
    Table,
    cells,
    count_column,
    definitions,
    finding,
    paragraph,
    subheading,
)
from portfolj.exhibits.reading import FIELDS
from portfolj.exhibits.scope import nothing_funded
from portfolj.portfolio.counting import basis_shown
from portfolj.portfolio.view import Portfolio

BASIS_SERIES = (
    figures.Series("stated", "Eget fält", figures.BLUE),
    figures.Series("described", "Beskrivningen", figures.SKY, ".."),
    figures.Series("named", "Bara namnet", figures.GREEN, "\\\\"),
    figures.Series("decision", "Beslut", figures.PURPLE, "xx"),
    figures.Series("derived", "Härledning", figures.YELLOW, "//"),
    figures.Series("none", "Inget svar", figures.WHITE, "////"),
)


def coding_summary(portfolio: Portfolio) -> Html:
    """How many answers rest on what, per dimension."""
    if nothing := nothing_funded(portfolio):
        return paragraph(nothing)
    interventions = portfolio.interventions
    records = []
    for dimension, label in labels.DIMENSIONS.items():
        shown = basis_shown(interventions, dimension=dimension)
        records.append({"dimension": label, **{s.key: int((shown == s.key).sum()) for s in BASIS_SERIES}})
    frame = pd.DataFrame(records)
    used = [s for s in BASIS_SERIES if frame[s.key].sum()]
    columns = [Column("dimension", "Uppgift"), *(count_column(s.key, s.name) for s in used)]
    said = [
        f"{row['dimension']}: {', '.join(f'{s.name.lower()} {row[s.key]}' for s in used)}"
        for _, row in frame.iterrows()
    ]
    table = Table(
        name="grunder", caption="Antal insatser efter vad svaret vilar på", frame=frame, columns=columns,
        notes=["Eget fält: uppgiften står i fältet för den. Beskrivningen: läst ur texterna om insatsen. "
               "Härledning: ingen text säger det, men förbundets regel gör det."],
    )  # fmt: skip
    figure = figures.stacked(
        frame, labels="dimension", series=used, written=swedish.number,
        alt=f"Liggande stapeldiagram över vad svaren vilar på, antal insatser. {'; '.join(said)}.",
        caption="Vad svaren vilar på, antal insatser. Siffrorna står i tabellen nedan.",
    )  # fmt: skip
    return Html(finding(_summary(portfolio)), figure, table.html())


def _summary(portfolio: Portfolio) -> str:
    interventions = portfolio.interventions
    complete = pd.Series(True, index=interventions.index)
    for dimension in labels.DIMENSIONS:
        complete &= interventions[dimension] != labels.UNDEFINED
    return (
        f"{swedish.number(int(complete.sum()))} av {swedish.interventions(len(interventions))} har både huvudman, "
        "målgrupp och inriktning."
    )


def coding(portfolio: Portfolio) -> Html:
    """Each intervention's answers with the words, the field and the rule behind them, one table per dimension."""
    parts: list[Html] = []
    for dimension, label in labels.DIMENSIONS.items():
        parts += [subheading(label), _coded(portfolio, dimension, label)]
    return Html(*parts)


def _coded(portfolio: Portfolio, dimension: str, label: str) -> Html:
    codebook = portfolio.codebook
    frame, notes = longest(portfolio.interventions)
    frame = frame.sort_values("intervention_key")
    shown = pd.DataFrame(
        {
            "name": frame["name"],
            "answer": [labels.code(codebook, dimension, code) for code in frame[dimension]],
            "basis": [labels.basis(codebook, b) for b in basis_shown(frame, dimension=dimension)],
            "why": cells((_because(portfolio, row, dimension) for row in frame.to_dict("records")), frame),
            "rule": frame[f"{dimension}_rule"],
        }
    )  # fmt: skip
    columns = [
        Column("name", "Insats"),
        Column("answer", label),
        Column("basis", "Vilar på"),
        Column("why", "Orden bakom, eller varför svaret saknas", lambda value: value),
        Column("rule", "Regel"),
    ]
    caption = f"{label}: svar, grund och ord, {portfolio.period_label}"
    return Table(
        name=f"kodning-{dimension.replace('_', '-')}", caption=caption, frame=shown, columns=columns, notes=notes
    ).html()


def _because(portfolio: Portfolio, row: dict[str, Any], dimension: str) -> Markup:
    decided_by = row[f"{dimension}_decided_by"]
    if decided_by == "derived":
        return Markup("Ingen text säger det; förbundets regel om härledning.")
    if row[dimension] == labels.UNDEFINED and decided_by != "decision":
        reason = labels.reason(portfolio.codebook, row[f"{dimension}_reason"])
        hint = row.get(f"{dimension}_hint") or ""
        text = Markup("{}.").format(swedish.sentence(reason))
        if hint:
            text += Markup(" Ledtråd som inte räknas: {}.").format(labels.code(portfolio.codebook, dimension, hint))
        return text
    words = quoted(row[f"{dimension}_evidence"])
    if decided_by == "decision":
        before = row[f"{dimension}_rule_said"]
        said = labels.code(portfolio.codebook, dimension, before) if before else "inget"
        return Markup("{}. Regeln sade: {}.").format(row.get(f"{dimension}_decided_note", "").rstrip("."), said)
    return words


def quoted(evidence: str) -> Markup:
    """The evidence of a coding as people read it: field and words, each once."""
    seen = dict.fromkeys((found.field, found.words) for found in parse_evidence(evidence))
    parts = [Markup("{}: <q>{}</q>").format(FIELDS.get(field, field), words) for field, words in seen]
    return Markup(". ").join(parts)


def codebook(portfolio: Portfolio) -> Html:
    """The codes and what they mean."""
    book = portfolio.codebook
    parts: list[Html] = []
    for dimension, label in labels.DIMENSIONS.items():
        pairs = [(book.label(dimension, c), book.definition(dimension, c)) for c in book.codes(dimension)]
        parts += [subheading(label), definitions(pairs)]
    used = {
        rule for d in labels.DIMENSIONS for cell in portfolio.interventions[f"{d}_rule"] for rule in cell.split(";")
    }
    rules = sorted(rule.strip() for rule in used if rule.strip())
    frame = pd.DataFrame({"rule": rules, "means": [book.explain(rule) for rule in rules]})
    columns = [Column("rule", "Regel"), Column("means", "Vad den läser")]
    table = Table(name="regler", caption="Regler i kodboken som gav ett svar", frame=frame, columns=columns)
    return Html(*parts, *([table.html()] if rules else []))
