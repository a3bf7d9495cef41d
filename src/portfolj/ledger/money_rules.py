"""Rules that look at several cells at once: broken formulas, amounts merged over rows, signs of what was returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from portfolj.errors import Fault, Reason
from portfolj.ledger.amounts import write_kronor
from portfolj.ledger.cells import Sheet, Uncached, is_blank, is_error_value, text_of
from portfolj.ledger.headings import label_of
from portfolj.ledger.table import Table


def broken_cells(table: Table, rows: Iterable[int]) -> Iterator[Fault]:
    """A fault for each formula without value and each error value in a cell that is used."""
    data = set(rows)
    for name, column in table.header.fields.items():
        for row, value in table.values(name).items():
            if row not in data:
                continue
            if isinstance(value, Uncached):
                found, allowed = (
                    "Formeln har inget uträknat värde",
                    "ett värde, eller en formel som Excel har räknat ut",
                )
                action = "Öppna liggaren i Excel, spara den och försök igen"
                yield _at(table.sheet, row, column, Reason.FORMULA_WITHOUT_VALUE, found, allowed, action)
            elif is_error_value(value):
                found, action = f"Cellen håller ett formelfel: {text_of(value)}", "Rätta formeln i cellen"
                yield _at(
                    table.sheet, row, column, Reason.ERROR_VALUE, found, "ett värde", f"{action} ({label_of(name)})"
                )


@dataclass
class MergedAmounts:
    """What amounts merged over several rows lead to: rows whose amount stands in the row above, faults and remarks."""

    continued: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def merged_amounts(table: Table, rows: Iterable[int], records: list[dict[str, Any]]) -> MergedAmounts:
    """An amount merged over rows counts once; intervention, year and financing must be the same for all of them."""
    data, result = set(rows), MergedAmounts()
    facts = {r["index"]: (r["intervention_id"] or r["name"], r["year"], r["financing"]) for r in records}
    without_amount = {r["index"] for r in records if r["ore"] is None}
    columns = [table.header.fields[name] for name in table.amount_fields]
    for span in table.sheet.merged:
        covered = [row for row in range(span.top, span.bottom + 1) if row in data]
        for column in columns:
            if not span.left <= column <= span.right or len(covered) < 2 or is_blank(table.value(span.top, span.left)):
                continue
            found = f"Beloppet är en sammanslagen cell över {len(covered)} rader"
            if len({facts.get(row) for row in covered}) > 1:
                found, action = (
                    f"{found} med olika insats, år eller finansiering",
                    "Dela cellen och skriv varje rads belopp",
                )
                fault = _at(table.sheet, span.top, column, Reason.AMOUNT_MERGED, found, "ett belopp per rad", action)
                result.faults.append(fault)
                continue
            result.continued |= without_amount & set(covered[1:])
            action = "Dela cellen om beloppet gäller varje rad"
            remark = _at(table.sheet, span.top, column, Reason.AMOUNT_MERGED, f"{found} och räknas en gång", "", action)
            result.remarks.append(remark)
    return result


def align_signs(sheet: Sheet, records: list[dict[str, Any]]) -> Iterator[Fault]:
    """Makes paid and returned amounts positive where all of them are negative, in ``records`` itself.

    Yields a fault for each returned amount whose sign is not that of most of them.
    """
    for entry_type in ("returned", "paid"):
        own = [r for r in records if r["entry_type"] == entry_type and r["ore"]]
        negative = [r for r in own if r["ore"] < 0]
        if negative and len(negative) == len(own):
            for record in own:
                record["ore"] = -record["ore"]
        elif negative and entry_type == "returned":
            for record in min(negative, [r for r in own if r["ore"] > 0], key=len):
                yield Fault(
                    sheet.file,
                    sheet.title,
                    record["cell"],
                    Reason.SIGN_MIXED,
                    f"Återbetalt belopp {write_kronor(record['ore'])} har annat tecken än andra återbetalda belopp",
                    "samma tecken på alla återbetalda belopp",
                    "Skriv alla återbetalda belopp utan minustecken",
                )


def _at(sheet: Sheet, row: int, column: int, reason: Reason, found: str, allowed: str, action: str) -> Fault:
    return Fault(sheet.file, sheet.title, sheet.address(row, column), reason, found, allowed, action)
