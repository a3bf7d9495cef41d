"""What values, years and municipalities are called on the pages and in the workbook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from portfolj.comparison.kolada.indicators import Indicator
from portfolj.exhibits import swedish

if TYPE_CHECKING:
    from portfolj.comparison.kolada.compared import Compared

MISSING: Final[Mapping[str, str]] = {
    "no_value": "inget värde i Kolada",
    "deleted": "borttaget ur Kolada",
    "not_there": "finns inte i Kolada",
    "not_fetched": "inte hämtat",
}
ROLES: Final[Mapping[str, str]] = {"own": "förbundets kommun", "similar": "liknande kommun", "nation": "riket"}
STATES: Final[Mapping[str, str]] = {
    "used": "används", "title_changed": "används inte: rubriken är en annan", "not_in_kolada": "finns inte i Kolada",
}  # fmt: skip
MEASURES: Final[Mapping[str, str]] = {"income_support": "Försörjningsmått", "population_16_64": "Invånare 16–64 år"}
BOUNDS: Final[Mapping[str, str]] = {"": "formeln", "brake": "bromsen", "request": "det begärda beloppet"}


def name_of(compared: Compared, code: str) -> str:
    """The municipality's name, its code where Kolada has none."""
    return compared.names.get(code, code)


def names_of(compared: Compared, codes: Sequence[str]) -> str:
    """The names of several, as in running text."""
    return swedish.listed([name_of(compared, code) for code in codes])


def value_text(value: float, indicator: Indicator) -> str:
    """The value as it is shown, without its unit."""
    return swedish.number(value, decimals=indicator.decimals)


def with_unit(value: float, indicator: Indicator) -> str:
    """``1 234 kr per invånare``, ``4,1 procent``."""
    return f"{value_text(value, indicator)} {indicator.unit}".strip()


def is_known(value: Any) -> bool:
    """Whether there is a figure."""
    return value is not None and not math.isnan(float(value))


def source(compared: Compared) -> str:
    """Where the figures come from, to stand at each table."""
    if compared.kept is None:
        return ""
    return "Påhittade siffror, inte ur Kolada." if compared.kept.invented else "Källa: Kolada."
