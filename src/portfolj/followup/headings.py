"""Which column is which in a follow-up file: ``reference/followup_headings.toml``, or the federation's own mapping.

A kind of another room is written ``room:kind``. Its headings stand in ``reference/<room>_headings.toml``, and the
federation has no mapping for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any

from portfolj.errors import Fault, Reason
from portfolj.federation import KINDS, PERSON_KINDS, SETTINGS_FILE, Federation
from portfolj.followup.two_rows import headings_in, two_rows
from portfolj.ledger.amounts import without_unit
from portfolj.ledger.cells import Sheet, clean_text

_LOOK_AT = 60
SIDES = ("before", "after")
_ROOM = ":"
_CONSTANT = "="  # intervention = "= SPiK": the file is about one intervention and has no column for it


@dataclass(frozen=True)
class Header:
    """A header of a sheet. ``fields``: field -> columns; ``more``: column -> what the kind read into it.

    ``row``: its last row (0-based); ``written``: its rows as they stand, two where group headings stand above the
    others; ``headings``: what they say together. ``ambiguous``: field -> columns that could all be it; ``missing``:
    field -> mapped heading that is not there; ``constants``: field -> what every row has.
    """

    row: int
    headings: tuple[str, ...]
    fields: Mapping[str, list[int]]
    more: Mapping[int, Any] = field(default_factory=dict)
    ambiguous: Mapping[str, list[int]] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    written: Sequence[Sequence[str]] = ()

    @property
    def known(self) -> int:
        """How many fields and other things that the kind can read it has."""
        return len(self.fields) + len(self.ambiguous) + len(set(self.more.values()))

    def has(self, name: str) -> bool:
        """Whether a column, or a constant, gives the field."""
        return name in self.fields or name in self.constants or name in self.ambiguous or name in self.missing


def find_header(
    sheet: Sheet, kind: str, *, mapping: Mapping[str, str], more: Callable[[str], Any] | None = None
) -> Header | None:
    """The header with most known headings, the first of them; None where no row has two.

    It may take two rows, with group headings above others (``Före`` over ``Försörjning``), where they together say
    more than either. ``more`` tells what a heading that is no field means to the kind, None where nothing.
    """
    best: Header | None = None
    most = 0.0
    for row in range(min(len(sheet.rows), _LOOK_AT)):
        single = headings_in(sheet, row)
        candidates = [(0.0, _match(single, row, kind, mapping, more))]
        knows = partial(_knows, kind=kind, mapping=mapping, more=more)
        if (together := two_rows(sheet, row, knows=knows)) is not None:
            # A second row must earn its place, unless the first has groups over all that stands in it.
            match = _match(together.headings, row + 1, kind, mapping, more)
            written = (single, headings_in(sheet, row + 1))
            candidates.append((0.25 if together.under_groups else -0.5, replace(match, written=written)))
        for extra, header in candidates:
            found = len(header.fields) + len(header.ambiguous)
            if found and found + len(header.more) + len(header.constants) > 1 and header.known + extra > most:
                best, most = header, header.known + extra
    return best


def header_faults(sheet: Sheet, header: Header, kind: str, *, needed: Sequence[Sequence[str]]) -> list[Fault]:
    """Faults of columns that are missing or could be two. ``needed``: of each group of fields one must be there."""
    place = f"followup.columns.{kind}"
    faults = []
    for name, columns in header.ambiguous.items():
        named = " och ".join(f"”{header.headings[column]}”" for column in columns)
        faults.append(Fault(
            sheet.file, sheet.title, sheet.address(header.row, columns[1]), Reason.COLUMN_AMBIGUOUS,
            f"Kolumnerna {named} kan båda vara {label_of(kind, name)}", "en kolumn per fält",
            f'Skriv vilken som gäller under [{place}] i federation.toml: {name} = "{header.headings[columns[0]]}"'
            if is_mapped(kind)
            else "Byt rubrik på den kolumn som inte ska läsas",
        ))  # fmt: skip
    for name, heading in header.missing.items():
        faults.append(Fault(
            sheet.file, sheet.title, f"{place}.{name}", Reason.COLUMN_MISSING,
            f"Rubriken ”{heading}” ({label_of(kind, name)}) finns inte", _listed(header, kind), "Rätta rubriken",
        ))  # fmt: skip
    for group in needed:
        if not any(header.has(name) for name in group):
            labels = " eller ".join(label_of(kind, name) for name in group)
            faults.append(Fault(
                sheet.file, sheet.title, f"rad {sheet.numbers[header.row]}", Reason.COLUMN_MISSING,
                f"Ingen kolumn känns igen som {labels}", _listed(header, kind),
                f'Skriv vilken det är under [{place}] i federation.toml: {group[0]} = "Vår rubrik"'
                if is_mapped(kind)
                else f"Kalla kolumnen ”{label_of(kind, group[0]).capitalize()}”",
            ))  # fmt: skip
    return faults


def mapping_faults(federation: Federation) -> list[Fault]:
    """One fault per kind or field in ``[followup.columns]`` that does not exist."""
    faults = []
    for kind, columns in federation.followup.columns.items():
        place = f"followup.columns.{kind}"
        if kind not in KINDS:
            found, allowed = f"Slaget {kind!r} finns inte", ", ".join(KINDS)
            faults.append(Fault(SETTINGS_FILE, "", place, Reason.SETTING_UNKNOWN, found, allowed, "Rätta namnet"))
            continue
        faults += [
            Fault(
                SETTINGS_FILE, "", f"{place}.{name}", Reason.SETTING_UNKNOWN, f"Fältet {name!r} finns inte",
                ", ".join(fields_of(kind)), "Rätta namnet",
            )
            for name in columns
            if name not in fields_of(kind)
        ]  # fmt: skip
    return faults


def is_mapped(kind: str) -> bool:
    """Whether a federation can state its own headings for the kind."""
    return _ROOM not in kind


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields that a kind of file may have, in order."""
    return tuple(_fields(kind))


def label_of(kind: str, name: str) -> str:
    """What a field is called in Swedish, for messages and pages."""
    return str(_entry(kind, name)["label"])


@lru_cache(maxsize=1)
def subjects_and_sides() -> Mapping[str, tuple[str, bool]]:
    """Words in headings -> the code list or the side that they name, and whether it is a side."""
    reference = _reference("followup")
    lists, sides = reference["subjects"], {side: reference["sides"][side] for side in SIDES}
    return {
        **{word: (name, False) for name, words in lists.items() for word in words},
        **{word: (side, True) for side, words in sides.items() for word in words},
    }


def normal_heading(heading: str) -> str:
    """The heading in small letters without punctuation, as the list writes it."""
    return clean_text(re.sub(r"[.:;,*()\[\]/_\-–\"'?]", " ", clean_text(heading).casefold()))


def _knows(heading: str, *, kind: str, mapping: Mapping[str, str], more: Callable[[str], Any] | None) -> bool:
    """Whether the heading is that of a field of the kind, one that the federation has stated, or read by ``more``."""
    normal = normal_heading(heading)
    stated = {normal_heading(part) for text in mapping.values() for part in text.split(";")}
    return bool(normal) and (
        bool(_fields_named(normal, kind)) or normal in stated or (more is not None and more(heading) is not None)
    )


def _fields_named(normal: str, kind: str) -> tuple[tuple[str, bool], ...]:
    known = _known(kind)
    found = known.get(normal) or known.get(re.sub(r" \d$", "", normal))
    if found is None and normal:
        # ”Intäkt, tkr”: only a field of amounts may have its unit in the heading.
        found = tuple(name for name in known.get(without_unit(normal), ()) if _entry(kind, name[0]).get("amount"))
    return found or ()


def _match(
    headings: Sequence[str], row: int, kind: str, mapping: Mapping[str, str], more: Callable[[str], Any] | None
) -> Header:
    normal = [normal_heading(heading) for heading in headings]
    constants = {f: clean_text(h[1:]) for f, h in mapping.items() if h.startswith(_CONSTANT)}
    fields: dict[str, list[int]] = {}
    missing: dict[str, str] = {}
    ambiguous: dict[str, list[int]] = {}
    for name, stated in mapping.items():
        if name in constants or not stated.strip():
            continue
        many = bool(_entry(kind, name).get("many"))
        for heading in stated.split(";") if many else [stated]:
            columns = [c for c, h in enumerate(normal) if h and h == normal_heading(heading)]
            if not columns:
                missing[name] = clean_text(heading)
            elif len(columns) > 1 and not many:
                ambiguous[name] = columns
            else:
                fields[name] = fields.get(name, []) + columns
    taken = {column for columns in (*fields.values(), *ambiguous.values()) for column in columns}
    found: dict[str, dict[bool, list[int]]] = {}
    for column, heading in enumerate(normal):
        names = _fields_named(heading, kind)
        entry = next((n for n in names if n[0] not in mapping or _entry(kind, n[0]).get("many")), None)
        if heading and entry and column not in taken:
            found.setdefault(entry[0], {True: [], False: []})[entry[1]].append(column)
    for name, by_strength in found.items():
        columns = by_strength[True] or by_strength[False]
        if len(columns) > 1 and not _entry(kind, name).get("many"):
            ambiguous[name] = columns
        else:
            fields[name] = fields.get(name, []) + columns
    used = {column for columns in (*fields.values(), *ambiguous.values()) for column in columns}
    others = {c: what for c, h in enumerate(headings) if more and h and c not in used and (what := more(h)) is not None}
    return Header(row, tuple(headings), fields, others, ambiguous, missing, constants, (headings,))


def _listed(header: Header, kind: str) -> str:
    # What was taken for the header of a person file may be a row on a person: it is never shown.
    if kind in PERSON_KINDS:
        return "en rubrik i listan, se dokumentationen, eller den som står i federation.toml"
    return ", ".join(f"”{heading}”" for heading in header.headings if heading)


def _entry(kind: str, name: str) -> Mapping[str, Any]:
    entry: Mapping[str, Any] = _fields(kind)[name]
    if "same" in entry:
        other_kind, other = entry["same"].split(".")
        return _reference(_room_of(kind))[other_kind][other]
    return entry


def _fields(kind: str) -> dict[str, Any]:
    return _reference(_room_of(kind))[kind.rpartition(_ROOM)[2]]


def _room_of(kind: str) -> str:
    return kind.rpartition(_ROOM)[0] or "followup"


@lru_cache(maxsize=4)
def _reference(room: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("portfolj") / "reference" / f"{room}_headings.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _known(kind: str) -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """Heading -> the fields it may be, and whether it surely is or only where no other column is."""
    known: dict[str, tuple[tuple[str, bool], ...]] = {}
    for name in fields_of(kind):
        entry = _entry(kind, name)
        sure = dict.fromkeys([normal_heading(name), *entry["headings"]], True)
        for heading, strength in {**dict.fromkeys(entry.get("maybe", ()), False), **sure}.items():
            known[heading] = (*known.get(heading, ()), (name, strength))
    return known
