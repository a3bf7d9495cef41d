"""The unit of each amount column: what the sheet states against what federation.toml states. Never guessed."""

from __future__ import annotations

import contextlib
import re

from portfolj.errors import Fault, Reason
from portfolj.federation import Unit
from portfolj.ledger.amounts import AmountUnreadable, parse_amount, unit_in_heading
from portfolj.ledger.cells import Sheet
from portfolj.ledger.header import Header

_ALLOWED = "'kr', 'tkr' eller 'mkr'"


def column_units(sheet: Sheet, header: Header, *, unit: Unit | None) -> tuple[dict[str, Unit], list[Fault]]:
    """Amount field -> unit, and the faults where none is known or two contradict each other.

    A heading's own unit goes before a title row's. Where the headings of several amount columns state different units,
    each column has its own, as long as one of them has the unit of the settings.
    """
    units: dict[str, Unit] = {}
    faults: list[Fault] = []
    stated = {f: header.unit_of(f) for f in header.amount_fields}
    agreed = unit is None or unit in stated.values()
    for name in header.amount_fields:
        column = header.fields[name]
        cell = sheet.address(header.last, column)
        found = stated[name]
        chosen = found or unit or _unit_in_cells(sheet, header, column)
        if chosen is None:
            faults.append(
                Fault(
                    sheet.file,
                    sheet.title,
                    cell,
                    Reason.UNIT_UNKNOWN,
                    f"Beloppen under ”{header.headings[column]}” har ingen känd enhet",
                    _ALLOWED,
                    "Ange enheten: skriv unit i federation.toml, eller lägg till --unit",
                )
            )
            continue
        if found and unit and found != unit and not agreed:
            in_heading = unit_in_heading(header.headings[column]) is not None
            where = f"Rubriken ”{header.headings[column]}” säger" if in_heading else "Raderna ovanför tabellen säger"
            faults.append(
                Fault(
                    sheet.file,
                    sheet.title,
                    cell,
                    Reason.UNIT_CONTRADICTION,
                    f"{where} {found.value}, men inställningen unit är {unit.value}",
                    "samma enhet på båda ställena",
                    f'Skriv unit = "{found.value}" i federation.toml, eller rätta liggaren',
                )
            )
        units[name] = chosen
        faults += _format_faults(sheet, header, column, chosen)
    return units, faults


def _format_faults(sheet: Sheet, header: Header, column: int, unit: Unit) -> list[Fault]:
    """A number may show another unit than its column states: ``380 kr`` by its format, or 380 of a stored 380 000."""
    for (row, c), shown in sheet.formats.items():
        if c != column or row <= header.last:
            continue
        written = _unit_of_format(shown)
        scaled = bool(re.search(r"[0#?],+(?:[^0#?]|$)", re.sub(r'"[^"]*"', "", shown.split(";")[0])))
        problem = ""
        if written and written != unit:
            problem = f"Talformatet visar beloppet i {written.value}, men kolumnen är i {unit.value}"
        elif scaled and unit is not Unit.KR:
            problem = (
                "Talformatet döljer tre eller fler siffror, så talet i cellen är större än det som syns, "
                f"och kolumnen är i {unit.value}"
            )
        elif "%" in shown:
            problem = "Talformatet visar procent"
        if problem:
            return [
                Fault(
                    sheet.file,
                    sheet.title,
                    sheet.address(row, c),
                    Reason.UNIT_CONTRADICTION,
                    problem,
                    "samma enhet i format, rubrik och federation.toml",
                    "Rätta cellernas format eller enheten",
                )
            ]
    return []


def _unit_in_cells(sheet: Sheet, header: Header, column: int) -> Unit | None:
    """The unit of a column whose every amount states one itself (``380 tkr``); None as soon as one does not."""
    stated: set[Unit | None] = set()
    for cells in sheet.rows[header.last + 1 :]:
        value = cells[column] if column < len(cells) else None
        with contextlib.suppress(AmountUnreadable):
            amount = parse_amount(value, unit=Unit.KR)
            if amount is not None:
                stated.add(amount.stated_unit)
    return next(iter(stated)) if stated and None not in stated else None


def _unit_of_format(shown: str) -> Unit | None:
    literal = (
        " ".join(re.findall(r'"([^"]*)"|\[\$([^\]-]*)', shown.split(";")[0])[0])
        if '"' in shown or "[$" in shown
        else ""
    )
    return unit_in_heading(literal) if literal.strip() else None
