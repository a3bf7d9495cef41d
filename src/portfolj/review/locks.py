"""Whether a spreadsheet program has a file open, told by the small file that it then keeps beside it."""

from __future__ import annotations

from pathlib import Path

from portfolj.errors import PortfoljError

_LOCKS = {"Excel": "~${name}", "LibreOffice": ".~lock.{name}#"}


def refuse_if_open(path: Path) -> None:
    """Raises PortfoljError where Excel or LibreOffice has the file open: what is typed there may not be saved yet."""
    for program, pattern in _LOCKS.items():
        lock = path.with_name(pattern.format(name=path.name))
        if lock.exists():
            raise PortfoljError(
                f"{path.name} är öppen i {program}. Spara den, stäng den och kör igen.\n"
                f"Är den inte öppen hos någon har {program} lämnat en fil efter sig: ta bort {lock} och kör igen."
            )
