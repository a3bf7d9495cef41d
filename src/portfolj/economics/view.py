"""Did it pay: the whole calculation of a federation, opened with stated rules, as tables for notebooks and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import pandas as pd

from portfolj.economics import compared, incomes, results
from portfolj.economics.actors import labels_of
from portfolj.economics.break_even import break_even_table, highest_costs
from portfolj.economics.changes import Changes, changes_from_follow_up
from portfolj.economics.costs import costs_table
from portfolj.economics.few_movers import drawn_noise, scaled, spread_of_changes
from portfolj.economics.flows import flows_of, income_of
from portfolj.economics.modelled import base_of_model
from portfolj.economics.money import granted_to, granted_to_followed, structural_money
from portfolj.economics.options import HORIZON_YEARS, Options
from portfolj.economics.prices import in_prices_of, price_factors
from portfolj.economics.published import published_payback
from portfolj.economics.ranges import Range, ranges_of
from portfolj.economics.reading import EconomicsFiles, read_economics
from portfolj.economics.sensitivity import sensitivity
from portfolj.economics.simulation import DRAWS, simulate
from portfolj.economics.society import cancelled, society_of
from portfolj.economics.stated import AS_STATED, AS_THE_FEDERATION, Stated, options_with, values_with
from portfolj.economics.states import State, known_states, labels_of_states
from portfolj.economics.transitions import changes_from_transitions
from portfolj.economics.value_sensitivity import VALUE_SENSITIVITY, value_sensitivity
from portfolj.economics.values import Values
from portfolj.followup.view import FollowUpView
from portfolj.portfolio import Portfolio

MODELLED = ("rows", "transitions")  # a calculation from states, which rests on how many moved


@dataclass(frozen=True, eq=False)
class EconomicsView:
    """The calculation as tables by name, every count on people in them one that may be shown.

    ``kinds``: the kinds of files that the federation has; ``basis``: what the results rest on (``incomes`` that
    somebody has computed, ``transitions`` between states, ``rows`` of follow-up, or nothing); ``value_year``: the year
    whose values a calculation from states is made with; ``labels``: actor -> what people read; ``draws``, ``seed``: of
    the simulation; ``participants``: how many the results are of, None where that is hidden or unknown.

    Tables: ``payback`` (a row per year and actor) and ``payback_summary`` (over the years), see ``results``;
    ``set_aside_years``; ``published``, see ``compared``; ``changes``, ``flows``, ``model_income``, ``cancel``: the
    calculation from states, where there is one; ``values``: every value with its
    source, ``costs``: those of them that are costs; ``structural``; ``break_even``; ``highest_cost``; ``sensitivity``;
    ``chance``; ``comparison``: what others have printed.
    """

    portfolio: Portfolio
    follow_up: FollowUpView
    k: int
    options: Options
    ranges: tuple[Range, ...]
    values: Values
    kinds: tuple[str, ...]
    basis: str
    value_year: int
    labels: Mapping[str, str]
    draws: int
    seed: int
    participants: int | None
    remarks: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]


def open_economics(
    follow_up: FollowUpView, *, values: str = "", discount_rate_pct: float = AS_STATED, fade_out_pct: float = AS_STATED,
    deadweight_pct: float = AS_STATED, write_off_years: int = AS_STATED, price_year: int = AS_STATED,
) -> EconomicsView:  # fmt: skip
    """The calculation of the federation and period of ``follow_up``, its files read anew.

    Raises InputRefused with every fault of every file at once, ParameterError for a parameter that is not allowed.
    """
    federation = follow_up.portfolio.federation
    files = read_economics(federation, states=labels_of_states(federation))
    stated = Stated(values, discount_rate_pct, fade_out_pct, deadweight_pct, write_off_years, price_year)
    return economics_of(follow_up, files, stated=stated)


def economics_of(
    follow_up: FollowUpView, files: EconomicsFiles, *, stated: Stated = AS_THE_FEDERATION
) -> EconomicsView:
    """The same of files that have been read already."""
    portfolio = follow_up.portfolio
    federation = portfolio.federation
    settings = federation.economics
    own_actors = tuple(settings.actors)
    options = options_with(federation, **stated.choices)
    known_values = values_with(federation, files.values, stated.values)
    ranges = ranges_of(federation, options=options)
    value_year = settings.value_year or _last_year(portfolio)
    tables: dict[str, pd.DataFrame] = {}

    in_period = _in_period(files.incomes, portfolio)
    reported, aside = incomes.base_of_incomes(in_period, values=known_values, k=follow_up.k, own_actors=own_actors)
    states = known_states(federation)
    changes = _changes(follow_up, files, states, options)
    flows = flows_of(changes, values=known_values, year=value_year, states=states, payers=settings.payers)
    income = income_of(flows, own_actors)
    if changes.frame.empty:
        income = income.iloc[:0]  # no states, or too few people: nothing is known to be worth nothing
    model = base_of_model(
        income, changes, year_label=portfolio.period_label, value_year=value_year, values=known_values,
        ledger_cost_sek=granted_to_followed(follow_up.tables["cost"]), own_actors=own_actors,
    )  # fmt: skip
    basis = "incomes" if len(reported) else changes.kind if results.known(model).size else ""
    value_years = {} if len(reported) else {portfolio.period_label: value_year}
    nominal = reported if len(reported) else model
    base = in_prices_of(nominal, options.price_year, values=known_values, value_years=value_years)

    tables["payback"] = results.yearly_results(base, options=options)
    tables["payback_summary"] = results.summary(tables["payback"], base, options=options)
    tables["set_aside_years"] = aside
    tables["published"] = compared.compared(_printed(files, portfolio, aside), nominal, in_period)
    tables |= {
        "changes": changes.frame,
        "flows": flows,
        "model_income": income,
        "few_movers": spread_of_changes(changes),
        "cancel": cancelled(flows).assign(**society_of(flows)._asdict()),
    }
    tables["structural"] = structural_money(portfolio)
    tables["break_even"] = break_even_table(
        files.break_even, values=known_values, year=value_year, cost_of=partial(granted_to, portfolio)
    )
    tables["highest_cost"] = highest_costs(results.known(base), options=options)
    drawn = results.known(base)[["year", "actor", "participants", "income_1y_sek", "cost_sek"]]
    tables["sensitivity"] = sensitivity(drawn, options=options, ranges=ranges, horizon_years=HORIZON_YEARS)
    noise = {}
    tables["value_sensitivity"] = results.frame_of(VALUE_SENSITIVITY, [])
    if basis in MODELLED:
        tables["value_sensitivity"] = value_sensitivity(
            changes, values=known_values, year=value_year, states=states, payers=settings.payers, base=base,
            options=options, horizon_years=HORIZON_YEARS,
        )  # fmt: skip
        noise = drawn_noise(changes, flows, draws=DRAWS, seed=settings.seed)
        factors = price_factors(model, options.price_year, values=known_values, value_years=value_years)
        noise = scaled(noise, factors.get(portfolio.period_label, 1.0))
    tables["chance"] = simulate(drawn, options=options, ranges=ranges, draws=DRAWS, seed=settings.seed, noise=noise)
    tables["costs"] = costs_table(known_values, base)
    tables["comparison"] = published_payback()
    tables["values"] = known_values.table()
    return EconomicsView(
        portfolio, follow_up, follow_up.k, options, ranges, known_values, tuple(settings.files), basis, value_year,
        MappingProxyType(labels_of(settings.actors)), DRAWS, settings.seed, _participants(base), changes.remarks,
        MappingProxyType(tables),
    )  # fmt: skip


def _last_year(portfolio: Portfolio) -> int:
    if portfolio.period is not None:
        return portfolio.period[1]
    years = portfolio.entries["year"].dropna()
    return int(years.max()) if len(years) else 0


def _in_period(frame: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    if portfolio.period is None:
        return frame
    return frame[frame["year"].between(*portfolio.period)].reset_index(drop=True)


def _changes(follow_up: FollowUpView, files: EconomicsFiles, states: Mapping[str, State], options: Options) -> Changes:
    if len(files.transitions):
        return changes_from_transitions(
            files.transitions, states=states, k=follow_up.k, period=follow_up.portfolio.period,
            subsidised_apart=options.subsidised_apart,
        )  # fmt: skip
    return changes_from_follow_up(follow_up.tables)


def _participants(base: pd.DataFrame) -> int | None:
    per_year = base.drop_duplicates("year")["participants"]
    return int(per_year.sum()) if len(per_year) and per_year.notna().all() else None


def _printed(files: EconomicsFiles, portfolio: Portfolio, aside: pd.DataFrame) -> pd.DataFrame:
    """What others have printed of the period, without years that are set aside: they print what one can't tell."""
    printed = files.published
    inside = _in_period(printed[printed["year"].notna()], portfolio)
    means = printed[printed["year"].isna()] if portfolio.is_own_period else printed.iloc[:0]
    kept = pd.concat([inside[~inside["year"].astype("str").isin(set(aside["year"]))], means], ignore_index=True)
    return kept.astype(printed.dtypes.to_dict())
