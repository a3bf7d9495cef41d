"""Columns of money that can't be read as what they seem to be: refused, so that no money is left out in silence.

- Columns named after who pays ("Finsam tkr", "ESF tkr") with amounts in them: the ledger must say it row by row.
- No column of amounts is known, but a column of numbers is not used, and its heading is not that of a count or a
  number of another kind. An empty heading for an amount under [ledger.columns] says that there are no amounts.
- Year columns beside a column År.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolj.errors import Fault, Reason
from portfolj.federation import Financing, Unit
from portfolj.ledger.amounts import AmountUnreadable, parse_amount, without_unit
from portfolj.ledger.cells import Sheet, text_of
from portfolj.ledger.header import Header
from portfolj.ledger.headings import AMOUNT_FIELDS
from portfolj.ledger.words import financing_of
from portfolj.ledger.year_columns import year_of

_NO_MONEY = re.compile(
    r"\b(?:antal\w*|nr|nummer|löpnr|löpnummer|rad|radnr|deltagare|platser|personer|kvinnor|män|individer|telefon|tel|postnr"
    r"|postnummer|ålder|procent|andel|kod|konto|kst|kostnadsställe|vecka|månad|månader|start\w*|slut\w*|från|till|period"
    r"|tjänst\w*|org\w*|lat\w*|lon\w*|ver\w*|dag\w*|tid\w*|datum|år)\b|%|^#$",
    re.IGNORECASE,
)


def amount_column_faults(sheet: Sheet, header: Header, *, mapping: Mapping[str, str]) -> list[Fault]:
    """The faults of columns whose money would be left out, or counted as somebody else's."""
    unused = [
        column
        for column, heading in enumerate(header.headings)
        if heading and column not in {*header.fields.values(), *header.match.totals, *_ambiguous(header)}
    ]
    payers = [c for c in unused if _payer(header.headings[c]) and _mostly_numbers(sheet, header, c)]
    if any(_payer(header.headings[c]) != Financing.FINSAM for c in payers) and "financing" not in header.fields:
        return [
            _fault(
                sheet, header, payers, Reason.FINANCIER_COLUMNS,
                "har belopp per finansiär, och liggaren kan inte läsas så",
                "en rad per finansiär, med en kolumn Finansiering och en kolumn Belopp",
                "Skriv beloppen på var sin rad. Ska bara den ena kolumnen räknas: skriv under [ledger.columns] i "
                f'federation.toml granted = "{header.headings[payers[0]]}"',
            )
        ] if not any(mapping.get(f) for f in AMOUNT_FIELDS) else []  # fmt: skip
    if "year" in header.fields and any(year_of(f) for f in header.amount_fields):
        columns = [header.fields[f] for f in header.amount_fields if year_of(f)]
        return [
            _fault(
                sheet, header, columns, Reason.YEAR_COLUMNS,
                f"har belopp per år, och kolumnen ”{header.headings[header.fields['year']]}” säger också ett år",
                "året på ett enda ställe",
                "Skriv en rad per beslut, med en kolumn År och en kolumn Belopp, eller ta bort kolumnen med året",
            )
        ]  # fmt: skip
    if header.amount_fields or header.match.ambiguous or any(f in mapping for f in AMOUNT_FIELDS):
        return []
    money = [c for c in unused if not _NO_MONEY.search(header.headings[c]) and _mostly_numbers(sheet, header, c)]
    if not money:
        return []
    return [
        _fault(
            sheet, header, money, Reason.NO_AMOUNT_COLUMN,
            "har tal, men ingen kolumn känns igen som belopp",
            "en rad per beslut, med en kolumn År och en kolumn Belopp",
            "Skriv vilken som är beviljat belopp under [ledger.columns] i federation.toml: "
            f'granted = "{header.headings[money[0]]}", eller granted = "" om liggaren inte har några belopp',
        )
    ]  # fmt: skip


def _ambiguous(header: Header) -> set[int]:
    return {column for columns in header.match.ambiguous.values() for column in columns}


def _payer(heading: str) -> Financing | None:
    name = re.sub(r"^(?:varav|medel från|belopp|beviljat|kostnad)\s+|[()]", "", without_unit(heading)).strip()
    return financing_of(name) if name else None


def _mostly_numbers(sheet: Sheet, header: Header, column: int) -> bool:
    cells = [row[column] for row in sheet.rows[header.last + 1 :] if column < len(row) and text_of(row[column])]
    numbers = 0
    for value in cells:
        try:
            numbers += parse_amount(value, unit=Unit.MKR) is not None
        except AmountUnreadable:
            continue
    return bool(numbers) and 2 * numbers >= len(cells)


def _fault(
    sheet: Sheet, header: Header, columns: list[int], reason: Reason, found: str, allowed: str, action: str
) -> Fault:
    names = ", ".join(f"”{header.headings[c]}”" for c in columns)
    noun = "Kolumnen" if len(columns) == 1 else "Kolumnerna"
    place = sheet.address(header.last, columns[0])
    return Fault(sheet.file, sheet.title, place, reason, f"{noun} {names} {found}", allowed, action)
