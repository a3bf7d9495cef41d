"""Figures of agreement as people read them: what each is called, how it is written, and all of them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd

from portfolj.agreement.answers import CodedRows, coder_label
from portfolj.agreement.columns import NOTE
from portfolj.agreement.confusions import differing
from portfolj.agreement.measure import Figure
from portfolj.coding import Codebook
from portfolj.coding.choices import labels_of
from portfolj.coding.codebook import TARGET_GROUPS

MEASURES = {
    "agreement": "Lika svar",
    "kappa": "Cohens kappa",
    "alpha": "Krippendorffs alfa",
    "jaccard": "Jaccard, medel",
    "micro_f1": "Mikro-F1",
    "right": "Lika någon",
    "precision": "Precision",
    "recall": "Täckning",
    "f1": "F1",
}
SET_MEASURES = {"agreement": "Samma mängd", "alpha": "Alfa (MASI)", "right": "Mikro-F1"}
SHARES = ("agreement", "right")
CODE_MEASURES = ("precision", "recall", "f1")
NEAREST = "den kodare som ligger närmast"
LIKE_ANY = "Maskinen svarade som någon av kodarna"
DIFFERING_SHOWN = 10  # of each dimension
TEXT_SHOWN = 160  # letters of a text in the terminal; the file has it all


def measure_label(figure: Figure) -> str:
    """What a figure is called; for target groups which distance or which F1 it is."""
    own = SET_MEASURES if figure.dimension == TARGET_GROUPS else {}
    return own.get(figure.measure, MEASURES[figure.measure])


def coders_label(coders: Sequence[str], *, link: str = "och") -> str:
    """The coders of a figure as people read them: ``anna, bo och maskinen``."""
    labels = [coder_label(coder) for coder in coders]
    return f"{', '.join(labels[:-1])} {link} {labels[-1]}"


def in_figures(figure: Figure) -> str:
    """The figure with its interval: ``0,86 (0,78–0,93)`` or ``90 % (82–98)``; ``–`` where it is undefined."""
    if figure.value is None:
        return "–"
    is_share = figure.measure in SHARES and not (figure.dimension == TARGET_GROUPS and figure.measure == "right")
    show = _percent if is_share else _decimal
    value = show(figure.value) + ("\u00a0%" if is_share else "")
    return value if figure.interval is None else f"{value} ({show(figure.interval[0])}–{show(figure.interval[1])})"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _decimal(figure: float) -> str:
    return f"{figure:.2f}".replace(".", ",")


def told(coded: CodedRows, figures: Sequence[Figure], *, codebook: Codebook) -> Iterator[str]:
    """Every figure, then the rows that differ with their texts, line by line."""
    count = len(coded.weights)
    weighted = f", vägda till {_whole(coded.weights.sum())}" if coded.is_weighted else ""
    yield f"{_counted(count)}{weighted}. Inom parentes: 95-procentigt intervall."
    yield from coded.notes
    apart = differing(coded)
    for dimension, of_dimension in groupby(figures, key=lambda figure: figure.dimension):
        yield from ("", codebook.dimension_label(dimension).upper())
        yield from _figures(list(of_dimension), codebook)
        yield ""
        yield from _differing(apart[apart["dimension"] == dimension], dimension, coded, codebook)


def _figures(figures: Sequence[Figure], codebook: Codebook) -> Iterator[str]:
    reasons: dict[str, str] = {}
    whole = [figure for figure in figures if not figure.code]
    pairs = [figure for figure in whole if len(figure.coders) == 2]
    headings = list(dict.fromkeys(measure_label(figure) for figure in pairs))
    rows = [
        [f"{coders_label(coders, link='mot')} ({of[0].rows} rader)", *(_cell(figure, reasons) for figure in of)]
        for coders, group in groupby(pairs, key=lambda figure: figure.coders)
        if (of := list(group))
    ]
    yield from _table(["", *headings], rows)
    for figure in whole:
        if figure.measure == "alpha" and len(figure.coders) > 2:
            yield f"  {measure_label(figure)} för {coders_label(figure.coders)}: {_cell(figure, reasons)}"
        elif figure.measure == "right":
            said = f"Maskinen, mikro-F1 mot {NEAREST}" if figure.dimension == TARGET_GROUPS else LIKE_ANY
            yield f"  {said}: {_cell(figure, reasons)}"
    of_codes = [figure for figure in figures if figure.code]
    for coders, group in groupby(of_codes, key=lambda figure: figure.coders):
        yield from ("", f"  {_reference(coders)}")
        yield from _per_code(list(group), codebook, reasons)
    yield from (f"  {sign} {reason}" for reason, sign in reasons.items())


def _reference(coders: Sequence[str]) -> str:
    nearest = len(coders) > 2
    reference, answerer = (NEAREST if nearest else coder_label(coders[0])), coder_label(coders[-1])
    return f"Per kod: {answerer}, med {reference} som facit"


def _per_code(figures: Sequence[Figure], codebook: Codebook, reasons: dict[str, str]) -> Iterator[str]:
    rows = []
    for code, group in groupby(figures, key=lambda figure: figure.code):
        of = {figure.measure: figure for figure in group}
        label = codebook.label(figures[0].dimension, code)
        rows.append([label, str(of["recall"].rows), *(_cell(of[measure], reasons) for measure in CODE_MEASURES)])
    yield from _table(["", "I facit", *(MEASURES[measure] for measure in CODE_MEASURES)], rows)


def _cell(figure: Figure, reasons: dict[str, str]) -> str:
    """The figure, with the sign of a footnote where something is missing."""
    if not figure.why_not:
        return in_figures(figure)
    sign = reasons.setdefault(figure.why_not, f"[{len(reasons) + 1}]")
    return f"{in_figures(figure)} {sign}"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(headings, *rows, strict=True)]
    for cells in (headings, *rows):
        yield "    " + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _differing(apart: pd.DataFrame, dimension: str, coded: CodedRows, codebook: Codebook) -> Iterator[str]:
    coders = list(coded.answers[dimension])
    yield f"  Olika svar: {_counted(len(apart))}"
    for row in apart.head(DIFFERING_SHOWN).to_dict("records"):
        said = (f"{coder_label(coder)}: {labels_of(codebook, dimension, str(row[coder]))}"
                for coder in coders if row[coder])  # fmt: skip
        yield f"    {row['key']}  {_short(' – '.join(str(row[c]) for c in ('name', 'description') if row.get(c)))}"
        yield f"      {'; '.join(said)}"
        if note := row.get(NOTE):
            yield f"      Anteckning: {_short(str(note))}"
    if len(apart) > DIFFERING_SHOWN:
        yield f"    {len(apart) - DIFFERING_SHOWN} till. Alla, med hela texterna, skrivs med --out FIL.xlsx."


def _short(text: str) -> str:
    return text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1].rstrip() + "…"


def _counted(count: int) -> str:
    return f"{count} {'insats' if count == 1 else 'insatser'}"


def _whole(number: float) -> str:
    return f"{number:.0f}" if abs(number - round(number)) < 1e-6 else f"{number:.1f}".replace(".", ",")
