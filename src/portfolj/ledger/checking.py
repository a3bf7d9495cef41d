"""What ``portfolj check`` says: every fault, every remark, and how the rows and the kronor divide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from portfolj.errors import Fault, InputRefused, PortfoljError, Reason
from portfolj.federation import SETTINGS_FILE, Federation, Unit, load_federation
from portfolj.ledger.amounts import write_kronor
from portfolj.ledger.headings import label_of
from portfolj.ledger.interventions import interventions_of
from portfolj.ledger.ledger import Ledger
from portfolj.ledger.personal_numbers import mask_personal_numbers
from portfolj.ledger.reading import Findings, examine
from portfolj.ledger.settings import ReadingSettings

# Why a row was set aside, for one and for several.
SET_ASIDE_LABELS = {
    "title": ("titelrad", "titelrader"), "header": ("rubrikrad", "rubrikrader"),
    "header_repeat": ("upprepad rubrikrad", "upprepade rubrikrader"), "sum": ("summarad", "summarader"),
    "note": ("anteckning", "anteckningar"), "empty": ("tom rad", "tomma rader"),
    "group": ("gruppens rubrik", "gruppers rubriker"),
    "not_granted": ("avslag eller ansökan", "avslag eller ansökningar"),
    "merged_amount": ("rad vars belopp står i raden ovanför", "rader vars belopp står i raden ovanför"),
    "form_applied": ("sökt belopp i en ansökan", "sökta belopp i ansökningar"),
    "form_undecided": ("ansökan utan beslut", "sökta belopp i ansökningar utan beslut"),
    "form_broken": ("rad i en blankett som inte gick att läsa", "rader i blanketter som inte gick att läsa"),
    "sheet_not_read": ("rad på ett blad som inte läses", "rader på ett blad som inte läses"),
}  # fmt: skip
_TYPES = {"granted": "Beviljat", "paid": "Utbetalt", "returned": "Återbetalt"}
_FINANCING = {"Finsam": "medlemmarnas medel", "ESF": "ESF", "EU": "andra EU-medel", "other": "annan finansiering"}


@dataclass(frozen=True)
class CheckResult:
    """What a check found. ``text`` is for a screen, in Swedish; ``ledger`` is what could be read, faults or not."""

    text: str
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    ledger: Ledger | None = None


def check(path: Path, *, unit: Unit | None = None) -> CheckResult:
    """Reads a federation's folder, or a ledger file on its own, and tells everything without running anything.

    ``unit`` is for a file on its own whose amounts have no stated unit. Raises PortfoljError where there is nothing
    to read at ``path``; faults of the settings and the ledger come in the result.
    """
    if not path.exists():
        raise PortfoljError(f"{path} finns inte. Ange ett förbunds mapp eller en liggares fil.")
    if path.is_file() and path.name != SETTINGS_FILE:
        return _result(path.name, examine([path], settings=ReadingSettings(unit=unit)))
    try:
        federation = load_federation(path if path.is_dir() else path.parent)
    except InputRefused as refusal:
        return CheckResult(text=str(refusal), faults=refusal.faults, remarks=())
    findings = examine(
        [federation.folder / f for f in federation.ledger.files], settings=ReadingSettings.of(federation)
    )
    return _result(federation.name, findings)


def check_file(path: Path, federation: Federation) -> CheckResult:
    """One of the federation's ledger files on its own, read with the federation's settings."""
    return _result(path.name, examine([path], settings=ReadingSettings.of(federation)))


def _result(title: str, findings: Findings) -> CheckResult:
    ledger = findings.ledger()
    text = check_report(ledger, faults=findings.faults, title=mask_personal_numbers(title))
    return CheckResult(text=text, faults=tuple(findings.faults), remarks=ledger.remarks, ledger=ledger)


def check_report(ledger: Ledger, *, faults: Iterable[Fault] = (), title: str = "Liggaren") -> str:
    """The text of a check: the verdict, the rows, the columns, the sums, then each fault and remark on its own line."""
    faults = list(faults)
    verdict = f"{len(faults)} fel att rätta innan liggaren kan användas." if faults else "Liggaren går att läsa."
    lines = [title, verdict]
    if not ledger.sources.empty:
        lines += ["", "Rader", *(f"  {line}" for line in _row_lines(ledger))]
    if ledger.columns:
        lines += ["", "Kolumner", *(f"  {label_of(field)}: ”{heading}”" for field, heading in ledger.columns.items())]
    unit_unsure = any(fault.reason in (Reason.UNIT_UNKNOWN, Reason.UNIT_CONTRADICTION) for fault in faults)
    if not ledger.rows.empty and not unit_unsure:
        lines += ["", "Belopp" + (" (av de rader som gick att läsa)" if faults else "")]
        lines += [f"  {line}" for line in _sum_lines(ledger.rows)]
    for heading, items in (("Fel", faults), ("Att känna till", list(ledger.remarks))):
        if items:
            lines += ["", f"{heading} ({len(items)})", *(f"  {item}" for item in items)]
    return "\n".join(lines) + "\n"


def _row_lines(ledger: Ledger) -> Iterator[str]:
    for source in ledger.sources.itertuples():
        aside = ledger.set_aside[
            (ledger.set_aside["file"] == source.file) & (ledger.set_aside["sheet"] == source.sheet)
        ]
        counts = aside["reason"].value_counts(sort=False)
        reasons = ", ".join(f"{n} {SET_ASIDE_LABELS.get(str(r), (str(r), str(r)))[n != 1]}" for r, n in counts.items())
        place = f"{source.file}, blad {source.sheet}" if source.sheet else str(source.file)
        rows = "rad" if source.rows_in == 1 else "rader"
        line = f"{place}: {source.rows_in} {rows} = {source.rows_used} använda + {source.rows_set_aside} åt sidan"
        yield line + (f" ({reasons})" if reasons else "")


def _sum_lines(rows: pd.DataFrame) -> Iterator[str]:
    for entry_type, type_label in _TYPES.items():
        for financing, label in _FINANCING.items():
            part = rows[(rows["entry_type"] == entry_type) & (rows["financing"] == financing)]
            if part.empty:
                continue
            ore = int((part["amount_sek"].dropna() * 100).round().astype("int64").sum())
            missing = int(part["amount_sek"].isna().sum())
            without = f", varav {missing} utan belopp" if missing else ""
            entries = "post" if len(part) == 1 else "poster"
            amount = "inget känt belopp" if missing == len(part) else write_kronor(ore)
            yield f"{type_label}, {label}: {amount} ({len(part)} {entries}{without})"
    table = interventions_of(rows)
    noun = "insats" if len(table) == 1 else "insatser"
    yield f"{len(table)} {noun}, varav {int(table['members'].sum())} med medlemmarnas medel"
    if without_year := int(rows["year"].isna().sum()):
        yield f"{without_year} {'post' if without_year == 1 else 'poster'} saknar år"
