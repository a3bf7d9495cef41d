"""Figures that others printed: read, compared with the ledger, and checked against each other.

``published.csv`` holds one printed figure a row: ``table, dimension, category, measure, value, unit``. The value is
kept as it was printed, because its number of decimals says how far it was rounded: 43 mkr stands for anything from
42.5 to 43.5, 4.3 mkr for 4.25 to 4.35. A count is exact.

A finding is one of

- ``agrees``: within the printed rounding;
- ``contradiction``: it does not add up, and nothing in the ledger says why;
- ``explained``: it does not add up, and the arithmetic says exactly why (a group counted twice, for instance);
- ``check``: the ledger can't decide, or one digit looks misread in the text at hand;
- ``not_applicable``: there is nothing to compare with (the mean of no interventions).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from portfolj.errors import Fault, InputRefused, Reason

PUBLISHED_FILE = "published.csv"
COLUMNS = ("table", "dimension", "category", "measure", "value", "unit")
MEASURES = ("count", "granted", "mean_granted", "share")
SEK_PER_UNIT = {"kr": Decimal(1), "tkr": Decimal(1_000), "mkr": Decimal(1_000_000)}
UNITS = ("st", "%", *SEK_PER_UNIT)
DIMENSIONS = ("owner", "target_group", "orientation", "process_support", "portfolio", "esf", "year")


class Finding(StrEnum):
    """What a comparison came to."""

    AGREES = "agrees"
    CONTRADICTION = "contradiction"
    EXPLAINED = "explained"
    CHECK = "check"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Printed:
    """One printed figure. ``value`` is in ``unit`` and keeps its printed decimals."""

    table: str
    dimension: str
    category: str
    measure: str
    value: Decimal
    unit: str

    @property
    def half_step(self) -> Decimal:
        """Half a unit of the last printed decimal: how far the true figure may lie from the printed one.

        A count printed in ``st`` is exact."""
        if self.unit == "st":
            return Decimal(0)
        return Decimal(1).scaleb(int(self.value.as_tuple().exponent)) / 2

    @property
    def per_unit(self) -> Decimal:
        """Kronor per printed unit; 1 for counts and shares."""
        return SEK_PER_UNIT.get(self.unit, Decimal(1))

    @property
    def quantity(self) -> tuple[str, str, str]:
        """What the figure is about, whichever table it was printed in."""
        return (self.dimension, self.category, self.measure)


@dataclass(frozen=True)
class Comparison:
    """A printed figure beside what it was compared with, both in the printed unit, and what came of it.

    ``computed`` is missing where there is nothing to compare with. ``why`` is a Swedish sentence.
    """

    table: str
    dimension: str
    category: str
    measure: str
    printed: Decimal
    computed: Decimal | None
    finding: Finding
    why: str


def read_published(path: Path) -> list[Printed]:
    """The printed figures of ``path``; none where the file does not exist. Raises InputRefused with every fault."""
    if not path.is_file():
        return []
    return parse_published(path.read_text(encoding="utf-8-sig").splitlines(), file=path.name)


def parse_published(lines: list[str], *, file: str = PUBLISHED_FILE) -> list[Printed]:
    """The printed figures of the lines of a published.csv. Raises InputRefused with every fault at once."""
    reader = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        found = f"Kolumnerna {', '.join(missing)} saknas"
        action = "Skriv rubrikraden så och en tryckt siffra per rad"
        raise InputRefused(file, [Fault(file, "", "rad 1", Reason.PUBLISHED_WRONG, found, ",".join(COLUMNS), action)])
    figures, faults = [], []
    for row in reader:
        place = f"rad {reader.line_num}"
        wrong = _faults(row, file=file, place=place)
        faults += wrong
        if not wrong:
            table, dimension, category, measure, value, unit = (row[column].strip() for column in COLUMNS)
            figures.append(Printed(table, dimension, category, measure, _decimal(value), unit))
    if faults:
        raise InputRefused(file, faults)
    return figures


def _faults(row: dict[str, str], *, file: str, place: str) -> list[Fault]:
    allowed = {"measure": MEASURES, "unit": UNITS, "dimension": DIMENSIONS}
    faults = [
        Fault(file, "", f"{place}, {column}", Reason.PUBLISHED_WRONG, f"Där står {row[column]!r}",
              ", ".join(values), "Rätta cellen")
        for column, values in allowed.items()
        if (row[column] or "").strip() not in values
    ]  # fmt: skip
    try:
        _decimal(row["value"])
    except InvalidOperation:
        found = f"Där står {row['value']!r}"
        action = "Skriv siffran som den är tryckt, utan enhet"
        place = f"{place}, value"
        faults.append(Fault(file, "", place, Reason.PUBLISHED_WRONG, found, "ett tal, till exempel 4.3", action))
    return faults


def _decimal(text: str) -> Decimal:
    return Decimal((text or "").strip().replace("\u00a0", "").replace(" ", "").replace(",", "."))
