"""Files with several coders' answers: a column per coder and dimension, read and checked cell by cell.

Columns are named ``owner_<coder>``, ``targets_<coder>`` (or ``target_groups_<coder>``) and ``orientation_<coder>``.
Target groups may stand with ``;`` between them, or in further columns ``targets_<coder>_2``, ``_3`` and so on. An
answer is a code or its name in the codebook. A coder's answers may come in a file of their own; files are joined by
``key``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from portfolj.agreement.answers import MACHINE, CodedRows, with_machine
from portfolj.agreement.cells import Cell, checked_answer, checked_weight
from portfolj.coding import Codebook
from portfolj.coding.codebook import DIMENSIONS, ORIENTATION, OWNER, TARGET_GROUPS, TEXT_FIELDS
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.ledger.cells import Sheet, clean_text, text_of
from portfolj.ledger.headings import match_headings
from portfolj.ledger.opening import open_file

COLUMN_NAMES = {OWNER: OWNER, "targets": TARGET_GROUPS, TARGET_GROUPS: TARGET_GROUPS, ORIENTATION: ORIENTATION}
# What the coding itself writes beside an answer; not the name of a coder.
NOT_CODERS = frozenset({"basis", "rule", "evidence", "reason", "decided_by", "rule_said", "decided_note", "hint"})
KEYS = ("key", "intervention_key", "nyckel", "id")
EXAMPLE = "owner_coder1 och owner_coder2, targets_coder1 och targets_coder2, orientation_coder1 och orientation_coder2"
_ANSWER = re.compile(rf"({'|'.join(COLUMN_NAMES)})_(\w+)")


def read_coded(
    paths: Sequence[Path], *, codebook: Codebook, sheet: str | None = None, machine: bool = False
) -> CodedRows:
    """The coded interventions of one file, or of several that hold the same interventions by ``key``.

    ``sheet`` is the sheet's title; without it the only sheet with coders' columns is taken. With ``machine``, the
    codebook's own answers are added as the coder ``machine``. Empty cells are answers not given; they are counted in
    ``notes``, and a dimension with one coder is left out and noted. Raises InputRefused with every fault at once:
    unknown codes, several codes where there can be one, fewer than two coders, weights that are no numbers, a key that
    stands twice; PortfoljError where the machine has answered already or has nothing to read.
    """
    tables = [_open(path, sheet) for path in paths]
    faults = [fault for table in tables for fault in table.faults(codebook)]
    if len(tables) > 1:
        faults += _join_faults(tables)
    if faults:
        raise InputRefused(", ".join(path.name for path in paths), faults)
    coded = _joined(tables, codebook)
    if machine:
        coded = with_machine(coded, codebook=codebook)
    compared = {dimension: by_coder for dimension, by_coder in coded.answers.items() if len(by_coder) > 1}
    if not compared:
        raise InputRefused(paths[0].name, [_too_few_coders(tables[0].sheet, coded)])
    return replace(coded, answers=compared, notes=tuple(_notes(coded)))


@dataclass
class _Table:
    """A sheet with coders' columns: where each answer, text and weight stands."""

    sheet: Sheet
    header: int
    answers: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        """Rows below the header that hold anything."""
        return [r for r in range(self.header + 1, len(self.sheet.rows)) if any(text_of(v) for v in self.sheet.rows[r])]

    def cell(self, row: int, column: int) -> Cell:
        values = self.sheet.rows[row]
        text = text_of(values[column]) if column < len(values) else ""
        return Cell(self.sheet.file, self.sheet.title, self.sheet.address(row, column), text)

    def key(self, row: int) -> str:
        return self.cell(row, self.other["key"]).text if "key" in self.other else ""

    def answer_cells(self, row: int, dimension: str, coder: str) -> list[Cell]:
        cells = (self.cell(row, column) for column in self.answers.get((dimension, coder), ()))
        return [cell for cell in cells if cell.text]

    def faults(self, codebook: Codebook) -> Iterator[Fault]:
        for row in self.rows:
            for dimension, coder in self.answers:
                yield from checked_answer(self.answer_cells(row, dimension, coder), dimension, codebook)[1]
            if "weight" in self.other:
                yield from checked_weight(self.cell(row, self.other["weight"]))[1]
        if not self.rows:
            yield Fault(
                self.sheet.file, self.sheet.title, "", Reason.NO_ROWS, "Det finns inga rader under rubrikerna", "",
                "Lägg till insatserna, en per rad",
            )  # fmt: skip


def _open(path: Path, sheet: str | None) -> _Table:
    sheets = open_file(path)
    if sheet is not None:
        wanted = clean_text(sheet).casefold()
        named = [s for s in sheets if clean_text(s.title).casefold() == wanted]
        if not named:
            listed = ", ".join(s.title for s in sheets if s.title)
            found = f"Bladet {sheet!r} finns inte"
            raise _refused(path, "", Reason.SHEET_MISSING, found, listed, "Rätta --sheet")
        sheets = named
    tables = [table for table in map(_recognised, sheets) if table is not None]
    if not tables:
        found = "Ingen rubrikrad har kolumner för kodare"
        action = "Döp kolumnerna så: uppgiften, understreck, kodaren"
        raise _refused(path, sheet or "", Reason.COLUMN_MISSING, found, EXAMPLE, action)
    if len(tables) > 1:
        listed = ", ".join(table.sheet.title for table in tables)
        raise _refused(
            path, "", Reason.SHEET_AMBIGUOUS, "Flera blad har kolumner för kodare", listed, "Välj ett med --sheet"
        )
    return tables[0]


def _recognised(sheet: Sheet) -> _Table | None:
    """The sheet's table, from the first row that has a coder's column; None where there is no such row."""
    for number, row in enumerate(sheet.rows):
        headings = [re.sub(r"[\s-]+", "_", text_of(value).casefold()) for value in row]
        if not any(_coder_of(heading) for heading in headings):
            continue
        table = _Table(sheet, number)
        for place, heading in enumerate(headings):
            if (found := _coder_of(heading)) is not None:
                dimension, coder = found
                first, rank, digits = coder.rpartition("_")
                if rank and digits.isdigit() and (dimension, first) in table.answers:
                    coder = first  # targets_anna_2 beside targets_anna
                table.answers.setdefault((dimension, coder), []).append(place)
            elif heading in ("stratum", "weight", "grade"):
                table.other.setdefault(heading, place)
        table.other |= next(({"key": headings.index(key)} for key in KEYS if key in headings), {})
        table.texts = _text_columns([text_of(value) for value in row], headings, table)
        return table
    return None


def _coder_of(heading: str) -> tuple[str, str] | None:
    match = _ANSWER.fullmatch(heading)
    return (COLUMN_NAMES[match[1]], match[2]) if match and match[2] not in NOT_CODERS else None


def _text_columns(headings: Sequence[str], normal: Sequence[str], table: _Table) -> dict[str, int]:
    """Field -> place: by the field's own name, else by the headings that ledgers use."""
    taken = {place for places in table.answers.values() for place in places} | set(table.other.values())
    exact = {field: normal.index(field) for field in TEXT_FIELDS if field in normal}
    known = match_headings(["" if place in taken else heading for place, heading in enumerate(headings)]).fields
    found = {field: known[field] for field in TEXT_FIELDS if field in known and field not in exact}
    return exact | {field: place for field, place in found.items() if place not in exact.values()}


def _join_faults(tables: Sequence[_Table]) -> Iterator[Fault]:
    keyed = [table for table in tables if "key" in table.other]
    for table in tables:
        if table not in keyed:
            yield Fault(
                table.sheet.file, table.sheet.title, "", Reason.COLUMN_MISSING, "Kolumnen key saknas",
                "samma key i alla filer", "Utgå från filerna som portfolj sample skrev",
            )  # fmt: skip
    known = {keyed[0].key(row) for row in keyed[0].rows} if keyed else set()
    for table in keyed:
        seen: set[str] = set()
        for row in table.rows:
            cell = table.cell(row, table.other["key"])
            if cell.text in seen or not cell.text:
                said = f"Nyckeln {cell.shown} står flera gånger" if cell.text else "Raden saknar nyckel"
                yield cell.fault(Reason.DUPLICATE_ROWS, said, "varje nyckel en gång", "Rätta raden")
            elif cell.text not in known:
                said = f"Nyckeln {cell.shown} finns inte i {keyed[0].sheet.file}"
                yield cell.fault(Reason.CODING_WRONG, said, "samma insatser i alla filer", "Rätta nyckeln")
            seen.add(cell.text)


def _joined(tables: Sequence[_Table], codebook: Codebook) -> CodedRows:
    first = tables[0]
    where: list[dict[str, int]] = [{table.key(row): row for row in table.rows} for table in tables]
    coders = list(dict.fromkeys(pair for table in tables for pair in table.answers))
    answers: dict[str, dict[str, list[str]]] = {dimension: {} for dimension in DIMENSIONS}
    faults: list[Fault] = []
    for dimension, coder in sorted(coders, key=lambda pair: pair[1] == MACHINE):
        column = []
        for row in first.rows:
            given: dict[str, Cell] = {}
            for number, table in enumerate(tables):
                place = row if number == 0 else where[number].get(first.key(row))
                if place is None or not (cells := table.answer_cells(place, dimension, coder)):
                    continue
                codes, _ = checked_answer(cells, dimension, codebook)
                given.setdefault(";".join(codes), cells[0])
            if len(given) > 1:
                cell = list(given.values())[-1]
                said = f"{coder} har svarat olika i två filer: {' och '.join(given)}"
                faults.append(cell.fault(Reason.CODING_WRONG, said, "ett svar per kodare", "Ta bort det ena"))
            column.append(next(iter(given), ""))
        answers[dimension][coder] = column
    if faults:
        raise InputRefused(", ".join(table.sheet.file for table in tables), faults)
    weights = [checked_weight(first.cell(row, first.other["weight"]))[0] for row in first.rows if _has(first, "weight")]
    return CodedRows(
        texts=_texts(first),
        answers={dimension: by_coder for dimension, by_coder in answers.items() if by_coder},
        weights=np.array(weights or [1.0] * len(first.rows), dtype=np.float64),
        strata=_column(first, "stratum") or [""] * len(first.rows),
        grades=_column(first, "grade") or None,
        is_weighted=_has(first, "weight") or _has(first, "stratum"),
    )


def _has(table: _Table, name: str) -> bool:
    return name in table.other


def _column(table: _Table, name: str) -> list[str]:
    return [table.cell(row, table.other[name]).text for row in table.rows] if _has(table, name) else []


def _texts(table: _Table) -> pd.DataFrame:
    keys = [table.key(row) or f"rad {table.sheet.numbers[row]}" for row in table.rows]
    columns = {field: [table.cell(row, place).text for row in table.rows] for field, place in table.texts.items()}
    return pd.DataFrame({"key": keys, **columns}, dtype="str")


def _too_few_coders(sheet: Sheet, coded: CodedRows) -> Fault:
    listed = ", ".join(f"{dimension}_{coder}" for dimension, by_coder in coded.answers.items() for coder in by_coder)
    return Fault(
        sheet.file, sheet.title, "", Reason.COLUMN_MISSING, f"Bara en kodare finns: {listed}",
        f"minst två kodare, till exempel {EXAMPLE}",
        "Lägg till den andra kodarens kolumner eller fil, eller jämför med kodboken genom --machine",
    )  # fmt: skip


def _notes(coded: CodedRows) -> Iterator[str]:
    for dimension, by_coder in coded.answers.items():
        if len(by_coder) == 1:
            yield f"{dimension} har bara en kodare ({next(iter(by_coder))}) och jämförs inte."
            continue
        for coder, column in by_coder.items():
            if empty := list(column).count(""):
                yield f"{dimension}_{coder}: {empty} av {len(column)} rader är tomma och räknas som inte kodade."


def _refused(path: Path, sheet: str, reason: Reason, found: str, allowed: str, action: str) -> InputRefused:
    return InputRefused(path.name, [Fault(path.name, sheet, "", reason, found, allowed, action)])
