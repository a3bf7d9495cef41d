"""The ledger entries of a filled form: what was granted by decision, used and returned. What was applied for is none.

An application becomes entries only by the federation's own decision, in the form's last section: one granted entry
per year and financing. The rows of the budget are what the applicant asked for; they are set aside, always. A final
report gives what was used (as **paid**) and **returned**, which never change what was granted. It describes nothing
anew: what an intervention is for is what was decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portfolj.errors import Fault, Reason
from portfolj.federation import Financing
from portfolj.ledger.amounts import write_kronor
from portfolj.ledger.filled.checked import Checking
from portfolj.ledger.filled.definition import APPLICATION, FINAL_REPORT
from portfolj.ledger.filled.form import FilledForm, Row
from portfolj.ledger.filled.goals import goal_remarks, goal_text_of
from portfolj.ledger.personal_numbers import Masker
from portfolj.ledger.settings import ReadingSettings

APPLIED, UNDECIDED, REFUSED, BROKEN = "form_applied", "form_undecided", "not_granted", "form_broken"
_TABLES = {"granted": "grants", "paid": "money", "returned": "money"}
_USE = {"used_sek": "paid", "returned_sek": "returned"}
_FINANCING = {
    Financing.FINSAM: "förbundets medel", Financing.ESF: "ESF", Financing.EU: "EU-stöd",
    Financing.OTHER: "annan finansiering",
}  # fmt: skip
_GRANTED, _REFUSED = "bifall", "avslag"
# Field of the ledger -> field of the form, and field of the ledger -> column of a table of money.
_FIELDS = {
    "intervention_id": "intervention_id", "name": "name", "applicant": "applicant",
    "target_group_text": "target_group_text", "description": "summary", "goal_text": "goals",
    "decision_date": "decision_date", "document": "document",
}  # fmt: skip
_COLUMNS = {"year": "year", "financing": "financing"}


@dataclass(frozen=True)
class Money:
    """One amount of a form: in öre, None where it is missing or can't be read."""

    row: Row
    ore: int | None
    year: int | None
    financing: Financing

    def __str__(self) -> str:
        amount = "okänt belopp" if self.ore is None else write_kronor(self.ore)
        return f"{self.year or 'okänt år'}: {amount}, {_FINANCING[self.financing]}"


@dataclass
class FormEntries:
    """What one form gave. ``records``: as ``entries.Entries`` has them, the amount in öre; ``used`` and ``set_aside``:
    rows of money by their number in the sheet, the latter with the reason and what stands there. ``columns``: field of
    the ledger -> the label in the form that it comes from."""

    records: list[dict[str, Any]] = field(default_factory=list)
    used: list[int] = field(default_factory=list)
    set_aside: list[tuple[int, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)


def form_entries(form: FilledForm, *, settings: ReadingSettings, masker: Masker) -> FormEntries:
    """The entries of a form, and every fault of it."""
    checking = Checking(form, settings)
    checking.start()
    maker = _Maker(form, checking, masker)
    if form.is_empty:
        if not form.faults:
            maker.remark(Reason.FORM_EMPTY, "Blanketten är inte ifylld", "Ta bort den ur files, eller fyll i den")
    elif form.form.kind == APPLICATION:
        maker.application()
    elif form.form.kind == FINAL_REPORT:
        maker.final_report()
    maker.out.faults, maker.out.remarks = checking.faults, [*checking.remarks, *maker.out.remarks]
    return maker.out


class _Maker:
    def __init__(self, form: FilledForm, checking: Checking, masker: Masker) -> None:
        self.form, self.checking, self.masker, self.out = form, checking, masker, FormEntries()

    def application(self) -> None:
        base = self._base()
        self.checking.days_in_order("start", "end")
        for row in self.form.rows("phases"):
            self.checking.row_day(row, "from", "Från")
            self.checking.row_day(row, "to", "Till")
            self.checking.ore(row, "amount_sek")
        decision = self.checking.choice("decision")
        day = self.checking.day("decision_date")
        granted = decision == _GRANTED
        base |= {
            "applicant": self._masked("applicant"),
            "target_group_text": self._some(_target_group(self.form)),
            "description": self._some(_description(self.form)),
            "goal_text": self._some(goal_text_of(self.form)),
            "decision_date": day,
            "document": self._masked("document"),
        }
        self._decision_holds(decision, has_day=bool(self.form.text("decision_date")))
        reason = APPLIED if granted else REFUSED if decision else UNDECIDED
        applied = 0
        for money in self._money("budget", "sökt belopp"):
            applied += money.ore or 0
            self._aside(money.row, reason, f"{base['name']}, sökt {money}")
        for money in self._money("grants", "beviljat belopp"):
            if granted and money.ore is not None:
                self._entry(money, "amount_sek", "granted", base)
            else:
                self._aside(money.row, BROKEN, f"{base['name']}, beviljat {money}")
        self.out.remarks += goal_remarks(self.form)
        if not decision:
            sought = f"Det sökta, {write_kronor(applied)}, " if applied else "Den "
            found = f"Ansökan ”{base['name']}” har inget beslut. {sought}räknas inte som beviljat"
            self.remark(Reason.FORM_UNDECIDED, found, "Fyll i Förbundets beslut när styrelsen har beslutat")

    def final_report(self) -> None:
        base = self._base()
        self.checking.days_in_order("start", "end")
        for row in self.form.rows("money"):
            year, financing = self.checking.year(row, needed=True), self.checking.financing(row)
            amounts = {code: Money(row, self.checking.ore(row, code), year, financing) for code in _USE}
            known = {code: money for code, money in amounts.items() if money.ore is not None}
            # 0 beside an amount says that there was none; alone it is all that is known.
            told = {code: money for code, money in known.items() if money.ore} or dict(list(known.items())[:1])
            for code, money in told.items():
                self._entry(money, code, _USE[code], base)
            if not told:
                if not any(row.text(code) for code in _USE):
                    self.checking.amount_missing(row, "used_sek", "belopp")
                self._aside(row, BROKEN, f"{base['name']}, använt och återbetalt")

    def remark(self, reason: Reason, found: str, action: str) -> None:
        """What does not stop the reading and should be seen, about the form as a whole."""
        self.out.remarks.append(self.form.fault(self.form.address("decision"), reason, found, "", action))

    def _decision_holds(self, decision: str, *, has_day: bool) -> None:
        form, grants = self.form, self.form.rows("grants")
        if decision and not has_day:
            self.checking.needed("decision_date")
        if grants and not self.form.text("decision"):
            self._contradiction("Det finns beviljade belopp men inget beslut", "Välj bifall, eller töm beloppen")
        if grants and decision == _REFUSED:
            self._contradiction(
                "Beslutet är avslag, men det finns beviljade belopp", "Rätta beslutet, eller töm beloppen"
            )
        if decision == _GRANTED and not grants and "decision" in form.places:
            self._contradiction("Beslutet är bifall, men inget belopp är beviljat", "Skriv beviljat per år")

    def _contradiction(self, found: str, action: str) -> None:
        allowed = "bifall med datum och belopp, avslag med datum, eller tomt"
        self.checking.faults.append(
            self.form.fault(self.form.address("decision"), Reason.ROWS_CONTRADICT, found, allowed, action)
        )

    def _money(self, table: str, label: str) -> Iterator[Money]:
        """The rows of a table of money."""
        for row in self.form.rows(table):
            ore, year = self.checking.ore(row, "amount_sek"), self.checking.year(row, needed=True)
            self.checking.amount_missing(row, "amount_sek", label)
            yield Money(row, ore, year, self.checking.financing(row))

    def _base(self) -> dict[str, Any]:
        """What every entry of the form has in common, its texts left to those who have them."""
        name = self.checking.needed("name")
        return {
            "intervention_id": self.masker.mask_distinct(self.form.text("intervention_id")) or None,
            "name": self.masker.mask_distinct(name),
            "applicant": None,
            "target_group_text": None,
            "description": None,
            "goal_text": None,
            "document": None, "budget_line": None, "decision_date": None, "year_implied": False,
            "amount_given": True,
        }  # fmt: skip

    def _entry(self, money: Money, code: str, kind: str, base: dict[str, Any]) -> None:
        number, table = self.form.number(money.row), self.form.form.field(_TABLES[kind])
        labels = {column.code: column.label for column in table.columns}
        told = {name: self.form.form.field(of).label for name, of in _FIELDS.items() if base[name] is not None}
        told |= {name: labels[of] for name, of in (_COLUMNS | {kind: code}).items()}
        self.out.columns |= {name: f"{label} (blankett)" for name, label in told.items()}
        self.out.records.append({
            **base, "index": money.row.row, "row": number, "cell": self.form.row_address(money.row, code),
            "year": money.year, "financing": str(money.financing), "ore": money.ore, "entry_type": kind,
            "column": money.row.columns[code],
        })  # fmt: skip
        if number not in self.out.used:
            self.out.used.append(number)

    def _aside(self, row: Row, reason: str, told: str) -> None:
        self.out.set_aside.append((self.form.number(row), reason, told))

    def _masked(self, code: str) -> str | None:
        return self._some(self.form.text(code))

    def _some(self, text: str) -> str | None:
        return self.masker.mask(text) or None


def _target_group(form: FilledForm) -> str:
    """The groups chosen, the first of them first, and the group in words."""
    chosen = [text for n in (1, 2, 3) if (text := form.text(f"target_group_{n}"))]
    return ". ".join(filter(None, ["; ".join(chosen), form.text("target_group_text")]))


def _description(form: FilledForm) -> str:
    """What the intervention does, with its orientation as a sentence."""
    summary, orientation = form.text("summary"), form.text("orientation")
    summary = f"{summary}." if summary and orientation and summary[-1] not in ".!?" else summary
    return " ".join(filter(None, [summary, f"Insatsen är {orientation}." if orientation else ""]))
