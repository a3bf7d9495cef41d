"""From files to a ``Ledger``: every row of every sheet used or set aside, every fault told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import Federation
from portfolj.files import sha256_of
from portfolj.ledger.after_total import rows_after_total
from portfolj.ledger.amount_columns import amount_column_faults
from portfolj.ledger.cells import Sheet, clean_text, text_of
from portfolj.ledger.entries import entries_of
from portfolj.ledger.filled.entries import form_entries
from portfolj.ledger.filled.form import FilledForm
from portfolj.ledger.filled.marks import forms_in
from portfolj.ledger.groups import group_headings
from portfolj.ledger.header import Header, second_tables
from portfolj.ledger.headings import base_field, heading_faults
from portfolj.ledger.implied_years import implied_years
from portfolj.ledger.kinds import DATA, EMPTY, GROUP, HEADER, TITLE, row_kinds
from portfolj.ledger.ledger import ROW_COLUMNS, SET_ASIDE_COLUMNS, SOURCE_COLUMNS, Ledger, frame_of
from portfolj.ledger.likeness import key_of, ledger_remarks
from portfolj.ledger.opening import open_file
from portfolj.ledger.personal_numbers import Masker, mask_personal_numbers
from portfolj.ledger.plausible import unit_remarks
from portfolj.ledger.remarks import sheet_remarks
from portfolj.ledger.settings import ReadingSettings
from portfolj.ledger.sheets import choose_sheets, header_faults
from portfolj.ledger.sums import sum_remarks
from portfolj.ledger.table import Table
from portfolj.ledger.units import column_units
from portfolj.ledger.year_totals import total_column_findings

_TEXT_SHOWN = 120
_UNREADABLE_TABLE = (Reason.NO_NAME_COLUMN, Reason.COLUMN_AMBIGUOUS, Reason.COLUMN_MISSING, Reason.TWO_TABLES)


@dataclass
class Findings:
    """Everything that reading the files found, faults included. ``Ledger`` is made of it when there are none."""

    records: list[dict[str, Any]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    unused_headings: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    missing_sheets: dict[str, list[Fault]] = field(default_factory=dict)
    masker: Masker = field(default_factory=Masker)

    def ledger(self) -> Ledger:
        """The findings as frames, whether or not there are faults."""
        rows = frame_of([_row_of(record) for record in self.records], ROW_COLUMNS)
        found = {_masked(remark) for remark in [*self.remarks, *ledger_remarks(self.records)]}
        remarks = sorted(found, key=attrgetter("order"))
        return Ledger(
            rows=rows,
            set_aside=frame_of(self.set_aside, SET_ASIDE_COLUMNS),
            sources=frame_of(self.sources, SOURCE_COLUMNS),
            columns=dict(self.columns),
            remarks=tuple(remarks),
        )


def read_ledger(federation: Federation) -> Ledger:
    """The federation's ledger, all its files and sheets together.

    Raises InputRefused with every fault of every file at once.
    """
    paths = [federation.folder / name for name in federation.ledger.files]
    findings = examine(paths, settings=ReadingSettings.of(federation))
    if findings.faults:
        raise InputRefused(", ".join(mask_personal_numbers(path.name) for path in paths), findings.faults)
    return findings.ledger()


def examine(paths: Sequence[Path], *, settings: ReadingSettings) -> Findings:
    """The same without raising: what could be read, and every fault."""
    findings = Findings()
    for path in paths:
        try:
            sheets, digest = open_file(path), sha256_of(path)
        except InputRefused as refusal:
            findings.faults += refusal.faults
            continue
        forms = forms_in(sheets)
        for form in forms:
            _examine_form(form, settings, findings, digest)
        if not forms:
            examine_sheets(sheets, settings=settings, findings=findings, sha256=digest)
    # Several files may share the stated sheets between them.
    titles = {clean_text(source["sheet"]).casefold() for source in findings.sources}
    findings.faults += [
        fault
        for title, missing in findings.missing_sheets.items()
        if clean_text(title).casefold() not in titles
        for fault in missing[:1]
    ]
    if not findings.faults and not findings.records:
        file = paths[0].name if paths else ""
        findings.faults.append(
            Fault(
                file,
                "",
                "",
                Reason.NO_ROWS,
                "Liggaren har inga rader med insatser",
                "",
                "Lägg till rader under rubrikerna, eller fyll i förbundets beslut i en ansökan",
            )
        )
    findings.faults = sorted({_masked(fault) for fault in findings.faults}, key=attrgetter("order"))
    return findings


def examine_sheets(sheets: Sequence[Sheet], *, settings: ReadingSettings, findings: Findings, sha256: str = "") -> None:
    """Adds what one file's sheets give to ``findings``."""
    chosen = choose_sheets(sheets, stated=settings.sheets, mapping=settings.columns)
    findings.faults += chosen.faults
    for title, fault in chosen.missing.items():
        findings.missing_sheets.setdefault(title, []).append(fault)
    for sheet, header in chosen.read:
        _examine_sheet(sheet, header, settings, findings, sha256)
    findings.faults = [_masked(fault) for fault in findings.faults]
    for sheet, why in chosen.left_out:
        findings.remarks += sheet_remarks(sheet, None, why)
        _source(findings, sheet, sha256, len(sheet.rows), 0, None, "", f"läses inte: bladet {why}")


def _examine_sheet(sheet: Sheet, header: Header, settings: ReadingSettings, findings: Findings, sha256: str) -> None:
    cells = [sheet.address(header.last, column) for column in range(len(header.headings))]
    faults = header_faults(sheet, header)
    faults += heading_faults(header.match, header.headings, file=sheet.file, sheet=sheet.title, cells=cells)
    faults += second_tables(sheet, header)
    faults += amount_column_faults(sheet, header, mapping=settings.columns)
    units, unit_faults = column_units(sheet, header, unit=settings.unit)
    faults += unit_faults
    findings.remarks += sheet_remarks(sheet, header, "")
    if any(f.reason in _UNREADABLE_TABLE for f in faults):
        # Without the right columns every row would be at fault: tell of the columns only.
        findings.faults += faults
        return
    table = Table(sheet, header, units)
    kinds = row_kinds(table)
    groups = group_headings(table, kinds)
    kinds |= dict.fromkeys(groups, GROUP)
    after = rows_after_total(table, kinds)
    kinds |= after.kinds
    implied = implied_years(table, kinds, mapping=settings.columns)
    kinds |= dict.fromkeys(implied.headings, GROUP)
    entries = entries_of(table, kinds, settings=settings, masker=findings.masker, years=implied.years)
    kinds |= entries.set_aside
    total_faults, total_remarks = total_column_findings(table, [row for row, kind in kinds.items() if kind == DATA])
    findings.faults += [*faults, *total_faults, *after.faults, *entries.faults, *_long_rows(sheet, header, kinds)]
    findings.remarks += [
        *groups.values(),
        *implied.remarks,
        *after.remarks,
        *entries.remarks,
        *sum_remarks(table, kinds, years={r["index"]: r["year"] for r in entries.records}),
        *unit_remarks(table, entries.records),
        *_short_rows(table, kinds),
        *total_remarks,
    ]
    place = {"file": mask_personal_numbers(sheet.file), "sheet": mask_personal_numbers(sheet.title)}
    findings.records += [{**place, **record} for record in entries.records]
    aside = _above_table(sheet, header) | {row: kind for row, kind in kinds.items() if kind != DATA}
    for row, reason in sorted(aside.items()):
        findings.set_aside.append({**place, "row": sheet.numbers[row], "reason": reason, "text": _shown(sheet, row)})
    headings: dict[str, list[str]] = {}
    for name, column in header.fields.items():
        headings.setdefault(base_field(name), []).append(mask_personal_numbers(header.headings[column]))
    findings.columns = {name: ", ".join(texts) for name, texts in headings.items()} | findings.columns
    used = sum(kind == DATA for kind in kinds.values())
    unit = "/".join(dict.fromkeys(units[f].value for f in table.amount_fields if f in units))
    _source(findings, sheet, sha256, used, len(aside), sheet.numbers[header.last], unit, "")


def _examine_form(form: FilledForm, settings: ReadingSettings, findings: Findings, sha256: str) -> None:
    """Adds what a filled form gives. Its rows are those of money: the other answers are no rows of a ledger."""
    entries = form_entries(form, settings=settings, masker=findings.masker)
    findings.faults += entries.faults
    findings.remarks += entries.remarks
    place = {"file": mask_personal_numbers(form.sheet.file), "sheet": mask_personal_numbers(form.sheet.title)}
    findings.records += [{**place, **record} for record in entries.records]
    findings.set_aside += [
        {**place, "row": row, "reason": reason, "text": text} for row, reason, text in entries.set_aside
    ]
    findings.columns = entries.columns | findings.columns
    used, aside = len(entries.used), len(entries.set_aside)
    findings.sources.append({
        **place, "sha256": sha256, "rows_in": used + aside, "rows_used": used,
        "rows_set_aside": aside, "header_row": None, "unit": "kr", "note": "ifylld blankett",
    })  # fmt: skip


def _source(
    findings: Findings, sheet: Sheet, sha256: str, used: int, aside: int, header_row: int | None, unit: str, note: str
) -> None:
    if note:
        # A sheet that is not read has all its rows set aside.
        used, aside = 0, len(sheet.rows)
        for row in range(len(sheet.rows)):
            findings.set_aside.append(
                {
                    "file": mask_personal_numbers(sheet.file),
                    "sheet": mask_personal_numbers(sheet.title),
                    "row": sheet.numbers[row],
                    "reason": "sheet_not_read",
                    "text": _shown(sheet, row),
                }
            )
    findings.sources.append(
        {
            "file": mask_personal_numbers(sheet.file),
            "sheet": mask_personal_numbers(sheet.title),
            "sha256": sha256,
            "rows_in": len(sheet.rows),
            "rows_used": used,
            "rows_set_aside": aside,
            "header_row": header_row,
            "unit": unit,
            "note": note,
        }
    )


def _above_table(sheet: Sheet, header: Header) -> dict[int, str]:
    above = {r: TITLE if any(text_of(v) for v in sheet.rows[r]) else EMPTY for r in range(header.first)}
    return above | dict.fromkeys(range(header.first, header.last + 1), HEADER)


def _long_rows(sheet: Sheet, header: Header, kinds: dict[int, str]) -> list[Fault]:
    """A text record with more fields than headings has a delimiter inside a field: its amounts may be shifted."""
    width = len(header.headings)
    return [
        Fault(
            sheet.file,
            sheet.title,
            f"rad {sheet.numbers[row]}",
            Reason.ROW_TOO_LONG,
            f"Raden har {len(sheet.rows[row])} fält men rubrikraden har {width}",
            f"{width} fält per rad",
            "Sätt citattecken om texter och belopp som innehåller skiljetecknet",
        )
        for row, kind in kinds.items()
        if sheet.is_text and kind == DATA and any(text_of(v) for v in sheet.rows[row][width:])
    ]


def _short_rows(table: Table, kinds: dict[int, str]) -> list[Fault]:
    """A text file's record that ends before the amounts may be the first half of a record broken over two lines."""
    sheet, columns = table.sheet, [table.header.fields[name] for name in table.amount_fields]
    return [
        Fault(
            sheet.file,
            sheet.title,
            f"rad {sheet.numbers[row]}",
            Reason.ROW_TOO_SHORT,
            f"Raden slutar före beloppet: {len(sheet.rows[row])} fält av {len(table.header.headings)}",
            "",
            "Kontrollera att raden inte är delad av en radbrytning; sätt citattecken om texter med radbrytning",
        )
        for row, kind in kinds.items()
        if sheet.is_text and kind == DATA and columns and len(sheet.rows[row]) <= min(columns)
    ]


def _row_of(record: dict[str, Any]) -> dict[str, Any]:
    ore = record["ore"]
    return {**record, "intervention_key": key_of(record), "amount_sek": None if ore is None else ore / 100}


def _shown(sheet: Sheet, row: int) -> str:
    text = " | ".join(t for value in sheet.rows[row] if (t := mask_personal_numbers(text_of(value))))
    return text if len(text) <= _TEXT_SHOWN else text[: _TEXT_SHOWN - 1] + "…"


def _masked(fault: Fault) -> Fault:
    mask = mask_personal_numbers
    return Fault(
        mask(fault.file), mask(fault.sheet), mask(fault.cell), fault.reason,
        mask(fault.found), mask(fault.allowed), mask(fault.action),
    )  # fmt: skip
