"""Stepwise funding: each phase with the condition for going on, and the money that waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from portfolj.portfolio import Portfolio
from portfolj.portfolio.money import known_sum_sek, to_ore

# What became of a phase: decided; decided although an earlier condition is not met; waiting for an earlier condition;
# not decided and with nothing in its way.
DECIDED: Final = "decided"
DECIDED_UNMET: Final = "decided_unmet"
WAITS: Final = "waits"
OPEN: Final = "open"
UNMET: Final = ("partly", "no", "unclear")
# How the phases' money is held against the ledger's: equal to the decided ones, to all of them, to neither, not known.
AGREES: Final = ("decided", "planned", "differs", "amount_missing", "not_in_ledger")


def with_states(phases: pd.DataFrame) -> pd.DataFrame:
    """The phases in the order of each intervention, with ``number``, ``state``, ``next_phase`` and ``at_stake_sek``.

    ``phases``: rows of the files with keys. An intervention's phases are in the order of their starts where each has
    one, else in the file's. ``at_stake_sek``: the amount of the next phase, where that is not decided; missing where
    it is, where there is none and where its amount is not known.
    """
    about = phases["intervention_key"].where(phases["intervention_key"] != "", phases["name"].str.casefold())
    parts = []
    for _, group in phases.groupby(about, sort=False):
        own = group.sort_values("start", kind="stable") if group["start"].notna().all() else group
        parts.append(own.assign(**dict(_states(own))))
    return pd.concat(parts, ignore_index=True) if parts else phases.assign(
        number=pd.Series(dtype="int64"), state=pd.Series(dtype="str"), next_phase=pd.Series(dtype="str"),
        at_stake_sek=pd.Series(dtype="float64"),
    )  # fmt: skip


def per_intervention(phases: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """The phases' money per intervention, and whether it is what the ledger says was granted (all years).

    Columns: ``intervention_key``, ``name``, ``phases``, ``planned_sek``, ``decided_sek``, ``waits_sek``, ``open_sek``,
    ``without_amount``, ``granted_sek`` (members' money, or others' where there is none of it), ``agrees`` (see
    ``AGREES``), ``difference_sek`` (granted minus decided).
    """
    ledger = portfolio.prepared.interventions.set_index("intervention_key")
    records: list[dict[str, Any]] = []
    for _, own in phases.groupby(phases["intervention_key"] + "|" + phases["name"], sort=False):
        first = own.iloc[0]
        money = {name: _sum(own, states) for name, states in (
            ("planned_sek", (DECIDED, DECIDED_UNMET, WAITS, OPEN)), ("decided_sek", (DECIDED, DECIDED_UNMET)),
            ("waits_sek", (WAITS,)), ("open_sek", (OPEN,)),
        )}  # fmt: skip
        key, missing = str(first["intervention_key"]), int(own["amount_sek"].isna().sum())
        granted = _granted(ledger, key)
        records.append({
            "intervention_key": key, "name": str(first["name"]), "phases": len(own), **money,
            "without_amount": missing, "granted_sek": granted,
            "agrees": _agrees(key, granted, money["decided_sek"], money["planned_sek"], missing),
            "difference_sek": None if granted is None else granted - money["decided_sek"],
        })  # fmt: skip
    columns = {
        "intervention_key": "str", "name": "str", "phases": "int64", "planned_sek": "float64",
        "decided_sek": "float64", "waits_sek": "float64", "open_sek": "float64", "without_amount": "int64",
        "granted_sek": "float64", "agrees": "str", "difference_sek": "float64",
    }  # fmt: skip
    return pd.DataFrame(records, columns=list(columns)).astype(columns)


def _states(own: pd.DataFrame) -> Iterator[tuple[str, list[Any]]]:
    states, blocked = [], False
    for decided_on, met in zip(own["decided_on"], own["met"], strict=True):
        if pd.isna(decided_on):
            states.append(WAITS if blocked else OPEN)
        else:
            states.append(DECIDED_UNMET if blocked else DECIDED)
        blocked = blocked or met in UNMET
    following = [*states[1:], ""]
    amounts = [*own["amount_sek"].iloc[1:], float("nan")]
    yield "number", list(range(1, len(own) + 1))
    yield "state", states
    yield "next_phase", [*own["phase"].iloc[1:], ""]
    yield (
        "at_stake_sek",
        [amount if state in (WAITS, OPEN) else float("nan") for state, amount in zip(following, amounts, strict=True)],
    )


def _sum(own: pd.DataFrame, states: tuple[str, ...]) -> float:
    """The amounts in these states; one that is not known adds nothing, and ``without_amount`` says so."""
    return known_sum_sek(own.loc[own["state"].isin(states), "amount_sek"]) or 0.0


def _granted(ledger: pd.DataFrame, key: str) -> float | None:
    if key not in ledger.index:
        return None
    row = ledger.loc[key]
    amount = row["external_sek"] if pd.isna(row["granted_sek"]) else row["granted_sek"]
    return None if pd.isna(amount) else float(amount)


def _agrees(key: str, granted: float | None, decided: float, planned: float, missing: int) -> str:
    if not key:
        return "not_in_ledger"
    if granted is None or missing:
        return "amount_missing"
    held, on_decided, on_planned = to_ore(pd.Series([granted, decided, planned]))
    return "decided" if held == on_decided else "planned" if held == on_planned else "differs"
