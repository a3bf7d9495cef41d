"""The words that people choose among in a workbook's lists, and the codes that they stand for."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from portfolj.coding.codebook import PROCESS_SUPPORT, Codebook

NO_SUPPORT = "inget processtöd"


@lru_cache(maxsize=64)  # asked for each cell of a workbook
def choices(codebook: Codebook, dimension: str) -> Mapping[str, str]:
    """Label -> code of a dimension, in the order of the codebook; process support has a label for neither kind.

    Two codes with the same label are told apart by the code in brackets.
    """
    labels = [codebook.label(dimension, code) for code in codebook.codes(dimension)]
    shown = {
        label if labels.count(label) == 1 else f"{label} ({code})": code
        for label, code in zip(labels, codebook.codes(dimension), strict=True)
    }
    return MappingProxyType(shown | ({NO_SUPPORT: ""} if dimension == PROCESS_SUPPORT else {}))


def label_of(codebook: Codebook, dimension: str, code: str) -> str:
    """The label that ``choices`` has for one code."""
    return _labels(codebook, dimension)[code]


@lru_cache(maxsize=64)
def _labels(codebook: Codebook, dimension: str) -> Mapping[str, str]:
    return {code: label for label, code in choices(codebook, dimension).items()}


def labels_of(codebook: Codebook, dimension: str, codes: str) -> str:
    """The labels of a cell of codes, in their order: ``Unga, Missbruk``."""
    return ", ".join(label_of(codebook, dimension, code) for code in codes.split(";"))


def code_of(text: str, allowed: Mapping[str, str]) -> str | None:
    """The code that a cell means, written as label or as code, whatever its case; None where it is neither."""
    wanted = text.casefold()
    for label, code in allowed.items():
        if wanted == label.casefold() or (code and wanted == code.casefold()):
            return code
    return None


def nearest_label(text: str, allowed: Mapping[str, str]) -> str:
    """What to do about a word that is not allowed: the label most like it, where one is."""
    words = {**{label.casefold(): label for label in allowed}, **{c.casefold(): lab for lab, c in allowed.items() if c}}
    close = difflib.get_close_matches(text.casefold(), list(words), n=1)
    return f"Menade du {words[close[0]]}?" if close else "Välj i cellens lista"
