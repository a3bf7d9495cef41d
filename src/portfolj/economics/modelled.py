"""From states before and after to the base of results: yearly income per actor, and what the participants cost."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from portfolj.economics.actors import SOCIETY
from portfolj.economics.changes import Changes
from portfolj.economics.costs import cost_of, is_stated
from portfolj.economics.incomes import COST_MISSING
from portfolj.economics.results import BASE, frame_of
from portfolj.economics.values import Values

HIDDEN = "hidden"


def base_of_model(
    income: pd.DataFrame, changes: Changes, *, year_label: str, value_year: int, values: Values,
    ledger_cost_sek: float | None, own_actors: Iterable[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """The base of one period (see ``results.BASE``) from the income of each actor (see ``flows.income_of``).

    Society's cost is what the ledger has granted the interventions that are followed up, unless another is stated; the
    other actors' costs must be stated, since the ledger does not say who has paid the members' money.
    """
    records = []
    for row in income.to_dict("records"):
        cost, missing, why = _cost(row["actor"], changes, value_year, values, ledger_cost_sek, own_actors)
        lacking = [part for part in (row["missing"], *missing) if part]
        records.append({
            "year": year_label, "actor": row["actor"], "participants": changes.participants,
            "income_1y_sek": row["income_1y_sek"], "cost_sek": cost, "why": row["why"] or why,
            "missing": ";".join(dict.fromkeys(lacking)),
        })  # fmt: skip
    return frame_of(BASE, records)


def _cost(
    actor: str, changes: Changes, year: int, values: Values, ledger_cost_sek: float | None, own_actors: Iterable[str]
) -> tuple[float | None, tuple[str, ...], str]:
    if changes.participants is None:
        return None, (), HIDDEN
    if actor == SOCIETY and ledger_cost_sek is not None and not is_stated(actor, year=year, values=values):
        return ledger_cost_sek, (), ""
    found = cost_of(actor, year=year, participants=changes.participants, values=values, own_actors=own_actors)
    return found.sek, found.missing, COST_MISSING if found.missing else ""
