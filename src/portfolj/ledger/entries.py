"""Ledger entries of one sheet: which amounts a data row gives, and of which type.

The rules:

- One amount column and no type column: every row is a grant (**granted**).
- A negative granted row is a correction: it reduces the grant. It stays a row of its own and is remarked on.
- A type column says what the row is; the words are in ``reference/entry_types.toml``. An unknown word is refused.
  Words for refusals and applications (avslag, ansökan) set the row aside: no money was granted.
- Columns for granted, paid and returned side by side give up to three entries per row, one per amount that is there.
  A row without any amount gives one granted entry without amount.
- **paid** and **returned** never change what was granted. They are positive whichever sign the ledger uses for them,
  as long as it uses one: returned amounts of mixed signs are refused; among paid amounts a negative one is a
  correction.
- An empty financing cell is the members' own money (Finsam); an unknown word is refused.
- Columns of years give one entry per year with an amount, see ``year_columns``.
- The year is the year column's, else the date's. A year column that differs from the date is right as it stands: a
  budget year need not be the year of the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portfolj.errors import Fault, Reason
from portfolj.federation import Financing
from portfolj.ledger.amounts import ALLOWED_AMOUNTS, Amount, AmountUnreadable, write_kronor
from portfolj.ledger.cells import Uncached, Value, is_blank, is_error_value, text_of
from portfolj.ledger.dates import ALLOWED_DATES, ALLOWED_YEARS, DateUnreadable, parse_date, parse_year
from portfolj.ledger.headings import base_field
from portfolj.ledger.kinds import DATA, MERGED_AMOUNT, NOT_GRANTED
from portfolj.ledger.money_rules import align_signs, broken_cells, merged_amounts
from portfolj.ledger.personal_numbers import Masker, holds_personal_number
from portfolj.ledger.settings import ReadingSettings
from portfolj.ledger.table import Table
from portfolj.ledger.words import NOT_COUNTED, entry_type_of, financing_of, nearest_entry_type, nearest_financing
from portfolj.ledger.year_columns import year_of

TEXT_FIELDS = ("applicant", "target_group_text", "description", "goal_text", "document", "budget_line")


@dataclass
class Entries:
    """What the data rows of one sheet gave. ``records`` are rows of ``Ledger.rows``, the amount in öre (``ore``)."""

    records: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    set_aside: dict[int, str] = field(default_factory=dict)


def entries_of(
    table: Table,
    kinds: dict[int, str],
    *,
    settings: ReadingSettings,
    masker: Masker,
    years: Mapping[int, int] | None = None,
) -> Entries:
    """The entries of every data row, and every fault of every cell that is used.

    ``years``: row -> year, for a table without any column of years or dates.
    """
    return _Maker(table, settings, masker, years or {}).make([row for row, kind in kinds.items() if kind == DATA])


class _Maker:
    def __init__(
        self, table: Table, settings: ReadingSettings, masker: Masker, implied_years: Mapping[int, int]
    ) -> None:
        self.table, self.settings, self.masker, self.implied_years = table, settings, masker, implied_years
        self.out = Entries()
        self.texts = {name: table.texts(name) for name in (*TEXT_FIELDS, "name", "intervention_id")}
        self.words = {name: table.texts(name) for name in ("entry_type", "financing")}
        self.dates = self._column(
            "decision_date", lambda v: parse_date(v, from_1904=table.sheet.dates_from_1904), (None, None)
        )
        self.years = self._column("year", parse_year, None)
        known = [f for r, f in self.dates.items() if not is_blank(self.table.values("decision_date")[r])]
        unread = sum(isinstance(f, DateUnreadable) for f in known)
        self.hardly_dates = "year" in table.header.fields and unread > max(1, 0.8 * len(known))
        self.amount_columns = [table.header.fields[name] for name in table.amount_fields]
        self._known: dict[tuple[str, str], Any] = {}

    def make(self, rows: list[int]) -> Entries:
        self.out.faults += broken_cells(self.table, rows)
        names = self._names_by_id(rows)
        for row in rows:
            self._row(row, names)
        merged = merged_amounts(self.table, rows, self.out.records)
        self.out.records = [r for r in self.out.records if r["index"] not in merged.continued]
        self.out.set_aside.update(dict.fromkeys(merged.continued, MERGED_AMOUNT))
        self.out.faults += [*merged.faults, *align_signs(self.table.sheet, self.out.records)]
        self.out.remarks += merged.remarks
        return self.out

    def _row(self, row: int, names: dict[str, str]) -> None:
        key_id = self.texts["intervention_id"].get(row, "")
        name = self.texts["name"].get(row, "") or names.get(key_id, "")
        if not name:
            self._fault(
                row,
                "name",
                Reason.NAME_MISSING,
                "Raden har inget namn på insatsen",
                "ett namn på varje rad",
                "Fyll i namnet, eller ta bort raden om den är en summa eller en anteckning",
            )
        kind = self._word(row, "entry_type", self._entry_type, "granted")
        financing = self._word(row, "financing", self._financing, Financing.FINSAM)
        if kind == NOT_COUNTED:
            self.out.set_aside[row] = NOT_GRANTED
            return
        day, year = self._dated(row)
        year, implied = year or self.implied_years.get(row), year is None
        base = {
            "index": row,
            "row": self.table.sheet.numbers[row],
            "intervention_id": self.masker.mask_distinct(key_id) or None,
            "name": self.masker.mask_distinct(name),
            **{f: self._text(f, row) for f in TEXT_FIELDS},
            "decision_date": day,
            "year": year,
            "year_implied": implied,
            "financing": str(financing),
            "amount_given": any(not is_blank(self.table.value(row, c)) for c in self.amount_columns),
        }
        amounts = [(f, a) for f in self.table.amount_fields if (a := self._amount(row, f)) is not None]
        if any(amount.ore for _, amount in amounts):
            # 0 beside an amount says that nothing was granted that year.
            amounts = [(f, a) for f, a in amounts if a.ore or not year_of(f)]
        for field_name, amount in amounts:
            own = base_field(field_name)
            entry_type = kind if own in ("amount", "granted") else own
            column = self.table.header.fields[field_name]
            cell = self.table.sheet.address(row, column)
            self.out.records.append(
                {
                    **base,
                    "year": year_of(field_name) or year,
                    "cell": cell,
                    "ore": amount.ore,
                    "entry_type": entry_type,
                    "column": column,
                }
            )
        if not amounts:
            self.out.records.append({**base, "cell": "", "ore": None, "entry_type": kind, "column": None})

    def _names_by_id(self, rows: list[int]) -> dict[str, str]:
        ids, names = self.texts["intervention_id"], self.texts["name"]
        return {ids[r]: names[r] for r in reversed(rows) if ids.get(r) and names.get(r)}

    def _text(self, name: str, row: int) -> str | None:
        text = self.texts[name].get(row)
        return self.masker.mask(text) if text else None

    def _amount(self, row: int, name: str) -> Amount | None:
        found = self.table.amounts[name][row]
        if found is None or is_error_value(self.table.value(row, self.table.header.fields[name])):
            return None
        value = self.table.value(row, self.table.header.fields[name])
        if isinstance(value, Uncached):
            return None
        if holds_personal_number(value):
            found = AmountUnreadable("Cellen håller ett personnummer, inte ett belopp")
        if isinstance(found, AmountUnreadable):
            self._fault(
                row,
                name,
                Reason.AMOUNT_UNREADABLE,
                f"{found}: ”{text_of(value)}”",
                ALLOWED_AMOUNTS,
                "Rätta beloppet i liggaren",
            )
            return None
        if found.approximate:
            self._remark(
                row,
                name,
                Reason.AMOUNT_APPROXIMATE,
                f"Beloppet är ungefärligt: ”{text_of(value)}” räknas som {write_kronor(found.ore)}",
                "Skriv det exakta beloppet om det finns",
            )
        return found

    def _dated(self, row: int) -> tuple[date | None, int | None]:
        day, year = None, None
        for name, column in (("decision_date", self.dates), ("year", self.years)):
            found = column.get(row)
            if isinstance(found, DateUnreadable):
                value = (
                    self.table.values(name)[row]
                    if self.table.sheet.merged
                    else self.table.value(row, self.table.header.fields[name])
                )
                reason, allowed = (
                    (Reason.DATE_UNREADABLE, ALLOWED_DATES)
                    if name == "decision_date"
                    else (Reason.YEAR_UNREADABLE, ALLOWED_YEARS)
                )
                action = "Rätta cellen, eller lämna den tom om uppgiften saknas"
                if name == "decision_date" and self.hardly_dates:
                    action = (
                        f"Kolumnen ”{self.table.header.headings[self.table.header.fields[name]]}” har nästan inga "
                        'datum, och året står i en egen kolumn: skriv decision_date = "" under [ledger.columns] i '
                        "federation.toml om den är något annat"
                    )
                self._fault(row, name, reason, f"{found}: ”{text_of(value)}”", allowed, action)
            elif name == "decision_date" and found is not None:
                day, year = found
            elif found is not None:
                year = found
        return day, year

    def _column(self, name: str, parse: Callable[[Value], Any], missing: Any) -> dict[int, Any]:
        known: dict[tuple[type, Value], Any] = {}
        found = {}
        for row, value in self.table.values(name).items():
            if isinstance(value, Uncached) or is_error_value(value):
                found[row] = missing
                continue
            key = (type(value), value)
            if key not in known:
                try:
                    known[key] = parse(value)
                except DateUnreadable as error:
                    known[key] = error
            found[row] = known[key]
        return found

    def _word(self, row: int, name: str, meaning: Callable[[str], Any], missing: Any) -> Any:
        word = self.words[name].get(row, "")
        key = (name, word)
        if key not in self._known:
            self._known[key] = meaning(word)
        found = self._known[key]
        if found is not None:
            return found
        if name == "entry_type":
            near = nearest_entry_type(word)
            action = (
                (f"Menade du ”{near}”? " if near else "")
                + "Rätta ordet, eller, om kolumnen är något annat: "
                + 'skriv entry_type = "" under [ledger.columns] i federation.toml'
            )
            allowed = "beviljat, utbetalt, återbetalt, rättelse, avslag eller liknande"
            self._fault(row, name, Reason.ENTRY_TYPE_UNKNOWN, f"Okänd typ av post: ”{word}”", allowed, action)
        else:
            near = nearest_financing(word)
            action = (
                (f"Menade du ”{near}”? " if near else "")
                + "Annars: skriv under [financing] i federation.toml till exempel "
                + f'other = ["{word}"], eller members, ESF eller EU'
            )
            self._fault(
                row,
                name,
                Reason.FINANCING_UNKNOWN,
                f"Okänd finansiering: ”{word}”",
                "Finsam, ESF, EU, annan, eller ett ord i [financing]",
                action,
            )
        return missing

    def _entry_type(self, word: str) -> str | None:
        return entry_type_of(word)

    def _financing(self, word: str) -> Financing | None:
        return financing_of(word, settings=self.settings.financing)

    def _fault(self, row: int, name: str, reason: Reason, found: str, allowed: str, action: str) -> None:
        cell = self.table.sheet.address(row, self.table.header.fields.get(name, 0))
        fault = Fault(self.table.sheet.file, self.table.sheet.title, cell, reason, found, allowed, action)
        self.out.faults.append(fault)

    def _remark(self, row: int, name: str, reason: Reason, found: str, action: str) -> None:
        cell = self.table.sheet.address(row, self.table.header.fields[name])
        self.out.remarks.append(Fault(self.table.sheet.file, self.table.sheet.title, cell, reason, found, "", action))
