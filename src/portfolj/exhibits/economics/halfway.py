"""What half of the redrawn calculations say beside the one that leads: never a single time alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolj.economics.options import HORIZON_YEARS
from portfolj.exhibits.economics import words

if TYPE_CHECKING:
    from portfolj.economics.view import EconomicsView

MEDIAN = "payback_p50_months"
INFINITE = float("inf")
HALF = "hälften av omräkningarna"


def half_of_draws(view: EconomicsView, actor: str, months: int) -> str:
    """What follows a time of ``months`` in the same sentence: ``men minst 57 månader i hälften av omräkningarna``.

    Empty where nothing is drawn for the actor. The median is one of the draws, so that at least half of them take it
    or longer and at least half take it or shorter.
    """
    median = median_months(view, actor)
    if median is None:
        return ""
    if median == INFINITE:
        return f"men den blir aldrig betald i mer än {HALF}"
    if median > words.HORIZON_MONTHS:
        return f"och {words.BEYOND} också i {HALF}" if months > words.HORIZON_MONTHS else f"men {words.BEYOND} i {HALF}"
    if median > months:
        return f"men minst {words.months(median)} i {HALF}"
    return f"och högst {words.months(median) if median < months else 'lika länge'} i {HALF}"


def longer_for_each(view: EconomicsView, times: dict[str, int]) -> bool:
    """Whether half of the draws take longer than this for every actor (actor -> months); False without any."""
    medians = {actor: median_months(view, actor) for actor in times}
    return bool(times) and all(median is not None and median > times[actor] for actor, median in medians.items())


def median_months(view: EconomicsView, actor: str) -> float | None:
    """The median of the redrawn times, infinite for never; None where nothing is drawn for the actor."""
    record = words.record_of(words.table_of(view, "chance"), actor=actor, horizon_years=HORIZON_YEARS)
    if not record or not words.is_known(record[MEDIAN]):
        return None
    return INFINITE if record[MEDIAN] == "never" else float(record[MEDIAN])
