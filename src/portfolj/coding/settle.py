"""The answers that a federation counts: weak bases masked, orientation derived where its settings say so."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from portfolj.coding.answers import CODE_SEPARATOR
from portfolj.coding.codebook import ORIENTATION, OWNER, TARGET_GROUPS, TEXT_FIELDS, UNDEFINED, DecidedBy, Missing
from portfolj.coding.target_groups import STAFF, STRUCTURAL
from portfolj.federation import Basis

OWN_FIELD = {OWNER: "applicant", TARGET_GROUPS: "target_group_text"}
DERIVED_RULE = "I-struktur-harledd"
_STRENGTH = {basis: place for place, basis in enumerate(reversed(Basis))}


def settle(
    coded: pd.DataFrame,
    *,
    basis: Basis,
    derive_orientation: bool,
    fields: Collection[str] = TEXT_FIELDS,
    folds: Mapping[str, Mapping[str, str]] | None = None,
) -> pd.DataFrame:
    """``coded`` as the federation counts it, with ``owner_hint`` and ``target_groups_hint`` added.

    Answers for owner and target groups on a weaker basis than ``basis`` become ``ej_definierad`` with the reason
    ``below_basis``; what they said stays readable as the hint. A dimension whose own field is not among ``fields``
    (the columns that the ledger has) starts from ``described``. Then, with ``derive_orientation``, an undefined
    orientation becomes structural where the settled target group is not defined or is staff first
    (``orientation_decided_by`` = ``derived``). What a person decided is never masked.

    ``folds`` (see ``Codebook.folds``) come last, decisions among what they fold: several groups that become the same
    stand once, and ``ej_definierad`` gives way to any other. What becomes ``ej_definierad`` alone has the reason
    ``folded``, and what it was as the hint. Rules and evidence stay as they are.
    """
    settled = coded.copy()
    for dimension, own_field in OWN_FIELD.items():
        least = basis
        if own_field not in fields and basis is Basis.STATED:
            least = Basis.DESCRIBED
        strength = settled[f"{dimension}_basis"].map(_STRENGTH)
        masked = (strength < _STRENGTH[least]) & (settled[f"{dimension}_decided_by"] == DecidedBy.RULE)
        settled[f"{dimension}_hint"] = settled[dimension].where(masked, "")
        settled.loc[masked, dimension] = UNDEFINED
        settled.loc[masked, f"{dimension}_reason"] = str(Missing.BELOW_BASIS)
        settled.loc[masked, f"{dimension}_decided_by"] = str(DecidedBy.NONE)
    if derive_orientation:
        primary = settled[TARGET_GROUPS].str.split(";").str[0]
        open_ = (settled[ORIENTATION] == UNDEFINED) & (settled["orientation_decided_by"] != DecidedBy.DECISION)
        derived = open_ & primary.isin([UNDEFINED, STAFF])
        settled.loc[derived, ORIENTATION] = STRUCTURAL
        settled.loc[derived, "orientation_rule"] = DERIVED_RULE
        settled.loc[derived, ["orientation_basis", "orientation_reason", "orientation_evidence"]] = ""
        settled.loc[derived, "orientation_decided_by"] = str(DecidedBy.DERIVED)
    for dimension, codes in (folds or {}).items():
        _fold(settled, dimension, codes)
    return settled


def _fold(settled: pd.DataFrame, dimension: str, codes: Mapping[str, str]) -> None:
    before = settled[dimension].copy()
    settled[dimension] = before.map(lambda cell: folded(cell, codes)).astype(before.dtype)
    gone = (settled[dimension] == UNDEFINED) & (before != UNDEFINED)
    settled.loc[gone, f"{dimension}_hint"] = before
    ruled = gone & (settled[f"{dimension}_decided_by"] != DecidedBy.DECISION)
    settled.loc[ruled, f"{dimension}_reason"] = str(Missing.FOLDED)
    settled.loc[ruled, f"{dimension}_decided_by"] = str(DecidedBy.NONE)


def folded(cell: str, codes: Mapping[str, str]) -> str:
    """The codes of a cell as a report with the folds ``codes`` shows them: each once, ``ej_definierad`` only alone."""
    listed = list(dict.fromkeys(codes.get(code, code) for code in cell.split(CODE_SEPARATOR)))
    return CODE_SEPARATOR.join([code for code in listed if code != UNDEFINED] or listed)
