"""What a change costs and gives, a year, and from whom to whom.

Each person who is in a state sets off flows, each from one actor to another: a job gives production (from the real
economy to the employer), wage, local taxes, fees and indirect taxes; a benefit is paid and, where it is taxed, taxed;
a place in a measure takes resources (to the real economy). A flow between actors is nothing for society: society wins
production and loses resources. Work of one's own is priced as the printed model does: wage x (1 + employer fee)
x (1 + indirect tax). Employers are left with nothing: what a job costs them is what it gives. A wage subsidy is the
stated share of the wage (up to the cap of full time) with the fee on it; production is then what the employer pays
oneself, and the subsidy moves from the employment service. Local taxes are drawn on the whole amount: there is neither
basic allowance nor tax credit in the model.

An amount that needs a missing value and a change that is hidden are not computed, and neither is what an actor gets that
they touch. Amounts per person are kept in 1/1024 of a krona, so that sums are exact, in any order.

The frame: ``item``, ``label``, ``state``, ``payer``, ``receiver`` (str; a payer of "" is not known, and may be
anybody), ``sek_per_person_year`` (float64), ``change`` (Int64), ``sek`` (float64; not a number where it can't be
computed), ``why`` ("", ``value_missing`` or ``hidden``), ``missing`` (what is missing, joined by ``;``), ``apart``
(bool: of jobs with a subsidy where those are told for themselves).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, Protocol

import pandas as pd

from portfolj.economics.actors import EMPLOYERS, INDIVIDUAL, REAL_ECONOMY
from portfolj.economics.amounts import Amount, computed, exact, percent, subsidy_sek, summed
from portfolj.economics.changes import Changes
from portfolj.economics.states import State, benefits_known, measures_known

COLUMNS = {
    "item": "str", "label": "str", "state": "str", "payer": "str", "receiver": "str", "sek_per_person_year": "float64",
    "change": "Int64", "sek": "float64", "why": "str", "missing": "str", "apart": "bool",
}  # fmt: skip
VALUE_MISSING, HIDDEN = "value_missing", "hidden"
PLACE = "place_"  # before the code of a measure: the item of what its places cost
NO_STATES = "Försörjning före och efter"  # what is missing where a change is neither known nor hidden
_OWN_PAYERS: Mapping[str, str] = MappingProxyType({})


class Finder(Protocol):
    """What gives values: ``values.Values``. What it finds has ``value``; what says what is missing has none."""

    def find(self, key: str, *, year: int, actor: str = "") -> object: ...


class _Flow(NamedTuple):
    item: str
    label: str
    payer: str
    receiver: str
    amount: Amount


@dataclass(frozen=True)
class _Year:
    """The values of a year, as amounts that know what they lack."""

    values: Finder
    year: int

    def of(self, key: str, actor: str = "") -> Amount:
        found = self.values.find(key, year=self.year, actor=actor)
        number = getattr(found, "value", None)
        return Amount(math.nan, (str(found),)) if number is None else Amount(float(number))

    def share(self, key: str, actor: str = "") -> Amount:
        return computed(percent, self.of(key, actor))


def flows_of(
    changes: Changes,
    *,
    values: Finder,
    year: int,
    states: Mapping[str, State],
    subsidised_apart: bool,
    payers: Mapping[str, str] = _OWN_PAYERS,
) -> pd.DataFrame:
    """The flows of every state that the changes have, in their order; see above for the columns.

    ``values``: where unit values are found, of ``year``. ``payers``: code of a benefit or a measure -> the actor who
    pays it instead of the one that portfolj ships. Where nothing changes the flow is 0, whatever is missing. A state
    that is not among ``states`` is taken as a benefit of that code, whose payer nobody knows.
    """
    known = _Year(values, year)
    rows = []
    each = zip(*(changes.frame[name] for name in ("state", "label", "change", "hidden")), strict=True)
    for code, label, change, hidden in each:
        state = states.get(code, State(code, label, benefit=code))
        for flow in _of_state(state, known, payers):
            sek, why, missing = _in_all(flow.amount, change, hidden=bool(hidden))
            told = (flow.item, flow.label, code, flow.payer, flow.receiver, flow.amount.sek, change, sek, why)
            rows.append((*told, ";".join(missing), state.subsidised and subsidised_apart))
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
    return _job(wage, Amount(employer_fee_share), Amount(indirect_tax_share), subsidy).production.sek


class _Job(NamedTuple):
    production: Amount
    fee: Amount
    indirect: Amount


def _job(wage: Amount, fee_share: Amount, indirect_share: Amount, subsidy: Amount) -> _Job:
    fee = computed(lambda paid, share: exact(paid * share), wage, fee_share)
    indirect = computed(
        lambda paid, fees, given, share: exact((paid + fees - given) * share), wage, fee, subsidy, indirect_share
    )
    production = computed(lambda paid, fees, given, tax: paid + fees - given + tax, wage, fee, subsidy, indirect)
    return _Job(production, fee, indirect)


def _of_state(state: State, known: _Year, payers: Mapping[str, str]) -> Iterator[_Flow]:
    if state.works:
        yield from _of_work(state, known, payers)
    if state.benefit:
        yield from _of_benefit(state, known, payers)
    if state.measure:
        measure = measures_known()[state.measure]
        payer = payers.get(measure.code, measure.payer)
        cost = computed(exact, known.of(f"measure_{measure.code}_sek_per_year"))
        yield _Flow(f"{PLACE}{measure.code}", measure.label, payer, REAL_ECONOMY, cost)


def _of_work(state: State, known: _Year, payers: Mapping[str, str]) -> Iterator[_Flow]:
    month, fee_share = known.of("monthly_wage_sek"), known.share("employer_fee_pct")
    extent = known.share("work_extent_pct") if math.isnan(state.work_extent) else Amount(state.work_extent)
    wage = computed(lambda sek, part: exact(12 * sek * part), month, extent)
    subsidy = Amount(0.0)
    if state.subsidised:
        cap, share = known.of("wage_subsidy_cap_month_sek"), known.share("wage_subsidy_share_pct")
        subsidy = computed(subsidy_sek, month, extent, fee_share, cap, share)
    job = _job(wage, fee_share, known.share("indirect_tax_pct"), subsidy)
    yield _Flow("production", "Produktion", REAL_ECONOMY, EMPLOYERS, job.production)
    yield _Flow("wage", "Lön", EMPLOYERS, INDIVIDUAL, wage)
    yield from _local_taxes("wage", "lön", wage, known)
    yield _Flow("employer_fee", "Arbetsgivaravgift", EMPLOYERS, "ovrig_stat", job.fee)
    yield _Flow("indirect_tax", "Indirekta skatter", EMPLOYERS, "ovrig_stat", job.indirect)
    if state.subsidised:
        payer = payers.get("wage_subsidy", "af")
        yield _Flow("wage_subsidy", "Lönestöd", payer, EMPLOYERS, subsidy)


def _of_benefit(state: State, known: _Year, payers: Mapping[str, str]) -> Iterator[_Flow]:
    benefit = benefits_known().get(state.benefit)
    payer = payers.get(state.benefit, benefit.payer if benefit else "")
    if not payer:
        who = Amount(math.nan, (f"vem som betalar {state.label} och om den beskattas",))
        yield _Flow(state.benefit, state.label, "", INDIVIDUAL, who)
        return
    amount = computed(exact, known.of(f"{state.benefit}_sek_per_year"))
    yield _Flow(state.benefit, benefit.label if benefit else state.label, payer, INDIVIDUAL, amount)
    if benefit and benefit.taxable:
        yield from _local_taxes("benefit", "ersättning", amount, known)


def _local_taxes(item: str, word: str, amount: Amount, known: _Year) -> Iterator[_Flow]:
    taxes = (("municipal_tax", "Kommunalskatt", "kommun"), ("regional_tax", "Regionskatt", "region"))
    for tax, label, actor in taxes:
        drawn = computed(lambda sek, share: exact(sek * share), amount, known.share(f"{tax}_pct", actor))
        yield _Flow(f"{tax}_{item}", f"{label} på {word}", INDIVIDUAL, actor, drawn)


def _in_all(amount: Amount, change: object, *, hidden: bool) -> tuple[float, str, tuple[str, ...]]:
    """The whole flow, and why it can't be computed and what is missing where it can't."""
    told = None if pd.isna(change) else int(change)  # type: ignore[call-overload]
    if told == 0 or amount.sek == 0:
        return 0.0, "", ()
    missing = amount.missing if told is not None or hidden else summed((amount.missing, (NO_STATES,)))
    if told is None or missing:
        return math.nan, HIDDEN if hidden else VALUE_MISSING, missing
    return amount.sek * told, "", ()
