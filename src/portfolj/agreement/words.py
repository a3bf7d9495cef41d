"""Figures of agreement as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd

from portfolj.agreement.answers import CodedRows
from portfolj.agreement.measure import Figure
from portfolj.coding import Codebook
from portfolj.coding.codebook import TARGET_GROUPS

MEASURES = {
    "agreement": "Lika svar",
    "kappa": "Cohens kappa",
    "alpha": "Krippendorffs alfa",
    "jaccard": "Jaccard, medel",
    "micro_f1": "Mikro-F1",
    "right": "Rätt enligt någon",
    "precision": "precision",
    "recall": "täckning",
    "f1": "F1",
}
SET_MEASURES = {"agreement": "Samma mängd", "alpha": "Krippendorffs alfa, MASI", "right": "Mikro-F1 mot den närmaste"}
SHARES = ("agreement", "right")
CONFUSIONS_SHOWN = 20
TEXT_SHOWN = 160  # characters of a description in the terminal; the file has it all


def measure_label(figure: Figure) -> str:
    """What a figure is called; for target groups which distance or which F1 it is."""
    own = SET_MEASURES if figure.dimension == TARGET_GROUPS else {}
    return own.get(figure.measure, MEASURES[figure.measure])


def in_words(figure: Figure) -> str:
    """The figure with its interval: ``0,86 (0,78–0,93)``, ``90 % (82–98)``, or in words why there is none."""
    if figure.value is None:
        return f"– ({figure.why_not})"
    is_share = figure.measure in SHARES and not (figure.dimension == TARGET_GROUPS and figure.measure == "right")
    show = _percent if is_share else _decimal
    value = show(figure.value) + ("\u00a0%" if is_share else "")
    if figure.interval is None:
        return f"{value} ({figure.why_not})"
    return f"{value} ({show(figure.interval[0])}–{show(figure.interval[1])})"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _decimal(figure: float) -> str:
    return f"{figure:.2f}".replace(".", ",").replace("-", "\u2212")


def told(coded: CodedRows, figures: Sequence[Figure], differing: pd.DataFrame, *, codebook: Codebook) -> Iterator[str]:
    """Every figure, then the confusions with their texts, line by line."""
    count = len(coded.weights)
    weighted = f", vägda till {_whole(coded.weights.sum())}" if coded.is_weighted else ""
    yield f"{count} {'insats' if count == 1 else 'insatser'}{weighted}. Inom parentes: 95-procentigt intervall."
    yield from coded.notes
    for dimension, of_dimension in groupby(figures, key=lambda figure: figure.dimension):
        yield ""
        yield codebook.dimension_label(dimension)
        for coders, group in groupby(of_dimension, key=lambda figure: figure.coders):
            of_pair = list(group)
            yield f"  {_listed(coders)}, {of_pair[0].rows} rader" + _reference(of_pair)
            yield from _lines(of_pair, codebook)
    yield ""
    yield from _confusions(differing, codebook)


def _reference(figures: Sequence[Figure]) -> str:
    return f" (facit per kod: {figures[0].coders[0]})" if any(figure.code for figure in figures) else ""


def _lines(figures: Sequence[Figure], codebook: Codebook) -> Iterator[str]:
    for figure in figures:
        if not figure.code:
            yield f"    {measure_label(figure):<26} {in_words(figure)}"
    for code, of_code in groupby((figure for figure in figures if figure.code), key=lambda figure: figure.code):
        parts = [f"{MEASURES[figure.measure]} {in_words(figure)}" for figure in of_code]
        yield f"    {codebook.label(figures[0].dimension, code)}: {', '.join(parts)}"


def _confusions(differing: pd.DataFrame, codebook: Codebook) -> Iterator[str]:
    yield f"Olika svar: {len(differing)}."
    for row in differing.head(CONFUSIONS_SHOWN).to_dict("records"):
        dimension = str(row["dimension"])
        said = (f"{row[f'{place}_coder']} {_labels(codebook, dimension, str(row[f'{place}_code']))}"
                for place in ("first", "second"))  # fmt: skip
        yield f"  {codebook.dimension_label(dimension)}: {', '.join(said)}"
        text = " – ".join(part for part in (str(row["name"]), str(row["description"])) if part)
        yield f"    {row['key']}: {text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1].rstrip() + '…'}"
    if len(differing) > CONFUSIONS_SHOWN:
        yield f"  {len(differing) - CONFUSIONS_SHOWN} till. Alla, med hela texterna, skrivs med --out FIL."


def _labels(codebook: Codebook, dimension: str, codes: str) -> str:
    return " + ".join(codebook.label(dimension, code) for code in codes.split(";"))


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} och {words[-1]}"


def _whole(number: float) -> str:
    return f"{number:.0f}" if abs(number - round(number)) < 1e-6 else f"{number:.1f}".replace(".", ",")
