"""A run: the reports of many federations, and the pages that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from portfolj.fleet.one import Task, make_one
from portfolj.fleet.outcome import Outcome
from portfolj.places import Places
from portfolj.report.index import write_site_index
from portfolj.report.overview import write_overview


def run(
    federations: Sequence[str],
    *,
    places: Places,
    parameters: Mapping[str, object],
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """One outcome per federation, in order; ``tell`` hears of each as it is done. The site index is written last."""
    outcomes = []
    for federation in federations:
        outcome = make_one(Task(federation, places, parameters))
        tell(outcome)
        outcomes.append(outcome)
    write_overview(places.out)
    write_site_index(places.out)
    return outcomes
