"""Which federations a run is for: named, listed in a file, or all of them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from portfolj.errors import Fault, InputRefused, PortfoljError, Reason, cause_of
from portfolj.federation import federations_in
from portfolj.places import Places


def chosen_federations(names: Sequence[str], *, everything: bool, list_file: Path | None, places: Places) -> list[str]:
    """Each federation once, in the order given: named, then of the list, then all of ``places``.

    Raises PortfoljError with every name that does not exist, of the command and of the list, and where there is
    nothing to choose from or nothing was chosen.
    """
    known = federations_in(places)
    raw = places.data / "raw"
    if not known:
        raise PortfoljError(f"Det finns inga förbund i {raw}. Skapa ett med portfolj new NAMN LIGGARE.")
    wrong = [_not_known(name, known) for name in dict.fromkeys(names) if name not in known]
    if wrong:
        wrong.append(f"Förbund i {raw}: {', '.join(known)}. Inget är kört.")
    listed: list[str] = []
    if list_file is not None:
        try:
            listed = listed_federations(list_file, known=known)
        except PortfoljError as error:
            if not wrong:
                raise
            wrong.append(str(error))
    if wrong:
        raise PortfoljError("\n".join(wrong))
    chosen = list(dict.fromkeys([*names, *listed, *(known if everything else [])]))
    if not chosen:
        raise PortfoljError(
            f"Ange minst ett förbund, --list FIL eller --all för alla. Förbund i {raw}: {', '.join(known)}."
        )
    return chosen


def listed_federations(path: Path, *, known: Sequence[str]) -> list[str]:
    """The names in the file, one a line; blank lines, and what follows a #, are left out.

    Raises InputRefused with the line of every name that does not exist, PortfoljError where the file can't be read or
    has no names.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise PortfoljError(f"Listan {path.name} är inte sparad som UTF-8. Spara om den i textredigeraren.") from None
    except OSError as error:
        raise PortfoljError(f"Listan {path} går inte att läsa: {cause_of(error)}. Ange en textfil.") from None
    names = {number: text for number, line in enumerate(lines, start=1) if (text := line.partition("#")[0].strip())}
    if faults := [_unknown(path.name, number, name, known) for number, name in names.items() if name not in known]:
        raise InputRefused(path.name, faults)
    if not names:
        raise PortfoljError(f"Listan {path.name} har inga förbund. Skriv ett namn per rad.")
    return list(names.values())


def _not_known(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"Förbundet {name!r} finns inte.{f' Menade du {close[0]}?' if close else ''}"


def _unknown(file: str, number: int, name: str, known: Sequence[str]) -> Fault:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    action = f"Menade du {close[0]}? Rätta raden" if close else "Rätta raden eller ta bort den"
    allowed = "ett namn per rad på en mapp under data/raw"
    return Fault(file, "", f"rad {number}", Reason.WORD_UNKNOWN, f"Förbundet {name!r} finns inte", allowed, action)
