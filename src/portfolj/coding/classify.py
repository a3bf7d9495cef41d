"""Interventions coded by the codebook, with a person's decisions in place of what the rules say."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

import pandas as pd
import pyarrow as pa

from portfolj.coding.codebook import (
    DIMENSIONS,
    ORIENTATION,
    OWNER,
    PROCESS_SUPPORT,
    TARGET_GROUPS,
    TEXT_FIELDS,
    UNDEFINED,
    Codebook,
    DecidedBy,
)
from portfolj.coding.decisions import apply_decisions
from portfolj.coding.orientation import code_orientations
from portfolj.coding.owners import code_owner
from portfolj.coding.process_support import code_process_support, name_expression
from portfolj.coding.reader import reader_of
from portfolj.coding.reading import FieldReading
from portfolj.coding.remembered import Remembered
from portfolj.coding.target_groups import code_target_groups
from portfolj.errors import PortfoljError

KEPT_READINGS = 50_000  # texts of a field whose reading is kept, since ledgers repeat them year by year; bounds memory
_SAID = ("", "_basis", "_rule", "_evidence", "_reason")
_SUPPORT_SAID = ("", "_rule", "_evidence")
_DECIDED = ("_decided_by", "_rule_said", "_decided_note")
_DECIDED_BY = {"": DecidedBy.NONE, UNDEFINED: DecidedBy.NONE}  # of codes that say nothing; all others are a rule's
_TEXT = pa.large_string()
BLOCK = 10_000  # rows whose answers are Python's own texts before they are put into columns; bounds memory


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
    texts = {field: _texts(interventions[field]) for field in fields}
    blocks: dict[str, list[pa.Array]] = defaultdict(list)
    with _without_collector():
        for start in range(0, len(interventions), BLOCK):
            block = coder.columns({field: column[start : start + BLOCK] for field, column in texts.items()})
            for column, cells in block.items():
                blocks[column].append(pa.array(cells, _TEXT))
    nothing = pa.repeat(pa.scalar("", _TEXT), len(interventions))
    coded = pd.DataFrame(
        {
            column: pd.array(pa.chunked_array(blocks[column], _TEXT) if column in blocks else nothing, dtype="str")
            for column in coded_columns()
        },
        index=interventions.index,
    )
    if decisions is None or decisions.empty:
        return coded
    return apply_decisions(coded, interventions=interventions, decisions=decisions)


def coded_columns() -> list[str]:
    """The columns of a classification, in order."""
    coded = [f"{dimension}{part}" for dimension in DIMENSIONS for part in (*_SAID, *_DECIDED)]
    return coded + [f"{PROCESS_SUPPORT}{part}" for part in (*_SUPPORT_SAID, *_DECIDED)]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Without the search for reference cycles: rows make none, and it takes half the time that coding takes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not gc.get_freeze_count():  # what is kept for the next call need not be searched through now
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _texts(column: pd.Series) -> list[str]:
    """The texts of a column, ``""`` where one is missing or says nothing."""
    cells = column.astype("object").where(column.notna(), "")
    return [text if (text := str(cell)).strip() else "" for cell in cells.tolist()]


class _Coder:
    """Codes rows with one codebook; texts that come again are read once."""

    def __init__(self, codebook: Codebook, esf_names: Sequence[str]) -> None:
        reader, self.esf_name = reader_of(codebook), name_expression(esf_names)
        self.known: dict[str, Remembered[str, FieldReading]] = {
            field: Remembered(partial(reader.read, field), most=KEPT_READINGS) for field in TEXT_FIELDS
        }

    def columns(self, texts: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
        """The columns that have something to say of some interventions that nobody has decided on."""
        known = [(field, self.known[field]) for field in texts]
        rows = [
            {field: readings[text] for (field, readings), text in zip(known, row, strict=True) if text}
            for row in zip(*texts.values(), strict=True)
        ]
        orientations = code_orientations(rows)
        said: dict[str, Iterable[tuple[str, ...]]] = {
            OWNER: [code_owner(readings).cells for readings in rows],
            TARGET_GROUPS: [code_target_groups(*row).cells for row in zip(rows, orientations, strict=True)],
            ORIENTATION: [answer.cells for answer in orientations],
            PROCESS_SUPPORT: [self._support(readings) for readings in rows],
        }
        columns: dict[str, Sequence[str]] = {}
        for dimension, cells in said.items():
            parts = _SUPPORT_SAID if dimension == PROCESS_SUPPORT else _SAID
            columns |= zip([f"{dimension}{part}" for part in parts], zip(*cells, strict=True), strict=True)
            columns[f"{dimension}_decided_by"] = [_DECIDED_BY.get(code, DecidedBy.RULE) for code in columns[dimension]]
        return columns

    def _support(self, readings: Mapping[str, FieldReading]) -> tuple[str, str, str]:
        answer = code_process_support(readings, esf_name=self.esf_name)
        code, _, rules, evidence, _ = answer.cells
        return code if answer.codes else "", rules, evidence
