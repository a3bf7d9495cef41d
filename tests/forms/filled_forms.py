"""Forms written and filled in as a person does: found by the labels that are seen, never by the hidden marks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from portfolj.coding import load_codebook
from portfolj.federation import Federation, load_federation
from portfolj.forms import write_forms

SETTINGS = """
name = "Provförbundet"
[ledger]
files = [{files}]
unit = "{unit}"
[followup]
goals = [{goals}]
"""
APPLICATION: dict[str, Any] = {
    "Insatsens namn": "Lotsen",
    "Vad ni vill göra": "Lotsar ger unga stöd på väg till arbete.",
    "Inriktning": "individinriktad",
    "Huvudman": "Solbacka kommun",
    "Kontaktpersonens roll": "Enhetschef",
    "Främsta målgrupp": "Unga",
    "Andra målgrupp": "Psykisk ohälsa",
    "Målgruppen i ord": "Unga 16–24 år utan arbete och studier",
    "Start": date(2026, 1, 1),
    "Slut": date(2027, 12, 31),
    "Uppföljning": "Huvudmannen följer upp varje halvår.",
    "Vem som tar över": "Socialnämnden beslutar i mars 2027.",
}
GOALS = [
    ["arbeta eller studera", "deltagarna", "40", "procent", "sex månader efter avslut", "25 procent", "enkät"],
    ["ha egen försörjning", "deltagarna", 12, "personer", "2027", "0", "lönebesked"],
]
PARTIES = [["Solbacka kommun", "Två lotsar"], ["Arbetsförmedlingen", "En handläggare på halvtid"]]
BUDGET = [["Löner", 2026, "Förbundets medel", 900000], ["Löner", 2027, "ESF", 400000]]
DECISION: dict[str, Any] = {
    "Diarienummer": "2025/7",
    "Beslut": "bifall",
    "Beslutsdatum": date(2025, 12, 4),
    "Handling": "Styrelsen § 61",
}
GRANTS = [["", 2026, "Förbundets medel", 800000], ["Etapp 2", 2027, "ESF", 400000]]
REPORT: dict[str, Any] = {
    "Insatsens namn": "Lotsen",
    "Diarienummer": "2025/7",
    "Huvudman": "Solbacka kommun",
    "Start": date(2026, 1, 1),
    "Slut": date(2027, 12, 31),
    "Vem som har bedömt": "Styrgruppen",
    "Vad som är infört": "Kommunen har två lotsar kvar.",
    "Vem som tar över": "Socialnämnden betalar.",
}
OUTCOMES = [
    ["40 procent arbetar eller studerar", "40 procent", "47 procent", "uppfyllt", "Uppföljning Finsam"],
    ["Tolv har egen inkomst", "12", "okänt", "oklart", "Ingen enkät gjordes"],
]
MONEY = [["Löner", 2026, "Förbundets medel", 750000, 50000], ["Löner", 2027, "ESF", 400000, 0]]
_FILLED: dict[tuple[str, str, str], bytes] = {}
Tables = Mapping[str, Sequence[Sequence[Any]]]


def blank(path: Path, kind: str = "application", federation: str = "") -> Path:
    """A form that nobody has filled in."""
    path.write_bytes(_written(kind, federation))
    return path


@cache
def _written(kind: str, federation: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        (path,) = write_forms(kind, Path(folder) / "form.xlsx", codebook=load_codebook(), federation=federation)
        return path.read_bytes()


def fill(path: Path, fields: Mapping[str, Any], tables: Tables | None = None) -> Path:
    """The answers beside the labels, and under the headings of the tables with these titles."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for label, value in fields.items():
        sheet.cell(row_of(sheet, label), 3).value = value
    for title, rows in (tables or {}).items():
        first = row_of(sheet, "Exempel:", after=row_of(sheet, title)) + 1
        starts = columns_of(sheet, first)
        for number, row in enumerate(rows, start=first):
            for column, value in zip(starts, row, strict=False):
                if value != "":
                    sheet.cell(number, column).value = value
    book.save(path)
    return path


def row_of(sheet: Any, label: str, *, after: int = 0) -> int:
    """The row whose first seen cell is, or begins with, the label."""
    for row in range(after + 1, sheet.max_row + 1):
        text = str(sheet.cell(row, 2).value or "")
        if text.split("\n")[0] == label or (label.endswith(":") and text.startswith(label)):
            return row
    raise AssertionError(f"No row is labelled {label}")


def columns_of(sheet: Any, row: int) -> list[int]:
    """The columns of a table's row: each merged block once."""
    ranges = [r for r in sheet.merged_cells.ranges if r.min_row == row]
    merged = {c for r in ranges for c in range(r.min_col + 1, r.max_col + 1)}
    return [c for c in range(2, 9) if c not in merged]


def application(
    path: Path, *, decided: bool = True, fields: Mapping[str, Any] | None = None, tables: Tables | None = None
) -> Path:
    """An application filled in, with the federation's decision or without."""
    answers = APPLICATION | (DECISION if decided else {}) | dict(fields or {})
    listed: dict[str, Any] = {"Mål som går att mäta": GOALS, "Samverkande parter": PARTIES, "Kostnad per år": BUDGET}
    listed |= {"Beviljat per år": GRANTS} if decided else {}
    path.write_bytes(_filled("application", answers, listed | dict(tables or {})))
    return path


def final_report(path: Path, *, fields: Mapping[str, Any] | None = None, tables: Tables | None = None) -> Path:
    """A final report filled in."""
    listed: dict[str, Any] = {"Mål för mål": OUTCOMES, "Använt och återbetalt per år": MONEY}
    answers, listed = REPORT | dict(fields or {}), listed | dict(tables or {})
    path.write_bytes(_filled("final-report", answers, listed))
    return path


def _filled(kind: str, answers: Mapping[str, Any], tables: Tables) -> bytes:
    """The same answers are filled in once: opening and saving a workbook is what takes time."""
    key = kind, repr(answers), repr(tables)
    if key not in _FILLED:
        with tempfile.TemporaryDirectory() as folder:
            path = fill(blank(Path(folder) / "form.xlsx", kind), answers, tables)
            _FILLED[key] = path.read_bytes()
    return _FILLED[key]


def federation_of(folder: Path, *files: str, goals: Sequence[str] = (), unit: str = "tkr") -> Federation:
    """The federation whose ledger is these files of the folder."""
    listed = [", ".join(f'"{name}"' for name in names) for names in (files, goals)]
    text = SETTINGS.format(files=listed[0], goals=listed[1], unit=unit)
    (folder / "federation.toml").write_text(text, encoding="utf-8")
    return load_federation(folder)
