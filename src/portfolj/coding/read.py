"""The tables of a whole codebook checked and made into a ``Codebook``: every fault at once, before any text is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from portfolj.coding.codebook import (
    ALL_DIMENSIONS,
    ORIENTATION,
    OWNER,
    PROCESS_SUPPORT,
    TARGET_GROUPS,
    TEXT_FIELDS,
    UNDEFINED,
    Code,
    Codebook,
    DecidedBy,
    Dimension,
    Missing,
    Role,
    RoleRule,
    Rule,
    Strength,
    build_codebook,
)
from portfolj.coding.compiling import compile_expression
from portfolj.coding.goal_classes import GOALS, goal_classes
from portfolj.coding.hanging import HANGS, slow_expressions
from portfolj.coding.organisations import Organisations, expand, parse_organisations
from portfolj.coding.orientation import INDIVIDUAL, MIXED
from portfolj.coding.process_support import ESF_SUPPORT, PROCESS_LEADERS
from portfolj.coding.source import CODEBOOK_FILE, TableReader, nearest, parse_toml
from portfolj.coding.target_groups import STAFF, STRUCTURAL
from portfolj.coding.terms import REGEX_PREFIX, Term, parse_term
from portfolj.coding.toml_lines import Key
from portfolj.federation import Basis

ORGANISATIONS_FILE = "organisations.csv"
EXAMPLE_KEYS = ("examples_sv", "examples_en")
CODE_KEYS = ("label_sv", "label_en", "definition_sv", "definition_en")
RULE_KEYS = ("id", "include", "exclude", "fields", "strength", "alone", "note")
ROLE_KEYS = ("id", "role", "include", "note")
_IMPLIED_RULES = ("T-personal-inriktning", "I-individ-malgrupp", "I-statistik", "I-struktur-harledd", "P-esf-namn")
_WORD_GROUPS = {"basis": Basis, "reason": Missing, "decided_by": DecidedBy}
# Codes that the program itself gives or asks for.
NEEDED_CODES = {
    OWNER: (UNDEFINED,),
    TARGET_GROUPS: (STAFF, UNDEFINED),
    ORIENTATION: (STRUCTURAL, INDIVIDUAL, MIXED, UNDEFINED),
    PROCESS_SUPPORT: (PROCESS_LEADERS, ESF_SUPPORT),
}
OPEN_DIMENSIONS = (OWNER, TARGET_GROUPS)  # what reads and shows the others knows their codes one by one
LONGEST_SHOWN = 60
_CODE_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RULE_ID = re.compile(r"[\w.-]+")
_SLIPPED = re.compile(r"[\b\f]")  # what TOML makes of \b and \f within double quotes


@cache
def shipped_organisations() -> Organisations:
    text = (resources.files("portfolj") / "reference" / ORGANISATIONS_FILE).read_text(encoding="utf-8")
    return parse_organisations(text.splitlines())


def parse_codebook(text: str, *, organisations: Organisations, file: str = CODEBOOK_FILE) -> Codebook:
    """The codebook that the TOML ``text`` describes. Raises InputRefused with every fault at once."""
    table, lines = parse_toml(text, file=file)
    reading = CodebookReading(file, lines, organisations)
    codebook = reading.codebook(table)
    reading.refuse()
    return codebook


class CodebookReading(TableReader):
    """One reading of a whole codebook; ``adds``: of a file that adds to the shipped one.

    ``keys``: where each rule stands; ``term_keys``: where each include term does; ``written``: each term made ready.
    """

    def __init__(
        self, file: str, lines: Mapping[Key, int], organisations: Organisations, *, adds: bool = False
    ) -> None:
        super().__init__(file, lines)
        self.names, self.adds = dict(organisations), adds
        self.written: dict[str, tuple[Term, ...]] = {}
        self.rules: list[Rule] = []
        self.keys: dict[str, Key] = {}
        self.expressions: dict[str, Key] = {}  # where each stands first
        self.term_keys: dict[tuple[str, str], Key] = {}  # rule id, include term

    def codebook(self, table: dict[str, Any], *, folds: Mapping[str, Mapping[str, str]] | None = None) -> Codebook:
        """The codebook of a table. Where there are ``faults`` it lacks what could not be read: do not code by it."""
        self.unknown_keys(table, ("version", "lists", *ALL_DIMENSIONS, "roles", "words", "implied"))
        self.names = {**self.names, **self.word_lists(self.table(table, "lists"))}
        dimensions = {name: self.dimension(name, self.table(table, name)) for name in ALL_DIMENSIONS}
        roles = [self.role(("roles", place), raw) for place, raw in enumerate(self.tables(table, "roles"))]
        words = {group: self.labels(table, group) for group in _WORD_GROUPS}
        implied = self.table(table, "implied")
        for rule_id in _IMPLIED_RULES:
            if not self.text(implied, "implied", rule_id):
                self.fault(("implied", rule_id), f"Slutsatsen {rule_id} saknar förklaring", "en text", "Lägg till den")
        version = self.text(table, "version")
        if not version:
            self.fault(("version",), "version saknas", 'version = "2026.1"', "Lägg till den överst")
        return build_codebook(
            version=version, dimensions=dimensions, rules=tuple(self.rules),
            roles=tuple(role for role in roles if role), words=words, implied=implied,
            terms_of=self.written, folds=folds, beside={GOALS: goal_classes()},
        )  # fmt: skip

    def labels(self, table: dict[str, Any], group: str) -> dict[str, dict[str, str]]:
        """What people read for each word of a group, in both languages."""
        raw = self.table(self.table(table, "words"), "words", group)
        labels: dict[str, dict[str, str]] = {}
        for word in map(str, _WORD_GROUPS[group]):
            key = ("words", group, word)
            body = self.table(raw, *key)
            labels[word] = {language: self.text(body, *key, language) for language in ("sv", "en")}
            if not all(labels[word].values()):
                self.fault(key, f"words.{group}.{word} saknas", '{ sv = "…", en = "…" }', "Lägg till etiketten")
        return labels

    def word_lists(self, raw: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """The codebook's own lists; a term of a list may name one that stands above it."""
        lists: dict[str, tuple[str, ...]] = {}
        for name in raw:
            if name in self.names:
                self.fault(("lists", name), f"Namnet {name!r} är upptaget", action="Byt namn på listan")
            known, words = {**self.names, **lists}, list[str]()
            for place, text in enumerate(self.texts(raw, "lists", name)):
                words += [term.text for term in self.compiled(("lists", name, place), text, known)]
            lists[name] = tuple(words)
        return lists

    def dimension(self, name: str, raw: dict[str, Any]) -> Dimension:
        self.unknown_keys(raw, ("label_sv", "label_en", "codes"), name)
        bodies = self.table(raw, name, "codes")
        codes = [self.code(name, code, self.table(bodies, name, "codes", code)) for code in bodies]
        for code in NEEDED_CODES[name]:
            if code not in bodies:
                self.fault((name, "codes"), f"Koden {code!r} saknas i {name}", "", "Lägg till den: programmet ger den")
        if name not in OPEN_DIMENSIONS:
            for code in bodies:
                if code not in NEEDED_CODES[name]:
                    found = f"Koden {code!r} finns inte, och nya koder går inte att lägga till i {name}"
                    allowed = NEEDED_CODES[name]
                    self.fault((name, "codes", code), found, ", ".join(allowed), nearest(code, allowed))
        return Dimension(name, self.text(raw, name, "label_sv"), self.text(raw, name, "label_en"), tuple(codes))

    def code(self, dimension: str, code: str, raw: dict[str, Any]) -> Code:
        key = (dimension, "codes", code)
        self.unknown_keys(raw, (*CODE_KEYS, *EXAMPLE_KEYS, "source", "rules"), *key)
        if not _CODE_NAME.fullmatch(code):
            self.fault(
                key, f"Koden heter {code!r}", "bokstäverna a-z, siffror och _", "Byt namn; det som läses är label_sv"
            )
        if code == UNDEFINED and raw.get("rules"):
            found = f"{UNDEFINED} får inga regler: den är svaret när ingen annan kod träffar"
            self.fault((*key, "rules"), found, "", "Ta bort reglerna")
        told = {name: self.text(raw, *key, name) for name in CODE_KEYS}
        missing = [name for name, text in told.items() if not text]
        if missing:
            self.fault(key, f"{', '.join(missing)} saknas", "en text", f"Lägg till {'dem' if missing[1:] else 'den'}")
        for place, rule in enumerate(self.tables(raw, *key, "rules")):
            self.rule((*key, "rules", place), rule)
        examples_sv, examples_en = (self.texts(raw, *key, name) for name in EXAMPLE_KEYS)
        source = self.text(raw, *key, "source")
        return Code(code, **told, examples_sv=examples_sv, examples_en=examples_en, source=source)

    def rule(self, key: Key, raw: dict[str, Any]) -> None:
        rule_id = self.rule_id(key, raw)
        self.unknown_keys(raw, RULE_KEYS, *key)
        fields = self.texts(raw, *key, "fields") if "fields" in raw else TEXT_FIELDS
        for place, field in enumerate(fields):
            if field not in TEXT_FIELDS:
                found, allowed = f"Fältet {field!r} finns inte", ", ".join(TEXT_FIELDS)
                self.fault((*key, "fields", place), found, allowed, nearest(field, TEXT_FIELDS))
        strength = raw.get("strength", Strength.NORMAL)
        if strength not in [*Strength]:
            found, allowed = f"strength är {strength!r}", ", ".join(Strength)
            self.fault((*key, "strength"), found, allowed, nearest(str(strength), [*Strength]))
            strength = Strength.NORMAL
        if not isinstance(raw.get("alone", False), bool):
            self.fault((*key, "alone"), f"alone är {raw['alone']!r}", "true eller false", "Rätta värdet")
        include, exclude = self.terms(key, raw, "include"), self.terms(key, raw, "exclude")
        if not include:
            action = "Lägg till termer eller ta bort regeln"
            self.fault(key, "Regeln saknar termer", "minst en term i include", action)
        note = self.text(raw, *key, "note")
        alone, dimension, code = raw.get("alone") is True, str(key[0]), str(key[2])
        self.rules.append(Rule(rule_id, dimension, code, include, exclude, fields, Strength(strength), alone, note))

    def role(self, key: Key, raw: dict[str, Any]) -> RoleRule | None:
        rule_id = self.rule_id(key, raw)
        self.unknown_keys(raw, ROLE_KEYS, *key)
        include = self.terms(key, raw, "include")
        role = self.text(raw, *key, "role")
        if role not in [*Role]:
            self.fault((*key, "role"), f"role är {role!r}", ", ".join(Role), nearest(role, [*Role]))
            return None
        return RoleRule(rule_id, Role(role), include, self.text(raw, *key, "note"))

    def rule_id(self, key: Key, raw: dict[str, Any]) -> str:
        rule_id = self.ids[key] = self.text(raw, *key, "id")
        if not rule_id and isinstance(raw.get("id", ""), str):
            self.fault(key, "Regeln saknar id", "ett id, till exempel T-unga-03", "Lägg till id")
        elif rule_id and not _RULE_ID.fullmatch(rule_id):
            self.fault((*key, "id"), f"Id är {rule_id!r}", "bokstäver, siffror, punkt och bindestreck", "Byt id")
        elif rule_id in self.keys:
            line = self.lines.get(self.keys[rule_id])
            other = f"också på rad {line}" if line else "också i portfoljs kodbok"
            self.fault((*key, "id"), f"Id {rule_id!r} står {other}", "ett eget id på varje regel", "Byt det ena")
        self.keys.setdefault(rule_id, key)
        return rule_id

    def terms(self, key: Key, raw: dict[str, Any], name: str) -> tuple[str, ...]:
        listed = self.texts(raw, *key, name)
        for place, text in enumerate(listed):
            if name == "include":
                self.term_keys.setdefault((self.ids[key], text), (*key, name, place))
            if text not in self.written:
                self.written[text] = self.compiled((*key, name, place), text, self.names)
                if any(term.expression for term in self.written[text]):
                    self.expressions[text] = (*key, name, place)
        return listed

    def try_expressions(self) -> set[str]:
        """Tells which regular expressions that stand in the file could hang, before any text is read by them."""
        tried = {text: self.written[text][0].expression for text, key in self.expressions.items() if key in self.lines}
        slow = slow_expressions({text: found for text, found in tried.items() if found})
        for text, length in slow.items():
            found = f"{shortened(text)} kan hänga: en text på {length} tecken tar mer än en kvarts sekund"
            self.fault(self.expressions[text], found, "", HANGS)
        return set(slow)

    def compiled(self, key: Key, text: str, names: Mapping[str, tuple[str, ...]]) -> tuple[Term, ...]:
        """The terms that a text stands for; none, and a fault, where it breaks the syntax."""
        try:
            if _SLIPPED.search(text):
                raise ValueError("TOML läser \\b inom dubbla citattecken som ett styrtecken; skriv 're:\\bord'")
            if text.startswith(REGEX_PREFIX):
                compile_expression(text[len(REGEX_PREFIX) :])
                return (parse_term(text),)
            return tuple(parse_term(one) for one in expand(text, names=names))
        except ValueError as error:
            found = f"Termen {shortened(text)} i {key[-2]} kan inte användas: {error}"
            self.fault(key, found, "", "Rätta termen; syntaxen står överst i portfoljs kodbok")
            return ()


def shortened(text: str) -> str:
    """A term within quotes, its end left out where it is long."""
    shown = text.replace("\b", "\\b").replace("\f", "\\f")
    return f"”{shown}”" if len(shown) <= LONGEST_SHOWN else f"”{shown[:LONGEST_SHOWN]}…”"
