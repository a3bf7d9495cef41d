"""The federation's files on this, read and checked: what Kolada has answered, and the table of federations."""

from __future__ import annotations

from dataclasses import dataclass

from portfolj.comparison.allocation.reading import AllocationFile, read_allocation
from portfolj.comparison.kolada.answers import AnswerUnreadable
from portfolj.comparison.kolada.cache import failed_kind, kept_path, read_kept
from portfolj.comparison.kolada.compared import Compared, compared_of
from portfolj.comparison.kolada.indicators import indicator_faults
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import Federation
from portfolj.federation.inputs import KOLADA_FILE as FILE

SUBJECT = "Jämförelsen"


@dataclass(frozen=True, eq=False)
class ComparisonFiles:
    """What the files say. ``compared`` is None for a federation that compares no municipalities."""

    compared: Compared | None
    allocation: AllocationFile


def read_comparison(federation: Federation) -> ComparisonFiles:
    """The federation's files on this. Raises InputRefused with every fault of every file at once."""
    faults = indicator_faults(federation)
    compared, allocation = None, None
    try:
        compared = _compared(federation)
    except InputRefused as refused:
        faults += refused.faults
    try:
        allocation = read_allocation(federation)
    except InputRefused as refused:
        faults += refused.faults
    if faults or allocation is None:
        raise InputRefused(SUBJECT, faults)
    return ComparisonFiles(compared, allocation)


def _compared(federation: Federation) -> Compared | None:
    if not federation.comparison.municipalities:
        return None
    failed = failed_kind(kept_path(federation))
    try:
        return compared_of(federation.comparison, read_kept(federation), failed=failed)
    except AnswerUnreadable as error:
        raise InputRefused(FILE, [Fault(
            FILE, "", "", Reason.FILE_UNREADABLE, f"Svaren från Kolada går inte att använda: {error}",
            "svar som de kommer från Kolada", f"Hämta dem igen med portfolj kolada {federation.key} --force",
        )]) from None  # fmt: skip
