"""Federations to review, and review workbooks as a person changes them: cells found by key and heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from portfolj import Portfolio, open_portfolio
from portfolj.errors import InputRefused
from portfolj.places import Places
from portfolj.review.applied import Applied
from portfolj.review.book import apply_review, write_review

SETTINGS = 'name = "Provförbundet"\n[ledger]\nfiles = ["beslut.csv"]\nunit = "kr"\n'
LEDGER = """Dnr;Insats;Sökande;Målgrupp;Beskrivning;År;Beviljat
1;Ung start;Flens kommun;Unga;Coachning av unga.;2020;100
2;Steget;;;Arbetsträning för vuxna.;2021;200
3;Bron;Flens kommun och Region Sörmland;Personer med psykisk ohälsa;Arbetsträning.;2021;300
"""
TODAY = date(2026, 11, 20)


def federation_at(folder: Path, *, ledger: str = LEDGER, settings: str = SETTINGS, **files: str) -> Places:
    """A federation ``prov`` with that ledger; ``files``: more files, ``codebook_toml`` for codebook.toml."""
    raw = folder / "data" / "raw" / "prov"
    raw.mkdir(parents=True)
    texts = {"federation.toml": settings, "beslut.csv": ledger}
    for name, text in (texts | {name.replace("_", "."): text for name, text in files.items()}).items():
        (raw / name).write_text(text, encoding="utf-8", newline="")
    return Places(data=folder / "data", out=folder / "reports", notebooks=folder)


def opened(places: Places) -> Portfolio:
    """The federation's portfolio as it is now."""
    return open_portfolio("prov", places=places)


def written(places: Places) -> Path:
    """A review workbook of the federation as it is now."""
    return write_review(opened(places), places=places).path


def applied(places: Places, *, today: date = TODAY) -> Applied:
    """What an apply of the workbook comes to."""
    return apply_review(opened(places), places=places, today=today)


def faults_of(places: Places) -> list[tuple[str, str, str]]:
    """The (sheet, cell, found) of every fault of the workbook, after a look that decisions.csv is as it was."""
    path = decisions_at(places)
    before = path.read_bytes() if path.exists() else None
    try:
        applied(places)
    except InputRefused as refused:
        assert (path.read_bytes() if path.exists() else None) == before
        return [(fault.sheet, fault.cell, fault.found) for fault in refused.faults]
    return []


def decisions_at(places: Places) -> Path:
    """Where the federation's decisions are."""
    return places.raw("prov") / "decisions.csv"


def decisions(places: Places) -> list[dict[str, str]]:
    """The rows of decisions.csv as text."""
    text = decisions_at(places).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.split("\n")[0] else ","))


def fill(path: Path, cells: Mapping[tuple[str, str], Any], *, by: str = "Anna Ek") -> dict[tuple[str, str], str]:
    """Writes ``cells`` ((key, heading) -> value) into the sheet of interventions, and ``by`` on the cover.

    Gives the address of each cell.
    """
    book = openpyxl.load_workbook(path, rich_text=True)
    name_cell(book).value = by or None
    addresses = {}
    for (key, heading), value in cells.items():
        cell = cell_of(book, key, heading)
        cell.value = value
        addresses[key, heading] = cell.coordinate
    book.save(path)
    return addresses


def name_cell(book: Any) -> Any:
    """The cell for one's name on the cover."""
    (label,) = [row[0] for row in book["Läs först"].iter_rows() if row[0].value == "Beslutat av"]
    return label.offset(column=1)


def cell_of(book: Any, key: str, heading: str) -> Any:
    """The cell of an intervention under a heading."""
    cells = book["Insatser"]
    columns = {cell.value: cell.column for cell in cells[1]}
    (row,) = [row[0].row for row in cells.iter_rows(min_row=2) if row[columns["Nyckel"] - 1].value == key]
    return cells.cell(row, columns[heading])


def answer_pair(path: Path, pair: tuple[str, str], heading: str, value: str, *, by: str = "Anna Ek") -> str:
    """Writes into the row of the pair; gives the cell's address."""
    book = openpyxl.load_workbook(path, rich_text=True)
    name_cell(book).value = by
    cells = book["Samma insats"]
    columns = {cell.value: cell.column for cell in cells[1]}
    (row,) = [
        row[0].row
        for row in cells.iter_rows(min_row=2)
        if (row[columns["Nyckel A"] - 1].value, row[columns["Nyckel B"] - 1].value) == pair
    ]
    cell = cells.cell(row, columns[heading])
    cell.value = value
    book.save(path)
    return cell.coordinate


def rows_of(path: Path, sheet: str = "Insatser") -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    headings, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]
