"""A federation's own ``codebook.toml``: codes and terms beside those that ship, and codes folded to a shorter list.

The file has the syntax of the shipped codebook. What stands in it is added: rules and examples of a code that exists,
new codes of owner and target groups, words of a list, roles. ``[fold.target_groups]`` names, for each code that a
report should not show on its own, the code that it is counted as.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from portfolj.coding.codebook import ALL_DIMENSIONS, OWNER, TARGET_GROUPS, UNDEFINED, Codebook
from portfolj.coding.hanging import slow_expressions
from portfolj.coding.read import (
    EXAMPLE_KEYS,
    CodebookReading,
    load_codebook,
    nearest,
    parse_toml,
    read_text,
    shipped_organisations,
    shipped_text,
)
from portfolj.coding.terms import REGEX_PREFIX, parse_term
from portfolj.federation import Federation

ADDITIONS_FILE = "codebook.toml"
OPEN_DIMENSIONS = (OWNER, TARGET_GROUPS)  # what reads and shows the others knows their codes one by one


def codebook_of(federation: Federation) -> Codebook:
    """The codebook that a federation's interventions are coded and shown by: the shipped one and its own additions.

    Raises InputRefused with every fault of the federation's ``codebook.toml``.
    """
    return codebook_in(federation.folder)


def codebook_in(folder: Path) -> Codebook:
    """The same for the federation whose folder is ``folder``."""
    path = folder / ADDITIONS_FILE
    return with_additions(read_text(path)) if path.is_file() else load_codebook()


@lru_cache(maxsize=8)
def with_additions(text: str) -> Codebook:
    """The shipped codebook with what the TOML ``text`` adds. Raises InputRefused with every fault at once."""
    own = parse_toml(text, file=ADDITIONS_FILE)
    table = tomllib.loads(shipped_text())
    before = {"roles": len(table["roles"])}
    before |= {
        f"{d}.{code}": len(raw.get("rules", [])) for d in ALL_DIMENSIONS for code, raw in table[d]["codes"].items()
    }
    reading = CodebookReading(ADDITIONS_FILE, shipped_organisations(), before=before)
    _Merging(reading, table).add(own)
    folds = _folds(reading, own, table)
    _tried(reading, own)
    return reading.codebook(table, folds=folds)


class _Merging:
    """Adds a federation's tables to those of the shipped codebook."""

    def __init__(self, reading: CodebookReading, table: dict[str, Any]) -> None:
        self.reading, self.table = reading, table

    def add(self, own: dict[str, Any]) -> None:
        reading = self.reading
        reading.unknown_keys("", own, ("version", "lists", *ALL_DIMENSIONS, "roles", "fold"))
        self.table["version"] += f"+{own.get('version', 'egna tillägg')}"
        for name, words in reading.table(own, "lists").items():
            known = self.table["lists"].get(name, [])
            self.table["lists"][name] = known + words if isinstance(words, list) else words
        self.table["roles"] += reading.tables(own, "roles")
        for dimension in ALL_DIMENSIONS:
            raw = reading.table(own, dimension)
            reading.unknown_keys(dimension, raw, ("codes",))
            bodies = reading.table(raw, "codes", within=dimension)
            for code in bodies:
                self.code(dimension, code, reading.table(bodies, code, within=f"{dimension}.codes"))

    def code(self, dimension: str, code: str, body: dict[str, Any]) -> None:
        place, codes = f"{dimension}.codes.{code}", self.table[dimension]["codes"]
        if code in codes:
            self.reading.unknown_keys(place, body, ("rules", *EXAMPLE_KEYS))
            codes[code]["rules"] = codes[code].get("rules", []) + self.reading.tables(body, "rules", within=place)
            for key in EXAMPLE_KEYS:
                codes[code][key] = [*codes[code].get(key, []), *self.reading.texts(place, body, key)]
        elif dimension not in OPEN_DIMENSIONS:
            listed = tuple(codes)
            self.reading.fault(place, f"Koden {code!r} finns inte, och nya koder går inte att lägga till i {dimension}",
                               ", ".join(listed), nearest(code, listed))  # fmt: skip
        else:
            undefined = codes.pop(UNDEFINED)  # stays last
            codes[code] = body
            codes[UNDEFINED] = undefined


def _folds(reading: CodebookReading, own: dict[str, Any], table: dict[str, Any]) -> dict[str, dict[str, str]]:
    folds: dict[str, dict[str, str]] = {}
    raw = reading.table(own, "fold")
    reading.unknown_keys("fold", raw, OPEN_DIMENSIONS)
    for dimension in OPEN_DIMENSIONS:
        codes, listed = tuple(table[dimension]["codes"]), reading.table(raw, dimension, within="fold")
        for code, onto in listed.items():
            place = f"fold.{dimension}.{code}"
            for word in (code, onto):
                if word not in codes:
                    reading.fault(place, f"Koden {word!r} finns inte", ", ".join(codes), nearest(str(word), codes))
            if code == UNDEFINED:
                reading.fault(place, f"{UNDEFINED} går inte att föra till en annan kod", "", "Ta bort raden")
            elif code == onto:
                reading.fault(place, f"Koden {code!r} förs till sig själv", "", "Ange en annan kod eller ta bort raden")
            elif str(onto) in listed:
                reading.fault(place, f"Koden {onto!r} förs själv vidare", "en kod som blir kvar",
                              f"Skriv {listed[str(onto)]!r} direkt")  # fmt: skip
        folds[dimension] = {str(code): str(onto) for code, onto in listed.items()}
    return {dimension: codes for dimension, codes in folds.items() if codes}


def _tried(reading: CodebookReading, own: dict[str, Any]) -> None:
    """Tells which of the file's own regular expressions could hang, before any text is read by them."""
    expressions = {}
    for text in _texts(own):
        try:
            expression = parse_term(text).expression if text.startswith(REGEX_PREFIX) else None
        except ValueError:
            continue  # told where its rule is read
        if expression is not None:
            expressions[text] = expression
    for text, length in slow_expressions(expressions).items():
        reading.fault(
            "", f"Uttrycket {text!r} kan hänga: en text på {length} tecken tar mer än en halv sekund", "",
            "Skriv om upprepningar som står i varandra, till exempel (a+)+",
        )  # fmt: skip


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []
