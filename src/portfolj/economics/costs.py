"""What participants cost each actor: stated for the actor, or the sum of those that make it up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from portfolj.economics.actors import INDIVIDUAL, PARTS_OF_STATE, SOCIETY, STATE, SUMS
from portfolj.economics.values import Value, Values

TOTAL = "cost_total_sek"
PER_PARTICIPANT = "cost_per_participant_sek"
PAYERS = ("kommun", "region", *PARTS_OF_STATE)  # who must have a stated cost, nothing included, for society to have one


class Cost(NamedTuple):
    """Whole kronor, None where no cost is stated; ``missing``: what would have to be stated, in words."""

    sek: float | None
    missing: tuple[str, ...] = ()


def cost_of(actor: str, *, year: int, participants: int, values: Values, own_actors: Iterable[str] = ()) -> Cost:
    """What so many participants of a year cost the actor.

    A stated total comes before a stated cost per participant, both before a sum of parts. The state is its parts;
    society is municipality, region and the state's parts, each of which must be stated, and the federation's own actors
    as far as they are. The individual pays nothing unless it is stated.
    """
    for key, times in ((TOTAL, 1), (PER_PARTICIPANT, participants)):
        if values.knows(key, year=year, actor=actor):
            found = values.find(key, year=year, actor=actor)
            if isinstance(found, Value) and found.value is not None:
                return Cost(float(round(found.value * times)))
    if actor == INDIVIDUAL:
        return Cost(0.0)
    if actor not in SUMS:
        return Cost(None, (str(values.find(PER_PARTICIPANT, year=year, actor=actor)),))
    parts = PARTS_OF_STATE if actor == STATE else PAYERS
    asked = [cost_of(part, year=year, participants=participants, values=values) for part in parts]
    if actor == SOCIETY:
        more = [
            part for part in own_actors if any(values.knows(k, year=year, actor=part) for k in (TOTAL, PER_PARTICIPANT))
        ]
        asked += [cost_of(part, year=year, participants=participants, values=values) for part in more]
    missing = tuple(dict.fromkeys(text for part in asked for text in part.missing))
    return Cost(None, missing) if missing else Cost(float(sum(part.sek or 0 for part in asked)))


def costs_table(values: Values) -> pd.DataFrame:
    """Those of ``values.table()`` that are costs and have been used."""
    table = values.table()
    return table[table["key"].isin([TOTAL, PER_PARTICIPANT]) & table["used"]].reset_index(drop=True)
