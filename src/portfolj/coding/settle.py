"""The answers that a federation counts: weak bases masked, orientation derived where its settings say so."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from portfolj.coding.codebook import ORIENTATION, OWNER, TARGET_GROUPS, TEXT_FIELDS, UNDEFINED, DecidedBy, Missing
from portfolj.coding.target_groups import STAFF, STRUCTURAL
from portfolj.federation import Basis

OWN_FIELD = {OWNER: "applicant", TARGET_GROUPS: "target_group_text"}
DERIVED_RULE = "I-struktur-harledd"
_STRENGTH = {basis: place for place, basis in enumerate(reversed(Basis))}


def settle(
    coded: pd.DataFrame, *, basis: Basis, derive_orientation: bool, fields: Collection[str] = TEXT_FIELDS
) -> pd.DataFrame:
    """``coded`` as the federation counts it, with ``owner_hint`` and ``target_groups_hint`` added.

    Answers for owner and target groups on a weaker basis than ``basis`` become ``ej_definierad`` with the reason
    ``below_basis``; what they said stays readable as the hint. A dimension whose own field is not among ``fields``
    (the columns that the ledger has) starts from ``described``. Then, with ``derive_orientation``, an undefined
    orientation becomes structural where the settled target group is not defined or is staff first
    (``orientation_decided_by`` = ``derived``). What a person decided is never masked.
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
    return settled
