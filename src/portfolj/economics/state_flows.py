"""What one person in a state sets off in a year: each flow, from whom to whom, at what amount.

Work is priced as the printed model does: wage x (1 + employer fee) x (1 + indirect tax). A wage subsidy is the stated
share of the wage (up to the cap of full time) with the fee on it; production is then what the employer pays oneself,
and the subsidy moves from the employment service. Local taxes are drawn on the whole amount: there is neither basic
allowance nor tax credit in the model.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from portfolj.economics.actors import EMPLOYERS, INDIVIDUAL, REAL_ECONOMY
from portfolj.economics.amounts import Amount, computed, exact, percent, subsidy_sek
from portfolj.economics.states import State, benefits_known, measures_known

PLACE = "place_"  # before the code of a measure: the item of what its places cost


class Finder(Protocol):
    """What gives values: ``values.Values``. What it finds has ``value``; what says what is missing has none."""

    def find(self, key: str, *, year: int, actor: str = "") -> object: ...


class Flow(NamedTuple):
    """``amount``: of one person in a year."""

    item: str
    label: str
    payer: str
    receiver: str
    amount: Amount


@dataclass(frozen=True)
class ValuesOfYear:
    """The values of a year, as amounts that know what they lack."""

    values: Finder
    year: int

    def of(self, key: str, actor: str = "") -> Amount:
        found = self.values.find(key, year=self.year, actor=actor)
        number = getattr(found, "value", None)
        return Amount(math.nan, (str(found),)) if number is None else Amount(float(number))

    def share(self, key: str, actor: str = "") -> Amount:
        return computed(percent, self.of(key, actor))


class Job(NamedTuple):
    """In kronor a year: what it produces, the employer fee, and the indirect tax."""

    production: Amount
    fee: Amount
    indirect: Amount


def job_of(wage: Amount, fee_share: Amount, indirect_share: Amount, subsidy: Amount) -> Job:
    """What follows of a yearly wage and a yearly subsidy. Employers are left with nothing: see ``flows.py``."""
    fee = computed(lambda paid, share: exact(paid * share), wage, fee_share)
    indirect = computed(
        lambda paid, fees, given, share: exact((paid + fees - given) * share), wage, fee, subsidy, indirect_share
    )
    production = computed(lambda paid, fees, given, tax: paid + fees - given + tax, wage, fee, subsidy, indirect)
    return Job(production, fee, indirect)


def flows_of_state(state: State, known: ValuesOfYear, payers: Mapping[str, str]) -> Iterator[Flow]:
    """The flows of one person, work first. ``payers``: who pays instead of the one that is shipped, by code."""
    if state.works:
        yield from _of_work(state, known, payers)
    if state.benefit:
        yield from _of_benefit(state, known, payers)
    if state.measure:
        measure = measures_known()[state.measure]
        payer = payers.get(measure.code, measure.payer)
        cost = computed(exact, known.of(f"measure_{measure.code}_sek_per_year"))
        yield Flow(f"{PLACE}{measure.code}", measure.label, payer, REAL_ECONOMY, cost)


def _of_work(state: State, known: ValuesOfYear, payers: Mapping[str, str]) -> Iterator[Flow]:
    month, fee_share = known.of("monthly_wage_sek"), known.share("employer_fee_pct")
    extent = known.share("work_extent_pct") if math.isnan(state.work_extent) else Amount(state.work_extent)
    wage = computed(lambda sek, part: exact(12 * sek * part), month, extent)
    subsidy = Amount(0.0)
    if state.subsidised:
        cap, share = known.of("wage_subsidy_cap_month_sek"), known.share("wage_subsidy_share_pct")
        subsidy = computed(subsidy_sek, month, extent, fee_share, cap, share)
    job = job_of(wage, fee_share, known.share("indirect_tax_pct"), subsidy)
    yield Flow("production", "Produktion", REAL_ECONOMY, EMPLOYERS, job.production)
    yield Flow("wage", "Lön", EMPLOYERS, INDIVIDUAL, wage)
    yield from _local_taxes("wage", "lön", wage, known)
    yield Flow("employer_fee", "Arbetsgivaravgift", EMPLOYERS, "ovrig_stat", job.fee)
    yield Flow("indirect_tax", "Indirekta skatter", EMPLOYERS, "ovrig_stat", job.indirect)
    if state.subsidised:
        payer = payers.get("wage_subsidy", "af")
        yield Flow("wage_subsidy", "Lönestöd", payer, EMPLOYERS, subsidy)


def _of_benefit(state: State, known: ValuesOfYear, payers: Mapping[str, str]) -> Iterator[Flow]:
    benefit = benefits_known().get(state.benefit)
    if benefit is None:
        unknown = Amount(math.nan, (f"{state.label}: belopp, vem som betalar och om den beskattas",))
        yield Flow(state.benefit, state.label, "", INDIVIDUAL, unknown)
        return
    amount = computed(exact, known.of(f"{state.benefit}_sek_per_year"))
    yield Flow(state.benefit, benefit.label, payers.get(state.benefit, benefit.payer), INDIVIDUAL, amount)
    if benefit.taxable:
        yield from _local_taxes("benefit", "ersättning", amount, known)


def _local_taxes(item: str, word: str, amount: Amount, known: ValuesOfYear) -> Iterator[Flow]:
    taxes = (("municipal_tax", "Kommunalskatt", "kommun"), ("regional_tax", "Regionskatt", "region"))
    for tax, label, actor in taxes:
        drawn = computed(lambda sek, share: exact(sek * share), amount, known.share(f"{tax}_pct", actor))
        yield Flow(f"{tax}_{item}", f"{label} på {word}", INDIVIDUAL, actor, drawn)
