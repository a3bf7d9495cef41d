"""Kolada's answers as tables: titles of indicators, names of municipalities, a value or why there is none."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

VALUE_COLUMNS: Final = ("indicator", "municipality", "year", "value", "missing")
NO_VALUE, DELETED, NOT_THERE, NOT_FETCHED = "no_value", "deleted", "not_there", "not_fetched"
_DATA = re.compile(r"/data/kpi/(?P<ids>[^/?]+)(?:/municipality/(?P<municipalities>[^/?]+))?/year/(?P<years>[^/?]+)")


class AnswerUnreadable(ValueError):
    """An answer has another shape than Kolada's. The text is Swedish and says which and where."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What has been answered. ``titles``: indicator -> its title; ``names``: municipality -> its name;
    ``municipalities``: the codes of those that are municipalities, not regions or the nation; ``values``: a row per
    indicator, municipality and year that Kolada knows of, with ``value`` or what is ``missing``.
    """

    titles: Mapping[str, str]
    names: Mapping[str, str]
    municipalities: frozenset[str]
    values: pd.DataFrame
    asked: tuple[tuple[frozenset[str], frozenset[str] | None, frozenset[int]], ...]

    def missing(self, indicator: str, municipality: str, year: int) -> str:
        """Why there is no row on this: Kolada has nothing, or nobody has asked."""
        for ids, municipalities, years in self.asked:
            if indicator in ids and year in years and (municipalities is None or municipality in municipalities):
                return NOT_THERE
        return NOT_FETCHED


def read_answers(answers: Iterable[tuple[str, Any]]) -> Answers:
    """The answers to (question, JSON) as tables. Raises AnswerUnreadable."""
    titles: dict[str, str] = {}
    names: dict[str, str] = {}
    municipalities: set[str] = set()
    values: dict[tuple[str, str, int], tuple[float | None, str]] = {}
    asked = []
    for question, body in answers:
        try:
            if question.startswith("/kpi/"):
                titles |= {str(each["id"]): str(each["title"]) for each in body["values"]}
            elif question.startswith("/municipality"):
                names |= {str(each["id"]): str(each["title"]) for each in body["values"]}
                municipalities |= {str(each["id"]) for each in body["values"] if each["type"] == "K"}
            elif match := _DATA.match(question):
                about = match["municipalities"]
                asked.append((
                    frozenset(match["ids"].split(",")), frozenset(about.split(",")) if about else None,
                    frozenset(int(year) for year in match["years"].split(",")),
                ))  # fmt: skip
                values |= {_about(each): _value(each["values"]) for each in body["values"]}
            else:
                raise AnswerUnreadable(f"frågan {question} är ingen som portfolj ställer")
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, AnswerUnreadable):
                raise
            raise AnswerUnreadable(f"svaret på {question} har en annan form än väntat") from None
    rows = [(*about, *value) for about, value in sorted(values.items())]
    frame = pd.DataFrame(rows, columns=list(VALUE_COLUMNS)).astype(
        {"indicator": "str", "municipality": "str", "year": "int64", "value": "float64", "missing": "str"}
    )
    municipalities.discard("0000")
    return Answers(titles, names, frozenset(municipalities), frame, tuple(asked))


def _about(each: Mapping[str, Any]) -> tuple[str, str, int]:
    return str(each["kpi"]), str(each["municipality"]), int(each["period"])


def _value(parts: Sequence[Mapping[str, Any]]) -> tuple[float | None, str]:
    """The figure for women and men together, or why there is none."""
    total = [part for part in parts if part["gender"] == "T"]
    if not total:
        return None, NO_VALUE
    if all(part.get("isdeleted") for part in total):
        return None, DELETED
    value = next(part["value"] for part in total if not part.get("isdeleted"))
    if isinstance(value, bool) or not (value is None or isinstance(value, int | float)):
        raise AnswerUnreadable(f"värdet {value!r} är inget tal")
    if value is None or not math.isfinite(value):
        return None, NO_VALUE
    return float(value), ""
