"""The word lists that goals are read by, from ``reference/goals.toml``: each list is one regular expression."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_GAP = re.compile(r"<(\d)>")


@cache
def _lists() -> dict[str, list[str]]:
    text = files("portfolj.reference").joinpath("goals.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words(*names: str) -> re.Pattern[str]:
    """Any entry of the named lists as whole words, the longest first. Case is ignored."""
    entries = {entry for name in names for entry in _lists()[name]}
    ordered = sorted(entries, key=lambda entry: (-len(entry.split()), -len(entry), entry))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_expression, ordered)) + r")(?!\w)", re.IGNORECASE)


def _expression(entry: str) -> str:
    parts: list[str] = []
    for word in entry.split():
        if gap := _GAP.fullmatch(word):
            parts.append(rf"(?:\s+[\w-]+){{0,{gap[1]}}}")
        else:
            parts.append((r"\s+" if parts else "") + _forms(word))
    return "".join(parts)


def _forms(word: str) -> str:
    ending = r"(?:r|s|t|ts)?" if word.endswith("~") else ""
    return r"[\w-]*".join(map(re.escape, word.rstrip("~").split("*"))) + ending
