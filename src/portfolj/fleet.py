"""Many federations, one after the other: one that fails never stops the others."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from portfolj.errors import EXIT_BUG, EXIT_USER_ERROR, PortfoljError
from portfolj.places import Places
from portfolj.report.build import build_report
from portfolj.report.site import write_site_index


class Status(StrEnum):
    """How one federation's report went."""

    DONE = "klar"
    UNCHANGED = "oförändrad"
    REFUSED = "nekad"
    FAILED = "fel"


@dataclass(frozen=True)
class Outcome:
    """How it went for one federation. ``message`` says why where no report was made; ``rows`` is rows in/used/aside;
    ``has_earlier_report`` says whether an earlier one still stands."""

    federation: str
    status: Status
    message: str = ""
    folder: Path | None = None
    rows: tuple[int, int, int] = (0, 0, 0)
    has_earlier_report: bool = False


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
        outcome = _run_one(federation, places=places, parameters=parameters)
        tell(outcome)
        outcomes.append(outcome)
    write_site_index(places.out)
    return outcomes


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0 when every report was made, 1 when a bug stopped one, otherwise 2 for input that was refused."""
    statuses = {outcome.status for outcome in outcomes}
    if Status.FAILED in statuses:
        return EXIT_BUG
    return EXIT_USER_ERROR if Status.REFUSED in statuses else 0


def _run_one(federation: str, *, places: Places, parameters: Mapping[str, object]) -> Outcome:
    try:
        published = build_report(federation, places=places, parameters=parameters)
    except PortfoljError as error:
        return Outcome(federation, Status.REFUSED, str(error), has_earlier_report=_has_report(federation, places))
    except Exception:
        # A bug in one report is told with its traceback and exit code 1; the other federations still get theirs.
        trace = traceback.format_exc()
        return Outcome(federation, Status.FAILED, trace, has_earlier_report=_has_report(federation, places))
    return Outcome(federation, Status.DONE, folder=published.folder, rows=published.portfolio.prepared.row_counts)


def _has_report(federation: str, places: Places) -> bool:
    return any((places.out / federation).glob("*/index.html"))
