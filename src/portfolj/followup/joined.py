"""Interventions as follow-up writes them, put together with the portfolio's: by key or id, else by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from portfolj.portfolio import CountingRule, Portfolio

UNMATCHED = "unmatched"  # the owner and target group of an intervention that the ledger does not have


@dataclass(frozen=True)
class Joined:
    """``labels``: intervention as written -> the name it is told by (the ledger's own where it is there).

    ``owner``: label -> code; ``target_groups``: label -> codes, the first alone where the portfolio counts each
    intervention once; ``granted_sek``: label -> members' money granted in the period, only where every amount of it is
    known; ``keys``: label -> the ledger's key of the intervention, also where it has no money in the period;
    ``why_not``: label -> ``not_in_ledger``, ``not_in_period``, ``other_financing`` or ``several`` (more than one of the
    ledger's interventions has the name), for those without a place in the portfolio.
    """

    labels: Mapping[str, str]
    owner: Mapping[str, str]
    target_groups: Mapping[str, tuple[str, ...]]
    granted_sek: Mapping[str, float]
    keys: Mapping[str, str]
    why_not: Mapping[str, str]


def joined(written: Iterable[str], portfolio: Portfolio) -> Joined:
    """Every intervention that follow-up names, with its place in the portfolio.

    Members' money in the period goes first, then what others finance, then the rest of the ledger, of which neither
    owner nor money is told: the portfolio has not counted it.
    """
    sources = [
        (portfolio.interventions, ""),
        (portfolio.external, "other_financing"),
        (pd.concat([portfolio.undated, portfolio.prepared.interventions]), "not_in_period"),
    ]
    found = [(_by_name(frame), why) for frame, why in sources]
    labels: dict[str, str] = {}
    owner: dict[str, str] = {}
    groups: dict[str, tuple[str, ...]] = {}
    granted: dict[str, float] = {}
    keys: dict[str, str] = {}
    why_not: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for name in sorted(set(written)):
        rows, why = next(((named[normal(name)], why) for named, why in found if normal(name) in named), ([], ""))
        several = len({str(row["intervention_key"]) for row in rows}) > 1
        row = rows[0] if rows and not several else None
        label = _text(row["name"]) or name if row is not None else spelt.setdefault(normal(name), name)
        labels[name] = label
        if row is not None:
            keys[label] = str(row["intervention_key"])
        if row is None or why == "not_in_period":
            why_not[label] = "several" if several else why or "not_in_ledger"
        else:
            owner[label] = _text(row["owner"])
            codes = tuple(_text(row["target_groups"]).split(";"))
            groups[label] = codes[:1] if portfolio.counting is CountingRule.ONCE else codes
            if why:
                why_not[label] = why
            elif not pd.isna(row["granted_sek"]) and not row["rows_without_amount"]:
                granted[label] = float(str(row["granted_sek"]))
    frozen = MappingProxyType
    return Joined(frozen(labels), frozen(owner), frozen(groups), frozen(granted), frozen(keys), frozen(why_not))


def normal(name: str) -> str:
    """The name as it is compared: whatever its letters' case and its spaces."""
    return " ".join(name.casefold().split())


def _by_name(frame: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    """Normalised key, id or name -> the interventions of it; a key or an id stands before a name."""
    named: dict[str, list[dict[str, object]]] = {}
    records = [{str(field): cell for field, cell in row.items()} for row in frame.to_dict("records")]
    for field in ("intervention_key", "intervention_id", "name"):
        own: dict[str, list[dict[str, object]]] = {}
        for row in records:
            if text := normal(_text(row[field])):
                own.setdefault(text, []).append(row)
        named = {**own, **named}
    return named


def _text(cell: object) -> str:
    return "" if cell is None or cell is pd.NA or cell != cell else str(cell)
