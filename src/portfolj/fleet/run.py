"""A run: the reports of many federations, and the pages that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from portfolj.fleet.notices import put_up_notices
from portfolj.fleet.one import Task, make_one
from portfolj.fleet.outcome import Outcome
from portfolj.places import Places
from portfolj.report.site import write_site_index


def run(
    federations: Sequence[str],
    *,
    places: Places,
    parameters: Mapping[str, object],
    wait_seconds: float = 0.0,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """One outcome per federation, in order; ``tell`` hears of each as it is done. The site index is written last.

    A federation that got no new report has a page that says why, until a run of it succeeds. A federation that another
    run is at work on is waited for at most ``wait_seconds``.
    """
    outcomes = []
    for federation in federations:
        outcome = make_one(Task(federation, places, parameters, wait_seconds=wait_seconds))
        tell(outcome)
        outcomes.append(outcome)
    outcomes = put_up_notices(outcomes, places=places)
    write_site_index(places.out)
    return outcomes
