"""Each fact of each intervention: on file, missing, or not required, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from portfolj.documentation.found import Found, in_files, in_follow_up, in_ledger
from portfolj.federation import fact_codes
from portfolj.followup.view import FollowUpView
from portfolj.goals.view import GoalsView
from portfolj.portfolio import Portfolio
from portfolj.portfolio.money import sum_or_unknown_sek, sum_sek
from portfolj.portfolio.reconcile import Reconciliation, reconcile

PRESENT: Final = "present"
MISSING: Final = "missing"
NOT_REQUIRED: Final = "not_required"
# Why a fact is not required: the federation never asks; the file says so; the money is of an earlier year; the
# intervention goes on; nobody knows when it ends.
WHY: Final = ("setting", "stated", "earlier", "ongoing", "end_unknown")
COLUMNS: Final[Mapping[str, str]] = {
    "intervention_key": "str", "name": "str", "granted_sek": "float64", "fact": "str", "status": "str", "why": "str",
    "found_in": "str", "required_from": "Int64",
}  # fmt: skip


def as_of(portfolio: Portfolio, *, today: date) -> date:
    """The day of which the report tells: the last of the period or of the ledger's last year, today at the latest."""
    years = portfolio.interventions["last_year"].dropna()
    last = portfolio.period[1] if portfolio.period else int(years.max()) if len(years) else today.year
    return min(today, date(last, 12, 31))


def statuses(goals: GoalsView, follow_up: FollowUpView, facts: pd.DataFrame, *, on: date) -> pd.DataFrame:
    """One row per intervention of the portfolio and fact, with the columns of ``COLUMNS``.

    ``facts``: the rows of the files, with keys. ``on``: the day on which an intervention has ended or not.
    """
    portfolio = goals.portfolio
    from_files, unneeded = in_files(facts)
    sources = (in_ledger(portfolio, goals), in_follow_up(follow_up), from_files)
    ends = _ends(facts)
    records = []
    for row in portfolio.interventions.itertuples():
        key = str(row.intervention_key)
        for fact in fact_codes():
            where = "; ".join(dict.fromkeys(source[key, fact] for source in sources if (key, fact) in source))
            why = _why_not(portfolio, fact, key, last_year=row.last_year, unneeded=unneeded, ends=ends, on=on)
            status = NOT_REQUIRED if why == "setting" or (why and not where) else PRESENT if where else MISSING
            required_from = portfolio.federation.documentation.required.get(fact)
            records.append((
                key, str(row.name), row.granted_sek, fact, status, why if status == NOT_REQUIRED else "",
                where or (unneeded.get((key, fact), "") if why == "stated" else ""), required_from,
            ))  # fmt: skip
    return pd.DataFrame.from_records(records, columns=list(COLUMNS)).astype(dict(COLUMNS))


def per_fact(table: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """One row per fact: ``required`` (interventions with it on file or missing), ``present``, ``missing``,
    ``missing_sek`` (missing where no amount is known), ``not_required``, ``end_unknown``.

    Raises ReconciliationError where the money of those with, without and without need is not all of it.
    """
    records = []
    for fact in fact_codes():
        own = table[table["fact"] == fact]
        parts = {status: own.loc[own["status"] == status, "granted_sek"] for status in (PRESENT, MISSING, NOT_REQUIRED)}
        reconcile(
            f"documentation_{fact}", count=len(own), rows=pd.Series([sum_sek(part) for part in parts.values()]),
            interventions=portfolio.interventions,
        )  # fmt: skip
        present, missing = len(parts[PRESENT]), len(parts[MISSING])
        records.append((
            fact, present + missing, present, missing, sum_or_unknown_sek(parts[MISSING]), len(parts[NOT_REQUIRED]),
            int((own["why"] == "end_unknown").sum()),
        ))  # fmt: skip
    columns = ["fact", "required", "present", "missing", "missing_sek", "not_required", "end_unknown"]
    return pd.DataFrame.from_records(records, columns=columns).astype({"missing_sek": "float64"})


def lacking(table: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """One row per intervention that lacks something, most money first: ``missing`` (codes joined by semicolons),
    ``missing_count``, ``required`` (how many facts it must have)."""
    needed = table[table["status"] != NOT_REQUIRED]
    required = needed.groupby("intervention_key").size()
    missing = needed[needed["status"] == MISSING].groupby("intervention_key", sort=False)["fact"].agg(list)
    own = portfolio.interventions[portfolio.interventions["intervention_key"].isin(missing.index)]
    frame = own[["intervention_key", "name", "first_year", "last_year", "granted_sek"]].assign(
        missing=[";".join(missing[key]) for key in own["intervention_key"]],
        missing_count=[len(missing[key]) for key in own["intervention_key"]],
        required=[int(required[key]) for key in own["intervention_key"]],
    )
    order = frame.sort_values(["granted_sek", "missing_count", "name"], ascending=[False, False, True],
                              na_position="last")  # fmt: skip
    return order.reset_index(drop=True)


def lacking_reconciled(frame: pd.DataFrame, portfolio: Portfolio) -> Reconciliation:
    """The line of the table of those that lack something: plus the others it is all the money.

    Raises ReconciliationError where it is not.
    """
    others = portfolio.interventions[~portfolio.interventions["intervention_key"].isin(set(frame["intervention_key"]))]
    return reconcile(
        "documentation_lacking", count=len(frame) + len(others), rows=frame["granted_sek"],
        interventions=portfolio.interventions, not_in_rows_sek=sum_sek(others["granted_sek"]),
    )  # fmt: skip


def _why_not(
    portfolio: Portfolio, fact: str, key: str, *, last_year: Any, unneeded: Found, ends: Mapping[str, date | None],
    on: date,
) -> str:  # fmt: skip
    settings = portfolio.federation.documentation
    if fact in settings.not_required:
        return "setting"
    if (key, fact) in unneeded:
        return "stated"
    first = settings.required.get(fact)
    if first is not None and not pd.isna(last_year) and int(last_year) < first:
        return "earlier"
    if fact == "final_report":
        if key not in ends:
            return "end_unknown"
        end = ends[key]
        return "" if end is not None and end <= on else "ongoing"
    return ""


def _ends(facts: pd.DataFrame) -> Mapping[str, date | None]:
    """Key -> the intervention's end, the latest that is told; None where it goes on. Nothing where none is known."""
    told: dict[str, date | None] = {}
    for row in facts[facts["intervention_key"] != ""].itertuples():
        key = str(row.intervention_key)
        if row.ongoing:
            told[key] = None
        elif not pd.isna(row.end_date):
            end = row.end_date.date()
            before = told.get(key, end)
            told[key] = None if before is None else max(before, end)
    return told
