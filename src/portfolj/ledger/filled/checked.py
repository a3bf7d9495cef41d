"""The answers of a filled form read as what they are: amounts, years, dates, choices. Every fault with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from portfolj.errors import Fault, Reason
from portfolj.federation import Financing, Unit
from portfolj.ledger.amounts import AmountUnreadable, parse_amount
from portfolj.ledger.cells import Uncached, Value, is_blank, is_error_value, text_of
from portfolj.ledger.dates import ALLOWED_DATES, ALLOWED_YEARS, DateUnreadable, parse_date, parse_year
from portfolj.ledger.filled.form import FilledForm, Row
from portfolj.ledger.personal_numbers import holds_personal_number
from portfolj.ledger.settings import ReadingSettings
from portfolj.ledger.words import financing_of, nearest_financing

_SHOWN = 60


@dataclass
class Checking:
    """Reads one form's answers; what is wrong with any of them is kept in ``faults``, what should be seen in
    ``remarks``."""

    form: FilledForm
    settings: ReadingSettings
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def start(self) -> None:
        """What is true of any answer: no errors of formulas, and a remark where a personal number stands."""
        self.faults += self.form.faults
        for cell, value in self._cells():
            if isinstance(value, Uncached):
                self._fault(cell, Reason.FORMULA_WITHOUT_VALUE, "Formeln har inget sparat värde", "",
                            "Öppna blanketten i Excel, låt den räkna om och spara")  # fmt: skip
            elif is_error_value(value):
                self._fault(cell, Reason.ERROR_VALUE, f"Cellen håller ett felvärde: {text_of(value)}", "",
                            "Rätta formeln eller skriv värdet")  # fmt: skip
            elif holds_personal_number(value):
                self.remarks.append(self.form.fault(
                    cell, Reason.PERSONAL_NUMBER, "Cellen innehåller ett personnummer",
                    "inga personnummer i blanketten", "Ta bort det ur blanketten; det har inte förts vidare",
                ))  # fmt: skip

    def needed(self, code: str) -> str:
        """The text of a field that must be there."""
        text = self.form.text(code)
        if not text and code in self.form.places:
            label = self.form.form.field(code).label
            self._fault(self.form.address(code), Reason.VALUE_MISSING, f"”{label}” är tom", "", "Fyll i rutan")
        return text

    def day(self, code: str) -> date | None:
        """The date of a field, None where it is empty or can't be read."""
        field = self.form.form.field(code)
        if self.form.text(code).casefold() in field.words:
            return None
        return self._day(self.form.answers.get(code), self.form.address(code), field.label, words=field.words)

    def days_in_order(self, first: str, last: str) -> None:
        """That one date does not come before another."""
        start, end = self.day(first), self.day(last)
        if start is not None and end is not None and end < start:
            labels = [self.form.form.field(code).label for code in (first, last)]
            found = f"{labels[1]} {end} ligger före {labels[0].lower()} {start}"
            self._fault(self.form.address(last), Reason.DATES_REVERSED, found, "", "Rätta det datum som är fel")

    def choice(self, code: str) -> str:
        """The answer to a list, as the list has it; empty where nothing or something else stands there."""
        text, allowed = self.form.text(code), self.form.form.field(code).choices
        found = next((choice for choice in allowed if choice.casefold() == text.casefold()), "")
        if text and not found:
            told = f"”{self.form.form.field(code).label}” är ”{text[:_SHOWN]}”"
            self._fault(self.form.address(code), Reason.WORD_UNKNOWN, told, ", ".join(allowed), "Välj i rutans lista")
        return found

    def row_day(self, row: Row, code: str, label: str) -> date | None:
        """The date of a row's column, None where it is empty or can't be read."""
        return self._day(row.answers.get(code), self.form.row_address(row, code), label)

    def ore(self, row: Row, code: str) -> int | None:
        """An amount in whole kronor, in öre; None where it is missing or can't be read."""
        value, cell = row.answers.get(code), self.form.row_address(row, code)
        if isinstance(value, Uncached) or is_error_value(value):
            return None  # told already
        allowed, action = "hela kronor, till exempel 1 200 000", "Rätta beloppet i blanketten"
        try:
            if holds_personal_number(value):
                raise AmountUnreadable("Cellen håller ett personnummer, inte ett belopp")
            amount = parse_amount(value, unit=Unit.KR)
        except AmountUnreadable as error:
            self._fault(cell, Reason.AMOUNT_UNREADABLE, f"{error}: ”{text_of(value)[:_SHOWN]}”", allowed, action)
            return None
        if amount is None:
            return None
        if amount.ore % 100 or amount.approximate:
            what = "ett ungefärligt belopp" if amount.approximate else "ören"
            self._fault(cell, Reason.AMOUNT_UNREADABLE, f"Cellen håller {what}: ”{text_of(value)[:_SHOWN]}”", allowed,
                        action)  # fmt: skip
        elif amount.ore < 0:
            self._fault(cell, Reason.NUMBER_OUTSIDE, f"Beloppet är mindre än noll: ”{text_of(value)}”", allowed, action)
        else:
            return amount.ore
        return None

    def year(self, row: Row, *, needed: bool) -> int | None:
        """The year of a row; one with an amount must have one."""
        value, cell = row.answers.get("year"), self.form.row_address(row, "year")
        if isinstance(value, Uncached) or is_error_value(value):
            return None
        try:
            year = parse_year(value)
        except DateUnreadable as error:
            self._fault(cell, Reason.YEAR_UNREADABLE, f"{error}: ”{text_of(value)[:_SHOWN]}”", ALLOWED_YEARS,
                        "Rätta året")  # fmt: skip
            return None
        if year is None and needed:
            self._fault(cell, Reason.VALUE_MISSING, "Raden har ett belopp men inget år", ALLOWED_YEARS, "Skriv året")
        return year

    def financing(self, row: Row) -> Financing:
        """Whose money a row is about; the members' own where nothing stands there."""
        word = row.text("financing")
        found = financing_of(word, settings=self.settings.financing)
        if found is None:
            near = nearest_financing(word)
            self._fault(
                self.form.row_address(row, "financing"), Reason.FINANCING_UNKNOWN,
                f"Okänd finansiering: ”{word[:_SHOWN]}”", "Förbundets medel, ESF, EU-stöd, Annan finansiering",
                f"Menade du ”{near}”? Annars: välj i rutans lista" if near else "Välj i rutans lista",
            )  # fmt: skip
        return found or Financing.FINSAM

    def amount_missing(self, row: Row, code: str, label: str) -> None:
        """The fault of a row of money without any amount."""
        if is_blank(row.answers.get(code)):
            self._fault(self.form.row_address(row, code), Reason.VALUE_MISSING, f"Raden har inget {label}",
                        "hela kronor", "Skriv beloppet, eller töm raden")  # fmt: skip

    def _day(self, value: Value, cell: str, label: str, words: Sequence[str] = ()) -> date | None:
        if isinstance(value, Uncached) or is_error_value(value):
            return None
        allowed = f"{ALLOWED_DATES}, eller {' eller '.join(words)}" if words else ALLOWED_DATES
        try:
            day, year = parse_date(value, from_1904=self.form.sheet.dates_from_1904)
        except DateUnreadable as error:
            told = f"{label}: {str(error)[0].lower()}{str(error)[1:]}: ”{text_of(value)[:_SHOWN]}”"
            self._fault(cell, Reason.DATE_UNREADABLE, told, allowed, "Rätta datumet")
            return None
        if day is None and year is not None:
            self._fault(cell, Reason.DATE_UNREADABLE, f"{label} är bara ett år: {year}", allowed, "Skriv dagen")
        return day

    def _cells(self) -> Iterator[tuple[str, Value]]:
        for code, value in self.form.answers.items():
            yield self.form.address(code), value
        for rows in self.form.tables.values():
            for row in rows:
                for code, value in row.answers.items():
                    yield self.form.row_address(row, code), value

    def _fault(self, cell: str, reason: Reason, found: str, allowed: str, action: str) -> None:
        fault = self.form.fault(cell, reason, found, allowed, action)
        if fault not in self.faults:
            self.faults.append(fault)
