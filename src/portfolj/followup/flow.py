"""Where participants stand at start, every third month and at exit, and how they move between.

Who stands in an intervention that notes no statuses is not asked about; a participation without a status at a point is
``missing`` there. Statuses belong to a person's first participation in the intervention.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import pandas as pd

MISSING: Final = "missing"
NOT_ASKED: Final = "not_asked"
EXIT: Final = "exit"
SHOWN: Final = "shown"
NOT_SHOWN: Final = "not_shown"


def points_of(statuses: pd.DataFrame) -> list[str]:
    """The points in time that statuses are noted at, in order: months, then exit."""
    points = set(statuses["point"])
    return [*sorted(points - {EXIT}, key=lambda point: (float(point), point)), *([EXIT] if EXIT in points else [])]


def statuses_at(statuses: pd.DataFrame, places: pd.Series, *, size: int, asked: pd.Series) -> dict[str, pd.Series]:
    """Point -> the status there of each of ``size`` participations (str).

    ``places``: the participation that each row of ``statuses`` belongs to, missing where there is none. ``asked``:
    whether the participation's intervention notes statuses. Of several statuses at one point the last row holds.
    """
    at: dict[str, pd.Series] = {}
    for point in points_of(statuses):
        here = pd.Series(NOT_ASKED, index=range(size), dtype="str").mask(asked.to_numpy(), MISSING)
        rows = statuses[(statuses["point"] == point) & places.notna()]
        told = pd.Series(rows["status"].to_numpy(), index=places[rows.index].astype("int64").to_numpy(), dtype="str")
        told = told[~told.index.duplicated(keep="last")]
        here.loc[told.index] = told
        at[point] = here
    return at


def steps(at: dict[str, pd.Series]) -> pd.Series | None:
    """Whether a status at exit other than the one at start is shown, which reports print as documented steps.

    None without both points. Nothing puts statuses in order, so that which way a step went is not told. It can't
    be shown where either status is missing; it is then ``not_shown``.
    """
    points = list(at)
    if len(points) < 2 or points[-1] != EXIT:
        return None
    first, last = at[points[0]], at[EXIT]
    shown = (first != last) & (first != MISSING) & (last != MISSING)
    step = pd.Series(NOT_SHOWN, index=first.index, dtype="str").mask(shown, SHOWN)
    return step.mask(first == NOT_ASKED, NOT_ASKED)


def moves(points: Sequence[str]) -> list[tuple[str, str]]:
    """Each point with the next."""
    return list(pairwise(points))
