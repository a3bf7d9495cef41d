"""Headings: which field a column is, by the list in ``reference/headings.toml`` or the federation's own mapping."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from portfolj.errors import Fault, InputRefused, Reason
from portfolj.ledger.amounts import unit_in_heading, without_unit
from portfolj.ledger.cells import clean_text

AMOUNT_FIELDS = ("amount", "granted", "paid", "returned")


@dataclass(frozen=True)
class HeadingMatch:
    """Which column holds which field, and what stands in the way.

    ``fields``: field -> 0-based position. ``ambiguous``: field -> positions that could all be it.
    ``missing``: field -> heading that the mapping names and the sheet lacks. ``totals``: position of a column that adds
    up the year columns of a field. The field of a year column is written ``granted@2019``.
    """

    fields: dict[str, int]
    ambiguous: dict[str, list[int]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    totals: dict[int, str] = field(default_factory=dict)


def recognise_headings(headings: Sequence[str], *, mapping: Mapping[str, str] | None = None) -> dict[str, int]:
    """Field -> 0-based position of each column whose heading is known or mapped; units and years in it are ignored.

    ``mapping`` is field -> heading as it stands; an empty heading means that the table has no such field.
    Raises InputRefused where two columns could be the same field, or a mapped heading is not there.
    """
    match = match_headings(headings, mapping=mapping)
    faults = heading_faults(match, headings, file="tabellen", sheet="", cells=None)
    if faults:
        raise InputRefused("Rubrikerna", faults)
    return match.fields


def match_headings(headings: Sequence[str], *, mapping: Mapping[str, str] | None = None) -> HeadingMatch:
    """The same, with what is ambiguous or missing instead of an exception."""
    mapping = mapping or {}
    fields: dict[str, int] = {}
    missing: dict[str, str] = {}
    ambiguous: dict[str, list[int]] = {}
    for name, heading in mapping.items():
        if not heading.strip():
            continue
        positions = _positions_of(heading, headings)
        if not positions:
            missing[name] = heading
        elif len(positions) > 1:
            ambiguous[name] = positions
        else:
            fields[name] = positions[0]
    candidates: dict[str, dict[bool, list[int]]] = {}
    for position, heading in enumerate(headings):
        known = field_of_heading(heading)
        if known and known[0] not in mapping and position not in fields.values():
            candidates.setdefault(known[0], {True: [], False: []})[known[1]].append(position)
    for name, by_strength in candidates.items():
        positions = by_strength[True] or by_strength[False]
        if len(positions) == 1:
            fields[name] = positions[0]
        else:
            ambiguous[name] = positions
    if "amount" in fields and "granted" in fields and "amount" not in mapping and "granted" not in mapping:
        ambiguous["amount"] = sorted([fields.pop("amount"), fields.pop("granted")])
    return HeadingMatch(fields, ambiguous, missing)


def heading_faults(
    match: HeadingMatch, headings: Sequence[str], *, file: str, sheet: str, cells: Sequence[str] | None
) -> list[Fault]:
    """One fault per ambiguous field and per mapped heading that is not there. ``cells`` are the headings' addresses."""
    faults = []
    for name, positions in match.ambiguous.items():
        named = " och ".join(f"”{clean_text(headings[p])}”" for p in positions)
        alike = len({clean_text(headings[p]).casefold() for p in positions}) < len(positions)
        example = f'{name} = "{clean_text(headings[positions[0]])}"'
        action = f"Skriv vilken som gäller under [ledger.columns] i federation.toml: {example}"
        faults.append(
            Fault(
                file,
                sheet,
                cells[positions[1]] if cells else "",
                Reason.COLUMN_AMBIGUOUS,
                f"Kolumnerna {named} kan båda vara {label_of(name)}",
                "en kolumn per fält",
                "Döp om den ena kolumnen i liggaren" if alike else action,
            )
        )
    for name, heading in match.missing.items():
        close = difflib.get_close_matches(heading, [clean_text(h) for h in headings if h], n=1, cutoff=0.5)
        faults.append(
            Fault(
                file,
                sheet,
                f"ledger.columns.{name}",
                Reason.COLUMN_MISSING,
                f"Rubriken ”{heading}” ({label_of(name)}) finns inte",
                _listed(headings),
                f"Menade du ”{close[0]}”? Rätta federation.toml" if close else "Rätta rubriken i federation.toml",
            )
        )
    return faults


def field_of_heading(heading: str) -> tuple[str, bool] | None:
    """The field that a heading names, and whether it can only be that one. None where the heading is unknown."""
    whole = normal_heading(heading)
    if not whole:
        # A heading that is only a unit, such as "Tkr" or "Kronor", stands over amounts.
        return ("amount", True) if clean_text(heading) and unit_in_heading(heading) else None
    known = _known_headings()
    if whole in known:
        return known[whole]
    parts = [normal_heading(part) for part in clean_text(heading).split("/")]
    found = {known[part][0] for part in parts if part in known}
    return (found.pop(), True) if len(parts) > 1 and len(found) == 1 and all(p in known for p in parts) else None


def normal_heading(heading: str) -> str:
    """The heading in small letters without unit, year and punctuation, as headings.toml writes it."""
    text = without_unit(heading)
    text = re.sub(r"\b(?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)?\d{2})?\b", " ", text)
    return clean_text(re.sub(r"[.:;,*()\[\]/_\-–\"'?]", " ", text))


def label_of(name: str) -> str:
    """What a field is called in Swedish, for messages and pages."""
    return str(_reference()[base_field(name)]["label"])


def base_field(name: str) -> str:
    """The field without the year of a year column: ``granted`` for ``granted@2019``."""
    return name.partition("@")[0]


def _positions_of(heading: str, headings: Sequence[str]) -> list[int]:
    wanted = clean_text(heading).casefold()
    for form in (lambda h: clean_text(h).casefold(), lambda h: clean_text(without_unit(h))):
        found = [position for position, candidate in enumerate(headings) if candidate and form(candidate) == wanted]
        if found:
            return found
    return []


def _listed(headings: Sequence[str]) -> str:
    return ", ".join(f"”{clean_text(h)}”" for h in headings if clean_text(h))


@lru_cache(maxsize=1)
def _reference() -> dict[str, dict[str, str | list[str]]]:
    text = (files("portfolj") / "reference" / "headings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def _known_headings() -> dict[str, tuple[str, bool]]:
    return {
        normal_heading(heading): (name, strength == "sure")
        for name, entry in _reference().items()
        for strength in ("sure", "maybe")
        for heading in entry[strength]
    }
