"""A filled form as a table of another file, so that whoever reads such files reads it too. Cells keep addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import Sheet, Value
from portfolj.ledger.filled.definition import APPLICATION, FINAL_REPORT
from portfolj.ledger.filled.facts import facts_of
from portfolj.ledger.filled.form import FilledForm

_IDENTITY = ("Insats", "Diarienummer")
_Cell = tuple[Value, str]  # what stands there and its address in the form


@dataclass(frozen=True)
class FormSheet(Sheet):
    """A table made of a form's answers. ``cells``: 0-based row and column -> the address in the form."""

    cells: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))

    def address(self, row: int, column: int) -> str:
        """The cell of the form that the value comes from."""
        return self.cells.get((row, column)) or f"rad {self.numbers[row]}"


def sheet_for(form: FilledForm, kind: str) -> Sheet | None:
    """The form as a sheet of that kind of file; None where a form of its kind has nothing for it."""
    make = _TABLES.get((kind, form.form.kind))
    return None if make is None else make(form)


def misplaced(form: FilledForm, kind: str) -> Fault:
    """The fault of a form that is listed among files that it has nothing for."""
    what, listed = form.form.title or form.form.kind, kind.rpartition(":")[2]
    found = f"Filen är en ifylld blankett ({what}) och har inget till listan {listed}"
    return form.fault("", Reason.FORM_MISPLACED, found, "", "Ta bort filen ur listan i federation.toml")


def _goals(form: FilledForm) -> Sheet:
    """The goals of a final report with their verdicts, as a follow-up file of goals has them."""
    headings = ("Insats", "Mål nr", "Måltext", "Målvärde", "Utfall", "Bedömning", "Bedömt av", "Underlag")
    rows, numbers = [], []
    for place, row in enumerate(form.rows("outcomes"), start=1):
        told: dict[str, _Cell] = {
            code: (row.answers.get(code), form.row_address(row, code))
            for code in ("goal", "target", "outcome", "verdict", "basis")
        }
        rows.append((
            _field(form, "name" if form.text("name") else "intervention_id"),
            (place, form.row_address(row, "goal")), told["goal"], told["target"], told["outcome"], told["verdict"],
            _field(form, "judged_by"), told["basis"],
        ))  # fmt: skip
        numbers.append(form.number(row))
    return _sheet(form, headings, rows, [form.sheet.numbers[form.heads.get("outcomes", 0)], *numbers])


def _facts(form: FilledForm) -> Sheet:
    """What the form tells of each fact, one row, as a file of facts has it."""
    told = facts_of(form)
    headings = (*_IDENTITY, *told)
    number = form.sheet.numbers[form.places["name"][0]] if "name" in form.places else 1
    return _sheet(form, headings, [(*_identity(form), *told.values())], [number, number])


def _phases(form: FilledForm) -> Sheet:
    """The phases of an application with the condition for the next, as a file of phases has them."""
    headings = (*_IDENTITY, "Etapp", "Belopp (kr)", "Start", "Slut", "Villkor")
    codes = ("phase", "amount_sek", "from", "to", "condition")
    rows = [
        (*_identity(form), *((row.answers.get(code), form.row_address(row, code)) for code in codes))
        for row in form.rows("phases")
    ]
    numbers = [form.sheet.numbers[form.heads.get("phases", 0)], *map(form.number, form.rows("phases"))]
    return _sheet(form, headings, rows, numbers)


def _identity(form: FilledForm) -> tuple[_Cell, _Cell]:
    return _field(form, "name"), _field(form, "intervention_id")


def _field(form: FilledForm, code: str) -> _Cell:
    return form.answers.get(code), form.address(code)


def _sheet(form: FilledForm, headings: Sequence[str], rows: Iterable[Sequence[_Cell]], numbers: Sequence[int]) -> Sheet:
    listed = list(rows)
    cells = {(r, c): cell for r, row in enumerate(listed, start=1) for c, (_, cell) in enumerate(row)}
    values: list[Sequence[Value]] = [headings, *([value for value, _ in row] for row in listed)]
    return FormSheet(
        file=form.sheet.file, title=form.sheet.title, rows=values, numbers=numbers,
        dates_from_1904=form.sheet.dates_from_1904, cells=cells,
    )  # fmt: skip


_TABLES: Final[Mapping[tuple[str, str], Callable[[FilledForm], Sheet]]] = {
    ("goals", FINAL_REPORT): _goals,
    ("documentation:facts", APPLICATION): _facts,
    ("documentation:facts", FINAL_REPORT): _facts,
    ("documentation:phases", APPLICATION): _phases,
}
