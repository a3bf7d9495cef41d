"""Coders' answers from one file or several, checked cell by cell and put together by key.

``columns`` says which headings are read. An answer is a code or its name in the codebook; target groups stand with
``;`` between them or in a column per rank.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from portfolj.agreement.answers import GRADED, MACHINE, CodedRows, coder_label, with_machine
from portfolj.agreement.cells import Cell, checked_answer, checked_weight
from portfolj.agreement.coded_table import CodedTable, open_table
from portfolj.agreement.columns import EXAMPLE, NOTE
from portfolj.coding import Codebook
from portfolj.coding.codebook import DIMENSIONS, ORIENTATION
from portfolj.errors import Fault, InputRefused, Reason

Places = list[tuple[CodedTable, int]]  # where one intervention stands: the rows of the tables that have it
Matched = list[Places]


def read_coded(
    paths: Sequence[Path], *, codebook: Codebook, sheet: str | None = None, machine: bool = False
) -> CodedRows:
    """The coded interventions of one file, or of several that hold the same interventions by key.

    ``sheet`` is the sheet's title; without it the only sheet with coders' columns is taken. With ``machine``, the
    codebook's own answers are added as the coder ``machine``. Empty cells are answers not given; they are counted in
    ``notes``. A coder who answered nothing of a dimension, and a dimension with one coder, are left out and noted.

    Raises InputRefused with every fault at once: unknown codes, several codes where there can be one, fewer than two
    coders, weights that are no numbers, keys that are missing, stand twice or are not the same in all files;
    PortfoljError where the machine has answered already or has nothing to read.
    """
    tables, faults = _opened(paths, sheet)
    faults += [fault for table in tables for fault in table.faults(codebook)]
    if len(tables) > 1:
        faults += _key_faults(tables)
    if not faults:
        faults += _contradictions(tables, codebook)
    if faults:
        raise InputRefused(", ".join(path.name for path in paths), faults)
    coded = _answered(_joined(tables, codebook), codebook)
    if machine:
        coded = with_machine(coded, codebook=codebook)
    compared = {dimension: by_coder for dimension, by_coder in coded.answers.items() if len(by_coder) > 1}
    if not compared:
        raise InputRefused(", ".join(path.name for path in paths), [_too_few_coders(tables[0], coded)])
    return replace(coded, answers=compared, notes=(*coded.notes, *_notes(coded, codebook)))


def _opened(paths: Sequence[Path], sheet: str | None) -> tuple[list[CodedTable], list[Fault]]:
    tables: list[CodedTable] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            tables.append(open_table(path, sheet))
        except InputRefused as refused:
            faults += refused.faults
    return tables, faults


def _key_faults(tables: Sequence[CodedTable]) -> Iterator[Fault]:
    """Why the files' rows can't be told to be the same interventions."""
    keyed = [table for table in tables if "key" in table.about]
    for table in tables:
        if table not in keyed:
            yield table.fault(
                Reason.COLUMN_MISSING, "Kolumnen Nyckel saknas", "samma nyckel för samma insats i alla filer",
                "Utgå från filerna som portfolj sample skrev",
            )  # fmt: skip
        elif not {table.key(row) for row in table.rows} & (known := _keys(keyed[0])) and known:
            yield table.fault(
                Reason.CODING_WRONG, f"Ingen nyckel är densamma som i {keyed[0].file}", "samma insatser i alla filer",
                "Kontrollera att filerna kommer ur samma urval",
            )  # fmt: skip
        else:
            yield from _row_faults(table, keyed[0])


def _row_faults(table: CodedTable, first: CodedTable) -> Iterator[Fault]:
    seen: set[str] = set()
    weights = {first.key(row): first.about_cell(row, "weight") for row in first.rows}
    for row in table.rows:
        cell, weight = table.cell(row, table.about["key"]), table.about_cell(row, "weight")
        if cell.text in seen or not cell.text:
            said = f"Nyckeln {cell.shown} står flera gånger" if cell.text else "Raden saknar nyckel"
            yield cell.fault(Reason.DUPLICATE_ROWS, said, "varje nyckel en gång", "Rätta raden")
        elif cell.text not in weights:
            said = f"Nyckeln {cell.shown} finns inte i {first.file}"
            yield cell.fault(Reason.CODING_WRONG, said, "samma insatser i alla filer", "Rätta nyckeln")
        elif weight and (other := weights[cell.text]) and not _same_number(weight, other):
            said = f"Vikten är {weight.shown}, men {other.shown} i {first.file}"
            yield weight.fault(Reason.CODING_WRONG, said, "samma urval i alla filer", "Ta tillbaka vikten")
        seen.add(cell.text)


def _same_number(first: Cell, second: Cell) -> bool:
    # A spreadsheet program may write the same weight with fewer digits.
    return bool(np.isclose(checked_weight(first)[0], checked_weight(second)[0], rtol=1e-6))


def _keys(table: CodedTable) -> set[str]:
    return {table.key(row) for row in table.rows} - {""}


def _contradictions(tables: Sequence[CodedTable], codebook: Codebook) -> Iterator[Fault]:
    """Where one coder has answered the same row differently in two files."""
    for dimension, coder in _coders(tables):
        for places in _matched(tables):
            given: dict[str, Cell] = {}
            for table, row in places:
                if cells := table.answer_cells(row, dimension, coder):
                    given.setdefault(_answer(cells, dimension, codebook), cells[0])
            if len(given) > 1:
                said = f"{coder_label(coder)} har svarat olika i två filer: {' och '.join(given)}"
                cell = list(given.values())[-1]
                yield cell.fault(Reason.CODING_WRONG, said, "ett svar per kodare", "Ta bort det ena")


def _coders(tables: Sequence[CodedTable]) -> list[tuple[str, str]]:
    """Dimension and coder of every column, people before the machine."""
    found = dict.fromkeys(pair for table in tables for pair in table.answers)
    return sorted(found, key=lambda pair: pair[1] == MACHINE)


def _matched(tables: Sequence[CodedTable]) -> Matched:
    """Per row of the first table: where the intervention stands, in that table and the others."""
    first, *others = tables
    where = [(table, {table.key(row): row for row in table.rows}) for table in others]
    return [
        [(first, row), *((table, places[key]) for table, places in where if (key := first.key(row)) in places)]
        for row in first.rows
    ]


def _answer(cells: Sequence[Cell], dimension: str, codebook: Codebook) -> str:
    return ";".join(checked_answer(cells, dimension, codebook)[0])


def _joined(tables: Sequence[CodedTable], codebook: Codebook) -> CodedRows:
    matched = _matched(tables)
    answers: dict[str, dict[str, list[str]]] = {dimension: {} for dimension in DIMENSIONS}
    for dimension, coder in _coders(tables):
        answers[dimension][coder] = [
            next(filter(None, (_answer(table.answer_cells(row, dimension, coder), dimension, codebook)
                               for table, row in places)), "")
            for places in matched
        ]  # fmt: skip
    about = {name: _about(matched, name) for name in ("weight", "stratum", "grade")}
    weights = [checked_weight(cell)[0] if cell else 1.0 for cell in about["weight"] or [None] * len(matched)]
    grades = [cell.text.upper() if cell else "" for cell in about["grade"]]
    return CodedRows(
        texts=_texts(tables, matched),
        answers={dimension: by_coder for dimension, by_coder in answers.items() if by_coder},
        weights=np.array(weights, dtype=np.float64),
        strata=[cell.text if cell else "" for cell in about["stratum"] or [None] * len(matched)],
        grades=grades if set(grades) & set(GRADED) and set(grades) <= {*GRADED, "C", ""} else None,
        is_weighted=bool(about["weight"] or about["stratum"]),
    )


def _about(matched: Matched, name: str) -> list[Cell | None]:
    """The cells of a column about the rows, from whichever file has it; empty where none has."""
    cells = [next((cell for table, row in places if (cell := table.about_cell(row, name))), None) for places in matched]
    return cells if any(cells) else []


def _texts(tables: Sequence[CodedTable], matched: Matched) -> pd.DataFrame:
    first = tables[0]
    columns = {"key": [first.key(row) or f"rad {first.sheet.numbers[row]}" for row in first.rows]}
    for name in dict.fromkeys(name for table in tables for name in table.texts):
        columns[name] = [
            next((table.cell(row, table.texts[name]).text for table, row in places if name in table.texts), "")
            for places in matched
        ]
    if any(table.notes for table in tables):
        columns[NOTE] = [" / ".join(dict.fromkeys(_notes_of(places))) for places in matched]
    return pd.DataFrame(columns, dtype="str")


def _notes_of(places: Places) -> Iterator[str]:
    for table, row in places:
        for coder, column in table.notes.items():
            if text := table.cell(row, column).text:
                yield f"{coder}: {text}" if coder else text


def _answered(coded: CodedRows, codebook: Codebook) -> CodedRows:
    """Without coders who answered nothing of a dimension: their columns stand in the file but are not filled in."""
    notes = [
        f"{codebook.dimension_label(dimension)}: {coder_label(coder)} har inte svarat på någon rad och jämförs inte."
        for dimension, by_coder in coded.answers.items()
        for coder, column in by_coder.items()
        if not any(column)
    ]
    answers = {
        dimension: {coder: column for coder, column in by_coder.items() if any(column)}
        for dimension, by_coder in coded.answers.items()
    }
    return replace(coded, answers={d: given for d, given in answers.items() if given}, notes=tuple(notes))


def _too_few_coders(table: CodedTable, coded: CodedRows) -> Fault:
    listed = ", ".join(dict.fromkeys(coder for by_coder in coded.answers.values() for coder in by_coder))
    if not listed:
        return table.fault(Reason.NO_ROWS, "Inga svar är ifyllda", "", "Ange filerna som kodarna har fyllt i")
    return table.fault(
        Reason.COLUMN_MISSING, f"Bara en kodare har svarat: {listed}", f"minst två, till exempel {EXAMPLE}",
        "Lägg till den andra kodarens fil eller kolumner, eller jämför med kodboken genom --machine",
    )  # fmt: skip


def _notes(coded: CodedRows, codebook: Codebook) -> Iterator[str]:
    for dimension, by_coder in coded.answers.items():
        label = codebook.dimension_label(dimension)
        if len(by_coder) == 1:
            yield f"{label} har bara en kodare ({next(iter(by_coder))}) och jämförs inte."
            continue
        for coder, column in by_coder.items():
            if empty := list(column).count(""):
                said = f"{label}: {coder_label(coder)} har inte svarat på {empty} av {len(column)} rader"
                yield f"{said}. De raderna jämförs inte."
        left_out = coded.counted(dimension).count(False)
        if dimension == ORIENTATION and left_out:
            yield f"{label} jämförs på rader med grad A eller B; {left_out} rader har en annan grad."
