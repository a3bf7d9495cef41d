"""What a federation's earlier reports have shown of people: kept beside them, so that a new one can't give it away.

``shown_counts.json`` lies in the federation's folder of reports, one file for all its periods. It holds only what
anyone can read in the reports, and of what the hidden counts are counts.
"""

from __future__ import annotations

import os
from pathlib import Path

from portfolj.disclosure import Remembered, remembered
from portfolj.errors import PortfoljError
from portfolj.followup.view import FollowUpView
from portfolj.places import Places, find_places
from portfolj.portfolio.view import Portfolio
from portfolj.stakeholders.view import StakeholdersView

SHOWN_FILE = "shown_counts.json"
RUN_VARIABLE = "PORTFOLJ_SHOWN_COUNTS"  # where a run keeps the file while its notebooks run


def earlier_reports(portfolio: Portfolio, *, places: Places | None = None) -> Remembered:
    """What the federation's reports in ``places.out`` have shown and hidden; nothing where there are none.

    A run tells its notebooks what it has protected already (``RUN_VARIABLE``), so that they come to the same.

    Raises PortfoljError where the file can't be read: without it nothing is known to be safe to publish.
    """
    own = os.environ.get(RUN_VARIABLE)
    path = Path(own) if own else shown_file(portfolio, places=places or find_places())
    try:
        return remembered.read(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Remembered()
    except (OSError, ValueError):
        raise PortfoljError(
            f"{path} går inte att läsa. Utan den går det inte att veta vad tidigare rapporter har visat om personer. "
            "Lägg tillbaka den från en säkerhetskopia."
        ) from None


def with_this_report(before: Remembered, follow_up: FollowUpView, stakeholders: StakeholdersView) -> Remembered:
    """What is remembered when this report is among those that have been published."""
    return remembered.with_report(
        before,
        follow_up.shown,
        follow_up.hidden,
        unsafe=follow_up.unsafe,
        zeros_too=follow_up.zeros_hidden,
        asked=stakeholders.told,
    )


def shown_file(portfolio: Portfolio, *, places: Places) -> Path:
    """Where the file of the portfolio's federation is."""
    return places.out / portfolio.federation.key / SHOWN_FILE
