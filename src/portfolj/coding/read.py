"""``codebook.toml`` read and checked into a ``Codebook``: every fault at once, before any text is read."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from portfolj.coding.codebook import (
    ALL_DIMENSIONS,
    TEXT_FIELDS,
    UNDEFINED,
    Code,
    Codebook,
    Dimension,
    Role,
    RoleRule,
    Rule,
    Strength,
    build_codebook,
)
from portfolj.coding.organisations import Organisations, expand, parse_organisations
from portfolj.coding.terms import Term, parse_term
from portfolj.errors import Fault, InputRefused, PortfoljError, Reason

CODEBOOK_FILE = "codebook.toml"
ORGANISATIONS_FILE = "organisations.csv"
_CODE_KEYS = ("label_sv", "label_en", "definition_sv", "definition_en")
EXAMPLE_KEYS = ("examples_sv", "examples_en")
_RULE_KEYS = ("id", "include", "exclude", "fields", "strength", "alone", "note")
_ROLE_KEYS = ("id", "role", "include", "note")
_IMPLIED_RULES = ("T-personal-inriktning", "I-individ-malgrupp", "I-statistik", "I-struktur-harledd", "P-esf-namn")
_WORD_GROUPS = ("basis", "reason", "decided_by")


def load_codebook(path: Path | None = None) -> Codebook:
    """The codebook at ``path``, or the one that ships with portfolj (read once per process).

    Raises PortfoljError where the file is missing, InputRefused with every fault at once.
    """
    if path is None:
        return _shipped()
    if not path.is_file():
        raise PortfoljError(f"Kodboken {path.name!r} finns inte. Ange en .toml-fil i samma form som {CODEBOOK_FILE}.")
    return parse_codebook(read_text(path), organisations=shipped_organisations(), file=path.name)


@cache
def _shipped() -> Codebook:
    return parse_codebook(shipped_text(), organisations=shipped_organisations())


def shipped_text() -> str:
    """The codebook that ships with portfolj, as it is written."""
    return (resources.files("portfolj") / "reference" / CODEBOOK_FILE).read_text(encoding="utf-8")


def read_text(path: Path) -> str:
    """The text of a codebook's file. Raises InputRefused where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        fault = Fault(path.name, "", "", Reason.SETTING_WRONG, "Filen är inte i UTF-8", "", "Spara den som UTF-8")
        raise InputRefused("Kodboken", [fault]) from None


@cache
def shipped_organisations() -> Organisations:
    text = (resources.files("portfolj") / "reference" / ORGANISATIONS_FILE).read_text(encoding="utf-8")
    return parse_organisations(text.splitlines())


def parse_codebook(text: str, *, organisations: Organisations, file: str = CODEBOOK_FILE) -> Codebook:
    """The codebook that the TOML ``text`` describes. Raises InputRefused with every fault at once."""
    return CodebookReading(file, organisations).codebook(parse_toml(text, file=file))


def parse_toml(text: str, *, file: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises InputRefused with the line and the sign where it breaks off."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        where = f"rad {place[1]}, tecken {place[2]}" if place else ""
        what = "Filen följer inte TOML där" if place else "Filen följer inte TOML: den slutar för tidigt"
        what = f"{what}: citattecken, komma eller hakparentes kan saknas på raden eller raden ovanför"
        fault = Fault(file, "", where, Reason.SETTING_WRONG, what, "", "Rätta raden")
        raise InputRefused("Kodboken", [fault]) from None


class CodebookReading:
    """One reading of a codebook: collects faults while it goes on, so that all are told together.

    ``before``: how many rules of a code (key ``dimension.code``), or roles (key ``roles``), come from another file, so
    that places are told as they stand in ``file``.
    """

    def __init__(self, file: str, organisations: Organisations, *, before: Mapping[str, int] | None = None) -> None:
        self.file, self.names, self.before = file, dict(organisations), before or {}
        self.faults: list[Fault] = []
        self.ids: set[str] = set()
        self.terms: dict[str, tuple[Term, ...]] = {}
        self.rules: list[Rule] = []

    def fault(self, cell: str, found: str, allowed: str = "", action: str = "Rätta kodboken") -> None:
        self.faults.append(Fault(self.file, "", cell, Reason.SETTING_WRONG, found, allowed, action))

    def codebook(self, table: dict[str, Any], *, folds: Mapping[str, Mapping[str, str]] | None = None) -> Codebook:
        """The codebook of a table. Raises InputRefused with every fault, those told before among them."""
        known = ("version", "lists", *ALL_DIMENSIONS, "roles", "words", "implied")
        self.unknown_keys("", table, known)
        self.names = {**self.names, **self.word_lists(self.table(table, "lists"))}
        dimensions = {name: self.dimension(name, self.table(table, name)) for name in ALL_DIMENSIONS}
        first = 1 - self.before.get("roles", 0)
        roles = [self.role(number, raw) for number, raw in enumerate(self.tables(table, "roles"), start=first)]
        words = self.table(table, "words")
        for group in _WORD_GROUPS:
            if group not in words:
                self.fault(f"words.{group}", f"Etiketterna för {group!r} saknas")
        implied = self.table(table, "implied")
        for rule_id in _IMPLIED_RULES:
            if not implied.get(rule_id):
                self.fault(f"implied.{rule_id}", "Slutsatsen saknar förklaring", "en text", "Lägg till den")
        if self.faults:
            raise InputRefused("Kodboken", self.faults)
        return build_codebook(
            version=str(table.get("version", "")), dimensions=dimensions, rules=tuple(self.rules),
            roles=tuple(role for role in roles if role), words=words, implied=implied,
            terms_of=self.terms, folds=folds,
        )  # fmt: skip

    def word_lists(self, raw: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """The codebook's own lists; a term of a list may name one that stands above it."""
        lists: dict[str, tuple[str, ...]] = {}
        for name, words in raw.items():
            if name in self.names:
                self.fault(f"lists.{name}", f"Namnet {name!r} är upptaget", action="Byt namn på listan")
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                self.fault(f"lists.{name}", "Listan är ingen lista av texter", '["ord", "ord"]')
                continue
            try:
                known = {**self.names, **lists}
                lists[name] = tuple(term for word in words for term in expand(word, names=known))
            except ValueError as error:
                self.fault(f"lists.{name}", f"Listan kan inte användas: {error}")
        return lists

    def dimension(self, name: str, raw: dict[str, Any]) -> Dimension:
        self.unknown_keys(name, raw, ("label_sv", "label_en", "codes"))
        bodies = self.table(raw, "codes", within=name)
        codes = [self.code(name, code, self.table(bodies, code, within=f"{name}.codes")) for code in bodies]
        if not codes:
            self.fault(name, f"Dimensionen {name!r} saknar koder", "minst en kod under codes")
        if codes and name in ALL_DIMENSIONS[:3] and UNDEFINED not in [code.code for code in codes]:
            self.fault(
                f"{name}.codes", f"Koden {UNDEFINED!r} saknas", "", "Lägg till den: den behövs när inget framgår"
            )
        return Dimension(name, raw.get("label_sv", name), raw.get("label_en", name), tuple(codes))

    def code(self, dimension: str, code: str, raw: dict[str, Any]) -> Code:
        place = f"{dimension}.codes.{code}"
        self.unknown_keys(place, raw, (*_CODE_KEYS, *EXAMPLE_KEYS, "source", "rules"))
        for key in _CODE_KEYS:
            if not raw.get(key):
                self.fault(place, f"{key} saknas", "en text", f"Lägg till {key}")
        first = 1 - self.before.get(f"{dimension}.{code}", 0)
        for number, rule in enumerate(self.tables(raw, "rules", within=place), start=first):
            self.rule(f"{place}, regel {number}", dimension, code, rule)
        label_sv, label_en, definition_sv, definition_en = (str(raw.get(key, "")) for key in _CODE_KEYS)
        examples_sv, examples_en = (self.texts(place, raw, key) for key in EXAMPLE_KEYS)
        source = str(raw.get("source", ""))
        return Code(code, label_sv, label_en, definition_sv, definition_en, examples_sv, examples_en, source)

    def rule(self, place: str, dimension: str, code: str, raw: dict[str, Any]) -> None:
        self.unknown_keys(place, raw, _RULE_KEYS)
        rule_id = self.rule_id(place, raw)
        fields = tuple(raw.get("fields", TEXT_FIELDS))
        for field in fields:
            if field not in TEXT_FIELDS:
                self.fault(place, f"Fältet {field!r} finns inte", ", ".join(TEXT_FIELDS), nearest(field, TEXT_FIELDS))
        strength = raw.get("strength", Strength.NORMAL)
        if strength not in [*Strength]:
            self.fault(place, f"strength är {strength!r}", ", ".join(Strength), nearest(str(strength), [*Strength]))
            strength = Strength.NORMAL
        include = self.term_list(place, raw, "include")
        exclude = self.term_list(place, raw, "exclude")
        if not include:
            self.fault(
                place, "Regeln saknar termer", "minst en term i include", "Lägg till termer eller ta bort regeln"
            )
        alone = raw.get("alone", False) is True
        note = str(raw.get("note", ""))
        self.rules.append(Rule(rule_id, dimension, code, include, exclude, fields, Strength(strength), alone, note))

    def role(self, number: int, raw: dict[str, Any]) -> RoleRule | None:
        place = f"roles, nummer {number}"
        self.unknown_keys(place, raw, _ROLE_KEYS)
        rule_id = self.rule_id(place, raw)
        include = self.term_list(place, raw, "include")
        role = str(raw.get("role", ""))
        if role not in [*Role]:
            self.fault(place, f"role är {role!r}", ", ".join(Role), nearest(role, [*Role]))
            return None
        return RoleRule(rule_id, Role(role), include, str(raw.get("note", "")))

    def rule_id(self, place: str, raw: dict[str, Any]) -> str:
        rule_id = str(raw.get("id", ""))
        if not rule_id:
            self.fault(place, "Regeln saknar id", "ett id, till exempel T-unga-03", "Lägg till id")
        elif rule_id in self.ids:
            self.fault(place, f"Id {rule_id!r} står på två regler", "ett eget id på varje regel", "Byt det ena")
        self.ids.add(rule_id)
        return rule_id

    def term_list(self, place: str, raw: dict[str, Any], key: str) -> tuple[str, ...]:
        listed = self.texts(place, raw, key)
        for term in listed:
            if term not in self.terms:
                self.terms[term] = self.compiled(place, key, term)
        return listed

    def texts(self, place: str, raw: dict[str, Any], key: str) -> tuple[str, ...]:
        listed = raw.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(term, str) for term in listed):
            self.fault(place, f"{key} är ingen lista av texter", '["en text", "en till"]')
            return ()
        return tuple(listed)

    def compiled(self, place: str, key: str, term: str) -> tuple[Term, ...]:
        try:
            if term.startswith("re:"):
                return (parse_term(term),)
            return tuple(parse_term(text) for text in expand(term, names=self.names))
        except ValueError as error:
            self.fault(
                place, f"Termen {term!r} i {key} kan inte användas: {error}", "se termernas syntax överst i filen"
            )
            return ()

    def table(self, raw: dict[str, Any], key: str, *, within: str = "") -> dict[str, Any]:
        """The table under a key; an empty one, and a fault, where something else stands there."""
        found = raw.get(key, {})
        if isinstance(found, dict):
            return found
        place = f"{within}.{key}" if within else key
        self.fault(place, f"{place} är ingen tabell", f"[{place}] och en rad för varje nyckel")
        return {}

    def tables(self, raw: dict[str, Any], key: str, *, within: str = "") -> list[dict[str, Any]]:
        """The list of tables under a key; an empty one, and a fault, where something else stands there."""
        found = raw.get(key, [])
        if isinstance(found, list) and all(isinstance(item, dict) for item in found):
            return found
        place = f"{within}.{key}" if within else key
        self.fault(place, f"{place} är ingen lista av tabeller", f"[[{place}]] och en rad för varje nyckel")
        return []

    def unknown_keys(self, place: str, raw: dict[str, Any], known: tuple[str, ...]) -> None:
        for key in raw:
            if key not in known:
                where = f"{place}.{key}" if place else key
                self.fault(where, f"{key!r} finns inte", ", ".join(known), nearest(key, known))


def nearest(word: str, allowed: tuple[str, ...] | list[Any]) -> str:
    """A suggestion of the allowed word that is most like the one written."""
    close = difflib.get_close_matches(word, [str(item) for item in allowed], n=1)
    return f"Menade du {close[0]}?" if close else "Rätta eller ta bort den"
