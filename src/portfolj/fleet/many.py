"""Many reports at once: one way of sending the work, to this machine's processes or to a cluster's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import joblib

from portfolj.fleet.cluster import cluster_backend
from portfolj.fleet.one import Task, make_one
from portfolj.fleet.outcome import Outcome


def make_many(
    tasks: Sequence[Task],
    *,
    cluster: str,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """One outcome per task, in the tasks' order; ``tell`` hears of each as it is done."""
    if not tasks:
        return []
    order = [task.federation for task in tasks]
    done = {}
    with (
        cluster_backend(cluster, places=tasks[0].places, federations=order) as backend,
        joblib.parallel_config(backend=backend),
    ):
        parallel = joblib.Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="all")
        for outcome in parallel(joblib.delayed(make_one)(task) for task in tasks):
            tell(outcome)
            done[outcome.federation] = outcome
    return [done[federation] for federation in order]
