"""What is wrong or doubtful in a codebook that can be read: terms that shadow others, expressions, examples.

Terms are held against each other by the matcher itself: each include term is written out as text, its stars filled
with letters that no word has, and what else is found there is what is always found with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from portfolj.coding.classify import classify
from portfolj.coding.codebook import ALL_DIMENSIONS, OWNER, PROCESS_SUPPORT, Codebook, Rule
from portfolj.coding.hanging import loops_within_loops, slow_expressions
from portfolj.coding.matching import Hit
from portfolj.coding.read import CODEBOOK_FILE
from portfolj.coding.terms import ANY_NUMBER, Term, tokenise
from portfolj.errors import Fault, Reason

FILLING = "qxq"  # stands in no word, so that only a star finds it
TERMS_SHOWN = 3


@dataclass(frozen=True)
class Checked:
    """What a check of a codebook came to. ``warnings`` stop nothing; ``summary`` is a Swedish sentence."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    summary: str


def check_codebook(codebook: Codebook, *, file: str = CODEBOOK_FILE) -> Checked:
    """Every fault and warning of a codebook that could be read.

    Faults: a term that two codes of an owner share, or that another code's broader term always takes; an include term
    that its own rule always excludes; an expression that could hang; a Swedish example that does not get its code.
    Warnings: a term that always brings another code with it, a term that stands twice, a code without example or
    source.
    """
    check = _Check(codebook, file)
    check.terms_against_each_other()
    check.expressions()
    check.twice()
    check.codes()
    check.examples()
    terms = sum(len(rule.include) + len(rule.exclude) for rule in codebook.rules)
    codes = sum(len(codebook.dimensions[dimension].codes) for dimension in ALL_DIMENSIONS)
    summary = (
        f"Version {codebook.version}: {codes} koder, {len(codebook.rules)} regler och {len(codebook.roles)} roller med "
        f"{terms + sum(len(role.include) for role in codebook.roles)} termer ({len(codebook.terms)} med namn och "
        "ordlistor utskrivna)."
    )
    return Checked(tuple(check.faults), tuple(check.warnings), summary)


class _Check:
    def __init__(self, codebook: Codebook, file: str) -> None:
        self.codebook, self.file = codebook, file
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []

    def tell(self, where: list[Fault], place: str, found: str, action: str, allowed: str = "") -> None:
        where.append(Fault(self.file, "", place, Reason.SETTING_WRONG, found, allowed, action))

    def terms_against_each_other(self) -> None:
        """Each include term, written out, and the rules of other codes that always fire on the same words."""
        shadowed: dict[tuple[str, str, bool], list[str]] = {}
        dead: dict[str, list[str]] = {}
        for number, term in enumerate(self.codebook.terms):
            rule = self.codebook.slots[number].rule
            if rule is None or not self.codebook.slots[number].include or not term.words:
                continue
            found = [self.found_on(text) for text in written_out(term)]
            if all(any(self.slot_rule(hit) is rule and not self.includes(hit) for hit in hits) for hits in found):
                if term.text in rule.include:  # one word of a list may be excluded while the others count
                    dead.setdefault(rule.id, []).append(term.text)
                continue
            for other, same_length in self.always_with(rule, number, found[-1]):
                shadowed.setdefault((rule.id, other.id, same_length), []).append(term.text)
        for rule_id, texts in dead.items():
            self.tell(self.faults, self.place(rule_id), f"{_listed(texts)} utesluts alltid av regelns egna exclude",
                      "Ta bort termen, eller gör exclude snävare")  # fmt: skip
        for (rule_id, other_id, same_length), texts in shadowed.items():
            rule, other = self.codebook.rule(rule_id), self.codebook.rule(other_id)
            lost = rule.dimension == OWNER and same_length
            self.tell(
                self.faults if lost else self.warnings, self.place(rule_id),
                f"{_listed(texts)} skuggas av en bredare eller lika term för {other.code} ({other_id}), så båda "
                "koderna träffar alltid",
                f"Lägg termen i exclude för {other_id} om bara {rule.code} ska gälla",
            )  # fmt: skip

    def always_with(self, rule: Rule, number: int, hits: list[Hit]) -> Iterator[tuple[Rule, bool]]:
        own = [hit for hit in hits if hit.term == number]
        if not own or rule.dimension == PROCESS_SUPPORT:  # there one code always goes before the other
            return
        whole = own[0]
        excluded = {id(self.slot_rule(hit)) for hit in hits if not self.includes(hit)}
        for other in {self.slot_rule(hit).id: self.slot_rule(hit) for hit in hits if self.includes(hit)}.values():
            if (
                other.dimension == rule.dimension and other.code != rule.code and id(other) not in excluded
                and set(other.fields) & set(rule.fields) and not other.alone and other.strength == rule.strength
            ):  # fmt: skip
                same = any(self.slot_rule(hit) is other and hit[1:] == whole[1:] for hit in hits)
                if same or rule.dimension != OWNER:  # of owners the longer words win
                    yield other, same

    def found_on(self, text: str) -> list[Hit]:
        """What rules find on a text, roles aside."""
        hits = self.codebook.matcher.find(text, tokenise(text))
        return [hit for hit in hits if self.codebook.slots[hit.term].rule is not None]

    def slot_rule(self, hit: Hit) -> Rule:
        rule = self.codebook.slots[hit.term].rule
        assert rule is not None
        return rule

    def includes(self, hit: Hit) -> bool:
        return self.codebook.slots[hit.term].include

    def place(self, rule_id: str) -> str:
        rule = self.codebook.rule(rule_id)
        return f"{rule.dimension}.codes.{rule.code}, {rule_id}"

    def expressions(self) -> None:
        """Regular expressions that could hang, by their shape and by trial."""
        places: dict[str, str] = {}
        for slot, term in zip(self.codebook.slots, self.codebook.terms, strict=True):
            if term.expression is not None:
                owner = slot.rule or slot.role
                places[term.text] = self.place(slot.rule.id) if slot.rule else owner.id if owner else ""
        expressions = {term.text: term.expression for term in self.codebook.terms if term.expression is not None}
        slow = slow_expressions(expressions)
        for text, expression in expressions.items():
            action = "Skriv om upprepningar som står i varandra, till exempel (a+)+"
            if text in slow:
                found = f"{text!r} kan hänga: en text på {slow[text]} tecken tar mer än en halv sekund"
                self.tell(self.faults, places[text], found, action)
            elif loops_within_loops(expression):
                self.tell(self.warnings, places[text], f"{text!r} har en upprepning i en upprepning", action)

    def twice(self) -> None:
        """Terms that stand more than once in the same list of a rule."""
        for rule in self.codebook.rules:
            for key, texts in (("include", rule.include), ("exclude", rule.exclude)):
                doubled = [text for text, count in Counter(texts).items() if count > 1]
                if doubled:
                    found = f"{_listed(doubled)} står flera gånger i {key}"
                    self.tell(self.warnings, self.place(rule.id), found, "Ta bort den ena")

    def codes(self) -> None:
        """Codes without examples or a source."""
        for dimension in ALL_DIMENSIONS:
            for code in self.codebook.dimensions[dimension].codes:
                needed = {"examples_sv": code.examples_sv, "examples_en": code.examples_en, "source": code.source}
                missing = [key for key, value in needed.items() if not value]
                if missing:
                    place = f"{dimension}.codes.{code.code}"
                    self.tell(self.warnings, place, f"{', '.join(missing)} saknas", "Lägg till det")

    def examples(self) -> None:
        """Swedish examples that the codebook does not give their code."""
        told = [
            (dimension, code.code, text)
            for dimension in ALL_DIMENSIONS
            for code in self.codebook.dimensions[dimension].codes
            for text in code.examples_sv
        ]
        coded = classify(
            pd.DataFrame([example_fields(text) for _, _, text in told], columns=["name", "applicant", "description"]),
            codebook=self.codebook,
        )
        for row, (dimension, code, text) in enumerate(told):
            answer = str(coded.iloc[row][dimension])
            if code not in answer.split(";"):
                place, found = f"{dimension}.codes.{code}, examples_sv", f"”{text}” får {answer or 'inget'} i stället"
                self.tell(self.faults, place, found, "Rätta exemplet eller reglerna")


def example_fields(text: str) -> dict[str, str]:
    """The fields of an example: its text is the description, or, after ``Sökande:``, the applicant."""
    head, _, rest = text.partition(":")
    if head.strip().lower() == "sökande":
        return {"name": "", "applicant": rest.strip(), "description": ""}
    return {"name": "", "applicant": "", "description": text}


def written_out(term: Term) -> list[str]:
    """Texts that a term of words finds: stars empty, filled on one side, and filled; the last with its gaps full."""
    texts = []
    for before, after, full in (("", "", False), (FILLING, "", False), ("", FILLING, False), (FILLING, FILLING, True)):
        words: list[str] = []
        for word, gap in zip(term.words, term.gaps, strict=True):
            words += [FILLING] * gap if full else []
            words.append("7" if word == ANY_NUMBER else _filled(word, before, after))
        texts.append(" ".join(words))
    return texts


def _filled(word: str, before: str, after: str) -> str:
    if "*" not in word:
        return word
    first, *inner, last = word.split("*")
    return (first or before) + "".join(inner) + (last or after)


def _listed(texts: Iterable[str]) -> str:
    listed = list(dict.fromkeys(texts))
    shown = ", ".join(f"”{text}”" for text in listed[:TERMS_SHOWN])
    return shown + (f" och {len(listed) - TERMS_SHOWN} till" if len(listed) > TERMS_SHOWN else "")
