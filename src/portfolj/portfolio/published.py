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
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from portfolj.coding import Codebook
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation.inputs import PUBLISHED_FILE
from portfolj.ledger import mask_personal_numbers

COLUMNS = ("table", "dimension", "category", "measure", "value", "unit")
MEASURES = ("count", "granted", "mean_granted", "share")
SEK_PER_UNIT = {"kr": Decimal(1), "tkr": Decimal(1_000), "mkr": Decimal(1_000_000)}
UNITS = ("st", "%", *SEK_PER_UNIT)
UNITS_OF = {"count": ("st",), "share": ("%",), "granted": tuple(SEK_PER_UNIT), "mean_granted": tuple(SEK_PER_UNIT)}
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
    unit: str


def printed_codes(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """The categories that a printed figure may be about, per dimension; a dimension that is not here takes any."""
    return {
        "owner": (*codebook.codes("owner"), "total"),
        "target_group": (*codebook.codes("target_groups"), "total"),
        "orientation": (*codebook.codes("orientation"), "total"),
        "process_support": (*codebook.codes("process_support"), "total"),
        "portfolio": ("all",),
        "esf": ("external",),
    }


def read_published(path: Path, *, codes: Mapping[str, Sequence[str]]) -> list[Printed]:
    """The printed figures of ``path``; none where the file does not exist. Raises InputRefused with every fault."""
    if not path.is_file():
        return []
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return parse_published(text.splitlines(), file=path.name, codes=codes)


def parse_published(
    lines: list[str], *, codes: Mapping[str, Sequence[str]], file: str = PUBLISHED_FILE
) -> list[Printed]:
    """The printed figures of the lines of a published.csv, with commas or semicolons between its cells.

    ``codes`` are the categories of each dimension; several may be joined by ``+``. Raises InputRefused with every
    fault at once.
    """
    head = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        found = f"Kolumnerna {', '.join(missing)} saknas"
        action = "Skriv rubrikraden så och en tryckt siffra per rad"
        raise InputRefused(file, [Fault(file, "", "rad 1", Reason.PUBLISHED_WRONG, found, ",".join(COLUMNS), action)])
    figures, faults = [], []
    for row in reader:
        cells = {column: mask_personal_numbers((row[column] or "").strip()) for column in COLUMNS}
        wrong = _faults(cells, codes=codes, file=file, place=f"rad {reader.line_num}")
        faults += wrong
        if not wrong:
            table, dimension, category, measure, value, unit = cells.values()
            figures.append(Printed(table, dimension, category, measure, _decimal(value), unit))
    if faults:
        raise InputRefused(file, faults)
    return figures


def _faults(cells: Mapping[str, str], *, codes: Mapping[str, Sequence[str]], file: str, place: str) -> list[Fault]:
    def fault(column: str, allowed: str, action: str) -> Fault:
        where = f"{place}, {column}"
        return Fault(file, "", where, Reason.PUBLISHED_WRONG, f"Där står {cells[column]!r}", allowed, action)

    allowed = {"measure": MEASURES, "unit": UNITS, "dimension": DIMENSIONS}
    faults = [
        fault(column, ", ".join(values), _nearest(cells[column], values))
        for column, values in allowed.items()
        if cells[column] not in values
    ]
    known = codes.get(cells["dimension"])
    unknown = [code for code in cells["category"].split("+") if known is not None and code not in known]
    if known is not None and unknown:
        faults.append(fault("category", ", ".join(known), _nearest(unknown[0], known)))
    value = _number(cells["value"])
    if value is None:
        action = "Skriv siffran som den är tryckt, utan enhet"
        faults.append(fault("value", "ett tal, till exempel 4.3", action))
    elif cells["measure"] == "count" and (value < 0 or value != value.to_integral()):
        faults.append(fault("value", "ett helt antal, 0 eller mer", "Rätta antalet"))
    units = UNITS_OF.get(cells["measure"])
    if units is not None and cells["unit"] in UNITS and cells["unit"] not in units:
        faults.append(fault("unit", ", ".join(units), f"Måttet {cells['measure']} har en annan enhet"))
    if cells["dimension"] == "year" and not cells["category"].isdigit() and cells["category"] != "total":
        faults.append(fault("category", "ett årtal, till exempel 2019", "Rätta året"))
    return faults


def _nearest(word: str, allowed: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, allowed, n=1)
    return f"Menade du {close[0]}?" if close else "Rätta cellen"


def _number(text: str) -> Decimal | None:
    try:
        value = _decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("\u00a0", "").replace(" ", "").replace("−", "-").replace(",", "."))
