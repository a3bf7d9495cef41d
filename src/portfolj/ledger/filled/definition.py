"""What the forms ask for: ``reference/forms.toml``, with the facts of ``reference/documentation.toml`` explained."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

APPLICATION, FINAL_REPORT = "application", "final-report"


@dataclass(frozen=True)
class FormField:
    """One thing that a form asks for, a column of a table, or a table (``columns`` and ``rows``, ``kind`` ``table``).

    ``kind``: text, long, date, year, kronor, count, choice or table. ``choices``: the answers of a list;
    ``choices_from``: the dimension of the codebook that has them. ``fact``: what of documentation.toml it tells.
    ``words``: what may stand in a date's cell instead of a date. ``span``: how many cells a column of a table takes.
    """

    code: str
    kind: str
    label: str
    explanation: str = ""
    fact: str = ""
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    words: tuple[str, ...] = ()
    span: int = 1
    rows: int = 0
    columns: tuple[FormField, ...] = ()
    example: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with its fields."""

    title: str
    explanation: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class Form:
    """A form of one kind and version. ``sheet``: the title of its sheet; ``intro``: lines above the first heading."""

    kind: str
    version: int
    title: str
    sheet: str
    intro: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def fields(self) -> Iterator[FormField]:
        """Every field and table, in the form's order."""
        return (field for section in self.sections for field in section.fields)

    def field(self, code: str) -> FormField:
        """The field or table with that code. Raises KeyError where there is none."""
        return next((field for field in self.fields if field.code == code), None) or _no_field(code)


def kinds_of_forms() -> tuple[str, ...]:
    """The kinds of forms that there are."""
    return tuple(_reference("forms.toml"))


@lru_cache(maxsize=8)
def form_of(kind: str) -> Form:
    """The form of a kind of ``kinds_of_forms``. Raises KeyError where there is none such."""
    body = _reference("forms.toml")[kind]
    sections = tuple(
        Section(section["title"], section.get("explanation", ""), tuple(map(_field, section["fields"])))
        for section in body["sections"]
    )
    return Form(kind, body["version"], body["title"], body["sheet"], tuple(body["intro"]), sections)


def _field(body: Mapping[str, Any]) -> FormField:
    fact = body.get("fact", "")
    explained = body.get("explanation") or (_reference("documentation.toml")[fact]["explanation"] if fact else "")
    return FormField(
        code=body["code"],
        kind="table" if "columns" in body else body["kind"],
        label=body["label"],
        explanation=explained,
        fact=fact,
        choices=tuple(body.get("choices", ())),
        choices_from=body.get("choices_from", ""),
        words=tuple(body.get("words", ())),
        span=body.get("span", 1),
        rows=body.get("rows", 0),
        columns=tuple(map(_field, body.get("columns", ()))),
        example=tuple(body.get("example", ())),
    )


def _no_field(code: str) -> FormField:
    raise KeyError(code)


@lru_cache(maxsize=2)
def _reference(file: str) -> dict[str, Any]:
    return tomllib.loads((files("portfolj") / "reference" / file).read_text(encoding="utf-8"))
