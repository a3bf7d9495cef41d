"""Who and what a row of a person file is about: the person and the intervention."""

from __future__ import annotations

import numpy as np

from portfolj.errors import Reason
from portfolj.federation import Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import coder
from portfolj.followup.findings import Findings
from portfolj.followup.persons import NOBODY, PersonReader
from portfolj.followup.table import Table, objects
from portfolj.followup.values import says_nothing
from portfolj.ledger.cells import text_of

ANONYMOUS = "anonymous_person"  # ratings and statuses of somebody anonymous can't be followed from one time to the next


def persons_of(table: Table, *, federation: Federation, key: bytes, findings: Findings) -> np.ndarray:
    """Per row who it is about (``Person``); nobody where the table has no such column."""
    words = coder("anonymous", federation).words
    reader = PersonReader(key=key, invented=federation.followup.invented, anonymous_words=words)
    for position in table.positions("person"):
        return findings.read(table, position, reader.read, blank=NOBODY)
    return objects([NOBODY])[np.zeros(len(table), dtype=int)]


def interventions_of(table: Table, findings: Findings, *, needed: bool = True) -> np.ndarray:
    """Per row the intervention as written; an empty one is a fault where it is needed."""
    texts = table.texts("intervention")
    for position in table.positions("intervention"):
        texts = findings.read(table, position, text_of, blank="")
        if needed:
            empty = np.array([not text for text in texts], dtype=bool)
            findings.every(table, position, np.flatnonzero(empty & table.used), CellFault(
                Reason.NAME_MISSING, "Raden säger inte vilken insats den gäller", "insatsens namn", "Fyll i cellen"
            ))  # fmt: skip
    return texts


def named_persons(table: Table, *, federation: Federation, key: bytes, findings: Findings) -> np.ndarray:
    """Per row the person's hash. A row about nobody is a fault; one about somebody anonymous is set aside."""
    people = persons_of(table, federation=federation, key=key, findings=findings)
    table.set_aside(np.array([person.stated_anonymous for person in people], dtype=bool), ANONYMOUS)
    for position in table.positions("person"):
        nobody = table.column(position).each(says_nothing).astype(bool) & table.used
        findings.every(table, position, np.flatnonzero(nobody), CellFault(
            Reason.VALUE_MISSING, "Raden säger inte vem den gäller", "ett id", "Fyll i cellen eller ta bort raden"
        ))  # fmt: skip
    return objects([person.hash for person in people])
