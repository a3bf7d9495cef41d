"""Interventions coded by the codebook, with a person's decisions in place of what the rules say."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pandas as pd

from portfolj.coding.answers import Answer
from portfolj.coding.codebook import (
    DIMENSIONS,
    ORIENTATION,
    OWNER,
    PROCESS_SUPPORT,
    TARGET_GROUPS,
    TEXT_FIELDS,
    Codebook,
    DecidedBy,
)
from portfolj.coding.decisions import apply_decisions
from portfolj.coding.orientation import code_orientation
from portfolj.coding.owners import code_owner
from portfolj.coding.process_support import code_process_support, name_expression
from portfolj.coding.reader import reader_of
from portfolj.coding.reading import FieldReading
from portfolj.coding.target_groups import code_target_groups
from portfolj.errors import PortfoljError

KEPT_READINGS = 5_000  # texts whose reading is kept for the next row; bounds memory on a million rows


def classify(
    interventions: pd.DataFrame,
    *,
    codebook: Codebook,
    decisions: pd.DataFrame | None = None,
    esf_names: Sequence[str] = (),
) -> pd.DataFrame:
    """One row of codes per intervention, with the index and row order of the input.

    ``interventions`` has ``name`` and any of ``applicant, target_group_text, description, goal_text``; missing and
    empty texts are the same. ``esf_names`` are the names of ESF-financed rows of the same ledger. ``decisions`` (see
    ``read_decisions``) replace the rules' answers.

    For each of owner, target_groups and orientation: ``<d>`` (code; target groups joined by ``;``, primary first),
    ``<d>_basis``, ``<d>_rule``, ``<d>_evidence``, ``<d>_reason``, ``<d>_decided_by``, ``<d>_rule_said``,
    ``<d>_decided_note``, all text and ``""`` where there is nothing to say; then the same of ``process_support``
    (``""`` where it is neither kind) without basis and reason. Raises PortfoljError where there is no ``name``.
    """
    if "name" not in interventions.columns:
        raise PortfoljError(
            f"Tabellen saknar kolumnen name. Den har: {', '.join(map(str, interventions.columns)) or 'inga kolumner'}."
        )
    coder = _Coder(codebook, esf_names)
    fields = [field for field in TEXT_FIELDS if field in interventions.columns]
    texts = [["" if pd.isna(cell) else str(cell) for cell in interventions[field].array] for field in fields]
    with _without_collector():
        rows = [coder.row(dict(zip(fields, cells, strict=True))) for cells in zip(*texts, strict=True)]
    coded = pd.DataFrame(rows, index=interventions.index, columns=coded_columns(), dtype="str")
    if decisions is None or decisions.empty:
        return coded
    return apply_decisions(coded, interventions=interventions, decisions=decisions)


def coded_columns() -> list[str]:
    """The columns of a classification, in order."""
    parts = ("", "_basis", "_rule", "_evidence", "_reason", "_decided_by", "_rule_said", "_decided_note")
    support = ("", "_rule", "_evidence", "_decided_by", "_rule_said", "_decided_note")
    coded = [f"{dimension}{part}" for dimension in DIMENSIONS for part in parts]
    return coded + [f"{PROCESS_SUPPORT}{part}" for part in support]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without the search for reference cycles: rows make none, and it takes half the time that coding takes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Coder:
    """Codes rows with one codebook; texts that come again are read once."""

    def __init__(self, codebook: Codebook, esf_names: Sequence[str]) -> None:
        self.codebook, self.esf_name = codebook, name_expression(esf_names)
        self.known: dict[tuple[str, str], FieldReading] = {}

    def read(self, field: str, text: str) -> FieldReading:
        key = (field, text)
        if key not in self.known:
            if len(self.known) >= KEPT_READINGS:
                self.known.clear()
            self.known[key] = reader_of(self.codebook).read(field, text)
        return self.known[key]

    def row(self, texts: Mapping[str, str]) -> list[str]:
        readings = {field: self.read(field, text) for field, text in texts.items() if text.strip()}
        answers: dict[str, Answer] = {OWNER: code_owner(readings), ORIENTATION: code_orientation(readings)}
        answers[TARGET_GROUPS] = code_target_groups(readings, answers[ORIENTATION])
        support = code_process_support(readings, esf_name=self.esf_name)
        cells = [cell for dimension in DIMENSIONS for cell in _cells(answers[dimension])]
        decided_by = DecidedBy.RULE if support.codes else DecidedBy.NONE
        return [
            *cells, ";".join(support.codes), ";".join(support.rules), support.evidence_text, str(decided_by), "", "",
        ]  # fmt: skip


def _cells(answer: Answer) -> list[str]:
    decided_by = DecidedBy.RULE if answer.codes else DecidedBy.NONE
    return [
        answer.code, str(answer.basis or ""), ";".join(answer.rules), answer.evidence_text, str(answer.reason or ""),
        str(decided_by), "", "",
    ]  # fmt: skip
