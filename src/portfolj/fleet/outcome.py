"""How it went for one federation, and what a whole run answers the system with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from portfolj.errors import EXIT_BUG, EXIT_USER_ERROR

OCCUPIED = "occupied"
WRONGLY_ASKED = "wrongly_asked"


class Status(StrEnum):
    """How one federation's report went."""

    DONE = "klar"
    UNCHANGED = "oförändrad"
    REFUSED = "nekad"
    FAILED = "fel"


@dataclass(frozen=True)
class Outcome:
    """How it went for one federation. ``message`` says why where no report was made; ``rows`` is rows in/used/aside;
    ``has_earlier_report`` says whether an earlier one still stands; ``seconds`` is how long it took by the clock;
    ``failure`` is the value of ``report.execute.Failure`` for a notebook that did not run to its end, ``OCCUPIED``
    where another run was at work, ``WRONGLY_ASKED`` where a parameter of the run was wrong, else empty; ``removed``
    names the earlier reports that the history had no room for any more, as paths below the folder of reports."""

    federation: str
    status: Status
    message: str = ""
    folder: Path | None = None
    rows: tuple[int, int, int] = (0, 0, 0)
    has_earlier_report: bool = False
    seconds: float = 0.0
    failure: str = ""
    removed: tuple[str, ...] = ()


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0 when every report stands, 1 when a bug stopped one, otherwise 2 for input that was refused."""
    statuses = {outcome.status for outcome in outcomes}
    if Status.FAILED in statuses:
        return EXIT_BUG
    return EXIT_USER_ERROR if Status.REFUSED in statuses else 0
