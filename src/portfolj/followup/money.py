"""What interventions of follow-up were granted, by whom, and what a participation then cost.

Members' money and others' stand apart; a sum of both is a row of its own. What is not whole is not divided: an
entry without an amount, or without a year where a period is asked for, leaves the cost unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from portfolj.federation import Financing
from portfolj.followup.joined import Joined, normal
from portfolj.followup.people import FEW
from portfolj.followup.printed import NO_DATA, SUPPRESSED, sum_of_exits
from portfolj.portfolio import Portfolio
from portfolj.portfolio.money import sum_or_unknown_sek, sum_sek

TOGETHER = "together"
INCOMPLETE = "amount_missing"
_COLUMNS = {
    "intervention": "str", "financing": "str", "granted_sek": "float64", "entries": "int64", "incomplete": "int64",
    "base": "str", "participations": "Int64", "participations_suppressed": "bool",
    "cost_per_participation_sek": "float64",
}  # fmt: skip


class Number(NamedTuple):
    """How many participations, None where that is hidden, and where it is from: ``participations`` (rows),
    ``exits`` (the sum of how they ended) or ``printed``."""

    base: str
    participations: int | None


def cost_table(
    portfolio: Portfolio, named: Joined, tables: Mapping[str, pd.DataFrame], *, exits: pd.DataFrame,
    published: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """A row per intervention with participations, financing and number, and ``together`` where several pay.

    ``granted_sek``: what is known of the money granted in the period, missing where nothing is; ``entries``,
    ``incomplete``: the ledger's entries, and those without an amount or a year. An intervention without money in the
    period has one row with ``financing`` empty. ``cost_per_participation_sek`` is whole kronor, missing where the money
    is not known in full or the participations are hidden.
    """
    records = [
        (name, *money, number.base, number.participations, number.participations is None, _cost(money, number))
        for name, numbers in _numbers(named, tables, exits, published)
        for number in numbers
        for money in _granted(portfolio, named.keys.get(name, ""))
    ]
    return pd.DataFrame.from_records(records, columns=list(_COLUMNS)).astype(_COLUMNS)


def budget_of(printed: Mapping[str, Any], entries: pd.DataFrame, named: Joined) -> tuple[float | None, str]:
    """What the ledger grants for a printed line of an intervention's budget, or why that can't be said.

    A line (group ``financing``) is a part of the budget as the ledger names it, else whose money it is; without a line
    it is all that is granted to the intervention, whatever the year.
    """
    key = named.keys.get(named.labels.get(str(printed["intervention"]), ""), "")
    own = entries[(entries["intervention_key"] == key) & (entries["entry_type"] == "granted")]
    if line := normal(str(printed["category"] or "")):
        lines = own["budget_line"].fillna("").map(normal)
        own = own[lines == line] if (lines == line).any() else own[own["financing"].str.casefold() == line]
    if own.empty:
        return None, NO_DATA
    return (None, INCOMPLETE) if own["amount_sek"].isna().any() else (sum_sek(own["amount_sek"]), "")


class _Money(NamedTuple):
    financing: str
    granted_sek: float | None
    entries: int
    incomplete: int


def _granted(portfolio: Portfolio, key: str) -> list[_Money]:
    entries = portfolio.entries[portfolio.entries["intervention_key"] == key]
    if portfolio.period is not None:
        inside = entries["year"].between(*portfolio.period).fillna(True).astype("bool")
        entries = entries[inside]
    undated = entries["year"].isna() & (portfolio.period is not None)
    parts = [
        _Money(
            code.value, sum_or_unknown_sek(own["amount_sek"]), len(own),
            int((own["amount_sek"].isna() | undated[own.index]).sum()),
        )
        for code in Financing
        if len(own := entries[entries["financing"] == code.value])
    ]  # fmt: skip
    if len(parts) > 1:
        whole = sum_or_unknown_sek(entries["amount_sek"])
        parts.append(_Money(TOGETHER, whole, len(entries), sum(part.incomplete for part in parts)))
    return parts or [_Money("", None, 0, 0)]


def _numbers(
    named: Joined, tables: Mapping[str, pd.DataFrame], exits: pd.DataFrame, published: pd.DataFrame
) -> Iterator[tuple[str, list[Number]]]:
    outcomes = tables.get("outcomes", pd.DataFrame(columns=["intervention", "group", "participations"]))
    own = outcomes[(outcomes["group"] == "all") & ~outcomes["intervention"].isin(["", FEW])]
    told = {
        str(name): [Number("participations", None if pd.isna(number) else int(number))]
        for name, number in zip(own["intervention"], own["participations"], strict=True)
    }
    for name in sorted(set(exits["intervention"]) - set(told)):
        asked = {"intervention": name, "group": "all", "measure": "participations"}
        number, why = sum_of_exits(asked, exits)
        if number is not None or why == SUPPRESSED:
            told[name] = [Number("exits", None if number is None else int(number)), *_printed(name, named, published)]
            if number is not None:  # as printed only where that is another number
                told[name] = [n for n in told[name] if n.base == "exits" or n.participations != int(number)]
    yield from sorted(told.items())


def _printed(name: str, named: Joined, published: pd.DataFrame) -> list[Number]:
    rows = published[
        (published["measure"] == "participations")
        & published["group"].isin(["", "all"])
        & (published["intervention"].map(named.labels) == name)
        & published["value"].notna()
    ]
    return [Number("printed", int(value)) for value in rows["value"].unique()]


def _cost(money: _Money, number: Number) -> float | None:
    if money.granted_sek is None or money.incomplete or not money.financing or not number.participations:
        return None
    return float(round(money.granted_sek / number.participations))
