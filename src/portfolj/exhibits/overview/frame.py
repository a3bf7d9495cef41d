"""The frame of the overview, and which of its federations can be summed.

One row per federation, from its published tables. Money is SEK. An amount is missing (NaN) where interventions have
none, 0 where there are no interventions.

==============================================  ========================================================================
``federation``, ``name``, ``folder``            key, name, folder of the report below the folder of reports
``period``                                      ``2014-2019``, ``2019`` or empty for all years
``created``, ``created_on``                     when the report was made, as its manifest says and as a day in words
``has_failed``                                  whether the federation's last run made no report
``basis``                                       the least that answers rest on: ``stated``, ``described``, ``named``
``own_codes``                                   whether its lists of codes are not the shipped ones
``notice``                                      the federation's notice
``interventions``, ``without_amount``           how many, and how many of them lack an amount
``granted_sek``                                 granted
``structural_sek``, ``structural_derived_sek``  to structural interventions, and how much of it is derived
``individual_sek``, ``mixed_sek``               to individual ones, and to those that are both
``undefined_<dimension>_sek``                   to those without an answer: owner, target_group, orientation
``undefined_<dimension>_interventions``         how many they are
``target_group_<code>_sek``                     per target group, each intervention once with its first group; missing
                                                also where the federation's list doesn't have the code
``has_follow_up``                               whether the report has any count on participants
``exits``, ``share_work_or_study``              as protected; missing where hidden or not told
``follow_up_suppressed``                        whether something in the follow-up's line is hidden
==============================================  ========================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from portfolj.coding.codebook import UNDEFINED
from portfolj.exhibits import swedish

GROUP_PREFIX, GROUP_SUFFIX = "target_group_", "_sek"
DIMENSIONS = ("owner", "target_group", "orientation")
BASES = {"stated": "eget fält", "described": "beskrivningen", "named": "bara namnet"}


@dataclass(frozen=True)
class Alike:
    """At least two federations that can be summed, and what they have in common, as a heading of a sum."""

    label: str
    rows: pd.DataFrame


def group_columns(frame: pd.DataFrame) -> dict[str, str]:
    """The column of money of each target group, by code, in the frame's order; the undefined one last."""
    codes = [str(c)[len(GROUP_PREFIX) : -len(GROUP_SUFFIX)] for c in frame if str(c).startswith(GROUP_PREFIX)]
    return {code: f"{GROUP_PREFIX}{code}{GROUP_SUFFIX}" for code in sorted(codes, key=lambda code: code == UNDEFINED)}


def with_amounts(frame: pd.DataFrame) -> pd.DataFrame:
    """The federations whose shares of money say something: most interventions have an amount, and some money is."""
    known = frame["interventions"] - frame["without_amount"]
    return frame[(known * 2 > frame["interventions"]) & (frame["granted_sek"].fillna(0) > 0)]


def same_period(frame: pd.DataFrame) -> list[Alike]:
    """Federations with reports on the same years, the largest group first: what they granted can be summed."""
    return _alike(frame, ["period"])


def same_rules(frame: pd.DataFrame) -> list[Alike]:
    """Federations whose answers rest on the same basis and have the shipped codes, too: their groups can be summed."""
    return _alike(frame[~frame["own_codes"]], ["period", "basis"])


def period_words(period: str) -> str:
    """The period as people read it."""
    return period.replace("-", "–") if period else "alla år"


def _alike(frame: pd.DataFrame, columns: Sequence[str]) -> list[Alike]:
    found = [(key, rows) for key, rows in frame.groupby(list(columns), sort=True) if len(rows) > 1]
    found.sort(key=lambda item: (len(item[1]), str(item[0][0])), reverse=True)
    return [Alike(_label(key, rows), rows) for key, rows in found]


def _label(key: Sequence[str], rows: pd.DataFrame) -> str:
    rule = f", grund: {BASES[key[1]]}" if len(key) > 1 else ""
    return f"Summa {period_words(key[0])}{rule}, {swedish.number(len(rows))} förbund"
