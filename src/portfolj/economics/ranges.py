"""Between what values the uncertain things may lie: as the federation states them, else assumed ones with a reason.

The assumed ranges stand in ``reference/economics_ranges.toml``. They are nobody's measurement, and every page that
uses one says so. All figures are percent, as they are stated and read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from portfolj.economics.options import Options
from portfolj.federation import Federation
from portfolj.federation.economics import RANGED

RANGES_FILE: Final = "economics_ranges.toml"
FEDERATION: Final = "federation"
ASSUMED: Final = "assumed"
WHOLE_PCT: Final = 100.0  # of the income and of the cost, as they are calculated


@dataclass(frozen=True)
class Range:
    """Lowest, most likely and highest of one uncertain thing, in percent, ``low <= likely <= high``.

    ``name``: one of ``federation.economics.RANGED``. ``label``: what people read. ``source``: ``federation`` or
    ``assumed``; ``reason``: why an assumed one is what it is, empty for a stated one.
    """

    name: str
    low: float
    likely: float
    high: float
    label: str
    source: str
    reason: str = ""


def ranges_of(federation: Federation, *, options: Options) -> tuple[Range, ...]:
    """A range for each of ``RANGED``, in that order: the stated one, else the assumed.

    An assumed range that names no most likely value has the calculation's own (``options``) there, and is widened to
    hold it. A stated range stands as it is stated, also where the calculation's own value lies outside it.
    """
    stated = federation.economics.ranges
    own = percent_of(options)
    return tuple(_stated(name, stated[name]) if name in stated else _assumed(name, own[name]) for name in RANGED)


def percent_of(options: Options) -> dict[str, float]:
    """The value in percent that the calculation itself has of each of ``RANGED``: its base.

    >>> percent_of(Options(fade_out=0.1))["fade_out_pct"], percent_of(Options())["income_pct"]
    (10.0, 100.0)
    """
    return {
        "income_pct": WHOLE_PCT,
        "cost_pct": WHOLE_PCT,
        "deadweight_pct": _percent(options.deadweight),
        "fade_out_pct": _percent(options.fade_out),
        "discount_rate_pct": _percent(options.discount_rate),
    }


def shares_from(percent: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers or arrays in percent as the keyword arguments of ``payback.months_to_pay``: shares.

    >>> shares_from({"deadweight_pct": 50.0, "fade_out_pct": 0.0, "discount_rate_pct": 4.0, "cost_pct": 120.0})
    {'deadweight': 0.5, 'fade_out': 0.0, 'discount_rate': 0.04}
    """
    return {name: percent[f"{name}_pct"] / 100 for name in ("deadweight", "fade_out", "discount_rate")}


def _stated(name: str, values: Sequence[float]) -> Range:
    low, likely, high = values
    return Range(name, float(low), float(likely), float(high), label=_shipped()[name]["label"], source=FEDERATION)


def _assumed(name: str, own: float) -> Range:
    shipped = _shipped()[name]
    likely = float(shipped.get("likely", own))
    low, high = min(float(shipped["low"]), likely), max(float(shipped["high"]), likely)
    return Range(name, low, likely, high, label=shipped["label"], source=ASSUMED, reason=shipped["reason"])


@cache
def _shipped() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(resources.files("portfolj.reference").joinpath(RANGES_FILE).read_text(encoding="utf-8"))


def _percent(share: float) -> float:
    return round(share * 100, 9)  # 0.07 is 7 percent, not 7.000000000000001
