"""A run: the reports of many federations, and the pages that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from portfolj.federation import federations_in
from portfolj.fleet.history import beyond_kept, make_room
from portfolj.fleet.many import make_many
from portfolj.fleet.notices import put_up_notices
from portfolj.fleet.one import Task, unchanged
from portfolj.fleet.outcome import Outcome
from portfolj.fleet.refreshing import refresh
from portfolj.places import Places
from portfolj.report.execute import DEFAULT_TIMEOUT_SECONDS
from portfolj.report.kept import KEPT
from portfolj.report.rooms import sweep_once
from portfolj.report.ways_in import write_ways_in


def run(
    federations: Sequence[str],
    *,
    places: Places,
    parameters: Mapping[str, object],
    jobs: int = 1,
    force: bool = False,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    keep: int = KEPT,
    wait_seconds: float = 0.0,
    cluster: str | None = None,
    began: Callable[[str], None] = lambda federation: None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    finished: Callable[[list[Outcome]], None] = lambda outcomes: None,
) -> list[Outcome]:
    """One outcome per federation, in order; ``tell`` hears of each as it is done, ``began`` when its turn has come,
    ``finished`` of all of them at the end, also where the pages that lead to the reports could not be written.

    First Kolada is asked, for the federations that want it. Those whose report stands unchanged are then told of, here,
    without anything being started for them; ``force`` makes them too. Another run of the same federation is waited for
    at most ``wait_seconds``. Written last, when every outcome is known: the pages that say why a federation got no new
    report, and those that lead to the reports. Then the history has room made in it, so that ``keep`` earlier reports
    of each period stay.
    """
    sweep_once()
    refresh(federations, places=places)
    tasks = [Task(name, places, parameters, timeout_seconds, force, wait_seconds) for name in federations]
    standing: dict[int, Outcome] = {}
    for position, task in enumerate(tasks):
        if (outcome := unchanged(task)) is not None:
            standing[position] = outcome
            tell(outcome)
    rest = [task for position, task in enumerate(tasks) if position not in standing]
    made = iter(make_many(rest, jobs=jobs, cluster=cluster, began=began, tell=tell))
    outcomes = [standing[position] if position in standing else next(made) for position in range(len(tasks))]
    try:
        outcomes = put_up_notices(outcomes, places=places)
        old = beyond_kept(federations, out=places.out, keep=keep)
        write_ways_in(places.out, known=federations_in(places), without=[report.href for report in old])
        outcomes = make_room(outcomes, old, out=places.out)
    finally:
        finished(outcomes)
    return outcomes
