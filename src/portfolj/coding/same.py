"""Interventions that a person has decided are one and the same, and which intervention each decision is about.

A decision ``same_as`` puts an intervention's rows under the other's key, before anything is counted or coded; chains
are followed to their end. Decisions on a key that so disappears, or on a name, follow to the key that remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from portfolj.coding.codebook import Codebook
from portfolj.coding.decisions import (
    ANSWERED,
    SAME,
    SAME_AS,
    matched,
    text_fingerprint,
)
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation.inputs import DECISIONS_FILE
from portfolj.ledger.cells import text_of

FIELDS = ("intervention_key", "dimension", "code", "decided_by", "decided_on", "why", "rule_said", "text_seen")
LONGEST_NAME = 60  # letters of a name that the ledger's remarks repeat


@dataclass(frozen=True)
class Resolved:
    """Decisions by the keys that they are about.

    ``decisions``: one row per intervention and dimension, with ``FIELDS`` and ``record`` (its row in decisions.csv,
    from 0); of ``same_as`` and ``not_same_as`` both ``intervention_key`` and ``code`` are keys of the ledger.
    ``same``: key -> the key that it becomes. ``remarks``: decisions that another one stands before.
    """

    decisions: pd.DataFrame
    same: Mapping[str, str]
    remarks: tuple[Fault, ...]


def resolve_decisions(decisions: pd.DataFrame, interventions: pd.DataFrame, *, codebook: Codebook) -> Resolved:
    """What each decision is about among ``interventions`` (as the ledger has them, nothing yet put together).

    Of several decisions on the same thing one on the very key goes first, then one on a key that has become it, then
    one on a name. Raises InputRefused where interventions are said to be each other in a circle.
    """
    keys = [str(key) for key in interventions["intervention_key"]]
    numbered = decisions.assign(record=[str(number) for number in range(len(decisions))])
    found = [(decision, [keys[row] for row in rows]) for decision, rows in matched(interventions, numbered)]
    pairs = [
        {**decision, "intervention_key": key, "code": other}
        for decision, own in found
        if decision["dimension"] in SAME
        for key in own
        for other in _key_of(decision["code"], interventions)
        if key != other
    ]
    same = _followed([(pair["intervention_key"], pair["code"]) for pair in pairs if pair["dimension"] == SAME_AS])
    chosen: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
    remarks = []
    for decision, own in found:
        for key in own if decision["dimension"] in ANSWERED else ():
            remaining = same.get(key, key)
            rank = 0 if not decision["intervention_key"] else 1 if remaining != key else 2
            about = (remaining, decision["dimension"])
            mine = (rank, {**decision, "intervention_key": remaining})
            first, second = sorted((chosen.get(about, mine), mine), key=lambda item: -item[0])
            chosen[about] = first
            if second[0] == 1 and first[1]["code"] != second[1]["code"]:
                remarks.append(_superseded(second[1], remaining, codebook))
    records = [record for _, record in chosen.values()] + pairs
    frame = pd.DataFrame(records, columns=[*FIELDS, "record"], dtype="str").astype({"record": "int64"})
    return Resolved(frame, same, tuple(remarks))


def put_together(rows: pd.DataFrame, same: Mapping[str, str]) -> pd.DataFrame:
    """The ledger's entries with each key of ``same`` replaced by the one that it becomes. Not an öre moves."""
    if not same:
        return rows
    keys = rows["intervention_key"].map(lambda key: same.get(key, key)).astype("str")
    return rows.assign(intervention_key=keys)


def with_text_changes(decisions: pd.DataFrame, interventions: pd.DataFrame) -> pd.DataFrame:
    """``decisions`` (see ``Resolved``) with ``text_changed``: whether the texts are others than when it was decided.

    A decision without ``text_seen`` was written by hand: nobody knows what its writer saw, so it is not said to have
    changed.
    """
    now = dict(zip(interventions["intervention_key"], fingerprints(interventions), strict=True))
    changed = [
        dimension in ANSWERED and bool(seen) and now.get(key, seen) != seen
        for key, dimension, seen in zip(
            decisions["intervention_key"], decisions["dimension"], decisions["text_seen"], strict=True
        )
    ]
    return decisions.assign(text_changed=pd.Series(changed, index=decisions.index, dtype="bool"))


def fingerprints(interventions: pd.DataFrame) -> list[str]:
    """``text_fingerprint`` of each intervention."""
    return [text_fingerprint({str(k): v for k, v in row.items()}) for row in interventions.to_dict("records")]


def changed_text_remarks(decisions: pd.DataFrame, interventions: pd.DataFrame, *, codebook: Codebook) -> list[Fault]:
    """A remark for each decision of ``with_text_changes`` whose texts have changed. The decision stands."""
    names = dict(zip(interventions["intervention_key"], interventions["name"], strict=True))
    remarks = []
    for key, dimension in decisions.loc[decisions["text_changed"], ["intervention_key", "dimension"]].itertuples(
        index=False
    ):
        what = codebook.dimension_label(dimension).lower()
        found = f"Texten om ”{_short(names[key])}” ({key}) har ändrats sedan någon beslutade om {what}. Beslutet gäller"
        action = "Se efter om det står fast: insatsen kommer först i nästa granskningsbok (portfolj review)"
        remarks.append(Fault(DECISIONS_FILE, "", "", Reason.DECISION_TEXT_CHANGED, found, "", action))
    return remarks


def without_answered(remarks: Iterable[Fault], resolved: Resolved, interventions: pd.DataFrame) -> list[Fault]:
    """The ledger's remarks without those on names alike that a person has already said yes or no to."""
    names = dict(zip(interventions["intervention_key"], interventions["name"], strict=True))
    pairs = resolved.decisions[resolved.decisions["dimension"].isin(SAME)]
    answered = [
        tuple(f"”{_short(names.get(key, key))}”" for key in pair)
        for pair in pairs[["intervention_key", "code"]].itertuples(index=False)
    ]
    return [
        remark
        for remark in remarks
        if remark.reason is not Reason.NAMES_ALIKE
        or not any(one in remark.found and other in remark.found for one, other in answered)
    ]


def _key_of(text: str, interventions: pd.DataFrame) -> list[str]:
    """The key that ``text`` is, else the one intervention of that name; none where no or several have it."""
    asked = pd.DataFrame([{"intervention_key": text, "name": text}], dtype="str")
    rows = [row for _, rows in matched(interventions, asked) for row in rows]
    return [str(interventions["intervention_key"].iloc[rows[0]])] if len(rows) == 1 else []


def _followed(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Key -> the end of its chain. Raises InputRefused with a fault for each circle."""
    becomes: dict[str, str] = {}
    faults = []
    for key, other in links:
        end = other
        while end in becomes:
            end = becomes[end]
        if end == key:
            found = f"”{key}” sägs vara samma insats som ”{other}”, som i sin tur sägs vara samma insats som ”{key}”"
            action = "Ta bort ett av besluten så att det framgår vilken nyckel som ska vara kvar"
            faults.append(Fault(DECISIONS_FILE, "", "", Reason.DECISION_WRONG, found, "", action))
        else:
            becomes[key] = other
    if faults:
        raise InputRefused(DECISIONS_FILE, faults)
    ends = {}
    for key in becomes:
        end = becomes[key]
        while end in becomes:
            end = becomes[end]
        ends[key] = end
    return ends


def _superseded(decision: Mapping[str, str], key: str, codebook: Codebook) -> Fault:
    what = codebook.dimension_label(decision["dimension"]).lower()
    found = (
        f"Beslutet om {what} på rad {int(decision['record']) + 2} gäller en insats som har blivit en del av ”{key}”, "
        "och där finns ett annat beslut som går före"
    )
    return Fault(DECISIONS_FILE, "", "", Reason.DECISION_UNUSED, found, "", "Ta bort det beslut som inte gäller")


def _short(text: object) -> str:
    shown = "" if pd.isna(text) else text_of(str(text))
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1]}…"
