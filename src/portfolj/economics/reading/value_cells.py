"""One figure of a values file in the unit that its key has: kronor, percent, or a plain number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portfolj.economics.unit_values import PERCENT, units_of_keys
from portfolj.economics.value_bounds import figure_fault
from portfolj.errors import Reason
from portfolj.federation import Unit
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.codes import fold
from portfolj.followup.values import read_number
from portfolj.ledger.amounts import ALLOWED_AMOUNTS, AmountUnreadable, DecimalMark, parse_amount, unit_in_heading
from portfolj.ledger.cells import Value

_PLAIN = {"%": PERCENT, "procent": PERCENT, "index": "index", "faktor": "faktor", "prisbasbelopp": "prisbasbelopp",
          "pbb": "prisbasbelopp", "prisbasbelopp (pbb)": "prisbasbelopp"}  # fmt: skip
_PER = {"månad": r"mån(?:ad|\.)?(?:en)?", "år": "år(?:et)?", "dag": "dag(?:en)?", "timme": r"tim(?:me|mar)?\.?"}


@dataclass(frozen=True)
class StatedUnit:
    """``unit``: kr, tkr or mkr, or None; ``per``: month, year, day where that is said; ``plain``: of other figures."""

    unit: Unit | None = None
    per: str = ""
    plain: str = ""


def unit_in_words(text: str) -> StatedUnit:
    """What ``kr/mån``, ``tkr per person och år`` or ``%`` says; nothing where it says nothing. Raises CellFault."""
    folded = fold(text)
    if not folded or folded in _PLAIN:
        return StatedUnit(plain=_PLAIN.get(folded, ""))
    unit = unit_in_heading(folded.replace("/", " / "))
    if unit is None:
        raise CellFault(
            Reason.UNIT_UNKNOWN, "Enheten är inte känd", "kr, tkr eller mkr, per månad, år eller dag; eller procent",
            "Rätta cellen",
        )  # fmt: skip
    per = [name for name, pattern in _PER.items() if re.search(rf"(?<![a-zåäö]){pattern}(?![a-zåäö])", folded)]
    return StatedUnit(unit, per[0] if per else "")


def unit_fault(key: str, stated: StatedUnit) -> CellFault | None:
    """The fault of a unit that the key does not have; None where it has it, or where none is stated."""
    own = units_of_keys()[key]
    per = own.rpartition(" per ")[2] if " per " in own else ""
    fits = stated.plain == own if _is_plain(own) else not stated.plain
    fits = fits and (not stated.per or stated.per == per)
    if fits or stated == StatedUnit():
        return None
    return CellFault(Reason.UNIT_CONTRADICTION, f"Enheten är en annan än värdets, som är {own}", own, "Räkna om värdet")


def value_of_cell(cell: Value, *, key: str, stated: StatedUnit, mark: DecimalMark | None) -> float:
    """The figure in the key's unit. Raises CellFault, also for a figure below zero and one without a unit."""
    own = units_of_keys()[key]
    figure = _plain(cell, own, stated) if _is_plain(own) else _kronor(cell, own, stated, mark)
    if (outside := figure_fault(key, figure)) is not None:
        raise outside
    return figure


def _is_plain(unit: str) -> bool:
    return unit in _PLAIN.values()


def _plain(cell: Value, own: str, stated: StatedUnit) -> float:
    text = cell.strip() if isinstance(cell, str) else ""
    body = re.sub(r"\s*(?:%|procent)$", "", text)
    in_cell = bool(text) and body != text
    if (in_cell and own != PERCENT) or not (stated.plain or in_cell):
        raise _no_unit(own)
    number = read_number(body if in_cell else cell)
    if number is None:
        raise CellFault(Reason.NUMBER_UNREADABLE, "Cellen går inte att läsa som ett tal", "ett tal", "Rätta cellen")
    return number


def _kronor(cell: Value, own: str, stated: StatedUnit, mark: DecimalMark | None) -> float:
    try:
        amount = parse_amount(cell, unit=stated.unit or Unit.KR, decimal_mark=mark)
    except AmountUnreadable as error:
        raise CellFault(Reason.AMOUNT_UNREADABLE, str(error), ALLOWED_AMOUNTS, "Rätta cellen") from None
    if amount is None:
        raise CellFault(Reason.AMOUNT_UNREADABLE, "Cellen håller inget belopp", ALLOWED_AMOUNTS, "Rätta cellen")
    if stated.unit is None and amount.stated_unit is None:
        raise _no_unit(own)
    return amount.ore / 100


def _no_unit(own: str) -> CellFault:
    return CellFault(Reason.UNIT_UNKNOWN, "Värdet har ingen känd enhet", own, "Skriv enheten i kolumnen Enhet")
