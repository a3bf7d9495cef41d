"""What is wrong or doubtful in a codebook: terms that shadow others or are dead, expressions, examples, sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from portfolj.coding.classify import classify
from portfolj.coding.codebook import (
    ALL_DIMENSIONS,
    ORIENTATION,
    OWNER,
    PROCESS_SUPPORT,
    TARGET_GROUPS,
    TEXT_FIELDS,
    UNDEFINED,
    Codebook,
    RoleRule,
    Rule,
)
from portfolj.coding.hanging import HANGS, loops_within_loops
from portfolj.coding.load import read_codebook
from portfolj.coding.orientation import OPINION_RULE
from portfolj.coding.pasted import pasted_fields
from portfolj.coding.read import CodebookReading, shortened
from portfolj.coding.source import CODEBOOK_FILE, shipped_text
from portfolj.coding.standing import Beside, Standing, standings
from portfolj.coding.toml_lines import Key
from portfolj.errors import Fault, InputRefused

READ_FIELDS = {  # from the one that tells most
    OWNER: ("applicant", "description", "goal_text", "name"),
    TARGET_GROUPS: ("description", "target_group_text", "goal_text", "name"),
    ORIENTATION: ("description", "goal_text", "name"),
    PROCESS_SUPPORT: TEXT_FIELDS,
}


_PLURAL = {"kod": "koder", "regel": "regler", "roll": "roller", "term": "termer", "sammanslagning": "sammanslagningar"}


@dataclass(frozen=True)
class Checked:
    """What a check of a codebook came to, in the order of its file; ``warnings`` stop nothing."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    summary: str = ""


def check_shipped() -> Checked:
    """The codebook that ships with portfolj checked."""
    return check_codebook(shipped_text(), file=CODEBOOK_FILE)


def check_codebook(text: str, *, file: str) -> Checked:
    """Every fault and warning of a codebook's TOML text: a whole codebook, or what adds to the shipped one.

    Faults: what can't be read; an expression that could hang; a rule for fields that its dimension is never read from;
    an include term that its own rule always excludes; of owners, a term that two codes share; a Swedish example that
    does not get its code (tried when nothing else is wrong). Warnings: a term that never gives its own code, or always
    another with it; in additions, a term that the shipped codebook has no need of; a term that stands twice in a list;
    a code without rules, examples or a source. Of additions, only what they are the cause of is told.
    """
    try:
        reading, codebook = read_codebook(text, file=file)
    except InputRefused as refused:
        return Checked(refused.faults, ())
    check = _Check(reading, codebook)
    check.rules()
    check.expressions()
    check.terms()
    check.codes()
    if not reading.told:
        check.examples()
    warnings = tuple(fault for _, fault in sorted(check.warnings, key=lambda told: told[0]))
    return Checked(tuple(reading.faults), warnings, "" if reading.told else check.summary())


class _Check:
    def __init__(self, reading: CodebookReading, codebook: Codebook) -> None:
        self.reading, self.codebook = reading, codebook
        self.warnings: list[tuple[int, Fault]] = []
        self.terms_of: dict[tuple[str, str], set[str]] = {}
        for rule in codebook.rules:
            self.terms_of.setdefault((rule.dimension, rule.code), set()).update(rule.include)

    def warn(self, key: Key, found: str, action: str) -> None:
        self.warnings.append((self.reading.line(key), self.reading.as_fault(key, found, "", action)))

    def own(self, key: Key) -> bool:
        """Whether a thing stands in the file that is checked."""
        return key in self.reading.lines

    def summary(self) -> str:
        """How large the codebook is, or what its file adds to the shipped one."""
        dimensions = self.codebook.dimensions
        rules = [rule for rule in self.codebook.rules if self.own(self.reading.keys[rule.id])]
        roles = [role for role in self.codebook.roles if self.own(self.reading.keys[role.id])]
        codes = [
            code
            for name in ALL_DIMENSIONS
            for code in dimensions[name].codes
            if self.own((name, "codes", code.code, "label_sv"))
        ]
        listed: list[Rule | RoleRule] = [*rules, *roles]
        terms = [
            (*self.reading.keys[one.id], name, place)
            for one in listed
            for name in ("include", "exclude")
            for place in range(len(getattr(one, name, ())))
        ]
        counted = {
            "kod": len(codes), "regel": len(rules), "roll": len(roles), "term": sum(map(self.own, terms)),
            "sammanslagning": sum(map(len, self.codebook.folds.values())),
        }  # fmt: skip
        told = ", ".join(f"{count} {_PLURAL[word] if count != 1 else word}" for word, count in counted.items() if count)
        adds = " lägger till" if self.reading.adds else ""
        return f"Version {self.codebook.version}{adds}: {told or 'inget'}."

    def rules(self) -> None:
        """Rules that can never answer, and terms that stand twice in a list."""
        for rule in self.codebook.rules:
            key = self.reading.keys[rule.id]
            read = READ_FIELDS[rule.dimension]
            if self.own(key) and rule.fields and not set(rule.fields) & set(read):
                found = f"{rule.dimension} läses aldrig ur {', '.join(rule.fields)}, så regeln kan inte svara"
                self.reading.fault((*key, "fields"), found, ", ".join(read), "Ändra fields eller ta bort regeln")
            for name, texts in (("include", rule.include), ("exclude", rule.exclude)):
                last = {text: (*key, name, place) for place, text in enumerate(texts)}
                for text, count in Counter(texts).items():
                    if count > 1 and self.own(last[text]):
                        self.warn(last[text], f"{shortened(text)} står {count} gånger i {name}", "Ta bort den ena")

    def expressions(self) -> None:
        """Regular expressions that could hang, and those that only look as if they could."""
        slow = self.reading.try_expressions()
        for text, key in self.reading.expressions.items():
            expression = self.reading.written[text][0].expression
            if self.own(key) and text not in slow and expression is not None and loops_within_loops(expression):
                self.warn(key, f"{shortened(text)} har en upprepning i en upprepning", HANGS)

    def terms(self) -> None:
        """Terms that are dead, not needed or shadowed."""
        doubtful: list[tuple[Standing, Beside]] = []
        own_terms = {place for place, key in self.reading.term_keys.items() if self.own(key)}
        for term in standings(self.codebook, among=own_terms if self.reading.adds else None):
            key = self.key(term)
            if self.own(key) and term.dead:
                found = f"{shortened(term.text)} utesluts alltid av regelns egna exclude"
                self.reading.fault(key, found, "", "Ta bort termen, eller gör exclude snävare")
                continue
            twin = next((twin for twin in term.twins if not self.own(self.key(twin))), None)
            if self.own(key) and twin is not None and self.reading.adds:
                found = f"{shortened(term.text)} behövs inte: {shortened(twin.text)} i {twin.rule.id} träffar samma ord"
                self.warn(key, found, "Ta bort termen")
            for other in term.others:
                if self.own(key) or self.own(self.key(other)):
                    if term.rule.dimension in (TARGET_GROUPS, ORIENTATION):
                        doubtful.append((term, other))
                    elif term.rule.dimension == OWNER and other.same_words:
                        self.shared(term, other)
        if not self.reading.told:
            self.shadowed(doubtful)

    def key(self, term: Standing | Beside) -> Key:
        return self.reading.term_keys[term.rule.id, term.text]

    def shared(self, term: Standing, other: Beside) -> None:
        """An owner's term that is another owner's too."""
        if term.rule.strength != other.rule.strength:
            return
        key = self.key(term)
        if self.own(key):
            found = (
                f"{shortened(term.text)} för {term.rule.code} träffar samma ord som {shortened(other.text)} för "
                f"{other.rule.code} ({other.rule.id}), så ingen av dem blir huvudman"
            )
            self.reading.fault(key, found, "", f"Ta bort den ena, eller lägg den i exclude för {other.rule.id}")

    def shadowed(self, doubtful: list[tuple[Standing, Beside]]) -> None:
        """Of terms found with those of another code: whose own code is lost, or never stands alone, when coded."""
        rows = []
        for term, _ in doubtful:
            read = READ_FIELDS[term.rule.dimension]
            field = next((field for field in read if field in term.rule.fields), "name")
            rows.append({"name": "", **dict.fromkeys(TEXT_FIELDS, ""), field: term.example})
        coded = classify(pd.DataFrame(rows, columns=list(TEXT_FIELDS)), codebook=self.codebook)
        for (term, other), (_, answers) in zip(doubtful, coded.iterrows(), strict=True):
            rule, answer = term.rule, str(answers[term.rule.dimension]).split(";")
            if OPINION_RULE in str(answers[f"{rule.dimension}_rule"]).split(";"):
                continue  # that few words do not convince the second opinion says nothing of other terms
            if rule.code not in answer:
                lost = f"ger inte {rule.code}, för {shortened(other.text)} i {other.rule.id} går före"
            elif other.rule.code in answer and term.text not in self.terms_of[rule.dimension, other.rule.code]:
                lost = f"ger alltid {other.rule.code} också, genom {shortened(other.text)} i {other.rule.id}"
            else:
                continue
            key = self.key(term)
            action = (
                f"Lägg termen i exclude för {other.rule.id} om bara {rule.code} ska gälla, eller i include där också "
                "om båda ska gälla"
            )
            if self.own(key):
                self.warn(key, f"{shortened(term.text)} {lost}", action)
            else:
                self.warn(self.key(other), f"{shortened(term.text)} ({rule.id}) {lost}", "Gör termen snävare")

    def codes(self) -> None:
        """Codes without rules, examples or a source."""
        for dimension in ALL_DIMENSIONS:
            for code in self.codebook.dimensions[dimension].codes:
                key = (dimension, "codes", code.code)
                # Of a shipped code in additions the table stands in the file but its label does not.
                if not self.own((*key, "label_sv")):
                    continue
                needed = {"examples_sv": code.examples_sv, "examples_en": code.examples_en, "source": code.source}
                missing = [name for name, value in needed.items() if not value]
                if missing:
                    self.warn(key, f"{', '.join(missing)} saknas", "Lägg till det")
                used = {rule.code for rule in self.codebook.rules if rule.dimension == dimension}
                used.update(self.codebook.folds.get(dimension, {}).values())
                if code.code not in (*used, UNDEFINED):
                    self.warn(key, "Koden har inga regler, så bara beslut kan ge den", "Lägg till en regel")

    def examples(self) -> None:
        """Swedish examples that the codebook does not give their code."""
        told = [
            (dimension, code.code, place, text)
            for dimension in ALL_DIMENSIONS
            for code in self.codebook.dimensions[dimension].codes
            for place, text in enumerate(code.examples_sv)
        ]
        rows = [dict.fromkeys(TEXT_FIELDS, "") | pasted_fields(text) for *_, text in told]
        coded = classify(pd.DataFrame(rows, columns=list(TEXT_FIELDS)), codebook=self.codebook)
        for (dimension, code, place, text), (_, answers) in zip(told, coded.iterrows(), strict=True):
            answer = str(answers[dimension])
            if code not in answer.split(";"):
                key = (dimension, "codes", code, "examples_sv", place)
                found = f"Exemplet {shortened(text)} får {answer or 'inget svar'} i stället för {code}"
                if not self.own(key):
                    found = f"Ett exempel i portfoljs kodbok, {shortened(text)}, får nu {answer or 'inget svar'}"
                self.reading.fault(
                    key, found, "", "Rätta exemplet eller reglerna; portfolj codebook explain visar varför"
                )
