"""A codebook of regular expressions: a CSV with one expression to include, and perhaps one to exclude, for each tag.

The headings are those of the public UK Charity Activity Tags (``Code``, ``tag``, ``Regular expression``, ``Exclude
regular expression``) or their Swedish names, whatever their case; other columns are left alone. A tag is given to a
text where its expression is found and the one to exclude is not, anywhere in the text. Case is ignored.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from portfolj.coding.compiling import compile_expression
from portfolj.coding.expressions import WORD, Expressions
from portfolj.coding.hanging import HANGS, slow_expressions
from portfolj.coding.source import read_bytes
from portfolj.errors import Fault, InputRefused, PortfoljError, Reason
from portfolj.ledger.text_files import decode

HEADINGS = {
    "code": ("code", "kod"),
    "tag": ("tag", "label", "etikett", "namn"),
    "include": ("regular expression", "include", "uttryck"),
    "exclude": ("exclude regular expression", "exclude", "uteslut"),
}
COLUMNS = ("row", "code", "tag", "words", "start", "end")


class Tag(NamedTuple):
    """A tag with the expression that gives it and the one, if any, that takes it away."""

    code: str
    tag: str
    include: re.Pattern[str]
    exclude: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)
class Tags:
    """Tags in the order of their file, made ready to be found."""

    tags: tuple[Tag, ...]
    expressions: Expressions

    def of(self, text: str) -> list[tuple[Tag, re.Match[str]]]:
        """The tags of a text, each with the first place that gives it."""
        return [(tag, match) for tag, _, match in self.of_several((text,))]

    def of_several(self, texts: Sequence[str]) -> list[tuple[Tag, int, re.Match[str]]]:
        """The tags of texts that belong together, each with the first text that gives it, by number, and the place."""
        first: dict[int, tuple[int, re.Match[str]]] = {}
        for place, text in enumerate(texts):
            for number, expression in self.expressions.worth_trying(text, WORD.findall(text)):
                match = None if number in first else expression.search(text)
                if match:
                    first[number] = place, match
        return [
            (tag, *first[number])
            for number in sorted(first)
            for tag in (self.tags[number],)
            if tag.exclude is None or not any(map(tag.exclude.search, texts))
        ]


def load_tags(path: Path, *, try_expressions: bool = True) -> Tags:
    """The codebook of regular expressions at ``path``. A row without an expression is a heading and is passed over.

    Text in UTF-8 or as Excel saves it. Raises PortfoljError where the file is missing or no CSV, InputRefused with
    every fault at once: a heading that is missing, a code that comes twice, an expression that can't be read, that
    matches an empty text, or (unless ``try_expressions`` is false) that takes longer than a quarter of a second on a
    text made to be hard for it.
    """
    if not path.is_file():
        raise PortfoljError(f"Kodboken {path.name!r} finns inte. Ange en CSV-fil med rubrikerna code, tag och include.")
    text = decode(read_bytes(path), file=path.name)
    try:
        tags, faults = parse_tags(text.splitlines(keepends=True), file=path.name)
    except csv.Error as error:
        raise PortfoljError(f"{path.name} är ingen CSV-fil som går att läsa: {error}.") from None
    if try_expressions:
        faults += _slow(tags, path.name)
    if faults:
        raise InputRefused(path.name, sorted(faults, key=lambda fault: int(fault.cell.split()[-1])))
    return Tags(tuple(tag for _, tag in tags), Expressions((i, tag.include) for i, (_, tag) in enumerate(tags)))


def parse_tags(lines: Sequence[str], *, file: str) -> tuple[list[tuple[int, Tag]], list[Fault]]:
    """The tags of a CSV, each with the line that it begins on, and what is wrong with the others."""
    first = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=";" if first.count(";") > first.count(",") else ",")
    headings = [heading.strip().casefold() for heading in next(reader, [])]
    places = {
        key: next((headings.index(name) for name in names if name in headings), -1) for key, names in HEADINGS.items()
    }
    missing = [key for key in ("code", "include") if places[key] < 0]
    if missing:
        return [], [
            _fault(file, 1, f"Rubriken för {key} saknas", " eller ".join(HEADINGS[key]), "Lägg till den")
            for key in missing
        ]
    tags: list[tuple[int, Tag]] = []
    faults: list[Fault] = []
    codes: set[str] = set()
    line = after = reader.line_num + 1
    for cells in reader:
        line, after = after, reader.line_num + 1
        row = {key: cells[place].strip() if 0 <= place < len(cells) else "" for key, place in places.items()}
        if not row["include"]:
            continue
        compiled = {}
        if not row["code"] or row["code"] in codes:
            what = f"Koden {row['code']!r} står på två rader" if row["code"] else "Koden saknas"
            faults.append(_fault(file, line, what, "en egen kod på varje rad", "Byt koden"))
        codes.add(row["code"])
        for key in ("include", "exclude"):
            try:
                compiled[key] = compile_expression(row[key]) if row[key] else None
            except ValueError as error:
                faults.append(_fault(file, line, f"Uttrycket i {key} kan inte användas: {error}", "", "Rätta det"))
        include = compiled.get("include")
        if include is not None and "exclude" in compiled:
            tags.append((line, Tag(row["code"], row["tag"] or row["code"], include, compiled["exclude"])))
    return tags, faults


def _slow(tags: Iterable[tuple[int, Tag]], file: str) -> list[Fault]:
    expressions = {
        f"{line} {key}": expression
        for line, tag in tags
        for key, expression in (("include", tag.include), ("exclude", tag.exclude))
        if expression is not None
    }
    return [
        _fault(
            file, int(place.split()[0]),
            f"Uttrycket i {place.split()[1]} kan hänga: en text på {length} tecken tar mer än en kvarts sekund", "",
            HANGS,
        )
        for place, length in slow_expressions(expressions).items()
    ]  # fmt: skip


def tag_texts(texts: Iterable[str], *, tags: Tags) -> pd.DataFrame:
    """One row per text and tag, texts in their order and tags in that of the codebook.

    ``row``: the place of the text, from 0; ``code``, ``tag``; ``words``: the first words that gave the tag, at the
    characters ``start`` to ``end``. A missing text has no tags.
    """
    rows = [
        (row, tag.code, tag.tag, match.group(), match.start(), match.end())
        for row, text in enumerate(texts)
        if isinstance(text, str)
        for tag, match in tags.of(text)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _fault(file: str, line: int, found: str, allowed: str, action: str) -> Fault:
    return Fault(file, "", f"rad {line}", Reason.SETTING_WRONG, found, allowed, action)
