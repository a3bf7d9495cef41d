"""The incomes of a calculation from states with one of its values changed and all others as they stand.

What was found in the first calculation is remembered and found again, whatever year or actor it is stated for, so that
nothing but the one value differs. The values themselves are asked once, as a copy: what the caller has used and missed
is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from portfolj.economics.actors import PARTS_OF_STATE, REAL_ECONOMY, SOCIETY, STATE
from portfolj.economics.changes import Changes
from portfolj.economics.flows import flows_of
from portfolj.economics.state_flows import ValuesOfYear, flows_of_state
from portfolj.economics.states import State
from portfolj.economics.values import Missing, Value, Values

Incomes = npt.NDArray[np.float64]


class VariedIncomes:
    """``used``: the values that the flows were computed with, in order of first use. ``actors``: whose incomes."""

    def __init__(
        self, changes: Changes, *, values: Values, year: int, states: Mapping[str, State],
        payers: Mapping[str, str], actors: Sequence[str],
    ) -> None:  # fmt: skip
        self._year, self._states, self._payers = year, states, payers
        self._first = _Remembered(Values(values.shipped, values.own, values.use_year, values.overrides))
        flows = flows_of(changes, values=self._first, year=year, states=states, payers=payers)
        flows = flows[~flows["apart"]].reset_index(drop=True)  # those told for themselves are in no result
        self.used = tuple(dict.fromkeys(each for each in self._first.found.values() if isinstance(each, Value)))
        counted = flows["sek"].notna() & flows["change"].fillna(0).ne(0)
        self._rows = {code: np.flatnonzero(flows["state"] == code) for code in flows.loc[counted, "state"].unique()}
        self._signs = signs(flows, actors) * flows["change"].where(counted, 0).to_numpy(dtype="float64")
        self._base = self._per_person(self._first)
        self._known: dict[tuple[Value, float], Incomes] = {}

    def gained_sek(self, value: Value, figure: float) -> Incomes:
        """What each actor's yearly income gains by the value being ``figure`` instead, in kronor.

        Flows that can't be computed are left out: an actor who takes part in one has no income, and is not asked for.
        """
        if (value, figure) not in self._known:
            varied = self._per_person(self._first.with_figure(value, figure))
            self._known[value, figure] = self._signs @ (varied - self._base)
        return self._known[value, figure]

    def _per_person(self, finder: _Remembered) -> Incomes:
        """The amount of each flow in the order of ``flows_of``, 0 where it is not computed."""
        amounts, known = np.zeros(self._signs.shape[1]), ValuesOfYear(finder, self._year)
        for code, rows in self._rows.items():
            amounts[rows] = [flow.amount.sek for flow in flows_of_state(self._states[code], known, self._payers)]
        return np.nan_to_num(amounts)


def signs(flows: pd.DataFrame, actors: Sequence[str]) -> Incomes:
    """A row per actor, a column per flow: 1 where the flow is an income of the actor's, -1 where it is paid, else 0.

    The rule is that of ``flows.income_of``, which takes far longer: flows apart are nobody's, the state is its parts,
    and society is what the real economy loses.
    """
    rows = []
    for actor in actors:
        ends = {SOCIETY: (REAL_ECONOMY,), STATE: PARTS_OF_STATE}.get(actor, (actor,))
        got, paid = (flows[side].isin(ends).to_numpy(dtype="float64") for side in ("receiver", "payer"))
        rows.append((paid - got if actor == SOCIETY else got - paid) * ~flows["apart"].to_numpy(dtype="bool"))
    return np.array(rows, dtype="float64").reshape(len(actors), len(flows))


class _Remembered:
    """A finder that finds again what it has found once."""

    def __init__(self, values: Values, found: Mapping[tuple[str, int, str], Value | Missing] | None = None) -> None:
        self._values, self.found = values, dict(found or {})

    def find(self, key: str, *, year: int, actor: str = "") -> Value | Missing:
        asked = (key, year, actor)
        if asked not in self.found:
            self.found[asked] = self._values.find(key, year=year, actor=actor)
        return self.found[asked]

    def with_figure(self, value: Value, figure: float) -> _Remembered:
        other = replace(value, value=figure)
        return _Remembered(self._values, {at: other if each == value else each for at, each in self.found.items()})
