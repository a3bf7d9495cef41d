"""The check of a ledger, a federation's folder or one file in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from portfolj import coding, ledger
from portfolj.checking.beside import PARTS, Part
from portfolj.coding import same
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import SETTINGS_FILE, Federation, Unit, load_federation
from portfolj.federation.inputs import DECISIONS_FILE, PUBLISHED_FILE
from portfolj.portfolio.published import printed_codes, read_published
from portfolj.strategy.reading import read_strategy

_KEY = (Reason.KEY_MISSING, Reason.KEY_MISPLACED, Reason.KEY_WRONG)


@dataclass(frozen=True)
class Checked:
    """What a check came to: its text in Swedish, and every fault that would stop a run."""

    text: str
    faults: tuple[Fault, ...]


def check(path: Path, *, unit: Unit | None = None) -> Checked:
    """The ledger at ``path`` checked: a file, or a federation's folder with its decisions and the files beside it.

    Raises PortfoljError where there is nothing at ``path``.
    """
    if path.is_file() and (alone := _file_beside(path)) is not None:
        return alone
    result = ledger.check(path, unit=unit)
    folder = path if path.is_dir() else path.parent if path.name == SETTINGS_FILE else None
    if folder is None:
        return Checked(result.text, result.faults)
    try:
        codebook = coding.codebook_in(folder)
    except InputRefused as refused:
        text = "\n".join([result.text, f"Fel i {coding.ADDITIONS_FILE} ({len(refused.faults)})",
                          *(f"  {fault}" for fault in refused.faults), ""])  # fmt: skip
        return Checked(text, (*result.faults, *refused.faults))
    decisions = folder / DECISIONS_FILE
    federation = _federation_in(folder)
    more = [
        *_faults_of(lambda: coding.read_decisions(decisions, codebook=codebook)),
        *_faults_of(lambda: read_published(folder / PUBLISHED_FILE, codes=printed_codes(codebook))),
    ]
    told: list[str] = []
    if federation is not None:
        more += _faults_of(lambda: read_strategy(federation))
        for part in PARTS:
            try:
                lines = part.told(part.read(federation), federation)
            except InputRefused as refused:
                more += refused.faults
            else:
                told += ["", part.heading, *lines, ""] if lines else []
    remarks = coding.decision_remarks(decisions)
    if not more and not result.faults and result.ledger is not None:
        try:
            remarks += _about_decisions(
                coding.read_decisions(decisions, codebook=codebook), result.ledger.rows, codebook
            )
        except InputRefused as refused:
            more += refused.faults
    text = result.text
    if remarks:
        text += "\n".join(["", f"Att känna till om besluten ({len(remarks)})", *(f"  {r}" for r in remarks), ""])
    text += "\n".join(told)
    if more:
        text += "\n".join(["", f"Fel i andra filer ({len(more)})", *(f"  {fault}" for fault in more), ""])
    return Checked(text, (*result.faults, *more))


def _about_decisions(decisions: pd.DataFrame, rows: pd.DataFrame, codebook: coding.Codebook) -> list[Fault]:
    """Remarks on decisions that fit nothing and on texts that have changed. Raises InputRefused for a circle."""
    as_kept = ledger.interventions_of(rows)
    resolved = same.resolve_decisions(decisions, as_kept, codebook=codebook)
    interventions = ledger.interventions_of(same.put_together(rows, resolved.same))
    decided = same.with_text_changes(resolved.decisions, interventions)
    return [
        *coding.unused_decisions(decisions, as_kept, codebook=codebook),
        *resolved.remarks,
        *same.changed_text_remarks(decided, interventions, codebook=codebook),
    ]


def _file_beside(path: Path) -> Checked | None:
    """The check of one file that a federation.toml in the same folder names beside the ledger; None for any other.

    Such a file is read as a ledger only where it is one too: the faults of a ledger repeat what stands in its cells.
    """
    federation = _federation_in(path.parent) if (path.parent / SETTINGS_FILE).is_file() else None
    if federation is None:
        return None
    parts = [part for part in PARTS if path.name in part.names(federation)]
    return _of_one_file(path, parts, federation) if parts else None


def _of_one_file(path: Path, parts: Sequence[Part], federation: Federation) -> Checked:
    """A form may be named by several parts and by the ledger: it can be read where all of them can read it."""
    name, faults = path.name, list[Fault]()
    told: list[str] = []
    others: list[str] = []
    for part in parts:
        try:
            read = part.read(federation)
        except InputRefused as refused:
            # What is wrong with the key or the settings stops every file.
            about = {name, SETTINGS_FILE}
            own = [f for f in refused.faults if f.reason in _KEY or about & set(f.file.split(", "))]
            faults += own
            others += [] if own else [part.about]
        else:
            told += part.told(read, federation, only=name)
    if name in federation.ledger.files:
        as_ledger = ledger.check_file(path, federation)
        faults += as_ledger.faults
        told += ["", *as_ledger.text.rstrip().splitlines()[1:]] if not as_ledger.faults else []
    faults = list(dict.fromkeys(faults))
    if faults:
        return Checked("\n".join([name, f"{len(faults)} fel.", *(f"  {fault}" for fault in faults), ""]), tuple(faults))
    if others:
        return Checked(f"{name}\nFilen går att läsa, men andra filer {' och '.join(others)} har fel.\n", ())
    return Checked("\n".join([name, "Filen går att läsa.", *told, ""]), ())


def _federation_in(folder: Path) -> Federation | None:
    """The federation of the folder; None where its settings can't be read, which is told with the ledger."""
    try:
        return load_federation(folder)
    except InputRefused:
        return None


def _faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    try:
        read()
    except InputRefused as refused:
        return refused.faults
    return ()
