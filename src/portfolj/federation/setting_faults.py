"""What is wrong with a setting, told by its key in ``federation.toml``."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from portfolj.errors import Fault, Reason

SETTINGS_FILE = "federation.toml"


def setting_fault(cell: str, reason: Reason, found: str, allowed: str, action: str) -> Fault:
    """The fault of the setting ``cell``, such as ``ledger.unit``."""
    return Fault(SETTINGS_FILE, "", cell, reason, found, allowed, action)


def nearest_setting(word: str, allowed: Sequence[str]) -> str:
    """``Menade du unit?``, or what else to do where nothing is like the word."""
    close = difflib.get_close_matches(word, allowed, n=1)
    return f"Menade du {close[0]}?" if close else "Ta bort raden eller rätta namnet"


def named_twice(files: Mapping[str, Sequence[str]]) -> list[Fault]:
    """A fault for each file that a setting names more than once. ``files``: the setting, such as ``logic.files``, and
    the names that it lists."""
    return [
        setting_fault(
            setting, Reason.SETTING_WRONG, f"Filen {name!r} står flera gånger", "varje fil en gång", "Ta bort den ena"
        )
        for setting, names in files.items()
        for name in sorted({n for n in names if names.count(n) > 1})
    ]
