"""What a reviewer has answered, in a workbook or in a frame, checked one cell at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolj.coding import Codebook
from portfolj.coding.choices import choices, code_of, nearest_label
from portfolj.coding.codebook import TARGET_GROUPS, UNDEFINED
from portfolj.coding.goal_classes import GOALS, NO_GOAL
from portfolj.errors import Fault, Reason
from portfolj.ledger.cells import UNCACHED, Value, is_error_value, text_of
from portfolj.ledger.dates import ALLOWED_DATES, DateUnreadable, parse_date
from portfolj.ledger.personal_numbers import holds_personal_number
from portfolj.review.choices import UNDO


@dataclass(frozen=True)
class Place:
    """Where something is written."""

    file: str
    sheet: str
    cell: str

    @property
    def told(self) -> str:
        """The place as a sentence ends with it."""
        return f"i {self.sheet}, cell {self.cell}" if self.sheet else f"på {self.cell}"

    def fault(self, found: str, allowed: str, action: str, *, reason: Reason = Reason.DECISION_WRONG) -> Fault:
        """A fault found here."""
        return Fault(self.file, self.sheet, self.cell, reason, found, allowed, action)


@dataclass(frozen=True)
class Cell:
    """One cell as it was written."""

    value: Value
    place: Place

    @property
    def text(self) -> str:
        """What a reader sees."""
        return text_of(self.value)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it, not even a formula."""
        return not self.text and self.value is not UNCACHED


class Kind(StrEnum):
    """What an answer does."""

    DECIDE = "decide"
    UNDO = "undo"
    STANDS = "stands"
    EXPLAIN = "explain"  # a new reason for a decision that stays as it is


@dataclass(frozen=True)
class Signature:
    """Who, when and why. ``own_by`` and ``own_on`` are those of the row itself, ``""`` where it has none."""

    by: str
    on: str
    why: str
    own_by: str = ""
    own_on: str = ""


@dataclass(frozen=True)
class Answer:
    """An answer about one dimension of one intervention.

    ``code`` is what is decided (DECIDE only); ``shown`` the decision that the reviewer saw, None where there was none;
    ``seen`` the fingerprint of the texts that the reviewer saw.
    """

    kind: Kind
    key: str
    dimension: str
    code: str
    shown: str | None
    seen: str
    signature: Signature
    place: Place


@dataclass(frozen=True)
class PairAnswer:
    """Whether two interventions are one and the same. ``answer``: ``same_as``, ``not_same_as``, or ``""`` for undo.

    ``shown``: what the reviewer saw answered, ``""`` for nothing.
    """

    key: str
    other: str
    answer: str
    shown: str
    signature: Signature
    place: Place


@dataclass(frozen=True)
class Answers:
    """Everything that was answered, and everything that is wrong with it."""

    codes: tuple[Answer, ...]
    pairs: tuple[PairAnswer, ...]
    faults: tuple[Fault, ...]


def readable(cell: Cell) -> Fault | None:
    """Why the cell says nothing that can be used; None where it does, or is empty."""
    if cell.value is UNCACHED:
        return cell.place.fault("Formeln har inget uträknat värde", "text", "Skriv svaret som text")
    if is_error_value(cell.value):
        return cell.place.fault(f"Cellen visar {cell.text}", "text", "Skriv svaret som text")
    if holds_personal_number(cell.value):
        return cell.place.fault("Cellen innehåller ett personnummer", "inga personnummer i beslut", "Ta bort det",
                                reason=Reason.PERSONAL_NUMBER)  # fmt: skip
    return None


def checked_codes(
    cells: Sequence[Cell], *, dimension: str, codebook: Codebook, shown: str | None = None
) -> tuple[str | None, list[Fault]]:
    """The code that readable ``cells`` decide, in rank order, or ``UNDO``; None where they are empty or wrong.

    Each cell holds one label or code, whatever its case. Beside ``UNDO`` may stand what was ``shown`` there before.
    """
    filled, allowed = [cell for cell in cells if cell.text], choices(codebook, dimension)
    if dimension == GOALS:  # one cell for the classes of all goals of a text
        filled = [Cell(part.strip(), cell.place) for cell in filled for part in cell.text.split(";") if part.strip()]
    if not filled:
        return None, []
    if any(is_undo(cell.text) for cell in filled):
        before = (shown or "").split(";")
        others = [c for c in filled if not is_undo(c.text) and code_of(c.text, allowed) not in before]
        action = "Töm den andra cellen, eller ändra här"
        faults = [c.place.fault(f"Raden både ångrar och säger ”{c.text}”", "ett av dem", action) for c in others]
        return (None if faults else UNDO), faults
    codes, faults = [], []
    for cell in filled:
        code = code_of(cell.text, allowed)
        if code is None:
            listed = ", ".join(allowed)
            faults.append(cell.place.fault(f"”{cell.text}” finns inte", listed, nearest_label(cell.text, allowed)))
        elif code in codes and dimension != GOALS:
            faults.append(
                cell.place.fault(f"”{cell.text}” står två gånger", "varje målgrupp en gång", "Töm den ena cellen")
            )
        else:
            codes.append(code)
    if faults:
        return None, faults
    if dimension == TARGET_GROUPS and not cells[0].text:
        found = f"Den främsta målgruppen är tom, men ”{filled[0].text}” står längre till höger"
        return None, [cells[0].place.fault(found, "den främsta först", "Fyll i den första cellen")]
    for alone, other in ((UNDEFINED, "en målgrupp"), (NO_GOAL, "ett mål")):
        if alone in codes and len(codes) > 1:
            cell = filled[codes.index(alone)]
            return None, [cell.place.fault(f"”{cell.text}” står bredvid {other}", "bara ensam", "Ta bort det ena")]
    if len(codes) > 1 and dimension not in (TARGET_GROUPS, GOALS):
        return None, [filled[1].place.fault("Flera svar", "ett enda", "Töm den ena cellen")]
    return ";".join(codes), []


def is_undo(text: str) -> bool:
    """Whether the text takes a decision back."""
    return text.casefold() in (UNDO, UNDO.split()[0])


def checked_date(cell: Cell, *, today: date) -> tuple[str, list[Fault]]:
    """The day of a readable cell as ``2026-11-20``, ``""`` where it is empty or wrong."""
    allowed = f"{ALLOWED_DATES}, senast i dag"
    try:
        day, year = parse_date(cell.value)
    except DateUnreadable as error:
        return "", [cell.place.fault(f"{error}: ”{cell.text}”", allowed, "Rätta datumet eller töm cellen")]
    if day is None and year is None:
        return "", []
    if day is None or day > today:
        return "", [cell.place.fault(f"”{cell.text}” är inte dagen då beslutet fattades", allowed, "Rätta datumet")]
    return day.isoformat(), []
