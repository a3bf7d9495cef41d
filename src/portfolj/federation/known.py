"""Which federations there are: every folder under ``data/raw`` that has settings."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from portfolj.errors import ParameterError
from portfolj.federation.load import load_federation
from portfolj.federation.setting_faults import SETTINGS_FILE
from portfolj.federation.settings import Federation
from portfolj.places import Places


def federations_in(places: Places) -> list[str]:
    """The names of the federations under ``data/raw``, sorted."""
    return sorted(path.parent.name for path in (places.data / "raw").glob(f"*/{SETTINGS_FILE}"))


def known_federation(federation: str, *, places: Places) -> Federation:
    """The settings of ``federation``. Raises ParameterError with the nearest name where there is none such."""
    known = federations_in(places)
    if federation not in known:
        raise ParameterError(unknown("förbundet", federation, known))
    return load_federation(places.raw(federation))


def unknown(what: str, given: str, allowed: Sequence[str]) -> str:
    """That ``given`` is none of ``allowed``, which they are and which of them was perhaps meant."""
    close = difflib.get_close_matches(given, allowed, n=1, cutoff=0.5)
    hint = f" Menade du {close[0]}?" if close else ""
    return f"{what[0].upper()}{what[1:]} {given!r} finns inte. Tillåtet: {', '.join(allowed) or 'inget'}.{hint}"
