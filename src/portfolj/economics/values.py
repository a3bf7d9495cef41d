"""The values of one calculation: which figure is used for which year and actor, and which were not there.

Values are looked up by key, year and actor. Never is a year that is missing filled in silence: only where somebody has
stated that one year's values are used for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from portfolj.economics.overrides import checked_overrides, parse_overrides, split_key, unit_of
from portfolj.economics.unit_values import (
    OWN,
    PRICE_INDEX,
    VALUES_VERSION,
    Missing,
    Value,
    home_actor,
    labels_of_keys,
    shipped_values,
)

__all__ = ["VALUES_VERSION", "Missing", "Value", "Values", "parse_overrides", "shipped_values"]

PARAMETERS_CELL = "parametercellen"
COLUMNS = {
    "key": "str", "label": "str", "actor": "str", "year": "Int64", "value": "float64", "unit": "str", "source": "str",
    "confidence": "str", "note": "str", "file": "str", "used": "bool", "used_for": "str",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Values:
    """Shipped values, the federation's own and those of the parameters cell, and a memory of what was asked for.

    ``use_year``: year -> the year whose values are used for it where it has none of its own. ``overrides``: key, or
    ``key:actor``, -> figure in the key's unit, for every year. ``used``: the year asked for and the value found, in
    order of first use and without repeats; ``missing``: what was asked for and not found.
    """

    shipped: Sequence[Value]
    own: Sequence[Value] = ()
    use_year: Mapping[int, int] = field(default_factory=dict)
    overrides: Mapping[str, float] = field(default_factory=dict)
    used: list[tuple[int, Value]] = field(default_factory=list, init=False)
    missing: list[Missing] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        checked_overrides(self.overrides)

    def find(self, key: str, *, year: int, actor: str = "") -> Value | Missing:
        """The value of the key for a year, of the actor or else of everybody; Missing where there is none.

        First comes what the parameters cell states, then the federation's own rows, then the shipped ones: of each the
        row of the year, else one of every year, the actor's own before everybody's. Where the year has none, the year
        that ``use_year`` states is looked up in the same order; the value keeps its own year. A shipped row of every
        year comes after that: a stated year is a stronger statement. A price index has no stand-in: with another
        year's index the amounts would be left as they are, as if there had been no inflation. Rows without a figure
        are passed over. Raises ValueError for a key that does not exist.
        """
        labels = labels_of_keys()
        if key not in labels:
            raise ValueError(f"no such value: {key}")
        asked = actor or home_actor(key)
        found = self._found(key, year=year, actor=asked)
        if found is None:
            missing = Missing(key, asked, year, labels[key])
            if missing not in self.missing:
                self.missing.append(missing)
            return missing
        if (year, found) not in self.used:
            self.used.append((year, found))
        return found

    def knows(self, key: str, *, year: int, actor: str = "") -> bool:
        """Whether there is such a value. Asking leaves nothing in ``used`` or ``missing``."""
        return self._found(key, year=year, actor=actor or home_actor(key)) is not None

    def table(self) -> pd.DataFrame:
        """One row per value there is, whether used or not: columns and types of ``COLUMNS``.

        ``used_for``: the years that it was used for, rising, with ``;`` between them.
        """
        years: dict[Value, set[int]] = {}
        for year, value in self.used:
            years.setdefault(value, set()).add(year)
        rows = [
            {
                **{name: getattr(value, name) for name in COLUMNS if name not in ("used", "used_for")},
                "used": value in years, "used_for": ";".join(map(str, sorted(years.get(value, ())))),
            }
            for value in dict.fromkeys((*self._stated(), *self.own, *self.shipped))
        ]  # fmt: skip
        return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=t) for name, t in COLUMNS.items()})

    def _found(self, key: str, *, year: int, actor: str) -> Value | None:
        actors = list(dict.fromkeys((actor, "")))
        stated = {value.actor: value for value in self._stated() if value.key == key}
        own, shipped = _rows(self.own, key), _rows(self.shipped, key)
        stand_in = None if key == PRICE_INDEX else self.use_year.get(year)
        candidates: list[Value | None] = [
            *(stated.get(of) for of in actors),
            *(own.get((of, when)) for of in actors for when in (year, None)),
            *(shipped.get((of, year)) for of in actors),
            *(rows.get((of, stand_in)) for rows in (own, shipped) for of in actors if stand_in is not None),
            *(shipped.get((of, None)) for of in actors),
        ]
        return next((value for value in candidates if value is not None), None)

    def _stated(self) -> list[Value]:
        values = []
        for stated, figure in self.overrides.items():
            key, actor = split_key(stated)
            label, whose = labels_of_keys()[key], actor or home_actor(key)
            values.append(Value(key, whose, None, float(figure), unit_of(key), label, PARAMETERS_CELL, OWN))
        return values


def _rows(values: Iterable[Value], key: str) -> dict[tuple[str, int | None], Value]:
    """Actor and year -> the row with a figure; a row of nobody's is the one's whose the key always is."""
    rows: dict[tuple[str, int | None], Value] = {}
    for value in values:
        if value.key == key and value.value is not None:
            rows.setdefault((value.actor or home_actor(key), value.year), value)
    return rows
