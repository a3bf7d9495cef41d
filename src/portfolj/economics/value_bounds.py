"""What a value can be, wherever it is stated: its figure within bounds, and whose it may be."""

from __future__ import annotations

from functools import cache
from typing import Final

from portfolj.economics.actors import LABELS
from portfolj.economics.unit_values import COST_KEYS, PERCENT, home_actor, shipped_values, units_of_keys
from portfolj.errors import Reason
from portfolj.followup.cell_faults import CellFault

_WHOSE: Final = "vems kostnaden är, till exempel kommun"


def figure_fault(key: str, figure: float) -> CellFault | None:
    """The fault of a figure that the key can't have, in the key's unit; None where it can."""
    percent = units_of_keys()[key] == PERCENT
    if figure < 0:
        return CellFault(Reason.NUMBER_OUTSIDE, "Värdet är mindre än noll", "ett tal från noll", "Rätta cellen")
    if percent and figure > 100:
        return CellFault(Reason.NUMBER_OUTSIDE, "Värdet är mer än 100 procent", "0-100", "Rätta cellen")
    if percent and 0 < figure < 1 and not _may_be_below_one(key):
        return CellFault(
            Reason.NUMBER_OUTSIDE, "Värdet är mindre än en procent", "procent skrivs som 31,42 och inte som 0,3142",
            "Rätta cellen",
        )  # fmt: skip
    return None


def actor_fault(key: str, actor: str) -> CellFault | None:
    """The fault of an actor whose the key's value can't be, ``actor`` being empty where none is stated.

    A cost must be somebody's, or every actor would bear it. The municipality's tax is the municipality's alone. Of all
    else there is one value for everybody: one that is somebody's would never be used.
    """
    home = home_actor(key)
    if key in COST_KEYS and not actor:
        return CellFault(
            Reason.VALUE_MISSING, "Kostnaden saknar aktör, och då skulle alla aktörer få den", _WHOSE, "Fyll i aktören"
        )
    if key in COST_KEYS or actor in ("", home):
        return None
    whose = f"kan bara vara {LABELS[home].lower()}s" if home else "gäller alla"
    allowed = f"{home}, eller ingen aktör" if home else "ingen aktör"
    return CellFault(Reason.WORD_UNKNOWN, f"Värdet {key} {whose}", allowed, "Rätta aktören eller nyckeln")


@cache
def _may_be_below_one(key: str) -> bool:
    return any(value.value is not None and value.value < 1 for value in shipped_values() if value.key == key)
