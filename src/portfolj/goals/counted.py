"""Goals counted, and the money of their interventions: per class, per class and owner, per class and year."""

from __future__ import annotations

import pandas as pd

from portfolj.goals.grade import CLASSES
from portfolj.portfolio.counting import by_category
from portfolj.portfolio.money import to_sek


def per_class(interventions: pd.DataFrame) -> pd.DataFrame:
    """One row per class, also those that nothing fell under.

    Columns: ``main_class``, ``count``, ``granted_sek`` (missing where there are interventions and no amount is known),
    ``without_amount``. Each intervention stands once, under its main class.
    """
    table = by_category(interventions, CLASSES, column="main_class")
    return table[["main_class", "count", "granted_sek", "without_amount"]]


def per_owner(interventions: pd.DataFrame, owners: tuple[str, ...]) -> pd.DataFrame:
    """One row per owner that has an intervention and class that one of them has: ``owner`` and the columns of
    ``per_class``."""
    frames = [
        per_class(own).assign(owner=owner)
        for owner in owners
        if len(own := interventions[interventions["owner"] == owner])
    ]
    return _stacked(frames, "owner")


def per_year(interventions: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """One row per year of decision and class: ``year`` (missing for money without a year) and the columns of
    ``per_class``.

    ``counted``: the ledger's sums per intervention and year in the portfolio. ``count`` are the interventions with a
    decision that year, so that one granted money in several years stands in each; the money stands once.
    """
    classes = dict(zip(interventions["intervention_key"], interventions["main_class"], strict=True))
    rows = counted.assign(main_class=counted["intervention_key"].map(classes).astype("str"))
    records = []
    for (year, main_class), own in rows.groupby(["year", "main_class"], dropna=False, sort=True):
        ore, entries, without = (int(own[column].sum()) for column in ("ore", "entries", "without_amount"))
        missing = own.groupby("intervention_key")[["entries", "without_amount"]].sum()
        unknown = int((missing["entries"] == missing["without_amount"]).sum())
        records.append((year, main_class, len(missing), ore if entries > without else pd.NA, unknown))
    columns = ["year", "main_class", "count", "ore", "without_amount"]
    frame = pd.DataFrame.from_records(records, columns=columns).astype({"year": "Int64", "ore": "Int64"})
    order = frame["main_class"].map(CLASSES.index) if len(frame) else frame["main_class"]
    frame = frame.assign(order=order, granted_sek=to_sek(frame["ore"]))
    frame = frame.sort_values(["year", "order"], na_position="last", kind="stable")
    return frame[["year", "main_class", "count", "granted_sek", "without_amount"]].reset_index(drop=True)


def per_owner_and_year(interventions: pd.DataFrame, counted: pd.DataFrame, owners: tuple[str, ...]) -> pd.DataFrame:
    """``per_year`` of each owner's interventions, with ``owner``, by class, owner and year. The money sums to the
    portfolio's."""
    frames = []
    for owner in owners:
        own = interventions[interventions["owner"] == owner]
        entries = counted[counted["intervention_key"].isin(own["intervention_key"])]
        frames.append(per_year(own, entries).assign(owner=owner))
    stacked = pd.concat(frames, ignore_index=True)
    order = pd.DataFrame(
        {"class": stacked["main_class"].map(CLASSES.index), "owner": stacked["owner"].map(owners.index)}
    )
    by = order.assign(year=stacked["year"]).sort_values(["class", "owner", "year"], na_position="last", kind="stable")
    return stacked.loc[by.index, ["main_class", "owner", "year", "count", "granted_sek", "without_amount"]].reset_index(
        drop=True
    )


def _stacked(frames: list[pd.DataFrame], column: str) -> pd.DataFrame:
    columns = [column, "main_class", "count", "granted_sek", "without_amount"]
    if not frames:
        return pd.DataFrame(columns=columns)
    stacked = pd.concat(frames, ignore_index=True)
    return stacked.loc[stacked["count"] > 0, columns].reset_index(drop=True)
