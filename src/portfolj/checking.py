"""``portfolj check``: everything in a federation's folder that a run would refuse, without running anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from portfolj import coding, ledger
from portfolj.coding import same
from portfolj.comparison.reading import ComparisonFiles, read_comparison
from portfolj.economics.reading import EconomicsFiles, read_economics
from portfolj.economics.states import labels_of_states
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import SETTINGS_FILE, Federation, Unit, load_federation
from portfolj.federation.inputs import DECISIONS_FILE, PUBLISHED_FILE
from portfolj.followup.identity import find_key
from portfolj.followup.reading import read_follow_up
from portfolj.followup.row_lines import row_lines
from portfolj.followup.rows import FollowUp
from portfolj.portfolio.published import printed_codes, read_published

KIND_WORDS = {
    "incomes": "deltagare och intäkter", "transitions": "övergångar mellan lägen", "values": "värden",
    "break_even": "brytpunkter", "published": "tryckta siffror",
}  # fmt: skip
_KEY = (Reason.KEY_MISSING, Reason.KEY_MISPLACED, Reason.KEY_WRONG)


@dataclass(frozen=True)
class Checked:
    """What a check came to: its text in Swedish, and every fault that would stop a run."""

    text: str
    faults: tuple[Fault, ...]


def check(path: Path, *, unit: Unit | None = None) -> Checked:
    """The ledger at ``path`` (a file, or a federation's folder with its decisions, figures printed, follow-up) checked.

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
    more = [
        *_faults_of(lambda: coding.read_decisions(decisions, codebook=codebook)),
        *_faults_of(lambda: read_published(folder / PUBLISHED_FILE, codes=printed_codes(codebook))),
    ]
    follow_up: FollowUp | None = None
    try:
        follow_up = _follow_up_in(folder)
    except InputRefused as refused:
        more += refused.faults
    economics: EconomicsFiles | None = None
    try:
        economics = _economics_in(folder)
    except InputRefused as refused:
        more += refused.faults
    comparison: ComparisonFiles | None = None
    try:
        comparison = _comparison_in(folder)
    except InputRefused as refused:
        more += refused.faults
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
    if follow_up is not None and not follow_up.sources.empty:
        text += "\n".join(["", "Uppföljning", *_follow_up_lines(follow_up, folder), ""])
    if economics is not None and not economics.sources.empty:
        text += "\n".join(["", "Samhällsekonomi", *_economics_lines(economics), ""])
    if comparison is not None and (lines := list(_comparison_lines(comparison))):
        text += "\n".join(["", "Jämförelser", *lines, ""])
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
    """The check of one file of follow-up or economics that a federation.toml beside it names; None for any other file.

    Such a file is never read as a ledger: the faults of a ledger repeat what stands in its cells.
    """
    try:
        federation = load_federation(path.parent) if (path.parent / SETTINGS_FILE).is_file() else None
    except InputRefused:
        return None
    if federation is None:
        return None
    if path.name in {n for names in federation.economics.files.values() for n in names}:
        return _economics_file(path, federation)
    if path.name in federation.allocation.files:
        return _allocation_file(path, federation)
    if path.name not in {n for names in federation.followup.files.values() for n in names}:
        return None
    try:
        follow_up = read_follow_up(federation, key=find_key(federation))
    except InputRefused as refused:
        # What is wrong with the key or the settings stops every file.
        about = (path.name, SETTINGS_FILE)
        faults = tuple(f for f in refused.faults if f.reason in _KEY or set(about) & set(f.file.split(", ")))
        lines = [path.name, f"{len(faults)} fel.", *(f"  {fault}" for fault in faults), ""]
        return Checked("\n".join(lines), faults)
    told = _follow_up_lines(follow_up, path.parent, only=path.name)
    return Checked("\n".join([path.name, "Filen går att läsa.", *told, ""]), ())


def _economics_file(path: Path, federation: Federation) -> Checked:
    try:
        files = read_economics(federation, states=labels_of_states(federation))
    except InputRefused as refused:
        faults = tuple(fault for fault in refused.faults if fault.file == path.name)
        if faults:
            return Checked(
                "\n".join([path.name, f"{len(faults)} fel.", *(f"  {fault}" for fault in faults), ""]), faults
            )
        return Checked(f"{path.name}\nFilen går att läsa, men andra filer om samhällsekonomin har fel.\n", ())
    return Checked("\n".join([path.name, "Filen går att läsa.", *_economics_lines(files, only=path.name), ""]), ())


def _allocation_file(path: Path, federation: Federation) -> Checked:
    try:
        files = read_comparison(federation)
    except InputRefused as refused:
        faults = tuple(fault for fault in refused.faults if fault.file == path.name)
        if faults:
            return Checked("\n".join([path.name, f"{len(faults)} fel.", *(f"  {f}" for f in faults), ""]), faults)
        return Checked(f"{path.name}\nFilen går att läsa, men andra filer om jämförelser har fel.\n", ())
    return Checked("\n".join([path.name, "Filen går att läsa.", *_comparison_lines(files, only=path.name), ""]), ())


def _follow_up_in(folder: Path) -> FollowUp | None:
    """The follow-up of a federation's folder. Raises InputRefused; settings that can't be read are told elsewhere."""
    try:
        federation = load_federation(folder)
    except InputRefused:
        return None
    return read_follow_up(federation, key=find_key(federation))


def _economics_in(folder: Path) -> EconomicsFiles | None:
    """The same of its files on economics."""
    try:
        federation = load_federation(folder)
    except InputRefused:
        return None
    return read_economics(federation, states=labels_of_states(federation))


def _comparison_in(folder: Path) -> ComparisonFiles | None:
    """The same of its files on comparisons."""
    try:
        federation = load_federation(folder)
    except InputRefused:
        return None
    return read_comparison(federation)


def _comparison_lines(files: ComparisonFiles, *, only: str = "") -> Iterator[str]:
    sources = files.allocation.sources
    for row in sources[sources["file"].eq(only) | (only == "")].itertuples():
        yield (
            f"  {row.file}: {row.rows_in} rader in = {row.rows_used} använda + {row.rows_set_aside} åt sidan "
            "(statens fördelning)"
        )
    if files.compared is not None and not only:
        kept = files.compared.kept
        day = "" if kept is None else kept.fetched_at.date().isoformat()
        told = "inte hämtat" if kept is None else f"{'påhittade siffror' if kept.invented else 'hämtat'} {day}"
        yield f"  Kolada: {told}"
    if remarks := [remark for remark in files.allocation.remarks if only in ("", remark.file)]:
        yield from ["", f"Att känna till om jämförelserna ({len(remarks)})", *(f"  {remark}" for remark in remarks)]


def _economics_lines(files: EconomicsFiles, *, only: str = "") -> Iterator[str]:
    for row in files.sources[files.sources["file"].eq(only) | (only == "")].itertuples():
        yield (
            f"  {row.file}: {row.rows_in} rader in = {row.rows_used} använda + {row.rows_set_aside} åt sidan "
            f"({KIND_WORDS[str(row.kind)]})"
        )
    if remarks := [remark for remark in files.remarks if only in ("", remark.file)]:
        yield from ["", f"Att känna till om samhällsekonomin ({len(remarks)})", *(f"  {remark}" for remark in remarks)]


def _follow_up_lines(follow_up: FollowUp, folder: Path, *, only: str = "") -> Iterator[str]:
    k = load_federation(folder).small_cell_threshold
    yield from (f"  {line}" for file, line in row_lines(follow_up, k=k) if only in ("", file))
    if remarks := [remark for remark in follow_up.remarks if only in ("", remark.file)]:
        yield from ["", f"Att känna till om uppföljningen ({len(remarks)})", *(f"  {remark}" for remark in remarks)]


def _faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    try:
        read()
    except InputRefused as refused:
        return refused.faults
    return ()
