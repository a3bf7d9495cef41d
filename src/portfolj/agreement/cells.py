"""A coder's cell: the codes that stand in it, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolj.coding import Codebook
from portfolj.coding.choices import choices, code_of, nearest_label
from portfolj.coding.codebook import TARGET_GROUPS, UNDEFINED
from portfolj.errors import Fault, Reason
from portfolj.ledger.personal_numbers import mask_personal_numbers


@dataclass(frozen=True)
class Cell:
    """A cell with its address and its text. ``sheet`` is empty in a text file."""

    file: str
    sheet: str
    address: str
    text: str

    @property
    def shown(self) -> str:
        """The text as a message may repeat it: quoted, short, without personal numbers."""
        masked = mask_personal_numbers(self.text)
        return f"”{masked if len(masked) <= 60 else masked[:59] + '…'}”"

    def fault(self, reason: Reason, found: str, allowed: str, action: str) -> Fault:
        """A fault of this cell."""
        return Fault(self.file, self.sheet, self.address, reason, found, allowed, action)


def checked_answer(cells: Sequence[Cell], dimension: str, codebook: Codebook) -> tuple[list[str], list[Fault]]:
    """The codes of one coder's filled cells for a row, in order and each once, and the faults of the cells."""
    words = choices(codebook, dimension)
    codes: list[str] = []
    faults: list[Fault] = []
    for cell in cells:
        for part in filter(None, (part.strip() for part in cell.text.split(";"))):
            code = code_of(part, words)
            if code is None:
                said = Cell(cell.file, cell.sheet, cell.address, part).shown
                # Who fills in a workbook sees names in its lists, who writes a text file writes codes. Both are read.
                allowed = ", ".join(words if cell.sheet else words.values())
                faults.append(cell.fault(Reason.CODING_WRONG, f"Svaret är {said}", allowed, nearest_label(part, words)))
            elif code not in codes:
                codes.append(code)
    if not faults and len(codes) > 1 and dimension != TARGET_GROUPS:
        said = f"Flera svar: {', '.join(codes)}"
        faults.append(cells[-1].fault(Reason.CODING_WRONG, said, "ett enda", "Välj ett"))
    if not faults and len(codes) > 1 and UNDEFINED in codes:
        said = f"{UNDEFINED} står tillsammans med {', '.join(code for code in codes if code != UNDEFINED)}"
        faults.append(cells[-1].fault(Reason.CODING_WRONG, said, f"{UNDEFINED} bara ensam", "Ta bort den ena"))
    return codes, faults


def checked_weight(cell: Cell) -> tuple[float, list[Fault]]:
    """The weight that stands in the cell, decimal comma or point, and the fault where it is no positive number."""
    try:
        weight = float(cell.text.replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        weight = 0.0
    if 0 < weight < float("inf"):
        return weight, []
    said = f"Vikten är {cell.shown}" if cell.text else "Vikten saknas"
    action = "Ta tillbaka vikten ur filen som portfolj sample skrev"
    return 1.0, [cell.fault(Reason.CODING_WRONG, said, "ett tal större än 0", action)]
