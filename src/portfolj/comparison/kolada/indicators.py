"""Which indicators there are to compare by, and whether Kolada still means the same by them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from portfolj.errors import Fault, Reason
from portfolj.federation import Federation
from portfolj.federation.comparison import ComparisonSettings
from portfolj.federation.setting_faults import setting_fault


@dataclass(frozen=True)
class Indicator:
    """An indicator. ``title``: what it is expected to be called in Kolada; ``label`` and ``unit``: what people read.

    ``weighted``: whether a mean of several municipalities, weighted by their inhabitants, says something.
    """

    id: str
    title: str
    label: str
    unit: str = ""
    decimals: int = 0
    weighted: bool = False


@lru_cache(maxsize=1)
def shipped_indicators() -> Mapping[str, Indicator]:
    """Id -> the indicator, for those that ship with the program."""
    text = (files("portfolj") / "reference" / "kolada_indicators.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, Any]] = tomllib.loads(text)
    return MappingProxyType({each: Indicator(each, **table) for each, table in tables.items()})


def indicators_of(settings: ComparisonSettings, ids: Sequence[str]) -> tuple[Indicator, ...]:
    """The indicators with these ids, by the federation's own title where it states one.

    One with neither a title of the federation's nor of the program's is left out: see ``indicator_faults``.
    """
    known, found = shipped_indicators(), []
    for each in ids:
        own = settings.titles.get(each)
        if own is None:
            found += [known[each]] if each in known else []
        elif each in known and same_title(own, known[each].title):
            found.append(known[each])
        else:
            found.append(Indicator(each, own, own, decimals=1))
    return tuple(found)


def indicator_faults(federation: Federation) -> list[Fault]:
    """A fault per indicator that is asked for and has no title to be checked against."""
    settings = federation.comparison
    known = {*shipped_indicators(), *settings.titles}
    return [
        setting_fault(
            f"comparison.{name}", Reason.SETTING_WRONG, f"Nyckeltalet {each!r} har ingen rubrik att kontrollera mot",
            f"{', '.join(shipped_indicators())}, eller ett eget med rubrik",
            f'Skriv rubriken som den står i Kolada under [comparison.titles]: {each} = "..."',
        )
        for name in ("indicators", "similar_by")
        for each in getattr(settings, name)
        if each not in known
    ]  # fmt: skip


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for spaces, capitals and a full stop at the end."""
    return _plain(one) == _plain(other)


def _plain(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip().rstrip(".").casefold()
