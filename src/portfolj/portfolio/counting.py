"""Interventions counted and their money summed per category, under a declared counting rule.

Every function takes the coded interventions of a period (one row per intervention: ``intervention_key``,
``granted_sek``, codes) and the codes in the order they are shown, and returns a tidy frame with every code, also
those that nothing fell under. A category with interventions but without a single known amount has a missing sum,
never zero; ``without_amount`` says how many amounts each sum lacks.

The three counting rules for an intervention with several target groups (0.3 of the field notes; the review of RAR
Sörmland 2020 printed the third without saying so): ``once`` (the primary group has all), ``split`` (equal shares) and
``overlapping`` (the full amount in each, so that the sum exceeds what was granted by a stated overlap).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import pandas as pd

from portfolj.coding import parse_evidence
from portfolj.federation import Basis
from portfolj.portfolio.money import equal_shares_ore, to_ore, to_sek


class CountingRule(StrEnum):
    """How the money of an intervention with several target groups is counted."""

    ONCE = "once"
    SPLIT = "split"
    OVERLAPPING = "overlapping"


BASIS_OF_FIELD = {
    "applicant": Basis.STATED,
    "target_group_text": Basis.STATED,
    "description": Basis.DESCRIBED,
    "goal_text": Basis.DESCRIBED,
    "name": Basis.NAMED,
}
COUNTING_WORDS = {
    CountingRule.ONCE: "varje insats räknas en gång, på sin första målgrupp",
    CountingRule.SPLIT: "pengarna delas lika mellan en insats målgrupper",
    CountingRule.OVERLAPPING: "hela beloppet räknas i var och en av en insats målgrupper",
}


def by_category(interventions: pd.DataFrame, codes: Sequence[str], *, column: str) -> pd.DataFrame:
    """Count, sum and mean per code of ``column``.

    Columns: ``column``, ``count``, ``granted_sek``, ``mean_granted_sek`` (over the interventions whose amount is
    known; missing where there is none), ``without_amount``.
    """
    frame = pd.DataFrame(
        {
            column: interventions[column].astype("str"),
            "ore": to_ore(interventions["granted_sek"]),
            "known": interventions["granted_sek"].notna(),
        }
    )
    summed = _summed(frame, codes, column=column)
    with_amount = (summed["count"] - summed["without_amount"]).astype("float64")
    mean = (summed["granted_sek"] / with_amount.where(with_amount > 0)).round(2)
    return summed.assign(mean_granted_sek=mean)[[column, "count", "granted_sek", "mean_granted_sek", "without_amount"]]


def by_target_group(interventions: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Count and money per target group by the three rules.

    Columns: ``target_group``, ``count_once``, ``granted_once_sek``, ``granted_split_sek``,
    ``granted_overlapping_sek``, ``count_overlapping`` (interventions that name the group, so that the column sums to
    more than the interventions), ``without_amount`` (of ``count_overlapping``).
    """
    shares = target_group_shares(interventions)
    rules = {
        rule: _summed(shares[shares["primary"]] if rule == CountingRule.ONCE else shares, codes, column="target_group",
                      ore=f"{rule}_ore").set_index("target_group")
        for rule in CountingRule
    }  # fmt: skip
    frame = pd.DataFrame(
        {
            "count_once": rules[CountingRule.ONCE]["count"],
            **{f"granted_{rule}_sek": rules[rule]["granted_sek"] for rule in CountingRule},
            "count_overlapping": rules[CountingRule.OVERLAPPING]["count"],
            "without_amount": rules[CountingRule.OVERLAPPING]["without_amount"],
        },
        index=pd.Index(codes, name="target_group"),
    )
    return frame.reset_index()


def target_group_shares(interventions: pd.DataFrame) -> pd.DataFrame:
    """One row per intervention and target group, with the intervention's öre by each rule.

    Columns: ``target_group``, ``primary`` (bool), ``known`` (bool), ``once_ore``, ``split_ore``, ``overlapping_ore``.
    """
    records = []
    columns = (interventions["target_groups"], to_ore(interventions["granted_sek"]))
    for groups, ore in zip(*columns, strict=True):
        codes = str(groups).split(";")
        known = not pd.isna(ore)
        parts = equal_shares_ore(int(ore), len(codes)) if known else [pd.NA] * len(codes)
        for position, (code, part) in enumerate(zip(codes, parts, strict=True)):
            once = ore if position == 0 else 0
            records.append((code, position == 0, known, once, part, ore))
    frame = pd.DataFrame.from_records(
        records, columns=["target_group", "primary", "known", "once_ore", "split_ore", "overlapping_ore"]
    )
    return frame.astype({"target_group": "str", "primary": "bool", "known": "bool", "once_ore": "Int64",
                         "split_ore": "Int64", "overlapping_ore": "Int64"})  # fmt: skip


def by_basis(interventions: pd.DataFrame, codes: Sequence[str], *, dimension: str) -> pd.DataFrame:
    """Count and money per code and what the answer rests on; only combinations that occur.

    Columns: ``dimension``, the ``code`` (the primary one of several), ``basis`` (``decision`` for a person's
    decision, ``derived``, or ``none`` where nothing is defined), ``count``, ``granted_sek``, ``without_amount``.
    """
    order = {code: position for position, code in enumerate(codes)}
    frame = pd.DataFrame(
        {
            "code": interventions[dimension].astype("str").str.split(";").str[0],
            "basis": basis_shown(interventions, dimension=dimension),
            "ore": to_ore(interventions["granted_sek"]),
            "known": interventions["granted_sek"].notna(),
        }
    )
    grouped = frame.groupby(["code", "basis"], sort=True).agg(
        count=("known", "size"), ore=("ore", "sum"), known=("known", "sum")
    )
    result = grouped.reset_index()
    result["granted_sek"] = to_sek(result["ore"]).where(result["known"] > 0)
    result["without_amount"] = result["count"] - result["known"]
    result = result.sort_values(["code", "basis"], key=lambda s: s.map(order) if s.name == "code" else s)
    columns = ["dimension", "code", "basis", "count", "granted_sek", "without_amount"]
    return result.assign(dimension=dimension)[columns].reset_index(drop=True)


def basis_shown(interventions: pd.DataFrame, *, dimension: str) -> pd.Series:
    """What each answer rests on, in one word: a basis, or who decided where no words did."""
    if f"{dimension}_basis" in interventions:
        basis = interventions[f"{dimension}_basis"].fillna("").astype("str")
    else:
        # Process support is read from every text alike, so its answers carry no basis; the words tell where they stood.
        basis = interventions[f"{dimension}_evidence"].map(_basis_of_words).astype("str")
    decided_by = interventions[f"{dimension}_decided_by"].astype("str")
    return basis.where((basis != "") & (decided_by == "rule"), decided_by)


def _basis_of_words(evidence: str) -> str:
    words = parse_evidence(evidence)
    return BASIS_OF_FIELD[words[0].field].value if words else ""


def _summed(frame: pd.DataFrame, codes: Sequence[str], *, column: str, ore: str = "ore") -> pd.DataFrame:
    unknown = set(frame[column]) - set(codes)
    if unknown:
        # A code outside the list would vanish from the table and break its sum.
        raise ValueError(f"codes without a place in the table: {sorted(unknown)}")
    grouped = frame.groupby(column).agg(count=("known", "size"), ore=(ore, "sum"), known=("known", "sum"))
    grouped = grouped.reindex(list(codes), fill_value=0)
    sums = to_sek(grouped["ore"]).where((grouped["known"] > 0) | (grouped["count"] == 0))
    return pd.DataFrame(
        {
            column: list(codes),
            "count": grouped["count"].to_numpy(),
            "granted_sek": sums.to_numpy(),
            "without_amount": (grouped["count"] - grouped["known"]).to_numpy(),
        }
    )
