"""Occupation before and after: what a participation came to, in one word that every table asks about.

The result of a participation is the codes of occupation after, joined by ``;`` (``study;work``), ``missing`` where none
is known, or ``ongoing`` where it has not ended. ``work+`` and ``study+`` say that it started or grew in extent: it was
not there before, or at a lower extent. Where occupation before is unknown nothing is said to have started.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import product
from typing import Final

import pandas as pd

ONGOING: Final = "ongoing"
MISSING: Final = "missing"
CODES = ("work", "study", "labour_market_training", "seeking", "practice", "other")
GAINED = ("work", "study")  # of these, starting or growing is told
# What the columns of a table on outcomes count: column -> the codes of which a result has at least one.
MEASURES = {
    "to_work": ("work",),
    "to_study": ("study",),
    "to_training": ("labour_market_training",),
    "work_or_study": ("work", "study"),
    "work_study_or_training": ("work", "study", "labour_market_training"),
}


def results(participations: pd.DataFrame) -> pd.Series:
    """The result of each participation (str); those without an end are ``ongoing``."""
    after = participations["occupation_after"].astype("str").to_numpy()
    before = participations["occupation_before"].astype("str").to_numpy()
    grew = [_grew(participations, code).to_numpy() for code in GAINED]
    ended = participations["end_year"].notna().to_numpy()
    each = zip(after, before, zip(*grew, strict=True), ended, strict=True)
    found = [_result(*told) if has_ended else ONGOING for *told, has_ended in each]
    return pd.Series(found, index=participations.index, dtype="str")


def possible_results(seen: Iterable[str]) -> tuple[str, ...]:
    """Every result that is seen, and every one that a reader has to reckon with."""
    marked = [[None, code, f"{code}+"] for code in GAINED]
    mixed = [
        ";".join(sorted(code for code in codes if code))
        for codes in product(*marked, [None, "labour_market_training"])
        if any(codes)
    ]
    return tuple(sorted({ONGOING, MISSING, *CODES, *mixed, *seen}))


def possible_combinations(seen: Iterable[str], codes: Iterable[str]) -> tuple[str, ...]:
    """Combinations of codes that are seen, every code alone, and ``missing``."""
    return tuple(sorted({MISSING, *codes, *seen}))


def codes_of(value: str) -> set[str]:
    """The codes of a result or a combination, without marks; none for ``ongoing`` and ``missing``."""
    return {code.removesuffix("+") for code in value.split(";")} - {ONGOING, MISSING, ""}


def having(values: Iterable[str], *codes: str) -> list[str]:
    """Those of the values that have at least one of the codes."""
    return [value for value in values if codes_of(value) & set(codes)]


def started_or_increased(values: Iterable[str], *codes: str) -> list[str]:
    """Those of the results where one of the codes started or grew."""
    marks = {f"{code}+" for code in codes}
    return [value for value in values if marks & set(value.split(";"))]


def grouped(value: str) -> set[str]:
    """The groups of SUS that a combination belongs to. Work and study together stand in both; the others in one."""
    codes = codes_of(value)
    return codes & {"work", "study"} or {"seeking_only" if "seeking" in codes else "other"}


def grouped_as(values: Iterable[str], group: str) -> list[str]:
    """Those of the values that belong to the group; ``ongoing`` belongs to none."""
    return [value for value in values if value != ONGOING and group in grouped(value)]


GROUPS = ("work", "study", "seeking_only", "other")


def unchanged_zero(before: Iterable[str], after: Iterable[str], code: str) -> tuple[list[str], list[str]]:
    """What can't go together: known not to have the code before, and having it after without having started it."""
    without = [value for value in before if value != MISSING and code not in codes_of(value)]
    return without, [value for value in after if code in value.split(";")]


@cache
def _result(after: str, before: str, grew: tuple[bool, ...]) -> str:
    codes = codes_of(after)
    if not codes:
        return MISSING
    known = codes_of(before)
    told = zip(GAINED, grew, strict=True)
    new = {code for code, more in told if known and code in codes and (code not in known or more)}
    return ";".join(sorted(f"{code}+" if code in new else code for code in codes))


def _grew(participations: pd.DataFrame, code: str) -> pd.Series:
    before, after = (participations[f"{code}_extent_{when}"].astype("Float64") for when in ("before", "after"))
    return (after > before).fillna(False).astype("bool")
