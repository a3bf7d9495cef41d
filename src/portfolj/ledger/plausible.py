"""Whether the unit can be right: amounts in thousands or millions that are larger than any federation's."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from portfolj.errors import Fault, Reason
from portfolj.federation import Unit
from portfolj.ledger.amounts import write_kronor
from portfolj.ledger.likeness import key_of
from portfolj.ledger.table import Table

# A federation has some tens of millions of kronor a year for all its interventions together.
LARGEST_INTERVENTION_ORE = 1_000_000_000_00
LARGEST_MEDIAN_ORE = 100_000_000_00


def unit_remarks(table: Table, records: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """At most one remark, where an intervention or the median amount is too large for the unit to be believed."""
    units = [unit.value for unit in dict.fromkeys(table.units.values()) if unit is not Unit.KR]
    granted = [r for r in records if r["ore"] and r["entry_type"] == "granted"]
    if not units or not granted:
        return []
    sums: dict[str, int] = {}
    for record in granted:
        sums[key_of(record)] = sums.get(key_of(record), 0) + record["ore"]
    largest = max(sums, key=lambda key: sums[key])
    first = next(r for r in granted if key_of(r) == largest)
    median = round(statistics.median(abs(r["ore"]) for r in granted))
    if sums[largest] > LARGEST_INTERVENTION_ORE:
        found = f"”{first['name']}” har {write_kronor(sums[largest])}. Stämmer enheten {'/'.join(units)}?"
    elif median > LARGEST_MEDIAN_ORE:
        found = f"Hälften av beloppen är över {write_kronor(median)}. Stämmer enheten {'/'.join(units)}?"
    else:
        return []
    action = 'Är beloppen i kronor: skriv unit = "kr" i federation.toml'
    return [Fault(table.sheet.file, table.sheet.title, first["cell"], Reason.AMOUNT_IMPROBABLE, found, "", action)]
