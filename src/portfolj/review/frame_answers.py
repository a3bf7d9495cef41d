"""The answers of a frame, as ``pending`` gives it and a notebook fills it in."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from portfolj.coding import Codebook
from portfolj.coding.decisions import ANSWERED, SAME
from portfolj.coding.same import fingerprints
from portfolj.coding.source import nearest
from portfolj.errors import Fault, PortfoljError
from portfolj.portfolio.view import Portfolio
from portfolj.review.answers import (
    Answer,
    Answers,
    Cell,
    Kind,
    PairAnswer,
    Place,
    Signature,
    checked_codes,
    checked_date,
    readable,
)
from portfolj.review.choices import UNDO
from portfolj.review.rows import decided_codes, full_codebook

FRAME = "ramen"  # stands where a file's name would in a fault
NEEDED = ("intervention_key", "dimension", "code")


def frame_answers(portfolio: Portfolio, frame: pd.DataFrame, *, by: str, today: date) -> Answers:
    """What the rows of ``frame`` with a code answer; faults name the row's label and the column.

    Columns: ``intervention_key``, ``dimension``, ``code`` (codes or labels, several groups with ``;`` between them, or
    ``ångra beslutet``), and if wanted ``why``, ``decided_by``, ``decided_on``. Of ``same_as`` and ``not_same_as`` the
    code is the other intervention's key. Raises PortfoljError where a column is missing.
    """
    if missing := [column for column in NEEDED if column not in frame.columns]:
        has = ", ".join(map(str, frame.columns)) or "inga"
        raise PortfoljError(f"Ramen saknar {', '.join(missing)}. Den har kolumnerna: {has}.")
    reading = _Reading(portfolio, by, today)
    for label, record in zip(frame.index, frame.to_dict("records"), strict=True):
        reading.row(label, {str(column): value for column, value in record.items()})
    return Answers(tuple(reading.codes), tuple(reading.pairs), tuple(reading.faults))


class _Reading:
    def __init__(self, portfolio: Portfolio, by: str, today: date) -> None:
        interventions = portfolio.prepared.interventions
        self.codebook: Codebook = full_codebook(portfolio)
        self.seen = dict(zip(interventions["intervention_key"], fingerprints(interventions), strict=True))
        self.decided = decided_codes(portfolio.prepared.decisions)
        told = portfolio.prepared.decisions
        self.answered = {
            (key, other): dimension
            for key, other, dimension in told[["intervention_key", "code", "dimension"]].itertuples(index=False)
            if dimension in SAME
        }
        self.known = {*self.seen, *(key for key, _ in self.answered)}
        self.by, self.today, self.is_nameless = by, today, False
        self.codes: list[Answer] = []
        self.pairs: list[PairAnswer] = []
        self.faults: list[Fault] = []

    def row(self, label: Hashable, record: Mapping[str, Any]) -> None:
        """Takes one row in."""

        def cell(column: str) -> Cell:
            value = record.get(column)
            return Cell(None if pd.isna(value) else value, Place(FRAME, "", f"rad {label}, kolumn {column}"))

        key, dimension, code = (cell(column) for column in NEEDED)
        why, by, on = cell("why"), cell("decided_by"), cell("decided_on")
        if code.is_empty:
            if why.text:
                self.faults.append(
                    why.place.fault("Raden har ett skäl men ingen kod", "", "Fyll i code, eller töm why")
                )
            return
        if wrong := [fault for each in (code, why, by, on, Cell(self.by, by.place)) if (fault := readable(each))]:
            self.faults += wrong
            return
        if key.text not in self.known:
            found = f"Insatsen ”{key.text}” finns inte" if key.text else "Raden saknar intervention_key"
            self._fault(key, found, "en nyckel i liggaren", nearest(key.text, sorted(self.known)))
        elif dimension.text in ANSWERED:
            self._code(key.text, dimension.text, code, self._signature(why, by, on))
        elif dimension.text in SAME:
            self._pair(key.text, dimension.text, code, self._signature(why, by, on))
        else:
            allowed = (*ANSWERED, *SAME)
            self._fault(
                dimension, f"dimension är {dimension.text!r}", ", ".join(allowed), nearest(dimension.text, allowed)
            )

    def _code(self, key: str, dimension: str, cell: Cell, signature: Signature) -> None:
        parts = [Cell(part, cell.place) for part in cell.text.split(";") if part.strip()]
        code, faults = checked_codes(parts, dimension=dimension, codebook=self.codebook)
        self.faults += faults
        if code is None:
            return
        shown = self.decided.get(key, {}).get(dimension)
        # The code that is decided already, said again, is how a frame says that a decision stands.
        kind = Kind.UNDO if code == UNDO else Kind.STANDS if code == shown else Kind.DECIDE
        code = code if kind is Kind.DECIDE else ""
        self.codes.append(Answer(kind, key, dimension, code, shown, self.seen.get(key, ""), signature, cell.place))

    def _pair(self, key: str, dimension: str, cell: Cell, signature: Signature) -> None:
        if cell.text not in self.known or cell.text == key:
            found = f"”{cell.text}” är ingen annan insats nyckel"
            self._fault(cell, found, "en annan nyckel i liggaren", nearest(cell.text, sorted(self.known)))
            return
        shown = self.answered.get((key, cell.text), self.answered.get((cell.text, key), ""))
        self.pairs.append(PairAnswer(key, cell.text, dimension, shown, signature, cell.place))

    def _signature(self, why: Cell, by: Cell, on: Cell) -> Signature:
        day, faults = checked_date(on, today=self.today)
        self.faults += faults
        if not (by.text or self.by.strip()) and not self.is_nameless:
            self.is_nameless = True  # told once
            self._fault(by, "Beslutet saknar namn", "ett namn", 'Skriv decide(…, by="Namn")')
        return Signature(by.text or self.by.strip(), day or self.today.isoformat(), why.text, by.text, day)

    def _fault(self, cell: Cell, found: str, allowed: str, action: str) -> None:
        self.faults.append(cell.place.fault(found, allowed, action))
