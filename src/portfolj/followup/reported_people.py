"""People who could be behind counts that were only reported: somebody for each, so that every sum can be protected.

They are nobody's rows. Where the counts leave open who it was (whether those who went to work were those who went to
studies too), any who fit will do: only what all such people have in common is ever told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from portfolj.disclosure import Where, where
from portfolj.followup.count_contradictions import ALL, DESTINATIONS, SEXES

# What a yearly count can be: still there, or ended to any of these at once. Each measure counts some of them.
KINDS = ("ongoing", "none", "w", "s", "t", "ws", "wt", "st", "wst")
MEASURE_KINDS = {
    "participants": KINDS,
    "ended": KINDS[1:],
    "to_work": tuple(kind for kind in KINDS[2:] if "w" in kind),
    "to_study": tuple(kind for kind in KINDS[2:] if "s" in kind),
    "to_training": tuple(kind for kind in KINDS[2:] if "t" in kind),
}
UNTOLD = "untold"  # the sex of whoever is in a total and in none of its parts
EVERY_SEX = (*SEXES, UNTOLD)
Told = Mapping[tuple[str, str], int]  # (sex or ``all``, measure) -> the count


def place(blocks: Iterable[str], measure: str, sexes: str | Iterable[str] = ALL) -> Where:
    """The cell of a measure in some interventions' years, of all sexes or of these."""
    asked: dict[str, str | Iterable[str]] = {"reported": list(blocks), "kind": MEASURE_KINDS[measure]}
    return where(asked if sexes == ALL else {**asked, "sex": sexes})


def people_of(told: Told) -> list[tuple[str, str]] | None:
    """Sex and kind of somebody for each who is counted; None where this finds nobody who fits.

    From the outside in: who took part, who of them ended, and where they went. A sex whose count is not told has as
    many as its smaller counts need, and what is left of a total.
    """
    measures = {measure for _, measure in told}
    went_least = {sex: max(told.get((sex, m), 0) for m in DESTINATIONS) for sex in EVERY_SEX}
    ended_least = {sex: max(went_least[sex], told.get((sex, "ended"), 0)) for sex in EVERY_SEX}
    try:
        everybody, room = _shared(told, "participants", least=ended_least, room={})
        ended, told_ended = _shared(told, "ended", least=went_least, room=room)
        if "ended" not in measures:
            ended = dict(room)
        room = {**room, **told_ended}
        went = {measure: _shared(told, measure, least={}, room=room)[0] for measure in DESTINATIONS}
    except _Unfit:
        return None
    found: list[tuple[str, str]] = []
    for sex in EVERY_SEX:
        out = max(ended.get(sex, 0), *(counts[sex] for counts in went.values()))
        for n in range(max(everybody[sex], out)):
            marks = (n < went["to_work"][sex], out - went["to_study"][sex] <= n, n < went["to_training"][sex])
            letters = "".join(letter for letter, mark in zip("wst", marks, strict=True) if mark)
            found.append((sex, (letters or "none") if n < out else "ongoing"))
    return found


class _Unfit(ValueError):
    pass


def _shared(
    told: Told, measure: str, *, least: Mapping[str, int], room: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """The measure per sex, and of which of them it is the most that there can be. Raises _Unfit where it can't be."""
    fixed = {sex: told[sex, measure] for sex in EVERY_SEX if (sex, measure) in told}
    own = {sex: fixed.get(sex, least.get(sex, 0)) for sex in EVERY_SEX}
    if any(own[sex] > most for sex, most in room.items()):
        raise _Unfit
    if (ALL, measure) not in told:
        return own, fixed
    left = told[ALL, measure] - sum(own.values())
    for sex in (UNTOLD, *SEXES):
        if sex not in fixed:
            more = min(max(left, 0), room.get(sex, left + own[sex]) - own[sex])
            own[sex], left = own[sex] + more, left - more
    if left:
        raise _Unfit
    return own, own


def arrays_of(
    blocks: Mapping[str, Sequence[tuple[str, str]]], domains: Mapping[str, Sequence[str]]
) -> dict[str, np.ndarray]:
    """Somebody for each in every block, as numbers of the values of ``domains``."""
    values = [(block, sex, kind) for block, people in blocks.items() for sex, kind in people]
    columns = list(zip(*values, strict=True)) or [(), (), ()]
    return {
        name: np.array([list(domains[name]).index(value) for value in column], dtype=np.int64)
        for name, column in zip(("reported", "sex", "kind"), columns, strict=True)
    }
