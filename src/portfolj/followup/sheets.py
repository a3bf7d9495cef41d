"""The tables of a follow-up file: its sheets with a header of the right kind, everything else told or left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import PERSON_KINDS, Federation
from portfolj.followup.findings import Findings
from portfolj.followup.headings import Header, find_header, header_faults, is_mapped, label_of
from portfolj.followup.misplaced import misplaced_numbers, numbers_above
from portfolj.followup.table import Table
from portfolj.ledger.cells import Sheet, text_of
from portfolj.ledger.filled import FilledForm, forms_in
from portfolj.ledger.filled.tables import misplaced, sheet_for
from portfolj.ledger.opening import open_file
from portfolj.ledger.personal_numbers import mask_personal_numbers


@dataclass(frozen=True)
class Shape:
    """What a kind of file must have: of each group of fields in ``needed`` one.

    ``more``: what other headings mean to the kind; the groups in ``unless_more`` are needed where no heading does.
    """

    kind: str
    needed: Sequence[Sequence[str]]
    more: Callable[[str], Any] | None = None
    unless_more: Sequence[Sequence[str]] = ()

    def faults(self, sheet: Sheet, header: Header) -> list[Fault]:
        """The faults of a header of the kind."""
        needed = [*self.needed, *(() if header.more else self.unless_more)]
        return header_faults(sheet, header, self.kind, needed=needed)


def tables_of(shape: Shape, federation: Federation, findings: Findings) -> list[Table]:
    """Every table of the kind in the federation's files; faults of files and headings go to ``findings``."""
    mapping = federation.followup.columns.get(shape.kind, {})
    names = federation.followup.files.get(shape.kind, [])
    return tables_in(names, shape, folder=federation.folder, mapping=mapping, findings=findings)


def tables_in(
    names: Sequence[str], shape: Shape, *, folder: Path, mapping: Mapping[str, str], findings: Findings
) -> list[Table]:
    """Every table of the kind in these files of the folder. ``mapping``: field -> the federation's own heading."""
    tables = []
    for name in names:
        try:
            sheets = open_file(folder / name, values_only=True)
        except InputRefused as refused:
            findings.faults += [_about_follow_up(fault) for fault in refused.faults]
            continue
        forms = forms_in(sheets)
        if forms:
            sheets = _sheets_of_forms(forms, shape, findings)
        if sheets:
            own = {} if forms else mapping  # the federation's own headings are not those of a form
            tables += _tables_of_file(sheets, shape, own, findings, file=Path(name).name)
    return tables


def _sheets_of_forms(forms: Sequence[FilledForm], shape: Shape, findings: Findings) -> list[Sheet]:
    """What filled forms have for the kind; a form that has nothing for it is a fault, as is one that can't be read."""
    sheets = []
    for form in forms:
        sheet = sheet_for(form, shape.kind)
        faults = form.faults or (() if sheet is not None else [misplaced(form, shape.kind)])
        findings.faults += [_about_follow_up(fault) for fault in faults]
        if sheet is not None and not faults:
            sheets.append(sheet)
    return sheets


def _tables_of_file(
    sheets: Sequence[Sheet], shape: Shape, mapping: Mapping[str, str], findings: Findings, *, file: str
) -> list[Table]:
    headed: list[tuple[Sheet, Header]] = []
    for sheet in sheets:
        header = find_header(sheet, shape.kind, mapping=mapping, more=shape.more)
        if header is not None:
            headed.append((sheet, header))
        elif shape.kind not in PERSON_KINDS:
            numbers_above(sheet, len(sheet.rows), findings)
    shown = [pair for pair in headed if not pair[0].hidden] or headed
    whole = [(s, h) for s, h in shown if not shape.faults(s, h)]
    if not shown:
        findings.faults.append(_no_header(file, shape))
    tables = []
    for sheet, header in whole or shown[:1]:
        faults = shape.faults(sheet, header)
        numbers_above(sheet, header.row + 1, findings)
        findings.faults += faults
        table = Table(sheet, header, shape.kind)
        misplaced_numbers(table, findings)
        if not faults:
            findings.faults += _long_rows(table)
            tables.append(table)
    return tables


def _no_header(file: str, shape: Shape) -> Fault:
    groups = [
        " eller ".join(label_of(shape.kind, name) for name in group) for group in (*shape.needed, *shape.unless_more)
    ]
    return Fault(
        mask_personal_numbers(file), "", "", Reason.NO_HEADER, "Ingen rubrikrad känns igen",
        f"en rad med rubriker, däribland {', '.join(groups)}",
        f"Skriv filens egna rubriker under [followup.columns.{shape.kind}] i federation.toml"
        if is_mapped(shape.kind)
        else "Skriv de rubrikerna överst i tabellen",
    )  # fmt: skip


def _long_rows(table: Table) -> list[Fault]:
    """A text record with more fields than headings has a delimiter inside a field: its columns may be shifted."""
    width = len(table.header.headings)
    if not table.sheet.is_text:
        return []
    first = table.header.row + 1
    long = [n for n, row in enumerate(table.sheet.rows[first:]) if len(row) > width and any(map(text_of, row[width:]))]
    told = [
        Fault(
            mask_personal_numbers(table.sheet.file), "", f"rad {table.number(row)}", Reason.ROW_TOO_LONG,
            f"Raden har fler fält än rubrikraden, som har {width}", f"{width} fält per rad",
            "Sätt citattecken om texter som innehåller skiljetecknet",
        )
        for row in long[:5]
    ]  # fmt: skip
    if len(long) > len(told):
        found = f"{len(long) - len(told)} rader till har fler fält än rubrikraden"
        told.append(Fault(told[0].file, "", "rader", Reason.ROW_TOO_LONG, found, told[0].allowed, told[0].action))
    return told


def _about_follow_up(fault: Fault) -> Fault:
    """The fault of opening a file, said of a follow-up file and without anything that its name may tell."""
    mask = mask_personal_numbers
    action = fault.action.replace("liggarens fil", "filen").replace("liggaren", "filen")
    return Fault(mask(fault.file), fault.sheet, fault.cell, fault.reason, fault.found, fault.allowed, action)
