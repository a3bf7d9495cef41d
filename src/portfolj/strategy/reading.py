"""The stated priorities, their codes and words checked against the codebook."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from portfolj.coding import Codebook, codebook_of
from portfolj.coding.codebook import ORIENTATION, OWNER, PROCESS_SUPPORT, TARGET_GROUPS, UNDEFINED
from portfolj.coding.terms import parse_term
from portfolj.errors import Fault, InputRefused, Reason
from portfolj.federation import SETTINGS_FILE, Federation, Priority, StrategySettings
from portfolj.federation.setting_faults import setting_fault

DIMENSION_OF = {
    "target_groups": TARGET_GROUPS,
    "orientation": ORIENTATION,
    "owners": OWNER,
    "process_support": PROCESS_SUPPORT,
}
TERM = "ett eller flera ord, där * står för vilka bokstäver som helst, till exempel utbildning*"


def read_strategy(federation: Federation) -> StrategySettings:
    """The federation's priorities. Raises InputRefused with every code and word that can't be used, all at once."""
    stated = federation.strategy
    if not stated.priorities:
        return stated
    codebook = codebook_of(federation).folded()
    faults = [fault for priority in stated.priorities for fault in _faults(priority, codebook)]
    if faults:
        raise InputRefused(SETTINGS_FILE, faults)
    return stated


def _faults(priority: Priority, codebook: Codebook) -> Iterator[Fault]:
    for criterion, dimension in DIMENSION_OF.items():
        allowed = [code for code in codebook.codes(dimension) if code != UNDEFINED]
        for code in getattr(priority, criterion):
            if code not in allowed:
                yield setting_fault(
                    _cell(priority, criterion), Reason.SETTING_WRONG, f"Koden {code!r} finns inte", ", ".join(allowed),
                    _nearest(code, allowed, codebook, dimension),
                )  # fmt: skip
    for theme in priority.themes:
        try:
            parse_term(theme)
        except ValueError as error:
            yield setting_fault(
                _cell(priority, "themes"), Reason.SETTING_WRONG, f"Temat {theme!r} kan inte läsas: {error}", TERM,
                "Rätta ordet",
            )  # fmt: skip


def _cell(priority: Priority, criterion: str) -> str:
    return f"strategy.priorities ({priority.name}), {criterion}"


def _nearest(given: str, allowed: list[str], codebook: Codebook, dimension: str) -> str:
    words = {code: code for code in allowed}
    words |= {codebook.label(dimension, code).casefold(): code for code in allowed}
    close = difflib.get_close_matches(given.casefold(), list(words), n=1)
    return f"Menade du {words[close[0]]}?" if close else "Rätta koden"
