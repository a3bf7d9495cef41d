"""What came of a portfolio, opened with the portfolio's rules: every table on people protected, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import pandas as pd

from portfolj.disclosure import NOTHING, Count, Remembered, Where, where
from portfolj.federation.followup import KINDS
from portfolj.followup import contradictions, money, movements, only_counts, outcomes, printed, shares, standard_reports
from portfolj.followup.counted import Row, active, cells_of, compiled, counted
from portfolj.followup.divisions import divisions_of
from portfolj.followup.identity import find_key
from portfolj.followup.joined import Joined, joined
from portfolj.followup.kinds.joint import DUPLICATE
from portfolj.followup.kinds.participations import MISREGISTERED
from portfolj.followup.people import FEW, People, people_of
from portfolj.followup.reading import read_follow_up
from portfolj.followup.rows import FollowUp
from portfolj.followup.shown import Shown, filled, protected
from portfolj.followup.thin import LeftOut, without_thin
from portfolj.followup.told_before import told_before
from portfolj.portfolio import Portfolio

Plan = Callable[..., list[Row]]  # of people, and of those of them ``within`` some conditions
SET_ASIDE = {"misregistered": MISREGISTERED, "put_together": DUPLICATE}  # column of ``participants`` -> the reason


@dataclass(frozen=True, eq=False)
class FollowUpView:
    """Tables by name, each count (Int64) missing where it is hidden, with ``<column>_suppressed`` or ``suppressed``.

    ``kinds``: the kinds of files that the federation has, in the order of ``federation.followup.KINDS``. ``k``: the
    least number shown, 0 apart. ``shown``, ``hidden``: every count shown, and what was hidden (never how many): what
    later reports have to remember. ``unsafe``: those of which that could not be shown to be safe; ``zeros_hidden``:
    the attributes of counts of which those of nobody are hidden too, where any is; ``kept``: whether the counts on
    participations are an earlier report's, since none has changed by k or more. Neither rows on persons nor hidden
    numbers can be reached from here.

    Tables of rows: ``participants``, ``outcomes``, ``shares``, ``gender_balance``, ``occupation``,
    ``occupation_grouped``, ``started_or_increased``, ``income``, ``income_transition``, ``length``; of statuses:
    ``status``, ``flow_status`` (by the federation's groups of statuses), ``flow``, ``steps``; of ratings:
    ``progression``, ``item_means``, ``change``. The six reports from ``occupation`` on, ``flow_status`` and ``flow``
    stand once more as ``<name>_by``, of each intervention, owner and target group (``by``, ``of``; ``same_as``: the
    one intervention that an owner or a target group has). ``counts``, ``exits``, ``goals``, ``published`` of files of
    those kinds; ``reported``: the sums of counts and exits of interventions without rows; ``count_contradictions`` of
    counts and ``contradictions`` of exits and printed figures; ``cost``: what a participation cost and who paid;
    ``unmatched`` (interventions without a place in the portfolio); ``left_out`` (``table``, ``intervention``, ``by``,
    ``group``: breakdowns that are not made, since too many of their counts are small); ``national``. A table of a kind
    that the federation does not have is not there.
    """

    portfolio: Portfolio
    k: int
    kinds: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    shown: tuple[Count, ...]
    hidden: tuple[Where, ...]
    unsafe: tuple[Where, ...] = ()
    zeros_hidden: frozenset[frozenset[str]] = frozenset()
    kept: bool = False


def open_follow_up(portfolio: Portfolio, *, before: Remembered = NOTHING) -> FollowUpView:
    """The follow-up of the portfolio's federation in the portfolio's period, read anew and protected.

    ``before``: what earlier and other periods' reports have shown and hidden. Raises InputRefused with every fault of
    every file at once.
    """
    federation = portfolio.federation
    rows = read_follow_up(federation, key=find_key(federation))
    return view_of(portfolio, rows, before=before)


def view_of(portfolio: Portfolio, rows: FollowUp, *, before: Remembered = NOTHING) -> FollowUpView:
    """The same of what has been read already."""
    k = portfolio.federation.small_cell_threshold
    kinds = tuple(kind for kind in KINDS if len(getattr(rows, kind)))
    named = joined((name for kind in KINDS for name in getattr(rows, kind)["intervention"] if name), portfolio)
    people = _people(portfolio, rows, named, k=k, others_too=bool(before.reports or before.hidden))
    plans = _plans(people, named, rows, portfolio)
    left_out: tuple[LeftOut, ...] = ()
    derivable: tuple[Where, ...] = ()
    if people is not None:
        plans, left_out, derivable = without_thin(people, plans, k=k)
        if "participations" in kinds:
            derivable = (*derivable, where({"active": people.period, people.turn: "again"}))
    printed_plan = printed.published_plan(rows.published, people if "participations" in kinds else None, named)
    twin = only_counts.twins(rows.counts, named, people if "participations" in kinds else None)
    shown = Shown({})
    hide: set[int] = set()
    if people is not None:
        every = [*plans.values(), printed_plan, twin]
        asked = [cell for plan in every for cell in cells_of(plan)]
        told = told_before(people, asked, before, k=k, derivable=derivable)
        shown = protected(
            people, every, k=k, derivable=derivable, printed=printed.printed_counts(rows.published, printed_plan),
            told=told,
        )  # fmt: skip
        cells = {each["twin"]: compiled(each["twin"], people) for each in twin}
        numbers = counted(people, cells.values())
        values = {cell: numbers[place] for cell, place in cells.items()}
        hide = only_counts.to_hide(rows.counts, twin, values, shown, k=k)
    tables = _filled(plans, shown, named, people, rows, k=k)
    with_rows = people if "participations" in kinds else None
    counts_alone = only_counts.only_counts(rows, named, portfolio, with_rows, k=k, hide=hide, before=before)
    exits = counts_alone.exits
    tables |= counts_alone.tables
    if "goals" in kinds:
        tables["goals"] = rows.goals.copy()
    if "published" in kinds:
        tables["published"] = printed.published_table(
            rows.published, printed_plan, shown, people, exits=exits, k=k,
            budget=partial(money.budget_of, entries=portfolio.entries, named=named),
        )  # fmt: skip
    if {"published", "exits"} & set(kinds):
        tables["contradictions"] = contradictions.contradictions(exits, counts_alone.odd, rows.published, named)
    tables["left_out"] = pd.DataFrame(left_out, columns=list(LeftOut._fields), dtype="str")
    tables["cost"] = money.cost_table(portfolio, named, tables, exits=exits, published=rows.published)
    tables["unmatched"] = _unmatched(named, people, shown, rows)
    tables["national"] = shares.national_outcomes()
    hidden = set(shown.hidden) & set(before.hidden) if shown.kept else shown.hidden  # it says nothing new
    all_shown, all_hidden = (*shown.counts(), *counts_alone.shown), (*hidden, *counts_alone.hidden)
    return FollowUpView(
        portfolio, k, kinds, MappingProxyType(tables), all_shown, all_hidden, shown.unsafe, shown.zeros_too, shown.kept
    )


def _people(portfolio: Portfolio, rows: FollowUp, named: Joined, *, k: int, others_too: bool) -> People | None:
    if rows.participations.empty and rows.assessments.empty and rows.statuses.empty:
        return None
    settings = portfolio.federation.followup
    return people_of(
        rows, named, period=portfolio.period, k=k, step=settings.step, age_limits=settings.age_limits,
        others_too=others_too,
    )  # fmt: skip


def _plans(people: People | None, named: Joined, rows: FollowUp, portfolio: Portfolio) -> dict[str, list[Row]]:
    if people is None:
        return {}
    plans: dict[str, list[Row]] = {}
    divisions = divisions_of(people, named)
    reports: dict[str, Plan] = {}
    if len(rows.participations):
        plans |= {
            "participants": outcomes.participants_plan(people),
            "outcomes": outcomes.outcomes_plan(people, named, period=portfolio.period),
            "gender_balance": outcomes.balance_plan(people, named),
        }
        reports |= standard_reports.PLANS
    if len(rows.statuses):
        groups = portfolio.federation.followup.status_groups
        plans |= {"status": movements.status_plan(people), "steps": movements.steps_plan(people)}
        reports |= {
            "flow_status": partial(movements.status_plan, groups=groups),
            "flow": partial(movements.flow_plan, groups=groups),
        }
    if len(rows.assessments):
        plans["progression"] = movements.progression_plan(people)
    for name, plan in reports.items():
        plans[name] = plan(people)
        plans[f"{name}_by"] = [{**each.words, **row} for each in divisions for row in plan(people, within=each.within)]
    return plans


# Table -> its columns; those after the bar hold counts.
_COLUMNS = {
    "participants": ((), outcomes.PARTICIPANTS),
    "gender_balance": (("group", "category"), ("women", "men")),
    "occupation": (("code",), ("before", "after")),
    "occupation_grouped": (("group",), ("before", "after")),
    "started_or_increased": (("measure",), ("after", "started_or_increased")),
    "income": (("code",), ("before", "after")),
    "income_transition": (("source_before", "source_after"), ("count",)),
    "length": (("band",), ("count",)),
    "status": (("point", "status"), ("count",)),
    "flow_status": (("point", "status"), ("count",)),
    "flow": (("point_from", "point_to", "status_from", "status_to"), ("count",)),
    "steps": (("group", "category"), movements.STEP_CELLS),
    "progression": (("group", "category"), movements.CELLS),
}


def _filled(
    plans: Mapping[str, list[Row]], shown: Shown, named: Joined, people: People | None, rows: FollowUp, *, k: int
) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    for name, plan in plans.items():
        if name == "outcomes":
            tables["outcomes"] = outcomes.outcomes(plan, shown, named)
            tables["shares"] = shares.shares(tables["outcomes"])
        else:
            whole = name.removesuffix("_by")
            words, cells = _COLUMNS[whole]
            about = () if whole == name else ("by", "of", "same_as")
            tables[name] = filled(plan, shown, columns=(*about, *words, *cells), cells=cells)
    if "gender_balance" in tables:
        tables["gender_balance"] = shares.with_balance(tables["gender_balance"])
    if "participants" in tables:
        tables["participants"] = _with_set_aside(tables["participants"], rows, k=k, kept=shown.kept)
    if people is not None and "progression" in tables:
        of_today = Shown({}) if shown.kept else shown  # means of today's rows would tell what has changed
        tables["item_means"] = movements.item_means(people, of_today, k=k)
        tables["change"] = movements.change(people, of_today, k=k)
    return tables


def _with_set_aside(table: pd.DataFrame, rows: FollowUp, *, k: int, kept: bool) -> pd.DataFrame:
    """Rows set aside are in no other count, so that their numbers give nothing away but themselves."""
    aside = rows.set_aside[rows.set_aside["kind"] == "participations"]
    for column, reason in SET_ASIDE.items():
        number = int((aside["reason"] == reason).sum())
        hidden = 0 < number < k or (kept and number > 0)
        told = pd.Series([pd.NA if hidden else number], dtype="Int64")
        table = table.assign(**{column: told, f"{column}_suppressed": hidden})
    return table


def _unmatched(named: Joined, people: People | None, shown: Shown, rows: FollowUp) -> pd.DataFrame:
    """``intervention``, ``why``, ``participations`` (Int64), ``participations_suppressed``; names that only rows on
    fewer than k participations have are left out: they stand as ``few``."""
    known = set(people.domains["intervention"]) if people is not None else set()
    files = [getattr(rows, kind) for kind in ("counts", "exits", "goals", "published")]
    written = {named.labels[name] for frame in files for name in frame["intervention"] if name}
    records = []
    for label, why in sorted(named.why_not.items()):
        if label in known and people is not None:
            number = shown[active(people, {"intervention": label})]
            records.append((label, why, number, number is None))
        elif label in written:
            records.append((label, why, None, False))
    if people is not None and FEW in known:
        number = shown[active(people, {"intervention": FEW})]
        records.append((FEW, "not_in_ledger", number, number is None))
    columns = {"intervention": "str", "why": "str", "participations": "Int64", "participations_suppressed": "bool"}
    return pd.DataFrame.from_records(records, columns=list(columns)).astype(columns)
