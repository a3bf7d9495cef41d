"""What an analyst writes in a notebook's parameters cell: other values, and years whose values stand in for others."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from portfolj.economics.actors import LABELS
from portfolj.economics.unit_values import PERCENT, labels_of_keys, units_of_keys
from portfolj.economics.value_bounds import actor_fault, figure_fault
from portfolj.errors import ParameterError
from portfolj.followup.cell_faults import CellFault
from portfolj.followup.values import read_number
from portfolj.ledger.dates import FIRST_YEAR, LAST_YEAR

_K = TypeVar("_K")
_V = TypeVar("_V")
_EXAMPLE = "monthly_wage_sek=27000; 2020=2019"
_YEAR = re.compile(r"(19|20)\d\d")
# What the units at the end of a key look like: an analyst may leave them out.
_UNIT_OF_KEY = re.compile(r"(?:_per_year|_sek|_pct|_month|_day)+$")


def parse_overrides(text: str, *, actors: Iterable[str] = tuple(LABELS)) -> tuple[dict[str, float], dict[int, int]]:
    """The values (key -> figure in the key's unit) and the stand-in years (year -> the year used for it).

    One statement after another with ``;`` between them, the figure with decimal comma or point. The unit at the end of
    a key may be left out. A value of one actor is written ``key:actor``, and is so in the answer; ``actors`` are the
    codes that there are, the federation's own too. A figure has the bounds that it has in a file, and a cost must be
    somebody's there as here. Raises ParameterError with everything that is wrong.

    >>> parse_overrides("monthly_wage=27 000; cost_per_participant:kommun = 16000,5; 2020=2019")
    ({'monthly_wage_sek': 27000.0, 'cost_per_participant_sek:kommun': 16000.5}, {2020: 2019})
    """
    values: dict[str, float] = {}
    years: dict[int, int] = {}
    wrong: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, said = (piece.strip() for piece in part.partition("="))
        try:
            if not (equals and name and said):
                raise ValueError(f"{part!r} går inte att tolka; skriv till exempel {_EXAMPLE}")
            if _YEAR.fullmatch(name):
                _once(years, int(name), _stand_in(name, said))
            else:
                key = _key(name, list(actors))
                _once(values, key, _figure(name, said, key))
        except ValueError as error:
            wrong.append(str(error))
    if wrong:
        told = " ".join(text if text.endswith("?") else f"{text}." for text in wrong)
        raise ParameterError(f"Värdena i parametercellen går inte att använda: {told}")
    return values, years


def full_key(name: str) -> str | None:
    """The key that a name means, also without the unit at its end; None where there is none, or more than one."""
    known = list(labels_of_keys())
    if name in known:
        return name
    meant = [key for key in known if _UNIT_OF_KEY.sub("", key) == name]
    return meant[0] if len(meant) == 1 else None


def nearest_key(name: str) -> str:
    """``Menade du monthly_wage_sek?``, or nothing where no key is like it. Labels are compared too."""
    labels = {label.casefold(): key for key, label in labels_of_keys().items()}
    known = {**{key: key for key in labels_of_keys()}, **labels}
    close = difflib.get_close_matches(name.casefold(), list(known), n=1)
    return f"Menade du {known[close[0]]}?" if close else ""


def _once(found: dict[_K, _V], key: _K, said: _V) -> None:
    if found.setdefault(key, said) != said:
        raise ValueError(f"{str(key)!r} står två gånger med olika värden")


def _stand_in(year: str, said: str) -> int:
    if not _YEAR.fullmatch(said) or not FIRST_YEAR <= int(said) <= LAST_YEAR:
        raise ValueError(f"{year} = {said!r} ska vara två årtal, till exempel 2020=2019")
    return int(said)


def _key(name: str, actors: list[str]) -> str:
    written, colon, actor = (piece.strip() for piece in name.partition(":"))
    key = full_key(written)
    if key is None:
        raise ValueError(f"värdet {written!r} finns inte. {nearest_key(written)}".strip().removesuffix("."))
    if colon and actor not in actors:
        close = difflib.get_close_matches(actor, actors, n=1)
        meant = f"Menade du {close[0]}? " if close else ""
        raise ValueError(f"aktören {actor!r} finns inte. {meant}Tillåtet: {', '.join(actors)}")
    if (misfit := actor_fault(key, actor)) is not None:
        raise ValueError(f"{name}: {_told(misfit)}")
    return f"{key}:{actor}" if colon else key


def _figure(name: str, said: str, key: str) -> float:
    number, unit = said, unit_of(key)
    for word, fits in (("%", unit == PERCENT), ("kr", unit.startswith("kr"))):
        number = number.removesuffix(word).strip() if fits else number
    try:
        figure = read_number(number)
    except CellFault:
        figure = None
    if figure is None:
        raise ValueError(f"{name} = {said!r} går inte att läsa som ett tal i {unit}")
    if (outside := figure_fault(split_key(key)[0], figure)) is not None:
        raise ValueError(f"{name} = {said!r}: {_told(outside)}")
    return figure


def _told(fault: CellFault) -> str:
    found = fault.found[:1].lower() + fault.found[1:]
    return f"{found} (tillåtet: {fault.allowed})"


def unit_of(key: str) -> str:
    """The unit of a key, or of a key with its actor."""
    return units_of_keys()[key.partition(":")[0]]


def split_key(key: str) -> tuple[str, str]:
    """Key and actor of an override, the actor empty where it is everybody's."""
    name, _, actor = key.partition(":")
    return name, actor


def checked_overrides(overrides: Mapping[str, float]) -> Mapping[str, float]:
    """The same. Raises ValueError for a key that does not exist: what was parsed never has one."""
    unknown = sorted({split_key(key)[0] for key in overrides} - set(labels_of_keys()))
    if unknown:
        raise ValueError(f"no such value: {', '.join(unknown)}")
    return overrides
