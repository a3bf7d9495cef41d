"""The pages that say why a federation got no new report: put up after a run, taken away when a report succeeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from portfolj.errors import PortfoljError
from portfolj.federation import federations_in, known_federation
from portfolj.fleet.outcome import OCCUPIED, WRONGLY_ASKED, Outcome, Status
from portfolj.places import Places
from portfolj.report.layout import FAILURE_FILE


def put_up_notices(outcomes: Sequence[Outcome], *, places: Places, tried: datetime | None = None) -> list[Outcome]:
    """Give every federation without a new report its failure page, and take away that of the others.

    A run that another one kept out changes no page: the other one does. Nor does one with a wrong parameter: that says
    nothing of the federation. Returns the outcomes; one whose page could
    not be written or removed has that too in its message.
    """
    known = set(federations_in(places))
    moment = tried or datetime.now().astimezone()
    return [
        _put_up(outcome, places, moment)
        if outcome.federation in known and outcome.failure not in (OCCUPIED, WRONGLY_ASKED)
        else outcome
        for outcome in outcomes
    ]


def _put_up(outcome: Outcome, places: Places, tried: datetime) -> Outcome:
    federation = outcome.federation
    has_report = outcome.status in (Status.DONE, Status.UNCHANGED)
    if has_report and not (places.out / federation / FAILURE_FILE).exists():
        return outcome  # as nearly always; what makes pages is not imported for it
    from portfolj.report.failure_page import REFUSED, remove_failure_page, write_failure_page

    try:
        if has_report:
            remove_failure_page(places.out, federation)
        else:
            refused = outcome.status is Status.REFUSED
            write_failure_page(
                places.out,
                federation,
                name=_name(federation, places),
                failure=REFUSED if refused else outcome.failure,
                message=_without_places(outcome.message, places) if refused else "",
                tried=tried,
            )
    except PortfoljError as error:
        return replace(outcome, message=f"{outcome.message}\n{error}".lstrip())
    return outcome


def _name(federation: str, places: Places) -> str:
    try:
        return known_federation(federation, places=places).name
    except PortfoljError:  # its settings are what is wrong, and the page says so
        return federation


def _without_places(message: str, places: Places) -> str:
    """The message as it may stand on a page: without where on this computer the folders lie."""
    from portfolj.ledger import mask_personal_numbers

    for folder, name in ((places.data, "data"), (places.out, "reports"), (places.notebooks, "notebooks")):
        message = message.replace(str(folder), name)
    return mask_personal_numbers(message)
