"""The facts that a board needs of an intervention, and the words that show them and ask for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Fact:
    """A fact: what it is called, what a sentence says is lacking, why it is needed and how a form asks for it.

    ``forms``: the forms that ask, ``application`` and ``final-report``.
    """

    code: str
    label: str
    lacking: str
    explanation: str
    question: str
    example: str
    forms: tuple[str, ...]


@cache
def facts_known() -> Mapping[str, Fact]:
    """Code -> the fact, in the order in which they are shown and asked for."""
    text = (files("portfolj") / "reference" / "documentation.toml").read_text(encoding="utf-8")
    return MappingProxyType({
        code: Fact(code=code, **{**entry, "forms": tuple(entry["forms"])})
        for code, entry in tomllib.loads(text).items()
    })  # fmt: skip
