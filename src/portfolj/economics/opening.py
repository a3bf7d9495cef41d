"""What a report is made of, opened together: portfolio, follow-up and economics, with every fault of all at once."""

from __future__ import annotations

from typing import NamedTuple

from portfolj.economics.reading import EconomicsFiles, read_economics
from portfolj.economics.states import labels_of_states
from portfolj.errors import Fault, InputRefused
from portfolj.federation import known_federation
from portfolj.followup.identity import find_key
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import FollowUp
from portfolj.places import Places
from portfolj.portfolio.view import Portfolio, open_portfolio
from portfolj.prepare import remove_faults, write_faults


class Opened(NamedTuple):
    """The three that a report rests on."""

    portfolio: Portfolio
    follow_up: FollowUp
    economics: EconomicsFiles


def open_everything(federation: str, *, places: Places, **rules: str) -> Opened:
    """The federation's portfolio by these rules (see ``open_portfolio``), its follow-up and its files of economics.

    Raises InputRefused with the faults of the ledger, the decisions, the printed figures, the follow-up and the
    economics together; they are then in ``faults.xlsx`` too, none of which repeats a cell of a file on persons.
    """
    settings = known_federation(federation, places=places)
    folder = places.processed(federation)
    faults: list[Fault] = []
    portfolio: Portfolio | None = None
    follow_up: FollowUp | None = None
    economics: EconomicsFiles | None = None
    try:
        portfolio = open_portfolio(federation, places=places, **rules)
    except InputRefused as refused:
        faults += refused.faults
    try:
        follow_up = read_follow_up(settings, key=find_key(settings))
    except InputRefused as refused:
        faults += refused.faults
    try:
        economics = read_economics(settings, states=labels_of_states(settings))
    except InputRefused as refused:
        faults += refused.faults
    if portfolio is None or follow_up is None or economics is None:
        every = InputRefused(settings.name, faults)
        write_faults(every, folder)
        raise every
    remove_faults(folder)
    return Opened(portfolio, follow_up, economics)
