"""Code lists of follow-up: which code a word in a cell is, by ``reference/followup_codes.toml`` and the federation.

A word that is not in the list is refused, never carried on as it stands: a column of codes is where a sentence about a
person may have been written.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from portfolj.coding.organisations import genitive
from portfolj.errors import Fault, Reason
from portfolj.federation import SETTINGS_FILE, Federation
from portfolj.followup.cell_faults import CellFault
from portfolj.ledger.cells import Value, clean_text, text_of

MISSING = "missing"
# Lists where a federation may make codes of its own; the code is then what pages show.
OPEN_LISTS = frozenset({"referrer", "status", "end_reason", "income", "municipality"})
_WORDS_OF_STATUS = ("status", "occupation", "income", "end_reason")
_PERCENT = re.compile(r"\s*[(:,]?\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:%|procent)\s*\)?\s*$")
_FULL, _HALF = re.compile(r"[\s(,]+heltid\)?$"), re.compile(r"[\s(,]+halvtid\)?$")
_PART = re.compile(r"[\s(,]+deltid\)?$")
_BETWEEN = re.compile(r"\s*(?:[;\n+&|/]|,(?!\d)|\soch\s|\ssamt\s)\s*")
_MUNICIPALITY = re.compile(r"(?:\d{4}\s+)?(.+?)(?:\s+(?:kommun|stad))?")


@dataclass(frozen=True)
class Coder:
    """One code list. ``words``: folded word -> code. ``places``: folded name of a municipality -> its name."""

    name: str
    words: Mapping[str, str]
    places: Mapping[str, str]

    def code(self, value: Value) -> str:
        """The code of a cell, ``missing`` where it says nothing. Raises CellFault for a word outside the list."""
        text = fold(text_of(value))
        found = self.words.get(text) or self._place(text)
        if found:
            return found
        if is_missing(text):
            return MISSING
        raise self._unknown()

    def codes(self, value: Value) -> tuple[str, Mapping[str, float]]:
        """Codes joined by ``;`` in order, and code -> extent in percent where the cell states one.

        ``Arbete 50 %, studier`` gives ``study;work`` and ``{"work": 50}``. Raises CellFault.
        """
        text = fold(text_of(value))
        if text not in self.words and is_missing(text):
            return MISSING, {}
        try:
            found = [self._with_extent(text)]
        except CellFault:
            parts = [part for part in _BETWEEN.split(text) if part]
            if len(parts) < 2:
                raise
            found = [self._with_extent(part) for part in parts]
        extents: dict[str, float] = {}
        for code, extent in found:
            if extent is not None:
                extents[code] = extents.get(code, 0) + extent
        return ";".join(sorted({code for code, _ in found})), extents

    def _with_extent(self, text: str) -> tuple[str, float | None]:
        if text in self.words:
            return self.words[text], None
        extent: float | None = None
        match = _PERCENT.search(text)
        if match:
            extent = float(match[1].replace(",", "."))
            if not 0 <= extent <= 100:
                raise CellFault(Reason.NUMBER_OUTSIDE, "Omfattningen ligger utanför 0-100 procent", "0-100 %", "Rätta")
            text = text[: match.start()].strip()
        for pattern, percent in ((_FULL, 100.0), (_HALF, 50.0), (_PART, None)):
            if not match and pattern.search(text):
                text, extent = pattern.sub("", text).strip(), percent
        if text not in self.words:
            raise self._unknown()
        return self.words[text], extent

    def _place(self, text: str) -> str:
        match = _MUNICIPALITY.fullmatch(text) if self.places else None
        place = self.places.get(match[1], "") if match else ""
        return f"{place} kommun" if place and self.name == "referrer" else place

    def _unknown(self) -> CellFault:
        if self.name == "municipality":
            allowed = "en svensk kommun"
        else:
            labels = dict.fromkeys(label_of(self.name, code) for code in self.words.values())
            allowed = ", ".join(labels) if self.name != "status" else "ett läge i listan"
        example = f'[followup.words.{self.name}] i federation.toml: kod = ["ordet"]'
        return CellFault(
            Reason.WORD_UNKNOWN,
            "Ett värde som inte finns i listan",
            allowed,
            f"Rätta, eller skriv ordet under {example}",
        )


def coder(name: str, federation: Federation) -> Coder:
    """The code list ``name`` with the federation's own words, which go first."""
    words = {**shipped_words(name), **(_regions() if name == "referrer" else {})}
    for code, own in federation.followup.words.get(name, {}).items():
        words |= {fold(word): code for word in (*own, code)}
    return Coder(name, words, _places() if name in ("municipality", "referrer") else {})


def word_faults(federation: Federation) -> list[Fault]:
    """One fault per list in ``[followup.words]`` that does not exist, and per code that a closed list lacks."""
    faults = []
    lists = [name for name in _reference() if name not in ("missing", "anonymous")] + ["municipality"]
    for name, codes in federation.followup.words.items():
        place = f"followup.words.{name}"
        if name not in lists:
            found, allowed = f"Listan {name!r} finns inte", ", ".join(lists)
            faults.append(Fault(SETTINGS_FILE, "", place, Reason.SETTING_UNKNOWN, found, allowed, "Rätta namnet"))
            continue
        faults += [
            Fault(
                SETTINGS_FILE, "", f"{place}.{code}", Reason.SETTING_UNKNOWN, f"Koden {code!r} finns inte i listan",
                ", ".join(codes_of(name)), "Rätta koden",
            )
            for code in codes
            if name not in OPEN_LISTS and code not in codes_of(name)
        ]  # fmt: skip
    return faults


@lru_cache(maxsize=64)
def shipped_words(name: str) -> Mapping[str, str]:
    """Folded word -> code, of the list as shipped."""
    if name == "status":
        # A status may be any word of these lists, and is carried on as written.
        return {word: word for part in _WORDS_OF_STATUS for word in _words_of(part)}
    return _words_of(name)


def codes_of(name: str) -> tuple[str, ...]:
    """The codes of a shipped list, in its order."""
    return tuple(_reference().get(name, ()))


def label_of(name: str, code: str) -> str:
    """What a code is called in Swedish; ``Uppgift saknas`` for missing, a federation's own code as it stands."""
    if code == MISSING and code not in _reference().get(name, {}):
        return "Uppgift saknas"
    entry = _reference().get(name, {}).get(code)
    return str(_resolved(entry)["label"]) if entry else code


def is_missing(folded: str) -> bool:
    """Whether a folded text says that nothing is known."""
    return folded in _missing_words() or not folded


def fold(text: str) -> str:
    """The text in small letters without a full stop or colon at its end, as lists are written."""
    folded = clean_text(text).casefold()
    return folded.rstrip(".: ") or folded


@lru_cache(maxsize=1)
def _reference() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("portfolj") / "reference" / "followup_codes.toml").read_text(encoding="utf-8"))


def _resolved(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    if "same" in entry:
        name, code = entry["same"].split(".")
        return _reference()[name][code]
    return entry


@lru_cache(maxsize=1)
def _missing_words() -> frozenset[str]:
    return frozenset({fold(word) for word in _reference()["missing"]["words"]})


def _words_of(name: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for code, entry in _reference().get(name, {}).items():
        known = _resolved(entry)
        words |= {fold(word): code for word in (code, known["label"], *known["words"])}
    return words


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    names = [row["name"] for row in _organisations() if row["kind"] == "municipality"]
    return {fold(form): name for name in names for form in (genitive(name), name)}


@lru_cache(maxsize=1)
def _regions() -> Mapping[str, str]:
    regions = [row for row in _organisations() if row["kind"] == "region"]
    return {fold(name): "region" for row in regions for name in (row["name"], *row["aliases"].split("|")) if name}


def _organisations() -> list[dict[str, str]]:
    text = (files("portfolj") / "reference" / "organisations.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
