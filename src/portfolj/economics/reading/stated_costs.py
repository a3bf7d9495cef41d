"""Costs that contradict: what society or the state in total is said to pay, and what its parts are said to pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import pandas as pd

from portfolj.economics.actors import LABELS, PARTS_OF_STATE, SOCIETY, STATE
from portfolj.economics.costs import PAYERS
from portfolj.economics.reading.table import FAULTY, Read, position_of
from portfolj.economics.unit_values import COST_KEYS
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.findings import Findings
from portfolj.followup.table import Table

_WITHIN_SEK: Final = 1.0  # sums of rounded amounts differ by less
_EVERY_YEAR: Final = 0
_Place = tuple[str, str, str]


class _Cost(NamedTuple):
    """``row``: of the table."""

    table: Table
    row: int
    sek: float

    @property
    def place(self) -> str:
        return self.table.address(self.row, position_of(self.table, "value") or 0)


def tell_of_contradictions(read: Read, findings: Findings) -> None:
    """A fault for each cost of society or of the state that differs from the sum of its parts in a year.

    ``read``: tables of values, each value once. As in ``costs.py``: society is municipality, region and the state, and
    the federation's own actors as far as theirs stand; the state is its three parts. A row of a year goes before one
    of every year. Nothing is said where a part is missing, nor of a total held against a cost per participant.
    """
    for key in COST_KEYS:
        stated = _stated(read, key)
        for year in sorted({year for _, year in stated}):
            costs = {actor: stated.get((actor, year)) or stated.get((actor, _EVERY_YEAR)) for actor, _ in stated}
            for actor, cost, parts in _sums({actor: cost for actor, cost in costs.items() if cost}):
                if abs(cost.sek - sum(part.sek for part in parts)) > _WITHIN_SEK:
                    position = position_of(cost.table, "value") or 0
                    findings.cells(cost.table, position, [cost.row], [_fault(actor, cost, parts)])


def _stated(read: Read, key: str) -> dict[tuple[str, int], _Cost]:
    """Actor and year (``_EVERY_YEAR`` where none stands) -> the cost, of the rows without a fault."""
    stated: dict[tuple[str, int], _Cost] = {}
    for table, frame in read:
        for row in frame[frame["key"] == key].to_dict("records"):
            if FAULTY not in (row["actor"], row["year"]) and row["actor"] and not pd.isna(row["value"]):
                year = _EVERY_YEAR if pd.isna(row["year"]) else int(row["year"])
                stated.setdefault((row["actor"], year), _Cost(table, int(row["at"]), float(row["value"])))
    return stated


def _sums(costs: Mapping[str, _Cost]) -> Iterator[tuple[str, _Cost, list[_Cost]]]:
    """The costs that have all their parts beside them, and those parts."""
    of_state = _all_of(costs, PARTS_OF_STATE)
    if STATE in costs and of_state:
        yield STATE, costs[STATE], of_state
    others = _all_of(costs, (actor for actor in PAYERS if actor != STATE))
    state = [costs[STATE]] if STATE in costs else of_state
    if SOCIETY in costs and others and state:
        own = [cost for actor, cost in costs.items() if actor not in LABELS]
        yield SOCIETY, costs[SOCIETY], [*others, *state, *own]


def _all_of(costs: Mapping[str, _Cost], actors: Iterable[str]) -> list[_Cost]:
    found = [costs.get(actor) for actor in actors]
    return [cost for cost in found if cost] if all(found) else []


def _place(cost: _Cost) -> _Place:
    return cost.table.sheet.file, cost.table.sheet.title, cost.place


def _fault(actor: str, cost: _Cost, parts: list[_Cost]) -> CellFault:
    cells = [part.place if _place(part)[:2] == _place(cost)[:2] else ", ".join(filter(None, _place(part)))
             for part in parts]  # fmt: skip
    total = f"{sum(part.sek for part in parts):,.2f}".replace(",", " ").replace(".", ",").removesuffix(",00")
    return CellFault(
        Reason.ROWS_CONTRADICT, f"Kostnaden för {LABELS[actor].lower()} är inte summan av sina delar",
        "samma summa på båda ställena, eller bara den ena", "Rätta eller ta bort den som är fel",
        beside=f" ({', '.join(cells[:-1])} och {cells[-1]} ger {total} kr)",
    )  # fmt: skip
