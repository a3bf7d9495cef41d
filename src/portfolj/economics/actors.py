"""Whose money it is. The codes are those of files and tables; the labels are what people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

SOCIETY: Final = "samhallet"
STATE: Final = "staten"
INDIVIDUAL: Final = "individen"
# The state in total is these three; a calculation that knows them sums them.
PARTS_OF_STATE: Final = ("af", "fk", "ovrig_stat")
SUMS: Final = (SOCIETY, STATE)  # of other actors: they take no part in a flow
# Employers and the real economy stand at the other end of a flow. Employers are left with nothing: what they pay is
# what they get. What the real economy gives (production) and takes (resources) is what society wins and loses.
EMPLOYERS: Final = "arbetsgivare"
REAL_ECONOMY: Final = "realekonomin"

LABELS: Final[Mapping[str, str]] = {
    SOCIETY: "Samhället",
    "kommun": "Kommunen",
    "region": "Regionen",
    STATE: "Staten i allt",
    "af": "Arbetsförmedlingen",
    "fk": "Försäkringskassan",
    "ovrig_stat": "Övriga staten",
    INDIVIDUAL: "Individen",
}
OTHER_ENDS: Final[Mapping[str, str]] = {EMPLOYERS: "Arbetsgivare", REAL_ECONOMY: "Produktion och resurser"}


def labels_of(own: Mapping[str, str]) -> dict[str, str]:
    """Code -> label of every actor, the federation's own after those that are always there."""
    return {**LABELS, **{code: label for code, label in own.items() if code not in LABELS}}


def in_order(actors: Iterable[str]) -> list[str]:
    """The actors as tables list them: society first, then the known ones, then the federation's own by code."""
    known = list(LABELS)
    return sorted(set(actors), key=lambda code: (known.index(code) if code in known else len(known), code))
