"""Small ledgers for tests: text or cells in, what the reader found out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from portfolj.errors import Reason
from portfolj.federation import Federation, Unit, parse_federation
from portfolj.ledger.cells import Sheet, Value, sheet_of
from portfolj.ledger.reading import Findings, examine_sheets
from portfolj.ledger.settings import ReadingSettings
from portfolj.ledger.text_files import parse_text

DATA = Path(__file__).parent / "data"


def find(
    content: str | Sequence[Sequence[Value]] | Sheet | list[Sheet],
    *,
    unit: Unit | None = Unit.KR,
    columns: Mapping[str, str] | None = None,
    sheets: Sequence[str] = (),
) -> Findings:
    """What the reader finds in the text of a CSV file, in rows of cells, or in sheets."""
    if isinstance(content, str):
        opened = [parse_text(content)]
    elif isinstance(content, Sheet):
        opened = [content]
    elif content and isinstance(content[0], Sheet):
        opened = list(content)
    else:
        opened = [sheet_of(content, file="liggare.xlsx", title="Blad1")]
    findings = Findings()
    examine_sheets(opened, settings=ReadingSettings(tuple(sheets), unit, columns or {}), findings=findings)
    return findings


def reasons(findings: Findings) -> list[Reason]:
    return [fault.reason for fault in findings.faults]


def amounts(findings: Findings) -> list[float | None]:
    """The amounts of the entries in kronor, None where missing."""
    assert findings.faults == []
    return [None if r["ore"] is None else r["ore"] / 100 for r in findings.records]


def set_aside(findings: Findings) -> list[str]:
    return [row["reason"] for row in findings.set_aside]


def federation_of(folder: Path, file: str, *, unit: str = "kr", more: str = "") -> Federation:
    """A federation whose ledger is ``file`` in ``folder``."""
    text = f'name = "Prov"\n[ledger]\nfiles = ["{file}"]\nunit = "{unit}"\n{more}'
    return parse_federation(text, folder=folder)
