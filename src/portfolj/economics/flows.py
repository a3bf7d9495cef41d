"""What a change costs and gives, a year, and from whom to whom.

Each person who is in a state sets off flows, each from one actor to another: a job gives production (from the real
economy to the employer), wage, local taxes, fees and indirect taxes; a benefit is paid and, where it is taxed, taxed;
a place in a measure takes resources (to the real economy). A flow between actors is nothing for society: society wins
production and loses resources. Employers are left with nothing: what a job costs them is what it gives. What each
person sets off stands in ``state_flows.py``.

Where a value is missing or a change is hidden the flow is not computed, and neither are the incomes of those who take
part in it. Amounts per person are kept in 1/1024 of a krona, so that sums are exact, in any order.

The frame: ``item``, ``label``, ``state``, ``payer``, ``receiver`` (str; a payer of "" is not known, and may be
anybody), ``sek_per_person_year`` (float64), ``change`` (Int64), ``sek`` (float64; not a number where it can't be
computed), ``why`` ("", ``value_missing`` or ``hidden``), ``missing`` (what is missing, joined by ``;``), ``apart``
(bool: of jobs with a subsidy where those are told for themselves).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from portfolj.economics.actors import LABELS, PARTS_OF_STATE, REAL_ECONOMY, SOCIETY, STATE, in_order
from portfolj.economics.amounts import Amount, exact, summed
from portfolj.economics.changes import Changes
from portfolj.economics.state_flows import Finder, ValuesOfYear, flows_of_state, job_of
from portfolj.economics.states import State

COLUMNS = {
    "item": "str", "label": "str", "state": "str", "payer": "str", "receiver": "str", "sek_per_person_year": "float64",
    "change": "Int64", "sek": "float64", "why": "str", "missing": "str", "apart": "bool",
}  # fmt: skip
VALUE_MISSING, HIDDEN = "value_missing", "hidden"
NO_STATES = "Försörjning före och efter"  # what is missing where a change is neither known nor hidden
_OWN_PAYERS: Mapping[str, str] = MappingProxyType({})
INCOME_COLUMNS = {"actor": "str", "income_1y_sek": "float64", "why": "str", "missing": "str"}


def flows_of(
    changes: Changes,
    *,
    values: Finder,
    year: int,
    states: Mapping[str, State],
    payers: Mapping[str, str] = _OWN_PAYERS,
) -> pd.DataFrame:
    """The flows of every state that the changes have, in their order; see above for the columns.

    ``values``: where unit values are found, of ``year``. ``payers``: code of a benefit or a measure that portfolj
    ships, or ``wage_subsidy`` -> the actor who pays it instead. Where nothing changes the flow is 0, whatever is
    missing. A state that is not among ``states`` is taken as a benefit of that code, whose payer nobody knows.
    The flows of those who are told for themselves (see ``transitions``) are marked ``apart``: what they came from as
    well as what they went to.
    """
    known = ValuesOfYear(values, year)
    rows = []
    each = zip(*(changes.frame[name] for name in ("state", "label", "change", "hidden", "apart")), strict=True)
    for code, label, change, hidden, apart in each:
        state = states.get(code, State(code, label, benefit=code))
        for flow in flows_of_state(state, known, payers):
            sek, why, missing = _in_all(flow.amount, change, hidden=bool(hidden))
            told = (flow.item, flow.label, code, flow.payer, flow.receiver, flow.amount.sek, change, sek, why)
            rows.append((*told, ";".join(missing), bool(apart)))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object").astype(COLUMNS)


def production_value_sek(
    monthly_wage_sek: float,
    *,
    employer_fee_share: float,
    indirect_tax_share: float,
    extent: float = 1.0,
    subsidy_month_sek: float = 0.0,
) -> float:
    """What a job produces in a year, in kronor: the wage with fee, without subsidy, and indirect tax on that.

    ``monthly_wage_sek`` and ``subsidy_month_sek`` are those of full time; ``extent`` is the share of it.

    >>> production_value_sek(25_000, employer_fee_share=0.3142, indirect_tax_share=0.25)  # 25 000 x 12 x 1.3142 x 1.25
    492825.0
    >>> production_value_sek(5_000, employer_fee_share=0.3142, indirect_tax_share=0.25)
    98565.0
    """
    wage = Amount(exact(12 * monthly_wage_sek * extent))
    subsidy = Amount(exact(12 * subsidy_month_sek * extent))
    return job_of(wage, Amount(employer_fee_share), Amount(indirect_tax_share), subsidy).production.sek


def income_of(flows: pd.DataFrame, own_actors: Iterable[str] = (), *, apart: bool = False) -> pd.DataFrame:
    """Each actor's income of a year: ``actor``, ``income_1y_sek``, ``why``, ``missing``, in the order of tables.

    ``apart``: of the jobs that are told for themselves, and of nothing else; else they are left out. An income is not a
    number where a flow that the actor takes part in is none: ``why`` is then ``hidden`` where a count is hidden, else
    ``value_missing``, and ``missing`` lists what is missing. The state in total is its three parts; society is what
    the real economy gives and takes, so that it is known where only flows between actors are not.
    """
    chosen = flows[flows["apart"] == apart]
    rows = []
    for actor in in_order((*LABELS, *own_actors)):
        ends = {SOCIETY: (REAL_ECONOMY,), STATE: PARTS_OF_STATE}.get(actor, (actor,))
        touching = _touching(chosen, ends)
        unknown = touching[touching["sek"].isna()]
        sign = -1.0 if actor == SOCIETY else 1.0
        sek = math.nan if len(unknown) else sign * net_sek(touching, ends) + 0.0
        why = "" if unknown.empty else HIDDEN if (unknown["why"] == HIDDEN).any() else VALUE_MISSING
        missing = summed([label for label in each.split(";") if label] for each in unknown["missing"])
        rows.append((actor, sek, why, ";".join(missing)))
    return pd.DataFrame(rows, columns=list(INCOME_COLUMNS)).astype(INCOME_COLUMNS)


def net_sek(flows: pd.DataFrame, ends: Iterable[str]) -> float:
    """What those at one end of flows get, minus what they pay, together; not a number where a flow is none."""
    ends = tuple(ends)
    got, paid = flows["receiver"].isin(ends), flows["payer"].isin(ends)
    return float(flows.loc[got, "sek"].sum(skipna=False) - flows.loc[paid, "sek"].sum(skipna=False))


def _touching(flows: pd.DataFrame, ends: Iterable[str]) -> pd.DataFrame:
    """The flows that those take part in. One whose payer nobody knows may be anyone's, but not the real economy's."""
    ends = tuple(ends)
    anybody = (flows["payer"] == "") & (ends != (REAL_ECONOMY,))
    return flows[flows["payer"].isin(ends) | flows["receiver"].isin(ends) | anybody]


def _in_all(amount: Amount, change: object, *, hidden: bool) -> tuple[float, str, tuple[str, ...]]:
    """The whole flow, and why it can't be computed and what is missing where it can't."""
    told = None if pd.isna(change) else int(change)  # type: ignore[call-overload]
    if told == 0 or amount.sek == 0:
        return 0.0, "", ()
    missing = amount.missing if told is not None or hidden else summed((amount.missing, (NO_STATES,)))
    if told is None or missing:
        return math.nan, HIDDEN if hidden else VALUE_MISSING, missing
    return amount.sek * told, "", ()
