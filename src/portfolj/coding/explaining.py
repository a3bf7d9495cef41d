"""Why a text is coded as it is: what every rule found, which of it counts, and why the rest does not.

The answers are those of ``classify`` and the hits those of the matcher. For a hit that did not count, the steps of the
coding are asked in their order (exclude terms, negation, what staff learn about, weight against other rules) and the
first that took it away is the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portfolj.coding.answers import Answer
from portfolj.coding.codebook import (
    DIMENSIONS,
    ORIENTATION,
    OWNER,
    PROCESS_SUPPORT,
    TARGET_GROUPS,
    Codebook,
    Role,
    Strength,
)
from portfolj.coding.matching import Hit
from portfolj.coding.orientation import OPINION_RULE, code_orientation, orienting
from portfolj.coding.owners import code_owner
from portfolj.coding.process_support import code_process_support
from portfolj.coding.reader import read_field
from portfolj.coding.reading import FieldReading, RuleHit, without_covered, without_negated
from portfolj.coding.target_groups import code_target_groups, find_groups
from portfolj.federation import Basis

CUES = {
    OWNER: (Role.NOT_OWNER_FOLLOWS, Role.PLACE_FOLLOWS),
    TARGET_GROUPS: (Role.CONTEXT_FOLLOWS,),
    ORIENTATION: (Role.STRUCTURE_FOLLOWS,),
}


@dataclass(frozen=True)
class Finding:
    """Words that a rule found. ``term`` is as written out; ``why`` says in Swedish why it does not count."""

    dimension: str
    code: str
    rule: str
    term: str
    words: str
    start: int
    end: int
    why: str

    @property
    def counts(self) -> bool:
        """Whether it speaks for the answer."""
        return not self.why


@dataclass(frozen=True)
class Explanation:
    """A text explained: the answer of each dimension, and everything that was found, in the order of the text.

    ``mended`` is the text as it was read, where scanning damage was mended; otherwise the text itself.
    """

    text: str
    mended: str
    answers: dict[str, Answer]
    findings: tuple[Finding, ...]


def explain_text(text: str, *, field: str, codebook: Codebook) -> Explanation:
    """What ``classify`` says about an intervention that has only this text, in ``field``, and why."""
    reading = read_field(codebook, field=field, text=text)
    readings = {field: reading} if text.strip() else {}
    answers = {OWNER: code_owner(readings), ORIENTATION: code_orientation(readings)}
    answers[TARGET_GROUPS] = code_target_groups(readings, answers[ORIENTATION])
    answers[PROCESS_SUPPORT] = code_process_support(readings, esf_name=None)
    found = codebook.matcher.find(reading.text, reading.tokens, skip=codebook.not_for[field])
    findings = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        rule, _, include = codebook.slots[hit.term]
        if rule is not None and include and field in rule.fields:
            as_hit = RuleHit(rule, field, hit.first, hit.last, hit.start, hit.end)
            why = _Asking(codebook, reading, found, answers[rule.dimension]).why_not(as_hit)
            start, end, words = reading.evidence(as_hit)[1:]
            term = codebook.terms[hit.term].text
            findings.append(Finding(rule.dimension, rule.code, rule.id, term, words, start, end, why))
    ordered = {dimension: answers[dimension] for dimension in (*DIMENSIONS, PROCESS_SUPPORT)}
    return Explanation(text, reading.text, ordered, tuple(dict.fromkeys(findings)))


class _Asking:
    """Asks the steps of the coding about one hit after the other."""

    def __init__(self, codebook: Codebook, reading: FieldReading, found: Sequence[Hit], answer: Answer) -> None:
        self.codebook, self.reading, self.found, self.answer = codebook, reading, found, answer

    def why_not(self, hit: RuleHit) -> str:
        """Why a hit does not speak for the answer; empty where it does."""
        if hit not in self.reading.of(hit.rule.dimension):
            return self.excluded(hit)
        if hit.rule.dimension == OWNER:
            return self.no_owner(hit)
        if hit.rule.dimension == PROCESS_SUPPORT:
            return self.no_support(hit)
        hits = self.reading.of(hit.rule.dimension)
        if hit not in without_negated(self.reading, hits):
            cue = self.cue(hit, (Role.NEGATION, Role.NEGATION_AFTER), after=True)
            return f"nekas av {cue}" if cue else "nekas i texten"
        kept = self.kept(hit.rule.dimension)
        # A mixed answer rests on rules of both kinds.
        if hit in kept and (hit.rule.code in self.answer.codes or hit.rule.id in self.answer.rules):
            return ""
        strong = any(other.rule.strength is not Strength.WEAK for other in kept)
        if hit not in kept and not (hit.rule.strength is Strength.WEAK and strong):
            cue = self.cue(hit, CUES[hit.rule.dimension])
            subject = "bara vad personalen lär sig om eller vad som utreds"
            return f"står efter {cue}: {subject}" if cue else subject
        if hit.rule.strength is Strength.WEAK and strong:
            return "en svag regel, som ger vika för starkare"
        return self.outweighed(kept)

    def excluded(self, hit: RuleHit) -> str:
        for other in self.found:
            rule, _, include = self.codebook.slots[other.term]
            if rule is hit.rule and not include and other.start < hit.end and hit.start < other.end:
                words = self.reading.text[other.start : other.end]
                return f"utesluts av termen ”{self.codebook.terms[other.term].text}”, som träffar ”{words}”"
        return "gäller bara när orden är allt som står i fältet"

    def kept(self, dimension: str) -> list[RuleHit]:
        if dimension == ORIENTATION:
            return self.reading.each(orienting)
        return [hit for basis in Basis for hit in find_groups({self.reading.field: self.reading}, basis)]

    def outweighed(self, kept: list[RuleHit]) -> str:
        if OPINION_RULE in self.answer.rules:
            return "den statistiska andra läsningen är säker på en annan inriktning"
        if any(other.rule.strength is Strength.DECISIVE and other.rule.code in self.answer.codes for other in kept):
            return "ger vika för en avgörande regel"
        if not self.answer.codes:
            return "ord för båda slagen väger lika"
        return "andra ord väger tyngre"

    def no_owner(self, hit: RuleHit) -> str:
        evidence = self.reading.evidence(hit)
        if evidence in self.answer.evidence:
            return "" if self.answer.codes else "en av flera parter, och ingen av dem räknas ensam"
        mentions = without_covered(self.reading.of(OWNER))
        if hit not in mentions:
            longer = [other for other in mentions if other.start < hit.end and hit.start < other.end]
            words = self.reading.text[longer[0].start : longer[0].end] if longer else ""
            return f"täcks av den längre träffen ”{words}”"
        if hit.rule.code in self.answer.codes:
            return ""
        if hit.rule.strength is Strength.WEAK and self.answer.codes:
            return "en svag regel, som ger vika för andra ägare"
        cue = self.cue(hit, CUES[OWNER], reach=2) or self.cue(hit, (Role.NOT_OWNER_PRECEDES,), after=True)
        if cue:
            return f"står vid {cue}: en plats, partner eller finansiär är ingen ägare"
        if self.reading.field == "applicant":
            return "ger vika för den sökande som står först"
        return "nämns bara: inga ord säger att den driver eller ansvarar för insatsen"

    def no_support(self, hit: RuleHit) -> str:
        if hit.rule.code in self.answer.codes:
            return ""
        if hit.rule.id.endswith("-utan"):
            return "kräver ESF eller EU i texten, eller namnet på en insats med ESF-pengar"
        return "ger vika för stöd till ESF-arbete"

    def cue(self, hit: RuleHit, roles: Sequence[Role], *, after: bool = False, reach: int = 10) -> str:
        """The nearest words of some roles in the sentence, before the hit or, with ``after``, behind it too."""
        near: list[tuple[int, str]] = []
        for role in roles:
            for first, last in self.reading.spans(role):
                distance = hit.first - last if last < hit.first else first - hit.last
                if (
                    0 < distance <= reach
                    and (after or last < hit.first)
                    and self.reading.same_sentence(last, hit.first)
                ):
                    tokens = self.reading.tokens
                    near.append((distance, self.reading.text[tokens[first].start : tokens[last].end]))
        return f"”{min(near)[1]}”" if near else ""
