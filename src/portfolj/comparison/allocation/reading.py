"""The table of federations that the allocation model is used on: a row for each, every fault at once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

import numpy as np
import pandas as pd

from portfolj.comparison.allocation.model import Member
from portfolj.economics.reading.amounts import amounts_of, row_units
from portfolj.economics.reading.table import column_of, each_once, needed, unused_columns
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import Federation
from portfolj.federation.setting_faults import named_twice
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.findings import Findings
from portfolj.followup.rows import empty_frame
from portfolj.followup.sheets import Shape, tables_in
from portfolj.followup.table import Table
from portfolj.followup.values import read_count, read_number
from portfolj.ledger.cells import Value, text_of

SUBJECT = "Statens fördelning"
ROOM = "comparison:"
SHAPE = Shape(f"{ROOM}allocation", (("federation",), ("income_support",), ("population_16_64",)))
AMOUNTS = ("last_year_sek", "requested_sek", "equity_sek", "budget_sek")
_ORE = CellFault(Reason.NUMBER_OUTSIDE, "Beloppet har ören", "hela kronor", "Avrunda beloppet")


@dataclass(frozen=True, eq=False)
class AllocationFile:
    """The table as it was read. ``sources``: rows in = used + set aside per file; ``set_aside``: those rows, why."""

    members: tuple[Member, ...]
    set_aside: pd.DataFrame
    sources: pd.DataFrame
    remarks: tuple[Fault, ...] = ()


NO_TABLE = AllocationFile((), empty_frame("set_aside"), empty_frame("sources"))


def read_allocation(federation: Federation) -> AllocationFile:
    """The federation's files of ``[allocation]`` together. Raises InputRefused with every fault of them at once."""
    names = federation.allocation.files
    if not names:
        return NO_TABLE
    findings = Findings(named_twice({"allocation.files": names}))
    tables = tables_in(
        list(dict.fromkeys(names)), SHAPE, folder=federation.folder, mapping={}, findings=findings
    )  # fmt: skip
    for table in tables:
        unused_columns(table, findings)
    says = ("income_support", "population_16_64", *AMOUNTS)
    read = each_once(
        [(table, _rows_of(table, findings)) for table in tables], by=("named",), says=says, what="Samma förbund",
        field="federation", must=("federation",), findings=findings,
    )  # fmt: skip
    for table, _ in read:
        findings.close(table)
    members = [member for _, frame in read for member in _members(frame)] if not findings.faults else []
    if not members and not findings.faults:
        findings.faults.append(Fault(
            names[0], "", "", Reason.NO_ROWS, "Tabellen har inga förbund", "en rad per förbund", "Fyll i tabellen"
        ))  # fmt: skip
    if findings.faults:
        raise InputRefused(SUBJECT, sorted(set(findings.faults), key=attrgetter("order")))
    return AllocationFile(
        tuple(members), findings.set_aside, findings.sources, tuple(sorted(findings.remarks, key=attrgetter("order")))
    )


def _rows_of(table: Table, findings: Findings) -> pd.DataFrame:
    for position in table.positions("federation"):
        table.set_aside_sums(position)
    named = needed(text_of, "Raden säger inte vilket förbund den gäller", "ett namn per rad")
    support = needed(_not_negative, "Förbundet har inget försörjningsmått", "ett tal från noll")
    population = needed(read_count, "Förbundet har inget antal invånare", "ett helt tal från noll")
    names = column_of(table, "federation", named, findings, blank="")
    frame = pd.DataFrame({
        "federation": names,
        "named": [fold(name) for name in names],  # a federation written in two ways is one, and has one share
        "income_support": column_of(table, "income_support", support, findings, blank=None),
        "population_16_64": column_of(table, "population_16_64", population, findings, blank=None),
        "at": range(len(table)),
    })  # fmt: skip
    units = row_units(table, findings)
    for name in AMOUNTS:
        frame[name] = amounts_of(table, name, findings, units=units, at_least_zero=name != "equity_sek")
        with_ore = frame[name].mod(1).fillna(0).ne(0).to_numpy() & table.used
        for at in table.positions(name):
            findings.every(table, at, np.flatnonzero(with_ore), _ORE)
    return frame[table.used]


def _members(frame: pd.DataFrame) -> list[Member]:
    return [
        Member(
            str(row["federation"]),
            Fraction(row["income_support"]),
            int(row["population_16_64"]),
            **{name: _whole(row[name]) for name in AMOUNTS},
        )
        for row in frame.to_dict("records")
    ]


def _whole(amount: float) -> int | None:
    return None if pd.isna(amount) else int(amount)


def _not_negative(value: Value) -> Fraction | None:
    """The number as it is written, exactly: a float is taken for the decimals that it shows."""
    number = read_number(value)
    if number is None:
        return None
    if number < 0:
        raise CellFault(
            Reason.NUMBER_OUTSIDE, "Försörjningsmåttet är mindre än noll", "ett tal från noll", "Rätta cellen"
        )
    return Fraction(repr(number))
