"""Which part of the ledger a portfolio is about: members' money, in a period; and where the rest of it went.

An entry belongs to exactly one part, so that the parts' sums are the ledger's total:

- ``counted``: members' money granted in the period;
- ``undated``: members' money granted without a year, which belongs to no period (only when a period is asked for);
- ``outside_period``: members' money granted in other years;
- ``external``: money from ESF, EU and others, whatever the year.

Payments and returned money are never part of what was granted. An intervention is in the portfolio when at least one
of its granted entries is ``counted``. One that has no granted entry at all (a ledger of payments) counts by its other
entries, with its amount unknown.
"""

from __future__ import annotations

import pandas as pd

from portfolj.federation import Financing
from portfolj.portfolio.money import to_ore, to_sek

PARTS = ("counted", "undated", "outside_period", "external")


def with_parts(rows: pd.DataFrame, *, period: tuple[int, int] | None) -> pd.DataFrame:
    """The ledger's entries with a column ``part``, and no amount where the entry grants nothing.

    ``rows``: the entries, or the same summed (``ledger.summed``), which come back with their columns.
    """
    granted = rows["entry_type"] == "granted"
    keys_with_grants = set(rows.loc[granted, "intervention_key"])
    relevant = rows[granted | ~rows["intervention_key"].isin(keys_with_grants)]
    grants = relevant["entry_type"] == "granted"
    part = pd.Series("counted", index=relevant.index, dtype="str")
    if period is not None:
        first, last = period
        inside = relevant["year"].between(first, last).fillna(False).astype("bool")
        part = part.mask(~inside, "outside_period").mask(relevant["year"].isna(), "undated")
    part = part.mask(relevant["financing"] != Financing.FINSAM.value, "external")
    if "ore" in relevant:
        without = relevant["without_amount"].where(grants, relevant["entries"])
        return relevant.assign(ore=relevant["ore"].where(grants, 0), without_amount=without, part=part)
    return relevant.assign(amount_sek=relevant["amount_sek"].where(grants), part=part)


def in_portfolio(interventions: pd.DataFrame, parted: pd.DataFrame, *, part: str = "counted") -> pd.DataFrame:
    """The interventions with entries in ``part``, their money and years taken from those entries alone.

    Adds or replaces ``granted_sek`` (missing where no amount is known), ``first_year``, ``last_year``, ``row_count``
    and ``rows_without_amount``; all other columns are those of ``interventions``, in its order.
    """
    grouped = _summed(parted[parted["part"] == part]).groupby("intervention_key").agg(
        ore=("ore", "sum"),
        first_year=("year", "min"),
        last_year=("year", "max"),
        row_count=("entries", "sum"),
        rows_without_amount=("without_amount", "sum"),
    )  # fmt: skip
    known = grouped["row_count"] > grouped["rows_without_amount"]
    grouped["granted_sek"] = to_sek(grouped["ore"]).where(known)
    kept = interventions[interventions["intervention_key"].isin(grouped.index)]
    figures = grouped.drop(columns="ore").loc[kept["intervention_key"]]
    figures.index = kept.index
    return kept.drop(columns=[c for c in figures if c in kept]).join(figures).reset_index(drop=True)


def by_part(parted: pd.DataFrame) -> pd.DataFrame:
    """Where the ledger's granted money is. Columns: ``part``, ``interventions``, ``entries``, ``granted_sek``,
    ``entries_without_amount``; one row for each of the four parts.

    An intervention with entries in several parts counts in each, so ``interventions`` does not sum."""
    records = []
    sums = _summed(parted)
    for part in PARTS:
        own = sums[sums["part"] == part]
        entries, missing = int(own["entries"].sum()), int(own["without_amount"].sum())
        # 0 where there is nothing to sum, unknown where there is but no amount is known.
        granted_sek = int(own["ore"].sum()) / 100 if entries > missing or not entries else None
        records.append((part, own["intervention_key"].nunique(), entries, granted_sek, missing))
    columns = ["part", "interventions", "entries", "granted_sek", "entries_without_amount"]
    return pd.DataFrame.from_records(records, columns=columns).astype({"granted_sek": "float64"})


def by_year(parted: pd.DataFrame, *, period: tuple[int, int] | None) -> pd.DataFrame:
    """Granted money per year and financing, in the period; entries without a year stand in a row of their own.

    Columns: ``year`` (Int64, missing for entries without a year), ``financing``, ``count`` (interventions with an
    entry that year), ``granted_sek`` (missing where no amount is known), ``without_amount`` (entries).
    External money is shown too, beside the members' own, never added to it.
    """
    in_period = True if period is None else parted["year"].between(*period).fillna(True).astype("bool")
    shown = _summed(parted[(parted["part"] != "outside_period") & in_period])
    grouped = shown.groupby(["year", "financing"], dropna=False).agg(
        count=("intervention_key", "nunique"),
        ore=("ore", "sum"),
        rows=("entries", "sum"),
        without_amount=("without_amount", "sum"),
    )
    result = grouped.reset_index()
    result["granted_sek"] = to_sek(result["ore"]).where(result["rows"] > result["without_amount"])
    order = {member.value: position for position, member in enumerate(Financing)}
    result = result.sort_values(
        ["year", "financing"], key=lambda s: s.map(order) if s.name == "financing" else s, na_position="last"
    )
    return result[["year", "financing", "count", "granted_sek", "without_amount"]].reset_index(drop=True)


def _summed(parted: pd.DataFrame) -> pd.DataFrame:
    """The parts as sums; an entry is a sum of one."""
    if "ore" in parted:
        return parted
    unknown = parted["amount_sek"].isna()
    return parted.assign(ore=to_ore(parted["amount_sek"]), entries=1, without_amount=unknown.astype("int64"))
