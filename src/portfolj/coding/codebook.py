"""The codebook: codes, definitions, rules and roles as data, and the terms of them made ready to be found.

``reference/codebook.toml`` explains its own shape at the top. ``read.parse_codebook`` checks it; what is here is what
the rest of the package uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from portfolj.coding.matching import Matcher
from portfolj.coding.terms import Term

OWNER = "owner"
TARGET_GROUPS = "target_groups"
ORIENTATION = "orientation"
PROCESS_SUPPORT = "process_support"
DIMENSIONS = (OWNER, TARGET_GROUPS, ORIENTATION)
ALL_DIMENSIONS = (*DIMENSIONS, PROCESS_SUPPORT)
TEXT_FIELDS = ("applicant", "target_group_text", "description", "goal_text", "name")
UNDEFINED = "ej_definierad"


class Strength(StrEnum):
    """How much a rule weighs against others. What it does in each dimension stands at the top of the codebook."""

    DECISIVE = "decisive"
    NORMAL = "normal"
    WEAK = "weak"


class Role(StrEnum):
    """What words around a hit say about it."""

    OWNER_FOLLOWS = "owner_follows"
    OWNER_PRECEDES = "owner_precedes"
    OWNER_POSSESSES = "owner_possesses"
    OWNER_ACTS = "owner_acts"
    OWNER_OWNS = "owner_owns"
    NOT_OWNER_FOLLOWS = "not_owner_follows"
    PLACE_FOLLOWS = "place_follows"
    NOT_OWNER_PRECEDES = "not_owner_precedes"
    SEVERAL_PARTIES = "several_parties"
    NEGATION = "negation"
    NEGATION_LINK = "negation_link"
    NEGATION_AFTER = "negation_after"
    CONTEXT_FOLLOWS = "context_follows"
    STRUCTURE_FOLLOWS = "structure_follows"
    BOTH_AT_ONCE = "both_at_once"


class Missing(StrEnum):
    """Why a dimension is not defined."""

    NO_DOCUMENTATION = "no_documentation"
    NO_RULE = "no_rule"
    AMBIGUOUS = "ambiguous"
    SEVERAL_PARTIES = "several_parties"
    BELOW_BASIS = "below_basis"
    FOLDED = "folded"


class DecidedBy(StrEnum):
    """Who gave the answer."""

    RULE = "rule"
    DECISION = "decision"
    DERIVED = "derived"
    NONE = "none"


@dataclass(frozen=True)
class Code:
    """A code of a dimension with its words in both languages, short texts that get it, and where it comes from."""

    code: str
    label_sv: str
    label_en: str
    definition_sv: str
    definition_en: str
    examples_sv: tuple[str, ...] = ()
    examples_en: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule: it fires where a term to include stands in one of ``fields`` and no term to exclude lies over it.

    ``alone``: only where its words are all that the field says, list words such as ``och`` aside.
    """

    id: str
    dimension: str
    code: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    fields: tuple[str, ...]
    strength: Strength
    alone: bool
    note: str

    @cached_property
    def kind(self) -> str:
        """Its code and how much it weighs: ``blandad:decisive``."""
        return f"{self.code}:{self.strength}"


@dataclass(frozen=True)
class RoleRule:
    """Words that tell the role of what stands beside them."""

    id: str
    role: Role
    include: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Dimension:
    """A dimension and its codes, in the order that tables show them."""

    name: str
    label_sv: str
    label_en: str
    codes: tuple[Code, ...]


class Slot(NamedTuple):
    """Whose term it is: the rule or role at place ``index``, and whether the term includes or excludes."""

    rule: Rule | None
    role: RoleRule | None
    include: bool


@dataclass(frozen=True, eq=False)
class Codebook:
    """A checked codebook.

    ``words`` holds labels of bases, reasons and deciders: group -> code -> language -> label. ``implied`` are the
    conclusions that need no words of their own: rule id -> what it means. ``slots[i]`` says whose ``terms[i]`` is, and
    ``written[i]`` how it is written there, with its word list in braces.
    ``not_for``: field -> terms without meaning there, so that costly expressions are not tried. ``folds``: dimension ->
    code -> the code that a report counts it as; ``is_folded`` where the codes are those of the shorter list.
    ``beside``: dimensions that people decide on and no rule of the codebook is about.
    """

    version: str
    dimensions: Mapping[str, Dimension]
    rules: tuple[Rule, ...]
    roles: tuple[RoleRule, ...]
    words: Mapping[str, Mapping[str, Mapping[str, str]]]
    implied: Mapping[str, str]
    slots: tuple[Slot, ...]
    not_for: Mapping[str, frozenset[int]]
    terms: tuple[Term, ...] = ()
    written: tuple[str, ...] = ()
    folds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_folded: bool = False
    beside: Mapping[str, Dimension] = field(default_factory=dict)

    @cached_property
    def matcher(self) -> Matcher:
        """What finds the terms in a text. Made when first asked for: whoever reads what is coded needs only labels."""
        return Matcher(self.terms)

    def codes(self, dimension: str) -> tuple[str, ...]:
        """The codes of a dimension in the order of the codebook, ``ej_definierad`` last where there is one.

        Of a folded codebook, those that are left.
        """
        hidden = self.folds.get(dimension, {}) if self.is_folded else {}
        return tuple(code.code for code in self._dimension(dimension).codes if code.code not in hidden)

    def folded(self) -> Codebook:
        """The codebook with the shorter lists that a report shows; the codes that were folded keep their words."""
        return replace(self, is_folded=True) if self.folds else self

    def code(self, dimension: str, code: str) -> Code:
        """A code with its labels and definitions. KeyError where the dimension has no such code."""
        for candidate in self._dimension(dimension).codes:
            if candidate.code == code:
                return candidate
        raise KeyError(f"{dimension} has no code {code!r}; it has {', '.join(self.codes(dimension))}")

    def label(self, dimension: str, code: str, language: str = "sv") -> str:
        """What people read for a code. ``dimension`` may also be ``basis``, ``reason`` or ``decided_by``."""
        if dimension in self.dimensions or dimension in self.beside:
            found = self.code(dimension, code)
            return found.label_sv if language == "sv" else found.label_en
        return self.words[dimension][code][language]

    def definition(self, dimension: str, code: str, language: str = "sv") -> str:
        """The definition of a code, for the method section of a page."""
        found = self.code(dimension, code)
        return found.definition_sv if language == "sv" else found.definition_en

    def dimension_label(self, dimension: str, language: str = "sv") -> str:
        """What people read for a dimension, for example ``Huvudman``."""
        found = self._dimension(dimension)
        return found.label_sv if language == "sv" else found.label_en

    def _dimension(self, name: str) -> Dimension:
        return self.beside[name] if name in self.beside else self.dimensions[name]

    def explain(self, rule_id: str) -> str:
        """What a rule means, in Swedish: its note, else its first terms. KeyError where no rule has that id."""
        if rule_id in self.implied:
            return self.implied[rule_id]
        rule = self.rule(rule_id)
        return rule.note or "Termer: " + ", ".join(rule.include[:5]) + (" …" if len(rule.include) > 5 else "")

    def rule(self, rule_id: str) -> Rule:
        """The rule with that id. KeyError where there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


def build_codebook(
    *,
    version: str,
    dimensions: Mapping[str, Dimension],
    rules: tuple[Rule, ...],
    roles: tuple[RoleRule, ...],
    words: Mapping[str, Mapping[str, Mapping[str, str]]],
    implied: Mapping[str, str],
    terms_of: Mapping[str, tuple[Term, ...]],
    folds: Mapping[str, Mapping[str, str]] | None = None,
    beside: Mapping[str, Dimension] | None = None,
) -> Codebook:
    """The codebook with every term compiled into one matcher. ``terms_of``: a term as written -> what it expands to."""
    terms: list[Term] = []
    slots: list[Slot] = []
    written: list[str] = []
    for rule in rules:
        for texts, include in ((rule.include, True), (rule.exclude, False)):
            for text in texts:
                terms.extend(terms_of[text])
                written.extend([text] * len(terms_of[text]))
                slots.extend([Slot(rule, None, include)] * len(terms_of[text]))
    for role in roles:
        for text in role.include:
            terms.extend(terms_of[text])
            written.extend([text] * len(terms_of[text]))
            slots.extend([Slot(None, role, True)] * len(terms_of[text]))
    not_for = {
        name: frozenset(i for i, slot in enumerate(slots) if slot.rule and name not in slot.rule.fields)
        for name in TEXT_FIELDS
    }
    return Codebook(
        version,
        dimensions,
        rules,
        roles,
        words,
        implied,
        tuple(slots),
        not_for,
        tuple(terms),
        tuple(written),
        folds or {},
        beside=beside or {},
    )
