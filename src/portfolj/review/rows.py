"""The interventions as a reviewer goes through them: all of the ledger's, what needs a decision first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from portfolj import coding
from portfolj.coding import Codebook
from portfolj.coding.codebook import DIMENSIONS
from portfolj.coding.decisions import ANSWERED, NOT_SAME_AS, SAME, SAME_AS
from portfolj.coding.same import fingerprints
from portfolj.ledger.personal_numbers import MASK
from portfolj.portfolio.view import Portfolio
from portfolj.review.doubt import DOUBTS, TEXT_CHANGED, changed_decisions, doubt_of
from portfolj.review.goal_rows import with_goals
from portfolj.review.lookalike import suggest_same

_ORDER = {doubt: place for place, doubt in enumerate(DOUBTS)}


@dataclass(frozen=True)
class Item:
    """One intervention to review.

    ``row``: its settled codes and texts, ``granted_sek`` that of the period; ``doubts``: dimension -> key of
    ``DOUBTS``, only where there is one; ``decided``: dimension -> code of the decision that stands; ``text_seen``: the
    fingerprint of its texts; ``counted``: whether the report's tables count it; ``can_decide``: whether its key may
    stand in decisions.csv (one that is only a masked personal number may not).
    """

    key: str
    row: Mapping[str, Any]
    doubts: Mapping[str, str]
    decided: Mapping[str, str]
    text_seen: str
    counted: bool
    can_decide: bool


@dataclass(frozen=True)
class Pair:
    """Two interventions that may be one. ``answer``: the decision that stands (``same_as``, ``not_same_as``) or ``""``.

    ``key`` becomes part of ``other`` when they are the same.
    """

    key: str
    other: str
    answer: str
    likeness: float | None


def full_codebook(portfolio: Portfolio) -> Codebook:
    """The federation's codebook with every code, also those that its reports fold: decisions are on these."""
    return replace(portfolio.codebook, is_folded=False)


def review_items(portfolio: Portfolio) -> list[Item]:
    """Every intervention of the ledger in the order to review it.

    First those whose texts changed after a decision, then those with a doubt by the kronor behind them (the most
    doubtful first among equals), then the sure ones by kronor; last those that the report does not count.
    """
    prepared, codebook = portfolio.prepared, full_codebook(portfolio)
    settled = coding.settle(
        prepared.interventions,
        basis=portfolio.basis,
        derive_orientation=portfolio.federation.classification.derive_orientation,
        fields=set(prepared.columns),
    )
    settled = with_goals(settled, prepared.decisions)
    in_period = portfolio.interventions.set_index("intervention_key")[["granted_sek", "first_year", "last_year"]]
    counted = {str(key): dict(figures) for key, figures in in_period.to_dict("index").items()}
    changed, decided = changed_decisions(portfolio), decided_codes(prepared.decisions)
    items = []
    for row, seen in zip(settled.to_dict("records"), fingerprints(settled), strict=True):
        key = str(row["intervention_key"])
        doubts = {
            dimension: doubt
            for dimension in ANSWERED
            if (dimension in DIMENSIONS or (key, dimension) in changed)
            and (doubt := doubt_of(row, dimension, codebook, text_changed=(key, dimension) in changed))
        }
        known = {str(column): cell for column, cell in row.items()} | counted.get(key, {})
        items.append(
            Item(
                key=key, row=known, doubts=doubts, decided=decided.get(key, {}), text_seen=seen,
                counted=key in counted, can_decide=MASK.removesuffix("]") not in key.casefold(),
            )
        )  # fmt: skip
    return sorted(items, key=_place)


def decided_codes(decisions: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Key -> dimension -> code of the decisions that stand (``Prepared.decisions``)."""
    codes: dict[str, dict[str, str]] = {}
    about = decisions[decisions["dimension"].isin(ANSWERED)]
    for key, dimension, code in about[["intervention_key", "dimension", "code"]].itertuples(index=False):
        codes.setdefault(key, {})[dimension] = code
    return codes


def review_pairs(portfolio: Portfolio) -> list[Pair]:
    """The pairs to ask about, then those that have been answered."""
    decided = portfolio.prepared.decisions
    told = decided[decided["dimension"].isin(SAME)]
    answered = [
        Pair(key, other, answer, None)
        for key, other, answer in told[["intervention_key", "code", "dimension"]].itertuples(index=False)
    ]
    known = {frozenset((pair.key, pair.other)) for pair in answered if pair.answer == NOT_SAME_AS}
    frame = suggest_same(portfolio.prepared.interventions, answered=known)
    asked = [
        Pair(key, other, "", likeness)
        for key, other, likeness, _ in frame.itertuples(index=False)
        if _plain(key, other)
    ]
    return [*asked, *sorted(answered, key=lambda pair: (pair.answer != SAME_AS, pair.key, pair.other))]


def _plain(*keys: str) -> bool:
    return all(MASK.removesuffix("]") not in key.casefold() for key in keys)


def _place(item: Item) -> tuple[Any, ...]:
    worst = min((_ORDER[doubt] for doubt in item.doubts.values()), default=len(_ORDER))
    group = 0 if TEXT_CHANGED in item.doubts.values() else 3 if not item.counted else 1 if item.doubts else 2
    sek = item.row["granted_sek"]
    return group, 1 if pd.isna(sek) else 0, 0.0 if pd.isna(sek) else -float(sek), worst, item.key
