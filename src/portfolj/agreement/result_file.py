"""Figures of agreement and the answers that differ as a workbook for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from portfolj.agreement.answers import CodedRows, coder_label
from portfolj.agreement.columns import KEY, NOTE, TEXT_HEADINGS, WEIGHT
from portfolj.agreement.confusions import confusions, differing
from portfolj.agreement.measure import Figure
from portfolj.agreement.words import NEAREST, coders_label, measure_label
from portfolj.coding import Codebook
from portfolj.coding.choices import labels_of
from portfolj.ledger import write_sheets

FIGURES_SHEET, CONFUSIONS_SHEET, DIFFERING_SHEET = "Siffror", "Förväxlingar", "Olika svar"
_HEADINGS = {"dimension": "Uppgift", "key": KEY, **TEXT_HEADINGS, NOTE: "Anteckning", "weight": WEIGHT}


def write_result(figures: Sequence[Figure], coded: CodedRows, path: Path, *, codebook: Codebook) -> None:
    """Writes a workbook with the figures, how often each answer met another, and the rows that differ.

    Raises PortfoljError where the file does not end with .xlsx or can't be written. Texts are never formulas.
    """
    sheets = {
        FIGURES_SHEET: figures_table(figures, codebook=codebook),
        CONFUSIONS_SHEET: _confusions(coded, codebook),
        DIFFERING_SHEET: _differing(coded, codebook),
    }
    write_sheets(sheets, path)


def figures_table(figures: Sequence[Figure], *, codebook: Codebook) -> pd.DataFrame:
    """The figures, one per row, with Swedish headings; value and interval are empty where they are undefined.

    ``Facit`` is who the others are held against, empty where nobody is.
    """
    rows = [
        {
            "Uppgift": codebook.dimension_label(figure.dimension),
            "Kodare": coders_label(figure.coders),
            "Mått": measure_label(figure),
            "Kod": codebook.label(figure.dimension, figure.code) if figure.code else "",
            "Facit": _reference(figure),
            "Värde": figure.value,
            "Från": figure.interval[0] if figure.interval else None,
            "Till": figure.interval[1] if figure.interval else None,
            "Rader": figure.rows,
            "Varför något saknas": figure.why_not,
        }
        for figure in figures
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(("Värde", "Från", "Till"), "Float64") | {"Rader": "int64"})


def _reference(figure: Figure) -> str:
    if figure.measure == "right" or (figure.code and len(figure.coders) > 2):
        return NEAREST
    return coder_label(figure.coders[0]) if figure.code else ""


def _confusions(coded: CodedRows, codebook: Codebook) -> pd.DataFrame:
    frame = confusions(coded)
    for column in ("first_code", "second_code"):
        frame[column] = [
            labels_of(codebook, dimension, codes)
            for dimension, codes in zip(frame["dimension"], frame[column], strict=True)
        ]
    for column in ("first_coder", "second_coder"):
        frame[column] = [coder_label(coder) for coder in frame[column]]
    frame["dimension"] = [codebook.dimension_label(dimension) for dimension in frame["dimension"]]
    headings = ("Uppgift", "En kodare", "En annan", "Den ena svarade", "Den andra svarade", "Rader", WEIGHT)
    return frame.set_axis(list(headings), axis="columns")


def _differing(coded: CodedRows, codebook: Codebook) -> pd.DataFrame:
    frame = differing(coded)
    for coder in {coder for answers in coded.answers.values() for coder in answers}:
        frame[coder] = [
            labels_of(codebook, dimension, codes) if codes else ""
            for dimension, codes in zip(frame["dimension"], frame[coder], strict=True)
        ]
    frame["dimension"] = [codebook.dimension_label(dimension) for dimension in frame["dimension"]]
    return frame.rename(columns=lambda column: _HEADINGS.get(column, coder_label(column)))
