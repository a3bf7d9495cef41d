"""Room in the history, made when a run is over: no page may lead to an earlier report that is about to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from portfolj.fleet.outcome import Outcome
from portfolj.report.kept import beyond_the_last, kept_reports, remove_empty_history, remove_kept
from portfolj.report.lock import Occupied, only_one
from portfolj.report.shelf import Report


def beyond_kept(federations: Sequence[str], *, out: Path, keep: int) -> list[Report]:
    """The earlier reports of these federations that the ``keep`` newest of each period leave out."""
    return [report for name in federations for report in beyond_the_last(kept_reports(out / name), keep)]


def make_room(outcomes: Sequence[Outcome], old: Sequence[Report], *, out: Path) -> list[Outcome]:
    """Remove the earlier reports ``old``, to which no page leads, and give the outcomes with their names.

    Those of a federation that another run has begun on are left to that one.
    """
    told = []
    for outcome in outcomes:
        own = [report for report in old if report.key == outcome.federation]
        if own:
            try:
                with only_one(out / outcome.federation):
                    remove_kept(own)
                    remove_empty_history(out / outcome.federation)
            except Occupied:
                own = []
        told.append(replace(outcome, removed=tuple(report.href for report in own)))
    return told
