"""Age bands: from a birth date or year, an age, or a band as a file writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import MISSING, fold, is_missing
from portfolj.ledger.cells import Value, text_of

YOUNGEST, OLDEST = 10, 100  # outside these a birth or an age is taken for a slip of the pen
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|—|till|t o m)\s*(\d{1,3})(?:\s*år)?")
_FROM = re.compile(
    r"(?:(?:från|fr o m|>=|minst)\s*)?(\d{1,3})\s*(?:år\s*)?(?:\+|-|–|(?:och|eller|el)\s+(?:äldre|över))(?:\s*år)?"
    r"|(?:>=|minst|från)\s*(\d{1,3})(?:\s*år)?"
)
_OVER = re.compile(r"(?:över|>|äldre än)\s*(\d{1,3})(?:\s*år)?")
_UNDER = re.compile(r"(?:under|<|yngre än)[\s-]*(\d{1,3})(?:\s*år)?")
_UP_TO = re.compile(
    r"(?:(?:-|–|<=|högst|upp till|t o m)\s*(\d{1,3})(?:\s*år)?|(\d{1,3})\s*(?:år\s*)?(?:och|eller)\s+yngre)"
)


def band_labels(limits: Sequence[int]) -> tuple[str, ...]:
    """``under-20``, ``20-29``, ... ``60+`` for the lower limits of the bands after the first."""
    between = [f"{low}-{high - 1}" for low, high in pairwise(limits)]
    return (f"under-{limits[0]}", *between, f"{limits[-1]}+")


def bands_of(ages: np.ndarray, *, limits: Sequence[int]) -> np.ndarray:
    """The band of each age in years; ``missing`` for NaN."""
    labels = np.array([*band_labels(limits), MISSING], dtype=object)
    which = np.searchsorted(np.asarray(limits, dtype=float), ages, side="right")
    return labels[np.where(np.isnan(ages), len(labels) - 1, which)]


def read_band(value: Value, *, limits: Sequence[int]) -> str:
    """The band that a written one lies within. Raises CellFault where it lies in several, or is no band."""
    text = fold(text_of(value))
    labels = band_labels(limits)
    if text in labels:
        return text
    if is_missing(text):
        return MISSING
    low, high = _ends(text)
    first, last = (int(np.searchsorted(limits, age, side="right")) for age in (low, high))
    if first != last:
        raise CellFault(
            Reason.AGE_BAND_UNFIT, "Åldersgruppen ryms inte i en av förbundets grupper", ", ".join(labels),
            "Skriv filens gränser i age_limits under [followup] i federation.toml",
        )  # fmt: skip
    return labels[first]


def _ends(text: str) -> tuple[int, int]:
    if match := _RANGE.fullmatch(text):
        low, high = int(match[1]), int(match[2])
        if low <= high:
            return low, high
    elif match := _UNDER.fullmatch(text):
        return 0, int(match[1]) - 1
    elif match := _OVER.fullmatch(text):
        return int(match[1]) + 1, OLDEST
    elif match := _UP_TO.fullmatch(text):
        return 0, int(match[1] or match[2])
    elif match := _FROM.fullmatch(text):
        return int(match[1] or match[2]), OLDEST
    elif match := re.fullmatch(r"(\d{1,3})(?:\s*år)?", text):
        return int(match[1]), int(match[1])
    raise CellFault(
        Reason.WORD_UNKNOWN, "Cellen går inte att läsa som en åldersgrupp", "till exempel 20-29, under 20 eller 60+",
        "Rätta cellen",
    )  # fmt: skip


def read_age(value: Value) -> float | None:
    """An age in whole years. Raises CellFault."""
    text = fold(text_of(value)).removesuffix("år").strip()
    if is_missing(text):
        return None
    if re.fullmatch(r"\d{1,3}", text) and YOUNGEST <= int(text) <= OLDEST:
        return float(text)
    raise CellFault(
        Reason.AGE_IMPROBABLE, "Cellen går inte att läsa som en ålder", f"hela år, {YOUNGEST}-{OLDEST}", "Rätta cellen"
    )
