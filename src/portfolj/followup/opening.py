"""What a report is made of, opened together: the portfolio and its follow-up, with every fault of both at once."""

from __future__ import annotations

from portfolj.errors import Fault, InputRefused
from portfolj.followup.identity import find_key
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import FollowUp
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, known_federation, open_portfolio
from portfolj.prepare import remove_faults, write_faults


def open_with_follow_up(federation: str, *, places: Places, **rules: str) -> tuple[Portfolio, FollowUp]:
    """The federation's portfolio by these rules (see ``open_portfolio``), and the rows of its follow-up.

    Raises InputRefused with the faults of the ledger, the decisions, the printed figures and the follow-up together;
    they are then in ``faults.xlsx`` too, none of which repeats a cell of a file on persons.
    """
    settings = known_federation(federation, places=places)
    folder = places.processed(federation)
    faults: list[Fault] = []
    portfolio: Portfolio | None = None
    rows: FollowUp | None = None
    try:
        portfolio = open_portfolio(federation, places=places, **rules)
    except InputRefused as refused:
        faults += refused.faults
    try:
        rows = read_follow_up(settings, key=find_key(settings))
    except InputRefused as refused:
        faults += refused.faults
    if portfolio is None or rows is None:
        every = InputRefused(settings.name, faults)
        write_faults(every, folder)
        raise every
    remove_faults(folder)
    return portfolio, rows
