"""decisions.csv as it stands now: its rows as written, and what each of them is about in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from portfolj import coding
from portfolj.coding import same
from portfolj.coding.decisions import ANSWERED, COLUMNS, KEY_COLUMNS, SAME, SAME_AS
from portfolj.coding.decisions_file import DecisionsFile, open_decisions
from portfolj.federation.inputs import DECISIONS_FILE
from portfolj.portfolio.view import Portfolio
from portfolj.review.answers import Signature
from portfolj.review.rows import full_codebook


@dataclass(frozen=True)
class Decision:
    """A decision that stands.

    ``code``: what is decided (of a pair ``same_as`` or ``not_same_as``); ``key``: the key that its row names, ``""``
    where it is by name; ``record``: its row among the filled ones of the file; ``is_shared``: whether that row decides
    about other interventions too.
    """

    code: str
    key: str
    by: str
    on: str
    why: str
    seen: str
    record: int
    is_shared: bool

    def told_anew(self, signature: Signature) -> dict[str, str]:
        """The cells of who, when and why that a later signature of the same decision changes, by column.

        The reason where one is given; name and day only where the row itself has them, else they would change with
        the day that the same workbook is read again.
        """
        told = {"why": signature.why, "decided_by": signature.own_by, "decided_on": signature.own_on}
        now = {"why": self.why, "decided_by": self.by, "decided_on": self.on}
        return {column: text for column, text in told.items() if text and text != now[column]}


@dataclass(frozen=True)
class Standing:
    """``codes``: (key, dimension) -> decision; ``pairs``: (key, other) -> decision; ``same``: key -> the key that it
    has become; ``keys``: every key of the ledger, those that have become another among them."""

    path: Path
    file: DecisionsFile
    codes: Mapping[tuple[str, str], Decision]
    pairs: Mapping[tuple[str, str], Decision]
    same: Mapping[str, str]
    keys: frozenset[str]


def standing_of(portfolio: Portfolio) -> Standing:
    """What the federation's decisions.csv says now, about the interventions of ``portfolio``.

    Raises InputRefused with every fault of the file.
    """
    path = portfolio.federation.folder / DECISIONS_FILE
    codebook = full_codebook(portfolio)
    read = coding.read_decisions(path, codebook=codebook)
    interventions = portfolio.prepared.interventions[["intervention_key", "name"]]
    gone = {
        str(key)
        for key, dimension in portfolio.prepared.decisions[["intervention_key", "dimension"]].itertuples(index=False)
        if dimension == SAME_AS
    } - set(interventions["intervention_key"])
    # What has become part of another is no longer among the interventions, but decisions on it are still about it.
    parts = pd.DataFrame({"intervention_key": sorted(gone), "name": ""}, dtype="str")
    resolved = same.resolve_decisions(read, pd.concat([interventions, parts], ignore_index=True), codebook=codebook)
    records = [{str(k): v for k, v in record.items()} for record in resolved.decisions.to_dict("records")]
    shared = {record for record, times in Counter(r["record"] for r in records).items() if times > 1}
    told = [
        (r, _decision(r, key=str(read["intervention_key"].iloc[r["record"]]), is_shared=r["record"] in shared))
        for r in records
    ]
    return Standing(
        path=path,
        file=open_decisions(path, headings=(*KEY_COLUMNS, *COLUMNS)),
        codes={(r["intervention_key"], r["dimension"]): d for r, d in told if r["dimension"] in ANSWERED},
        pairs={
            (r["intervention_key"], r["code"]): replace(d, code=r["dimension"])
            for r, d in told
            if r["dimension"] in SAME
        },
        same=resolved.same,
        keys=frozenset([*interventions["intervention_key"], *gone]),
    )


def _decision(record: Mapping[str, Any], *, key: str, is_shared: bool) -> Decision:
    return Decision(
        code=record["code"], key=key, by=record["decided_by"], on=record["decided_on"], why=record["why"],
        seen=record["text_seen"], record=int(record["record"]), is_shared=is_shared,
    )  # fmt: skip
