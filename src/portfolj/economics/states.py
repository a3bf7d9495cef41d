"""What somebody does and lives on before and after: the states that the model from data knows.

A state is work (to an extent, with or without a wage subsidy), a benefit, a place in a measure, or a place and a
benefit together. Who pays a benefit and whether it is taxed stands in ``reference/economics_states.toml``, each with
its source; amounts are values (``values.py``) and stand nowhere here.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from portfolj.federation import Federation
from portfolj.followup.codes import codes_of, label_of

WAGE: Final = "wage"
NONE: Final = "none"
MISSING: Final = "missing"


@dataclass(frozen=True)
class State:
    """``work_extent``: share of full time, 0 to 1; not a number where the value ``work_extent_pct`` tells it.
    ``benefit``: "" or the code of a source of income; ``measure``: "" or the code of a measure whose place costs."""

    code: str
    label: str
    work_extent: float = 0.0
    subsidised: bool = False
    benefit: str = ""
    measure: str = ""

    @property
    def works(self) -> bool:
        """Whether there is any work in it, its extent being known or not."""
        return self.work_extent != 0


@dataclass(frozen=True)
class Benefit:
    """Who pays it (code of an actor) and whether local taxes are drawn on it. ``confidence``: V or A (assumed)."""

    code: str
    label: str
    payer: str
    taxable: bool
    source: str
    confidence: str


@dataclass(frozen=True)
class Measure:
    """Who pays for a place in it."""

    code: str
    label: str
    payer: str
    source: str
    confidence: str


@lru_cache(maxsize=1)
def shipped_states() -> Mapping[str, State]:
    """Code -> state: work first, then measures, then benefits, then those of nothing."""
    stated = {code: _state(code, told) for code, told in _reference()["states"].items()}
    benefits = {code: State(code, each.label, benefit=code) for code, each in benefits_known().items()}
    last = {code: stated.pop(code) for code in ("seeking", NONE, MISSING)}
    return MappingProxyType({**stated, **benefits, **last})


def known_states(federation: Federation) -> Mapping[str, State]:
    """The shipped states and one for each source of income that the federation has added to the code list.

    Nobody knows who pays such a one, so that its flows can't be computed where its count changes.
    """
    shipped = shipped_states()
    own = [code for code in federation.followup.words.get("income", {}) if code not in shipped]
    return MappingProxyType({**shipped, **{code: State(code, label_of("income", code), benefit=code) for code in own}})


def labels_of_states(federation: Federation) -> dict[str, str]:
    """Code -> label of the known states: the words that a file of transitions may use."""
    return {code: state.label for code, state in known_states(federation).items()}


@lru_cache(maxsize=1)
def benefits_known() -> Mapping[str, Benefit]:
    """Code -> benefit, for every source of income of the code list but wages and none."""
    told = _reference()["benefits"]
    codes = [code for code in codes_of("income") if code not in (WAGE, NONE)]
    return MappingProxyType({code: Benefit(code, label_of("income", code), **told[code]) for code in codes})


@lru_cache(maxsize=1)
def measures_known() -> Mapping[str, Measure]:
    """Code -> measure."""
    return MappingProxyType({code: Measure(code=code, **told) for code, told in _reference()["measures"].items()})


def _state(code: str, told: Mapping[str, Any]) -> State:
    extent = told.get("work_extent", 0.0)
    stated = {key: value for key, value in told.items() if key != "work_extent"}
    return State(code=code, work_extent=math.nan if extent == "value" else float(extent), **stated)


@lru_cache(maxsize=1)
def _reference() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads((files("portfolj") / "reference" / "economics_states.toml").read_text(encoding="utf-8"))
