"""All tables of a portfolio as tidy frames, under the names they have as files. Numbers and codes, SEK, no labels."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from portfolj.portfolio.against_each_other import against_each_other
from portfolj.portfolio.against_ledger import Computed, against_ledger
from portfolj.portfolio.counting import by_basis, by_category, by_target_group
from portfolj.portfolio.money import sum_sek
from portfolj.portfolio.once import once
from portfolj.portfolio.published import Comparison
from portfolj.portfolio.reconcile import Reconciliation, reconcile
from portfolj.portfolio.scope import by_year
from portfolj.portfolio.view import Portfolio

DIMENSIONS = ("owner", "target_groups", "orientation")


@once
def owner(portfolio: Portfolio) -> pd.DataFrame:
    """Count, sum and mean per owner: see ``counting.by_category``."""
    return by_category(portfolio.interventions, portfolio.codebook.codes("owner"), column="owner")


@once
def target_group(portfolio: Portfolio) -> pd.DataFrame:
    """Count and money per target group by the three rules: see ``counting.by_target_group``."""
    return by_target_group(portfolio.interventions, portfolio.codebook.codes("target_groups"))


@once
def orientation(portfolio: Portfolio) -> pd.DataFrame:
    """Count, sum and mean per orientation: see ``counting.by_category``."""
    return by_category(portfolio.interventions, portfolio.codebook.codes("orientation"), column="orientation")


@once
def process_support(portfolio: Portfolio) -> pd.DataFrame:
    """Count and money per kind of process support. Columns: ``kind``, ``count``, ``granted_sek``, ..."""
    kinds = portfolio.codebook.codes("process_support")
    supported = portfolio.interventions[portfolio.interventions["process_support"].isin(kinds)]
    return by_category(supported, kinds, column="process_support").rename(columns={"process_support": "kind"})


@once
def year(portfolio: Portfolio) -> pd.DataFrame:
    """Granted money per year and financing: see ``scope.by_year``."""
    return by_year(portfolio.sums, period=portfolio.period)


@once
def basis(portfolio: Portfolio) -> pd.DataFrame:
    """Count and money per dimension, code and what the answer rests on: see ``counting.by_basis``."""
    supported = portfolio.interventions[portfolio.interventions["process_support"] != ""]
    frames = [
        by_basis(rows, portfolio.codebook.codes(dimension), dimension=dimension)
        for dimension, rows in (*((d, portfolio.interventions) for d in DIMENSIONS), ("process_support", supported))
    ]
    return pd.concat(frames, ignore_index=True)


@once
def comparisons(portfolio: Portfolio) -> tuple[list[Comparison], list[Comparison]]:
    """Printed figures against the ledger, and against each other; both empty without printed figures, or in a period
    other than the federation's own, which is what was printed."""
    if not portfolio.published or not portfolio.is_own_period:
        return [], []
    computed = Computed(
        owner=owner(portfolio),
        target_group=target_group(portfolio),
        orientation=orientation(portfolio),
        process_support=process_support(portfolio),
        year=year(portfolio),
        interventions=portfolio.interventions,
        derived_orientation=portfolio.federation.classification.derive_orientation,
    )
    figures = portfolio.published
    return against_ledger(figures, computed=computed), against_each_other(figures, computed=computed)


def published(portfolio: Portfolio) -> pd.DataFrame:
    """Every comparison of printed figures, against the ledger first, then against each other."""
    columns = ["table", "dimension", "category", "measure", "printed", "computed", "finding", "why"]
    both = [asdict(comparison) for group in comparisons(portfolio) for comparison in group]
    return pd.DataFrame(both, columns=[*columns, "unit"])[columns]


@once
def reconciliations(portfolio: Portfolio) -> dict[str, Reconciliation]:
    """The reconciliation line of each table, by its name. Raises ReconciliationError where one does not add up."""
    interventions = portfolio.interventions
    total = sum_sek(interventions["granted_sek"])
    groups, support, years = target_group(portfolio), process_support(portfolio), year(portfolio)
    own = years[years["financing"] == "Finsam"]
    count = int(groups["count_once"].sum())
    lines = {
        name: reconcile(name, count=int(table["count"].sum()), rows=table["granted_sek"], interventions=interventions)
        for name, table in (("owner", owner(portfolio)), ("orientation", orientation(portfolio)))
    }
    for rule in ("once", "split", "overlapping"):
        money = groups[f"granted_{rule}_sek"]
        overlap = overlap_sek(interventions) if rule == "overlapping" else 0.0
        name = f"target_group_{rule}"
        lines[name] = reconcile(name, count=count, rows=money, interventions=interventions, overlap_sek=overlap)
    without_support = interventions.loc[~interventions["process_support"].isin(set(support["kind"])), "granted_sek"]
    lines["process_support"] = reconcile(
        "process_support",
        count=int(support["count"].sum()) + len(without_support),
        rows=support["granted_sek"],
        interventions=interventions,
        not_in_rows_sek=sum_sek(without_support),
    )
    # Members' money without a year has a line in the table but belongs to no period's total.
    undated = sum_sek(portfolio.undated["granted_sek"]) if portfolio.period else 0.0
    counted = portfolio.sums.loc[portfolio.sums["part"] == "counted", "intervention_key"].nunique()
    lines["year"] = Reconciliation(
        "year", counted, sum_sek(own["granted_sek"]), 0.0, -undated, len(interventions), total
    )
    per_basis = basis(portfolio)
    for dimension in DIMENSIONS:
        table = per_basis[per_basis["dimension"] == dimension]
        name = f"{dimension}_by_basis"
        lines[name] = reconcile(
            name, count=int(table["count"].sum()), rows=table["granted_sek"], interventions=interventions
        )
    table = per_basis[per_basis["dimension"] == "process_support"]
    lines["process_support_by_basis"] = reconcile(
        "process_support_by_basis",
        count=int(table["count"].sum()) + len(without_support),
        rows=table["granted_sek"],
        interventions=interventions,
        not_in_rows_sek=sum_sek(without_support),
    )
    return lines


def overlap_sek(interventions: pd.DataFrame) -> float:
    """Money that stands more than once when an intervention's full amount is in each of its target groups.

    From the interventions alone (amount x groups beyond the first), so that it can contradict the table."""
    extra = interventions["target_groups"].astype("str").str.count(";")
    return sum_sek((interventions["granted_sek"] * extra).fillna(0.0))


def without_amount(portfolio: Portfolio) -> int:
    """How many of the portfolio's interventions have no known amount."""
    return int(portfolio.interventions["granted_sek"].isna().sum())
